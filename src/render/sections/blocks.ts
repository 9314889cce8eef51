import type { Stage } from '../../domain/failure.ts'
import type { MetricName } from '../../domain/metric.ts'
import type { PlannedBlock } from '../../domain/plan.ts'
import type { Comparison } from '../../domain/report.ts'
import type { Side } from '../../domain/revision.ts'
import {
  capital,
  enumerated,
  formatChange,
  formatCount,
  formatDuration,
  formatGas,
  plural
} from '../format.ts'
import { table } from '../markdown.ts'
import { zkvmOf } from '../naming.ts'
import { shownRows } from '../rows.ts'
import type { RunView } from '../run-view.ts'
import { changeOf, type View } from '../view.ts'
import { NETWORK_NAME, NONE, ZKVM_NAME } from '../words.ts'

/** A row a block and zkVM, the geometric means last. */
export const blocks = ({ run, heads, detail }: RunView): string | null => {
  const views = heads.filter(({ report }) => report.trials.length > 0)
  const [first] = views
  if (first === undefined) return null
  const isTimed = run.timeVerdict !== null
  const shown = shownRows(views)
  const hidden = views.reduce((sum, { report }) => sum + report.plan.blocks.length, 0) - shown.length
  const rows = [
    headOf(first, isTimed),
    ...shown.map(({ view, planned }) => row(view, planned, isTimed)),
    ...views.filter(({ report }) => report.plan.blocks.length > 1).map((view) => meanRow(view, isTimed))
  ]
  const what = first.isOneOfSeveral ? 'row' : 'block'
  const which = detail.rows === 'changed' ? ` whose ${countedBy(views)} did not change` : ''
  const folded = hidden === 0 ? '' : ` Not shown: ${plural(hidden, what)}${which}.`
  const align = `l${first.isOneOfSeveral ? 'l' : ''}rrr${isTimed ? 'rr' : ''}`
  return `${caption(views, isTimed)}: base → head, minus is faster.${folded}\n\n${table(rows, align)}`
}

const headOf = ({ isOneOfSeveral, counted }: View, isTimed: boolean): readonly string[] => [
  'Block',
  ...(isOneOfSeveral ? ['zkVM', 'Gas', 'Count', 'Δ count'] : ['Gas', capital(counted), `Δ ${counted}`]),
  ...(isTimed ? ['Proving time', 'Δ time'] : [])
]

/** `cycles`, or `cycles or steps` where the zkVMs do not count the same. */
const countedBy = (views: readonly View[]): string =>
  [...new Set(views.map(({ counted }) => counted))].join(' or ')

const caption = (views: readonly View[], isTimed: boolean): string => {
  const [plan] = views.map(({ report }) => report.plan)
  if (plan === undefined) return ''
  const names = views.map(({ report }) => ZKVM_NAME[report.plan.zkvm])
  const timed = plan.timing?.blocks.length ?? 0
  const some = timed < plan.blocks.length ? [`${timed} of ${plural(plan.blocks.length, 'block')} timed`] : []
  return [
    `${enumerated(names)} on ${NETWORK_NAME[plan.network]} blocks`,
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
    ...countedNames(view),
    gas === null ? NONE : formatGas(gas),
    ...(isEqual ? ['equal', formatChange(0, 2)] : cells(view, block, 'cycles')),
    ...(isTimed ? cells(view, block, 'proving-time') : [])
  ]
}

/** `ZisK, steps`: two zkVMs in one column need not count the same. */
const countedNames = (view: View): readonly string[] => zkvmOf(view).map((zkvm) => `${zkvm}, ${view.counted}`)

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
    ...countedNames(view),
    '',
    ...mean('cycles', plan.blocks.length),
    ...(isTimed ? mean('proving-time', plan.timing?.blocks.length ?? 0) : [])
  ]
}
