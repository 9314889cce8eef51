import { givenUp } from '../domain/given-up.ts'
import type { Plan, TimingPlan } from '../domain/plan.ts'
import type { DroppedPair, Look, TimedPair, Timing } from '../domain/timing.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { findOutliers } from '../statistics/outliers.ts'
import { isBudgetSpent } from './budget.ts'
import { lookAt, pairsByBlock } from './looks.ts'
import {
  halfKey,
  pendingIn,
  repeatOf,
  resultOf,
  slotsOfRound,
  takeOf,
  type Half,
  type Pending
} from './pairs.ts'
import type { Step } from './course.ts'
import { retakenOf, slotAt, slotsOf, type Attempt, type Slots } from './slots.ts'

/** Timed trials, replayed from the records: rounds, repeats and looks. */
interface Session {
  readonly plan: Plan
  readonly timing: TimingPlan
  readonly records: readonly TrialRecord[]
  readonly slots: Slots
  readonly isSpent: boolean
  readonly hasFailures: boolean
  /** Repeats of outliers that count so far; grows look by look. */
  readonly repeats: Map<string, Attempt>
  readonly looks: Look[]
  isUnstable: boolean
}

export const beginSession = (of: Pick<Session, 'plan' | 'timing' | 'records'>): Session => ({
  ...of,
  slots: slotsOf(of.records),
  isSpent: isBudgetSpent(of.plan, of.records),
  hasFailures: of.records.some(({ outcome }) => outcome.kind === 'failed'),
  repeats: new Map(),
  looks: [],
  isUnstable: false
})

const COMPLETE: Step = { kind: 'done', ending: 'complete' }

/** Goes from look to look as far as the records reach, and says what comes next. */
export const walk = (session: Session): Step => {
  let round = 0
  for (const rounds of session.timing.looks) {
    while (round < rounds) {
      round += 1
      const [pending] = pendingInRound(session, round)
      if (pending !== undefined) return goOn(session, pending)
      if (isGivenUpBy(session, round)) return COMPLETE
    }
    const { pairs } = resultsOf(session, round)
    const repeated = session.repeats.size
    const [repeat] = pendingRepeats(session, pairs)
    if (repeat !== undefined) return goOn(session, repeat)
    const isLast = session.looks.length + 1 === session.timing.looks.length
    const isAsBefore = session.repeats.size === repeated
    const look = lookNow(session, isAsBefore ? pairs : resultsOf(session, round).pairs, isLast)
    session.looks.push(look)
    if (look.verdict !== null) return COMPLETE
  }
  return COMPLETE
}

/** Trials until the next look, if nothing fails any more and no outlier turns up. */
export const pendingToLook = (session: Session): readonly Trial[] => {
  walk(session)
  const rounds = session.timing.looks[session.looks.length] ?? 0
  const pending = Array.from({ length: rounds }, (_, index) => pendingInRound(session, index + 1)).flat()
  const repeats = pending.length === 0 ? pendingRepeats(session, resultsOf(session, rounds).pairs) : []
  return [...pending, ...repeats].map(({ trial }) => trial)
}

const pendingInRound = ({ plan, timing, slots, records }: Session, round: number): readonly Pending[] =>
  slotsOfRound(timing, slots, round).flatMap((slot, index) =>
    pendingIn(slot, { plan, index, isBaseAble: () => isProvedByBase(records, slot.block) })
  )

const isProvedByBase = (records: readonly TrialRecord[], block: BlockNumber): boolean =>
  records.some(
    ({ trial, outcome }) =>
      trial.side === 'base' && trial.block === block && trial.mode === 'prove' && outcome.kind === 'measured'
  )

const isGivenUpBy = ({ records, hasFailures }: Session, round: number): boolean =>
  hasFailures &&
  givenUp(records.filter(({ trial }) => trial.round === null || trial.round <= round)).length > 0

/** The next trial; or, with the budget spent and something new to begin, a look at the pairs at hand as the last. */
const goOn = (session: Session, { trial, opens }: Pending): Step => {
  if (!session.isSpent || !opens) return { kind: 'trial', trial }
  const { looks, timing } = session
  const before = looks.at(-1)
  const index = Math.min(looks.length + 1, timing.looks.length)
  const look = lastLook(session)
  // Nothing new since the last look, which was undecided: it stays the last.
  if (before !== undefined && before.pairs === look.pairs)
    looks[looks.length - 1] = { ...look, index: before.index }
  else if (look.pairs > 0) looks.push({ ...look, index })
  return { kind: 'done', ending: 'budget-spent' }
}

/** At all that is at hand. A round that only began can hide what whole rounds tell: then these alone are judged. */
const lastLook = (session: Session): Look => {
  const most = session.timing.looks.at(-1) ?? 0
  const look = lookNow(session, resultsOf(session, most).pairs, true)
  if (look.reason !== 'too-few-pairs') return look
  let whole = 0
  while (whole < most && pendingInRound(session, whole + 1).length === 0) whole += 1
  const ofWhole = lookNow(session, resultsOf(session, whole).pairs, true)
  return ofWhole.reason === 'too-few-pairs' ? look : ofWhole
}

const lookNow = ({ timing, looks }: Session, pairs: readonly TimedPair[], isLast: boolean): Look =>
  lookAt(timing, pairs, { index: looks.length + 1, isLast })

/**
 * Outliers among the pairs of a look are repeated once, and the repeat counts, whatever it shows. They are found among
 * the figures as they were before this look, so that replaying the records finds the same ones again.
 */
const pendingRepeats = (session: Session, pairs: readonly TimedPair[]): readonly Pending[] => {
  const pending: Pending[] = []
  for (const half of outliersAmong(session, pairs)) {
    const slot = slotAt(session.slots, half.block, half.round)
    const repeat = repeatOf(slot, half.side)
    if (repeat.kind === 'none') {
      pending.push({ trial: takeOf(session.plan, slot, { side: half.side, cause: 'outlier' }), opens: true })
    } else if (repeat.kind === 'failed-once') {
      pending.push({ trial: takeOf(session.plan, slot, { side: half.side, cause: 'retry' }), opens: false })
    } else session.repeats.set(halfKey(half), repeat)
  }
  return pending
}

const outliersAmong = (session: Session, pairs: readonly TimedPair[]): readonly Half[] => {
  const { flagged, tooMany } = findOutliers(pairsByBlock(session.timing, pairs))
  session.isUnstable ||= tooMany
  if (tooMany) return []
  return flagged
    .flatMap(({ block, pair, side }) => {
      const own = pairs.filter((one) => one.block === block)[pair]
      return own === undefined ? [] : [{ block, round: own.round, side }]
    })
    .filter((half) => !session.repeats.has(halfKey(half)))
}

interface Results {
  readonly pairs: readonly TimedPair[]
  readonly dropped: readonly DroppedPair[]
}

/** The pairs of the first rounds, as they count now. */
const resultsOf = ({ timing, slots, repeats, isSpent }: Session, rounds: number): Results => {
  const pairs: TimedPair[] = []
  const dropped: DroppedPair[] = []
  for (let round = 1; round <= rounds; round += 1) {
    for (const slot of slotsOfRound(timing, slots, round)) {
      const result = resultOf(slot, repeats, isSpent)
      if (result.pair !== null) pairs.push(result.pair)
      if (result.dropped !== null) dropped.push(result.dropped)
    }
  }
  return { pairs, dropped }
}

/** What a session that was walked has come to. */
export const timingOf = (session: Session): Timing => {
  const { timing, slots, looks, isUnstable } = session
  const retaken = [...slots.values()]
    .toSorted((a, b) => a.round - b.round || a.block - b.block)
    .flatMap(retakenOf)
  return { ...resultsOf(session, timing.looks.at(-1) ?? 0), looks, retaken, isUnstable }
}
