import { isLasting } from '../domain/given-up.ts'
import { pollutionOf } from '../domain/gpu.ts'
import type { Exactness } from '../domain/metric.ts'
import type { Seconds } from '../domain/quantity.ts'
import { SIDES, type BySide, type Side } from '../domain/revision.ts'
import { durationOf } from '../domain/sample.ts'
import type { DroppedPair, Retaken, TimedPair } from '../domain/timing.ts'
import type { Cause, TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'

/** What is on record of a pair: the takes of either side, in their order. */
export interface Slot {
  readonly block: BlockNumber
  readonly round: number
  readonly takes: BySide<readonly TrialRecord[]>
  readonly standing: Standing
}

/** The records of timed trials by round and block. */
export type Slots = ReadonlyMap<number, Slot>

const NO_TAKES: BySide<readonly TrialRecord[]> = { base: [], head: [] }

export const slotsOf = (records: readonly TrialRecord[]): Slots => {
  const found = new Map<number, Pick<Slot, 'block' | 'round'> & { takes: Record<Side, TrialRecord[]> }>()
  for (const record of records) {
    const { phase, block, round, side } = record.trial
    if (phase !== 'timed' || round === null) continue
    const key = slotKey(block, round)
    const slot = found.get(key) ?? { block, round, takes: { base: [], head: [] } }
    found.set(key, slot)
    slot.takes[side].push(record)
  }
  const slots = new Map<number, Slot>()
  for (const [key, slot] of found) {
    for (const side of SIDES) slot.takes[side].sort((a, b) => a.trial.take - b.trial.take)
    slots.set(key, { ...slot, standing: standingOf(slot.takes) })
  }
  return slots
}

/** Block numbers have ten digits at most. A number, since a long run asks for it very often. */
const slotKey = (block: BlockNumber, round: number): number => round * 1e10 + block

export const slotAt = (slots: Slots, block: BlockNumber, round: number): Slot =>
  slots.get(slotKey(block, round)) ?? { block, round, takes: NO_TAKES, standing: NOTHING }

/**
 * One attempt at a half of a pair: a take, and one more if that fails. A half has up to three: as planned, again
 * because the pair was polluted, again because it was an outlier.
 */
export type Attempt =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed-once' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'measured'; readonly value: Seconds; readonly record: TrialRecord }

const NONE: Attempt = { kind: 'none' }
const LOST: Attempt = { kind: 'lost' }

/** The attempt that began for a cause. */
export const attemptFor = (takes: readonly TrialRecord[], cause: Exclude<Cause, 'retry'>): Attempt => {
  const first = takes.findIndex(({ trial }) => trial.cause === cause)
  const begun = takes[first]
  if (begun === undefined) return NONE
  const measured = measuredBy(begun)
  if (measured !== null) return measured
  if (isLasting(begun.outcome)) return LOST
  const retry = takes[first + 1]
  if (retry?.trial.cause !== 'retry') return { kind: 'failed-once' }
  return measuredBy(retry) ?? LOST
}

const measuredBy = (record: TrialRecord): Attempt | null => {
  const { outcome } = record
  const value = outcome.kind === 'measured' ? durationOf(outcome.sample, 'proving-time') : null
  return value === null ? null : { kind: 'measured', value, record }
}

/** Where a pair stands before outliers are looked for. */
export interface Standing {
  /** The attempt that counts, by side. */
  readonly halves: BySide<Attempt>
  /** Whether something disturbed the GPU in the attempt that counts. */
  readonly pollution: ReturnType<typeof pollutionOf>
  readonly isRepeated: boolean
}

const standingOf = (takes: Slot['takes']): Standing => {
  const planned = bySide((side) => attemptFor(takes[side], 'planned'))
  const again = bySide((side) => attemptFor(takes[side], 'polluted'))
  const isRepeated = SIDES.some((side) => again[side].kind !== 'none')
  const halves = isRepeated ? again : planned
  return { halves, pollution: pollutionIn(halves), isRepeated }
}

const bySide = <T>(of: (side: Side) => T): BySide<T> => ({ base: of('base'), head: of('head') })

/** What disturbed a pair, the gravest. */
export const pollutionIn = (halves: BySide<Attempt>): Standing['pollution'] => {
  const found = SIDES.map((side) => pollutionOfAttempt(halves[side]))
  return found.find((one) => one === 'foreign-process') ?? found.find((one) => one !== null) ?? null
}

const pollutionOfAttempt = (attempt: Attempt): Standing['pollution'] =>
  attempt.kind === 'measured' ? pollutionOf(attempt.record.gpu) : null

/** The pair of a slot as it counts before repeats of outliers; null where a half is missing or cannot count. */
export const pairOf = (slot: Slot, { halves, pollution }: Standing): TimedPair | null => {
  const { base, head } = halves
  if (base.kind !== 'measured' || head.kind !== 'measured' || pollution === 'foreign-process') return null
  return withHalves(slot, { base, head })
}

type MeasuredAttempt = Extract<Attempt, { readonly kind: 'measured' }>

const withHalves = (
  { block, round }: Pick<Slot, 'block' | 'round'>,
  { base, head }: BySide<MeasuredAttempt>
): TimedPair => ({
  block,
  round,
  base: base.value,
  head: head.value,
  exactness: pairExactness(exactnessOf(base), exactnessOf(head))
})

const exactnessOf = ({ record: { outcome } }: MeasuredAttempt): Exactness | null =>
  outcome.kind === 'measured' ? (outcome.sample.metrics['proving-time']?.exactness ?? null) : null

/** The coarsest first. */
const COARSE: readonly Exactness[] = ['floor', 'rounded-seconds']

/** A pair is as coarse as its coarser half. */
const pairExactness = (base: Exactness | null, head: Exactness | null): Exactness | null => {
  const coarse = COARSE.find((one) => one === base || one === head)
  return coarse ?? (base === head ? base : null)
}

/** Why a slot that is over has no pair; null where it has one. */
export const droppedOf = (slot: Slot, standing: Standing): DroppedPair | null => {
  const { halves, pollution } = standing
  const at = { block: slot.block, round: slot.round }
  const lost = SIDES.filter((side) => halves[side].kind === 'lost')
  if (lost.length > 0) return { ...at, sides: lost, why: 'failed' }
  if (pollution !== 'foreign-process') return null
  const sides = SIDES.filter((side) => pollutionOfAttempt(halves[side]) === 'foreign-process')
  return { ...at, sides, why: 'foreign-process' }
}

/** What was made again in a slot, in the order of its takes. */
export const retakenOf = ({ block, round, takes }: Slot): readonly Retaken[] =>
  SIDES.flatMap((side) =>
    takes[side].flatMap((record, index) => {
      const before = takes[side][index - 1]
      const { cause } = record.trial
      if (before === undefined || cause === 'planned' || cause === 'determinism') return []
      const pollution = cause === 'polluted' ? pollutionOf(before.gpu) : null
      return [{ block, round, side, cause, before: secondsIn(before), after: secondsIn(record), pollution }]
    })
  )

const secondsIn = ({ outcome }: TrialRecord): Seconds | null =>
  outcome.kind === 'measured' ? durationOf(outcome.sample, 'proving-time') : null

const NOTHING = standingOf(NO_TAKES)
