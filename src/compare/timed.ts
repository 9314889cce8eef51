import type { Exactness, MetricName } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import { seconds } from '../domain/quantity.ts'
import type { Comparison, Rounding } from '../domain/report.ts'
import { durationOf, type Figure, type Sample } from '../domain/sample.ts'
import { cutOf, type TimedPair } from '../domain/timing.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { blursOf, meanBlur } from '../statistics/blur.ts'
import { geometricMean, mean, percentOfLog } from './means.ts'
import type { Measured } from './measured.ts'

/** Base and head of one block; seconds, both above zero. */
type Pair = Pick<TimedPair, 'base' | 'head' | 'exactness'>

/**
 * Execution time of one block, from the executions that gave the cycles: one pair, for information. It includes
 * what the client does when it starts, so it is never part of a verdict.
 */
export const compareExecutionTime = (
  plan: Plan,
  block: BlockNumber,
  measured: Measured
): Comparison | null => {
  const base = measured.execution(block, 'base')
  const head = measured.execution(block, 'head')
  const pairs = base === null || head === null ? [] : pairOf(base, head)
  return timeComparison(plan, { block, metric: 'execution-time' }, pairs)
}

const pairOf = (base: Sample, head: Sample): readonly Pair[] => {
  const times = { base: durationOf(base, 'execution-time'), head: durationOf(head, 'execution-time') }
  if (times.base === null || times.head === null) return []
  const exactness = pairExactness(base.metrics['execution-time'], head.metrics['execution-time'])
  return [{ base: times.base, head: times.head, exactness }]
}

/** The coarsest first. */
const COARSE: readonly Exactness[] = ['floor', 'rounded-seconds']

/** A pair is as coarse as its coarser half. */
const pairExactness = (base: Figure | undefined, head: Figure | undefined): Exactness | null => {
  const coarse = COARSE.find((one) => one === base?.exactness || one === head?.exactness)
  return coarse ?? (base !== undefined && base.exactness === head?.exactness ? base.exactness : null)
}

/** The mean of ln(head/base) over a block's pairs, not judged; null without a pair. */
export const timeComparison = (
  plan: Plan,
  { block, metric }: { readonly block: BlockNumber; readonly metric: MetricName },
  pairs: readonly Pair[]
): Comparison | null => {
  const [first] = pairs
  if (first === undefined) return null
  const coarse = COARSE.find((one) => pairs.some((pair) => pair.exactness === one))
  const isSame = pairs.every((pair) => pair.exactness === first.exactness)
  return {
    block,
    network: plan.network,
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric,
    unit: 's',
    base: seconds(geometricMean(pairs.map(({ base }) => base))),
    head: seconds(geometricMean(pairs.map(({ head }) => head))),
    percent: percentOfLog(mean(pairs.map((pair) => Math.log(pair.head / pair.base)))),
    interval: null,
    rounding: coarse === 'rounded-seconds' ? roundingOf(pairs) : null,
    exactness: coarse ?? (isSame ? first.exactness : null),
    verdict: 'inconclusive',
    pairs: pairs.length
  }
}

/** Tools cut a duration to whole seconds, so `87` stands for anything from 87 up to 88. */
const roundingOf = (pairs: readonly Pair[]): Rounding => {
  const log = mean(pairs.map(({ base, head }) => Math.log(head / base)))
  const { below, above } = meanBlur(
    blursOf(pairs.map((pair) => ({ ...pair, block: null, cut: cutOf(pair.exactness) }))).values()
  )
  return { lo: percentOfLog(log - below), hi: percentOfLog(log + above) }
}
