import type { MetricName } from '../domain/metric.ts'
import type { Seconds } from '../domain/quantity.ts'
import type { Figure } from '../domain/sample.ts'
import type { ReaderContext } from './prover.ts'

/** Two clocks, ours and the child's: they may differ by this much of a duration, and by this many seconds. */
const CLOCK_TOLERANCE = 0.001
const CLOCK_SLACK = 0.01

type Metrics = Readonly<Partial<Record<MetricName, Figure>>>

/**
 * Why the times that a child reports cannot be true, or null. Its own times are used, but together they may not be longer
 * than what we saw pass (`wall`; null: not held against it).
 */
export const implausibleTime = (
  metrics: Metrics,
  wall: Seconds | null,
  { timeScale }: Pick<ReaderContext, 'timeScale'>
): string | null => {
  const times = [metrics['execution-time'], metrics['proving-time']].flatMap((figure) => figure ?? [])
  if (times.some(({ value }) => Number(value) <= 0)) return 'A time of zero was reported.'
  if (wall === null) return null
  const reported = times.reduce((sum, { value }) => sum + Number(value), 0)
  const seen = wall * timeScale
  return reported <= seen * (1 + CLOCK_TOLERANCE) + CLOCK_SLACK * timeScale
    ? null
    : `${reported.toFixed(3)} s were reported, but only ${seen.toFixed(3)} s passed.`
}
