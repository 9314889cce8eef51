import type { Exactness, MetricName } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import { seconds } from '../domain/quantity.ts'
import type { Comparison, Rounding } from '../domain/report.ts'
import type { Figure, Sample } from '../domain/sample.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { geometricMean, mean, percentOfLog } from './means.ts'
import { secondsOf, type Measured, type MeasuredTrial } from './measured.ts'

/** A base and a head measurement of one round; seconds, both above zero. */
interface Pair {
  readonly base: number
  readonly head: number
  readonly exactness: Exactness | null
}

/**
 * Proving time of one block: ln(head/base) averaged over the complete pairs of its rounds; null without one.
 * The verdict stays `inconclusive`: an estimate from a few pairs is no ground for one.
 */
export const compareProvingTime = (plan: Plan, block: BlockNumber, measured: Measured): Comparison | null => {
  const heads = timedByRound(measured.all(block, 'head'))
  const bases = [...timedByRound(measured.all(block, 'base'))].toSorted(([a], [b]) => a - b)
  const pairs = bases.flatMap(([round, base]) => {
    const head = heads.get(round)
    return head === undefined ? [] : pairOf('proving-time', base, head)
  })
  return timeComparison(plan, { block, metric: 'proving-time' }, pairs)
}

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
  const pairs = base === null || head === null ? [] : pairOf('execution-time', base, head)
  return timeComparison(plan, { block, metric: 'execution-time' }, pairs)
}

const timedByRound = (trials: readonly MeasuredTrial[]): ReadonlyMap<number, Sample> =>
  new Map(
    trials.flatMap(({ trial, sample }) =>
      trial.phase === 'timed' && trial.round !== null ? [[trial.round, sample] as const] : []
    )
  )

const pairOf = (metric: MetricName, base: Sample, head: Sample): readonly Pair[] => {
  const times = { base: secondsOf(base, metric), head: secondsOf(head, metric) }
  if (times.base === null || times.head === null) return []
  return [
    {
      base: times.base,
      head: times.head,
      exactness: pairExactness(base.metrics[metric], head.metrics[metric])
    }
  ]
}

/** A pair is as coarse as its coarser half. */
const pairExactness = (base: Figure | undefined, head: Figure | undefined): Exactness | null => {
  if ([base, head].some((figure) => figure?.exactness === 'rounded-seconds')) return 'rounded-seconds'
  return base !== undefined && base.exactness === head?.exactness ? base.exactness : null
}

const timeComparison = (
  plan: Plan,
  { block, metric }: { readonly block: BlockNumber; readonly metric: MetricName },
  pairs: readonly Pair[]
): Comparison | null => {
  const [first] = pairs
  if (first === undefined) return null
  const isRounded = pairs.some((pair) => pair.exactness === 'rounded-seconds')
  const isSame = pairs.every((pair) => pair.exactness === first.exactness)
  return {
    block,
    network: plan.network,
    zkvm: plan.zkvm,
    metric,
    unit: 's',
    base: seconds(geometricMean(pairs.map(({ base }) => base))),
    head: seconds(geometricMean(pairs.map(({ head }) => head))),
    percent: percentOfLog(mean(pairs.map((pair) => Math.log(pair.head / pair.base)))),
    interval: null,
    rounding: isRounded ? roundingOf(pairs) : null,
    exactness: isRounded ? 'rounded-seconds' : isSame ? first.exactness : null,
    verdict: 'inconclusive',
    pairs: pairs.length
  }
}

/** Tools cut a duration to whole seconds, so `87` stands for anything from 87 up to 88. */
const roundingOf = (pairs: readonly Pair[]): Rounding => ({
  lo: percentOfLog(mean(pairs.map(({ base, head }) => Math.log(head / (base + 1))))),
  hi: percentOfLog(mean(pairs.map(({ base, head }) => Math.log((head + 1) / base))))
})
