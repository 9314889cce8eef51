import { COUNTED_BY_PROOFS } from '../domain/counted.ts'
import type { MetricName } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import type { Comparison, Overall } from '../domain/report.ts'
import { joinAll, type MetricVerdict } from '../domain/verdict.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { mean, percentOfLog } from './means.ts'

/** A metric's comparisons, and the blocks whose figures are known to be equal though nothing counted them. */
export interface Compared {
  readonly metric: MetricName
  readonly comparisons: readonly Comparison[]
  readonly equal: readonly BlockNumber[]
}

/**
 * One metric over all blocks: the geometric mean of the blocks' ratios, each block weighing the same, and the
 * join of their verdicts. Null where nothing is known of any block.
 */
export const overallOf = (plan: Plan, compared: Compared): Overall | null => {
  const { metric, comparisons, equal } = compared
  if (comparisons.length === 0 && equal.length === 0) return null
  const logs = [
    ...comparisons.flatMap(({ percent, base, head }) =>
      percent === null ? [] : [Math.log(Number(head) / Number(base))]
    ),
    ...equal.map(() => 0)
  ]
  return {
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric,
    percent: logs.length === 0 ? null : percentOfLog(mean(logs)),
    interval: null,
    verdict: verdictOver(plan, compared),
    pairs: comparisons.reduce((sum, { pairs }) => sum + pairs, 0),
    blocks: logs.length
  }
}

/**
 * The join over blocks, where a planned block of which nothing is known is one more reason to be unsure. Where proofs alone
 * count, nothing is to be known of blocks that are not timed.
 */
export const verdictOver = (
  plan: Plan,
  { comparisons, equal }: Pick<Compared, 'comparisons' | 'equal'>
): MetricVerdict => {
  const known = new Set([...comparisons.map(({ block }) => block), ...equal])
  const { timing } = plan
  const isCounted = (block: BlockNumber): boolean =>
    timing === null || !COUNTED_BY_PROOFS.has(plan.zkvm) || timing.blocks.includes(block)
  const missing = plan.blocks.filter(({ block }) => !known.has(block) && isCounted(block))
  return joinAll([
    ...comparisons.map(({ verdict }) => verdict),
    ...equal.map(() => 'no-change' as const),
    ...missing.map(() => 'inconclusive' as const)
  ])
}
