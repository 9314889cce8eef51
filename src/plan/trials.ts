import type { Plan, PlannedBlock } from '../domain/plan.ts'
import { otherSide, SIDES, type Side } from '../domain/revision.ts'
import type { Cause, Phase, Trial } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'

/** A place in the schedule, which one trial fills, or several where it has to be made again. */
export interface Place {
  readonly phase: Phase
  readonly side: Side
  readonly block: BlockNumber
  /** Null outside timed trials. */
  readonly round: number | null
}

/** The trial that fills a place. Takes after the first have their number at the end of their id. */
export const trialAt = (
  { zkvm, variant }: Pick<Plan, 'zkvm' | 'variant'>,
  { phase, side, block, round }: Place,
  { take, cause }: { readonly take: number; readonly cause: Cause }
): Trial => {
  const name = round === null ? phase : `${phase}-r${round}`
  const again = take === 1 ? '' : `-${take}`
  return {
    id: `${name}-${block}-${zkvm}-${side}${again}${variant === null ? '' : `@${variant}`}`,
    phase,
    side,
    block,
    zkvm,
    variant,
    mode: phase === 'cycles' ? 'execute' : 'prove',
    round,
    take,
    cause
  }
}

/** The place of the one execution of a block on a side that its cycles are taken from. */
export const cyclesPlace = (side: Side, block: BlockNumber): Place => ({
  phase: 'cycles',
  side,
  block,
  round: null
})

/** Blocks that are executed: all but those whose cycles are equal anyway. */
export const executedBlocks = ({ blocks }: Plan): readonly PlannedBlock[] =>
  blocks.filter(({ hasEqualCycles }) => !hasEqualCycles)

/** The cheapest of some blocks by gas; null where there are none. */
export const cheapest = (blocks: readonly PlannedBlock[]): PlannedBlock | null =>
  blocks.toSorted(byGas)[0] ?? null

export const byGas = (a: PlannedBlock, b: PlannedBlock): number => {
  const difference = (a.gas ?? 0n) - (b.gas ?? 0n)
  return difference < 0n ? -1 : difference > 0n ? 1 : a.block - b.block
}

/** One throw-away proof of the cheapest timed block: the first of a session is slower than the others. */
export const warmUpPlace = (plan: Plan): Place | null => {
  const timed = plan.blocks.filter(({ block }) => plan.timing?.blocks.includes(block) === true)
  const found = cheapest(timed)
  return found === null ? null : { phase: 'warm-up', side: 'base', block: found.block, round: null }
}

/** A pair's sides in the order of round r and the b-th block, both from 1: base first where r + b is even. */
export const pairOrder = (round: number, blockIndex: number): readonly Side[] => {
  const first: Side = (round + blockIndex + 1) % 2 === 0 ? 'base' : 'head'
  return [first, otherSide(first)]
}

/** Every trial of the plan in order, up to its last look, as if nothing failed and nothing had to be made again. */
export const plannedTrials = (plan: Plan): readonly Trial[] => {
  const planned = { take: 1, cause: 'planned' } as const
  const executed = executedBlocks(plan)
  const warmUp = warmUpPlace(plan)
  const again = cheapest(executed)
  return [
    ...SIDES.flatMap((side) => executed.map(({ block }) => trialAt(plan, cyclesPlace(side, block), planned))),
    ...SIDES.flatMap((side) =>
      again === null ? [] : [trialAt(plan, cyclesPlace(side, again.block), { take: 2, cause: 'determinism' })]
    ),
    ...(warmUp === null ? [] : [trialAt(plan, warmUp, planned)]),
    ...timedPlaces(plan).map((place) => trialAt(plan, place, planned))
  ]
}

const timedPlaces = ({ timing }: Plan): readonly Place[] => {
  if (timing === null) return []
  const rounds = Array.from({ length: timing.looks.at(-1) ?? 0 }, (_, index) => index + 1)
  return rounds.flatMap((round) =>
    timing.blocks.flatMap((block, index) =>
      pairOrder(round, index).map((side): Place => ({ phase: 'timed', side, block, round }))
    )
  )
}
