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
  type Pending,
  type Repeats
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
  /** Whether a side is given up: then the round under way is finished, and nothing else begins. */
  readonly isGivenUp: boolean
  /** Whether the machine is: then nothing is finished either. */
  readonly isMachineOut: boolean
  /** Repeats of outliers that count so far; grows look by look. */
  readonly repeats: Map<string, Attempt>
  readonly looks: Look[]
  isUnstable: boolean
}

export const beginSession = (of: Pick<Session, 'plan' | 'timing' | 'records'>): Session => {
  const lost = givenUp(of.records)
  return {
    ...of,
    slots: slotsOf(of.records),
    isSpent: isBudgetSpent(of.plan, of.records),
    isGivenUp: lost.length > 0,
    isMachineOut: lost.some(({ isMachines }) => isMachines),
    repeats: new Map(),
    looks: [],
    isUnstable: false
  }
}

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
    const { pending, made } = repeatsAt(session, pairs)
    const [repeat] = pending
    if (repeat !== undefined && !session.isGivenUp) return goOn(session, repeat, made)
    adopt(session, made)
    const isLast = session.looks.length + 1 === session.timing.looks.length
    const look = lookNow(session, made.size === 0 ? pairs : resultsOf(session, round).pairs, isLast)
    session.looks.push(look)
    if (look.verdict !== null || isGivenUpBy(session, round)) return COMPLETE
  }
  return COMPLETE
}

/** Trials until the next look, if nothing fails any more and no outlier turns up. */
export const pendingToLook = (session: Session): readonly Trial[] => {
  walk(session)
  const rounds = session.timing.looks[session.looks.length] ?? 0
  const pending = Array.from({ length: rounds }, (_, index) => pendingInRound(session, index + 1)).flat()
  const repeats = pending.length === 0 ? repeatsAt(session, resultsOf(session, rounds).pairs).pending : []
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

/** Whether a side was given up by the end of a round, repeats for later looks left aside. */
const isGivenUpBy = (session: Session, round: number): boolean =>
  session.isGivenUp &&
  givenUp(session.records.filter(({ trial }) => isKnownBy(session, trial, round))).length > 0

const isKnownBy = ({ slots, repeats }: Session, trial: Trial, by: number): boolean => {
  const { round, block, side, take } = trial
  if (round === null) return true
  if (round > by) return false
  const isOfRepeat = slotAt(slots, block, round).takes[side].some(
    (own) => own.trial.cause === 'outlier' && own.trial.take <= take
  )
  return !isOfRepeat || repeats.has(halfKey({ round, block, side }))
}

const NO_REPEATS: Repeats = new Map()

/** The next trial; or, with the budget spent and something new to begin, a look at the pairs at hand as the last. */
const goOn = (session: Session, { trial, opens }: Pending, made = NO_REPEATS): Step => {
  if (session.isMachineOut) return COMPLETE
  if (!session.isSpent || !opens) return { kind: 'trial', trial }
  adopt(session, made)
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

/** From now on these repeats count. */
const adopt = ({ repeats }: Session, made: Repeats): void => {
  for (const [half, attempt] of made) repeats.set(half, attempt)
}

/**
 * At all that is at hand, unless the second round only began: then whole rounds tell more. Where some blocks have one
 * pair and others two, noise is read from the latter alone, and nothing shows an outlier among the former.
 */
const lastLook = (session: Session): Look => {
  const most = session.timing.looks.at(-1) ?? 0
  const look = lookNow(session, resultsOf(session, most).pairs, true)
  const isTelling = look.reason !== 'too-few-pairs'
  const isMixed = new Set(look.blocks.map(({ pairs }) => pairs === 1)).size > 1
  if (isTelling && !isMixed) return look
  let whole = 0
  while (whole < most && pendingInRound(session, whole + 1).length === 0) whole += 1
  const ofWhole = lookNow(session, resultsOf(session, whole).pairs, true)
  return isTelling || ofWhole.reason !== 'too-few-pairs' ? ofWhole : look
}

const lookNow = ({ timing, looks }: Session, pairs: readonly TimedPair[], isLast: boolean): Look =>
  lookAt(timing, pairs, { index: looks.length + 1, isLast })

/**
 * Outliers among the pairs of a look are repeated once, and the repeat counts, whatever it shows. They are found among
 * the figures as they were before this look, so that replaying the records finds the same ones again.
 */
const repeatsAt = (
  session: Session,
  pairs: readonly TimedPair[]
): { readonly pending: readonly Pending[]; readonly made: Repeats } => {
  const pending: Pending[] = []
  const made = new Map<string, Attempt>()
  for (const half of outliersAmong(session, pairs)) {
    const slot = slotAt(session.slots, half.block, half.round)
    const repeat = repeatOf(slot, half.side)
    if (repeat.kind === 'none') {
      pending.push({ trial: takeOf(session.plan, slot, { side: half.side, cause: 'outlier' }), opens: true })
    } else if (repeat.kind === 'failed-once') {
      pending.push({ trial: takeOf(session.plan, slot, { side: half.side, cause: 'retry' }), opens: false })
    } else made.set(halfKey(half), repeat)
  }
  return { pending, made }
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
