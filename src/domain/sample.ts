import type { Exactness, MetricName, Unit } from './metric.ts'
import { seconds, type Count, type Gas, type Seconds } from './quantity.ts'

/** One figure of one trial. Counts are bigints, times are numbers of seconds. */
export interface Figure {
  readonly value: number | bigint
  readonly unit: Unit
  readonly exactness: Exactness
}

/** A cycle-tracker span of the guest, repeats of the same path summed. */
export interface Span {
  /** From the outermost span inwards; names are the guest's free text. */
  readonly path: readonly string[]
  readonly cycles: Count
  readonly calls: number
}

/** A part of what ZisK estimates proving to cost, in its own unit: `MAIN`, `MEMORY`. Parts of a whole, `TOTAL`. */
export interface Cost {
  readonly name: string
  readonly cost: Count
}

/** What a trial that succeeded gave. */
export interface Sample {
  /** Null, as are the transactions: the host's output does not tell. */
  readonly gas: Gas | null
  readonly transactions: number | null
  readonly metrics: Readonly<Partial<Record<MetricName, Figure>>>
  readonly spans: readonly Span[]
  /** Empty for all zkVMs but ZisK. */
  readonly costs: readonly Cost[]
}

/** A nanosecond and some thirty years: beyond them a figure is no duration, and a ratio of two may be infinite. */
const SHORTEST = 1e-9
const LONGEST = 1e9

/** A duration in seconds, null where there is none or where it cannot be one. */
export const durationOf = (
  { metrics }: Sample,
  metric: 'execution-time' | 'proving-time'
): Seconds | null => {
  const value = metrics[metric]?.value
  return typeof value === 'number' && value >= SHORTEST && value <= LONGEST ? seconds(value) : null
}
