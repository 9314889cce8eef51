import type { Plan, PlannedBlock } from '../domain/plan.ts'
import { seconds, type Seconds } from '../domain/quantity.ts'
import { otherSide, SIDES, type Side } from '../domain/revision.ts'
import type { Phase, Trial, TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'

/** What to do next. A run that resumes asks the same question with a longer journal. */
export type Step =
  | { readonly kind: 'trial'; readonly trial: Trial }
  | { readonly kind: 'done'; readonly ending: 'complete' | 'budget-spent' }

/** Progress for people: trials finished, and how many there will be if nothing else fails. */
export interface Progress {
  readonly done: number
  readonly planned: number
}

/**
 * The next trial, or the end. Pure: the plan and what is on record decide, never the clock.
 *
 * Order: cycles of every block at base, then at head; one warm-up proof of the cheapest block;
 * then rounds of pairs, back to back, with the order alternating by round and block so that a
 * drifting machine favours neither side. A block on which either side failed is not tried again.
 * The budget ends measuring between pairs, never inside one.
 */
export const nextStep = (plan: Plan, records: readonly TrialRecord[]): Step => {
  const finished = new Set(records.map((record) => record.trial.id))
  const trial = wantedTrials(plan, records).find((candidate) => !finished.has(candidate.id))
  if (trial === undefined) return { kind: 'done', ending: 'complete' }
  if (opensPair(trial, finished) && isBudgetSpent(plan, records)) {
    return { kind: 'done', ending: 'budget-spent' }
  }
  return { kind: 'trial', trial }
}

export const progressOf = (plan: Plan, records: readonly TrialRecord[]): Progress => {
  const finished = new Set(records.map((record) => record.trial.id))
  const left = wantedTrials(plan, records).filter((trial) => !finished.has(trial.id))
  return { done: records.length, planned: records.length + left.length }
}

/** Every trial of the plan in order, as if nothing failed. */
export const plannedTrials = (plan: Plan): readonly Trial[] => [
  ...cycleTrials(plan),
  ...warmUpTrials(plan),
  ...timedTrials(plan)
]

/** Wall time of all proving trials so far, the warm-up included: what the budget is spent on. */
const provingWall = (records: readonly TrialRecord[]): Seconds =>
  seconds(
    records.filter((record) => record.trial.mode === 'prove').reduce((sum, record) => sum + record.wall, 0)
  )

const wantedTrials = (plan: Plan, records: readonly TrialRecord[]): readonly Trial[] => {
  const failed = failedBlocks(records)
  return plannedTrials(plan).filter(
    (trial) => trial.mode === 'execute' || !failed.has(trial.block) || acquits(trial, records)
  )
}

/** Head failed first: whether base can do it decides whose fault it is, so base's half is still run. */
const acquits = (trial: Trial, records: readonly TrialRecord[]): boolean => {
  if (trial.phase !== 'timed' || trial.side !== 'base') return false
  const ofBlock = records.filter(
    (record) => record.trial.block === trial.block && record.trial.phase === 'timed'
  )
  const isTried = ofBlock.some((record) => record.trial.side === 'base' && record.trial.id !== trial.id)
  const headFailed = ofBlock.some(
    ({ trial: { side, round }, outcome }) =>
      side === 'head' && round === trial.round && outcome.kind === 'failed'
  )
  return headFailed && !isTried
}

const failedBlocks = (records: readonly TrialRecord[]): ReadonlySet<BlockNumber> =>
  new Set(records.filter((record) => record.outcome.kind === 'failed').map((record) => record.trial.block))

const cycleTrials = (plan: Plan): readonly Trial[] =>
  SIDES.flatMap((side) =>
    plan.blocks.map((planned) => trialOf(plan, 'cycles', { side, planned, round: null }))
  )

const warmUpTrials = (plan: Plan): readonly Trial[] => {
  const cheapest = plan.blocks.toSorted(byGas)[0]
  if (plan.mode === 'execute' || cheapest === undefined) return []
  return [trialOf(plan, 'warm-up', { side: 'base', planned: cheapest, round: null })]
}

const timedTrials = (plan: Plan): readonly Trial[] => {
  if (plan.mode === 'execute') return []
  const rounds = Array.from({ length: plan.rounds }, (_, index) => index + 1)
  return rounds.flatMap((round) =>
    plan.blocks.flatMap((planned, index) =>
      pairOrder(round, index).map((side) => trialOf(plan, 'timed', { side, planned, round }))
    )
  )
}

/** Base first if round + block index is even (both counted from 1, statistics of paired designs: ABBA). */
const pairOrder = (round: number, blockIndex: number): readonly Side[] => {
  const first: Side = (round + blockIndex + 1) % 2 === 0 ? 'base' : 'head'
  return [first, otherSide(first)]
}

const byGas = (a: PlannedBlock, b: PlannedBlock): number => {
  const difference = (a.gas ?? 0n) - (b.gas ?? 0n)
  return difference < 0n ? -1 : difference > 0n ? 1 : a.block - b.block
}

const opensPair = (trial: Trial, finished: ReadonlySet<string>): boolean =>
  trial.mode === 'prove' &&
  !(trial.phase === 'timed' && finished.has(trialId({ ...trial, side: otherSide(trial.side) })))

const isBudgetSpent = (plan: Plan, records: readonly TrialRecord[]): boolean =>
  plan.gpuMinutes !== null && provingWall(records) >= plan.gpuMinutes * 60

interface Slot {
  readonly side: Side
  readonly planned: PlannedBlock
  readonly round: number | null
}

const trialOf = (plan: Plan, phase: Phase, slot: Slot): Trial => {
  const trial = {
    phase,
    side: slot.side,
    block: slot.planned.block,
    zkvm: plan.zkvm,
    mode: phase === 'cycles' ? ('execute' as const) : ('prove' as const),
    round: slot.round
  }
  return { id: trialId(trial), ...trial }
}

const trialId = (trial: Omit<Trial, 'id'>): string => {
  const name = trial.round === null ? trial.phase : `${trial.phase}-r${trial.round}`
  return `${name}-${trial.block}-${trial.zkvm}-${trial.side}`
}
