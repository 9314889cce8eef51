import type { Plan } from '../domain/plan.ts'
import { count, type Count } from '../domain/quantity.ts'
import type { Side } from '../domain/revision.ts'
import type { Figure, Sample } from '../domain/sample.ts'
import type { TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'

/** A trial that succeeded, with its figures. */
export interface MeasuredTrial {
  readonly trial: TrialRecord['trial']
  readonly sample: Sample
}

/** The trials that gave figures, by block and side. */
export interface Measured {
  /** The one execution that cycles are taken from. */
  readonly execution: (block: BlockNumber, side: Side) => Sample | null
  /**
   * Where exact figures are taken from: the execution; a proof, which executes too, where none was planned, or where
   * executions say nothing of cycles, as OpenVM's do.
   */
  readonly counted: (block: BlockNumber, side: Side) => Sample | null
  /** Everything measured of a block on a side, in the order of takes and rounds. */
  readonly all: (block: BlockNumber, side: Side) => readonly MeasuredTrial[]
}

export const indexMeasured = (plan: Plan, records: readonly TrialRecord[]): Measured => {
  const index = Map.groupBy(
    records
      .flatMap(({ trial, outcome }) => (outcome.kind === 'failed' ? [] : [{ trial, sample: outcome.sample }]))
      .toSorted((a, b) => (a.trial.round ?? 0) - (b.trial.round ?? 0) || a.trial.take - b.trial.take),
    ({ trial }) => keyOf(trial.block, trial.side)
  )
  const equal = new Set(plan.blocks.flatMap((one) => (one.hasEqualCycles ? [one.block] : [])))
  const all = (block: BlockNumber, side: Side): readonly MeasuredTrial[] =>
    index.get(keyOf(block, side)) ?? []
  const execution = (block: BlockNumber, side: Side): Sample | null =>
    all(block, side).find(({ trial }) => trial.phase === 'cycles')?.sample ?? null
  const counted = (block: BlockNumber, side: Side): Sample | null => {
    const executed = execution(block, side)
    if (executed === null) return equal.has(block) ? (all(block, side)[0]?.sample ?? null) : null
    if (executed.metrics.cycles !== undefined) return executed
    return all(block, side).find(isCounted)?.sample ?? executed
  }
  return { all, execution, counted }
}

/** A floor is no count. */
const isCounted = ({ sample: { metrics } }: MeasuredTrial): boolean =>
  metrics.cycles !== undefined && metrics.cycles.exactness !== 'floor'

const keyOf = (block: BlockNumber, side: Side): string => `${block} ${side}`

/** The value of a count, null where there is none or where zero stands in for "unknown". */
export const countOf = (figure: Figure | undefined): Count | null =>
  typeof figure?.value === 'bigint' && figure.value > 0n ? count(figure.value) : null
