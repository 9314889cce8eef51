import type { Plan, TimingPlan } from '../domain/plan.ts'
import { SIDES, type Side } from '../domain/revision.ts'
import type { DroppedPair, TimedPair } from '../domain/timing.ts'
import type { Cause, Trial } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import {
  attemptFor,
  droppedOf,
  pairOf,
  pollutionIn,
  slotAt,
  type Attempt,
  type Slot,
  type Slots,
  type Standing
} from './slots.ts'
import { pairOrder, trialAt } from './trials.ts'

/** A trial that a pair still needs. */
export interface Pending {
  readonly trial: Trial
  /** True where it begins something that may be left undone; false where it completes what was begun. */
  readonly opens: boolean
}

/** The slots of one round in the order of the schedule. */
export const slotsOfRound = (timing: TimingPlan, slots: Slots, round: number): readonly Slot[] =>
  timing.blocks.map((block) => slotAt(slots, block, round))

interface PairContext {
  readonly plan: Plan
  /** Position of the pair's block among those that are timed, from 0. */
  readonly index: number
  /** Whether base proved the block before. */
  readonly isBaseAble: () => boolean
}

/** What a pair still needs, in order, if nothing fails any more; empty where it is over. */
export const pendingIn = (slot: Slot, { plan, index, isBaseAble }: PairContext): readonly Pending[] => {
  const { standing } = slot
  const order = pairOrder(slot.round, index)
  const begins = standing.isRepeated ? 'polluted' : 'planned'
  const needed = halvesNeeded(standing, order, isBaseAble)
  if (needed.length > 0) return needed.map((side) => pendingHalf(plan, slot, { side, begins, standing }))
  const isLost = SIDES.some((side) => standing.halves[side].kind === 'lost')
  if (standing.pollution === null || standing.isRepeated || isLost) return []
  return order.map((side) => ({
    trial: takeOf(plan, slot, { side, cause: 'polluted' }),
    opens: side === order[0]
  }))
}

/** A half without a figure is needed, unless the other is lost; then only base's, to see whose fault it is. */
const halvesNeeded = (
  { halves }: Standing,
  order: readonly Side[],
  isBaseAble: () => boolean
): readonly Side[] => {
  const open = order.filter((side) => halves[side].kind === 'none' || halves[side].kind === 'failed-once')
  const lost = order.filter((side) => halves[side].kind === 'lost')
  if (lost.length === 0) return open
  return lost.includes('head') && !isBaseAble() ? open.filter((side) => side === 'base') : []
}

const pendingHalf = (
  plan: Plan,
  slot: Slot,
  of: { readonly side: Side; readonly begins: 'planned' | 'polluted'; readonly standing: Standing }
): Pending => {
  const { side, begins, standing } = of
  const isRetry = standing.halves[side].kind === 'failed-once'
  const isUntouched = SIDES.every((one) => standing.halves[one].kind === 'none')
  return { trial: takeOf(plan, slot, { side, cause: isRetry ? 'retry' : begins }), opens: isUntouched }
}

/** The next take of a half. */
export const takeOf = (
  plan: Plan,
  { block, round, takes }: Slot,
  { side, cause }: { readonly side: Side; readonly cause: Cause }
): Trial => trialAt(plan, { phase: 'timed', side, block, round }, { take: takes[side].length + 1, cause })

/** A half of a pair, by name. */
export interface Half {
  readonly block: BlockNumber
  readonly round: number
  readonly side: Side
}

export const halfKey = ({ block, round, side }: Half): string => `${round} ${block} ${side}`

/** Repeats of outliers that count, by `halfKey`. */
export type Repeats = ReadonlyMap<string, Attempt>

/** A slot as it counts now: a pair, or the reason why there will be none, or neither where it is not over. */
export const resultOf = (
  slot: Slot,
  repeats: Repeats,
  isOver: boolean
): { readonly pair: TimedPair | null; readonly dropped: DroppedPair | null } => {
  const { standing } = slot
  const halves = withRepeats(slot, repeats)
  const isRepeated = halves !== standing.halves
  // A repeat may be disturbed too, and is not made again.
  const counted = isRepeated ? { ...standing, halves, pollution: pollutionIn(halves) } : standing
  const pair = pairOf(slot, counted)
  if (pair !== null) return { pair, dropped: null }
  const isSettled = isRepeated || standing.isRepeated || isOver || counted.pollution !== 'foreign-process'
  return { pair: null, dropped: isSettled ? droppedOf(slot, counted) : null }
}

/** The halves of a slot, repeats in their place; the very same where there are none. */
const withRepeats = (slot: Slot, repeats: Repeats): Standing['halves'] => {
  const { halves } = slot.standing
  if (repeats.size === 0) return halves
  const of = (side: Side): Attempt => repeats.get(halfKey({ ...slot, side })) ?? halves[side]
  const [base, head] = [of('base'), of('head')]
  return base === halves.base && head === halves.head ? halves : { base, head }
}

/** The repeat of a half that was an outlier. */
export const repeatOf = (slot: Slot, side: Side): Attempt => attemptFor(slot.takes[side], 'outlier')
