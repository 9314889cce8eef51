import type { Stage } from '../../domain/failure.ts'
import type { MetricName } from '../../domain/metric.ts'
import type { PlannedBlock } from '../../domain/plan.ts'
import type { Comparison } from '../../domain/report.ts'
import type { Side } from '../../domain/revision.ts'
import { formatChange, formatCount, formatDuration, formatGas, plural } from '../format.ts'
import { table } from '../markdown.ts'
import { shownBlocks } from '../rows.ts'
import { changeOf, type View } from '../view.ts'
import { NETWORK_NAME, NONE, ZKVM_NAME } from '../words.ts'

/** A row a block, the geometric mean last. */
export const blocks = (view: View): string | null => {
  if (view.report.trials.length === 0) return null
  const { plan, timeVerdict } = view.report
  const isTimed = timeVerdict !== null
  const shown = shownBlocks(view)
  const hidden = plan.blocks.length - shown.length
  const head = ['Block', 'Gas', 'Cycles', 'Δ cycles', ...(isTimed ? ['Proving time', 'Δ time'] : [])]
  const rows = [
    head,
    ...shown.map((planned) => row(view, planned, isTimed)),
    ...(plan.blocks.length > 1 ? [meanRow(view, isTimed)] : [])
  ]
  const folded =
    hidden === 0
      ? ''
      : ` Not shown: ${plural(hidden, 'block')}${view.detail.rows === 'changed' ? ' whose cycles did not change' : ''}.`
  return `${caption(view, isTimed)}: base → head, minus is faster.${folded}\n\n${table(rows, isTimed ? 'lrrrrr' : 'lrrr')}`
}

const caption = ({ report: { plan } }: View, isTimed: boolean): string => {
  const timed = plan.timing?.blocks.length ?? 0
  const some = timed < plan.blocks.length ? [`${timed} of ${plural(plan.blocks.length, 'block')} timed`] : []
  return [
    `${ZKVM_NAME[plan.zkvm]} on ${NETWORK_NAME[plan.network]} blocks`,
    ...(isTimed
      ? [plan.resource.toUpperCase(), `${plan.proofType} proofs`, ...some]
      : ['executed, not proved'])
  ].join(', ')
}

const row = (view: View, planned: PlannedBlock, isTimed: boolean): readonly string[] => {
  const { block, gas, hasEqualCycles } = planned
  const isEqual = hasEqualCycles && view.comparison(block, 'cycles') === null
  return [
    String(block),
    gas === null ? NONE : formatGas(gas),
    ...(isEqual ? ['equal', formatChange(0, 2)] : cells(view, block, 'cycles')),
    ...(isTimed ? cells(view, block, 'proving-time') : [])
  ]
}

const cells = (view: View, block: PlannedBlock['block'], metric: MetricName): readonly string[] => {
  const comparison = view.comparison(block, metric)
  if (comparison !== null) return [figuresOf(comparison), deltaOf(comparison)]
  const stage = metric === 'cycles' ? 'execute' : 'prove'
  const sides = [absent(view, block, ['base', stage]), absent(view, block, ['head', stage])]
  return [sides.every((side) => side === NONE) ? NONE : sides.join(' → '), NONE]
}

export const figuresOf = ({ metric, base, head }: Comparison): string => {
  const written = (value: number | bigint): string =>
    metric.endsWith('-time') ? formatDuration(Number(value)) : formatCount(value)
  return `${written(base)} → ${written(head)}`
}

/** Words only where a block stands out by itself: in time, beyond the margin whatever its noise allows. */
const deltaOf = (comparison: Comparison): string => {
  const { verdict } = comparison
  if (verdict === 'incomparable') return 'incomparable'
  const isSaid = verdict === 'regression' || verdict === 'improvement'
  return isSaid ? `${changeOf(comparison)} ${verdict}` : changeOf(comparison)
}

/** `failed` where the side failed at it, `done` where only the other side is missing, else a dash. */
const absent = (view: View, block: PlannedBlock['block'], [side, stage]: readonly [Side, Stage]): string => {
  if (view.failure(block, side, stage) !== null) return 'failed'
  const wanted = stage === 'prove' ? 'timed' : 'cycles'
  const own = view.report.trials.find(
    (trial) =>
      trial.phase === wanted && trial.block === block && trial.side === side && trial.outcome === 'measured'
  )
  if (own === undefined) return NONE
  if (stage === 'prove') return own.seconds === null ? NONE : formatDuration(own.seconds)
  return own.cycles === null ? NONE : formatCount(own.cycles)
}

const meanRow = (view: View, isTimed: boolean): readonly string[] => {
  const { plan } = view.report
  const mean = (metric: MetricName, planned: number): readonly string[] => {
    const overall = view.overall(metric)
    if (overall === null) return ['', NONE]
    const few = overall.blocks > 0 && overall.blocks < planned ? `of ${plural(overall.blocks, 'block')}` : ''
    return [few, `**${changeOf(overall)}**`]
  }
  return [
    '**Mean**',
    '',
    ...mean('cycles', plan.blocks.length),
    ...(isTimed ? mean('proving-time', plan.timing?.blocks.length ?? 0) : [])
  ]
}
