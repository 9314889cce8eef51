import type { MetricName } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import type { Comparison, Overall } from '../domain/report.ts'
import { joinAll, type MetricVerdict } from '../domain/verdict.ts'
import { mean, percentOfLog } from './means.ts'

/**
 * One metric over all blocks: the geometric mean of the blocks' ratios, each block weighing the same, and the
 * join of their verdicts. Null where no block has both figures.
 */
export const overallOf = (
  plan: Plan,
  metric: MetricName,
  comparisons: readonly Comparison[]
): Overall | null => {
  const own = comparisons.filter((comparison) => comparison.metric === metric)
  const logs = own.flatMap(({ percent, base, head }) =>
    percent === null ? [] : [Math.log(Number(head) / Number(base))]
  )
  if (own.length === 0) return null
  return {
    zkvm: plan.zkvm,
    metric,
    percent: logs.length === 0 ? null : percentOfLog(mean(logs)),
    interval: null,
    verdict: verdictOver(plan, own),
    pairs: own.reduce((sum, { pairs }) => sum + pairs, 0),
    blocks: logs.length
  }
}

/** The join over blocks, where a planned block without a figure is one more reason to be unsure. */
export const verdictOver = (plan: Plan, comparisons: readonly Comparison[]): MetricVerdict => {
  const compared = new Set(comparisons.map(({ block }) => block))
  const missing = plan.blocks.filter(({ block }) => !compared.has(block))
  return joinAll([
    ...comparisons.map(({ verdict }) => verdict),
    ...missing.map(() => 'inconclusive' as const)
  ])
}
