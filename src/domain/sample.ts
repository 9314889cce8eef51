import type { Exactness, MetricName, Unit } from './metric.ts'
import type { Count, Gas } from './quantity.ts'

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

/** What a trial that succeeded gave. */
export interface Sample {
  readonly gas: Gas
  readonly transactions: number
  readonly metrics: Readonly<Partial<Record<MetricName, Figure>>>
  readonly spans: readonly Span[]
}
