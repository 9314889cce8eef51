import type { MetricName } from '../domain/metric.ts'
import { count, seconds, type Count, type Seconds } from '../domain/quantity.ts'
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
  /** Everything measured of a block on a side, in the order of the records. */
  readonly all: (block: BlockNumber, side: Side) => readonly MeasuredTrial[]
}

export const indexMeasured = (records: readonly TrialRecord[]): Measured => {
  const index = new Map<string, MeasuredTrial[]>()
  for (const { trial, outcome } of records) {
    if (outcome.kind === 'failed') continue
    const key = keyOf(trial.block, trial.side)
    const found = index.get(key)
    if (found === undefined) index.set(key, [{ trial, sample: outcome.sample }])
    else found.push({ trial, sample: outcome.sample })
  }
  const all = (block: BlockNumber, side: Side): readonly MeasuredTrial[] =>
    index.get(keyOf(block, side)) ?? []
  const execution = (block: BlockNumber, side: Side): Sample | null =>
    all(block, side).find(({ trial }) => trial.phase === 'cycles')?.sample ?? null
  return { all, execution }
}

const keyOf = (block: BlockNumber, side: Side): string => `${block} ${side}`

/** The value of a count, null where there is none or where zero stands in for "unknown". */
export const countOf = (figure: Figure | undefined): Count | null =>
  typeof figure?.value === 'bigint' && figure.value > 0n ? count(figure.value) : null

/** A nanosecond and some thirty years: beyond them a figure is no duration, and a ratio of two may be infinite. */
const SHORTEST = 1e-9
const LONGEST = 1e9

/** A duration in seconds, null where there is none or where it cannot be one. */
export const secondsOf = (sample: Sample, metric: MetricName): Seconds | null => {
  const value = sample.metrics[metric]?.value
  return typeof value === 'number' && value >= SHORTEST && value <= LONGEST ? seconds(value) : null
}
