import type { PlannedBlock } from '../../domain/plan.ts'
import type { ReferenceReport } from '../../domain/report.ts'
import { ethrexColumns, referenceColumn, type Column, type Figure, type TableMetric } from '../columns.ts'
import { capital, formatCount, formatDuration, formatGas, plural } from '../format.ts'
import { denseTable, details, sentence, table } from '../markdown.ts'
import { zkvmOf } from '../naming.ts'
import { joined } from '../page.ts'
import {
  against,
  againstBase,
  meanOf,
  relativeText,
  roundingLine,
  type Relative,
  type Style
} from '../relative.ts'
import { shownBlocks } from '../rows.ts'
import type { Group, RunView } from '../run-view.ts'
import type { View } from '../view.ts'
import { countWords, NONE, ZKVM_NAME } from '../words.ts'

/**
 * The tables of ethrex's own performance document, where there is more than base and head: absolute figures, relative
 * to base, relative to the reference; a set for each zkVM. Null where there is only base and head.
 */
export const sideBySide = (view: RunView): string | null =>
  setsOf(view, view.run.timeVerdict === null ? 'cycles' : 'proving-time')

/** The same of what is counted, folded, in a run that is about time. */
export const countsSideBySide = (view: RunView): string | null => {
  if (view.run.timeVerdict === null || !view.detail.spans) return null
  const body = setsOf(view, 'cycles')
  const counted = new Set(view.heads.map((head) => head.counted))
  return body === null ? null : details(`${capital([...counted].join(', '))}, side by side`, body)
}

/** While proving times are measured, counts are what there is. */
export const countsSoFar = (view: RunView): string | null => setsOf(view, 'cycles')

const setsOf = (view: RunView, metric: TableMetric): string | null => {
  const sets = view.groups.flatMap((group) => {
    const reference = group.head.report.plan.zkvm === 'sp1' ? view.run.reference : null
    return setOf({ group, metric, reference }) ?? []
  })
  return sets.length === 0 ? null : joined(sets)
}

interface TableSet {
  readonly group: Group
  readonly metric: TableMetric
  readonly reference: ReferenceReport | null
}

/** What the tables of a set have in common. */
interface Tables extends TableSet {
  readonly blocks: readonly PlannedBlock[]
  readonly columns: readonly Column[]
  readonly beside: Column | null
}

const setOf = ({ group, metric, reference }: TableSet): string | null => {
  if (group.variants.length === 0 && reference === null) return null
  const legs = [group.head, ...group.variants]
  const tables: Tables = {
    group,
    metric,
    reference,
    blocks: shownBlocks(legs),
    columns: ethrexColumns(group, metric),
    beside: reference === null ? null : referenceColumn(reference, metric)
  }
  const parts = [absolute(tables), relativeToBase(tables), relativeToReference(tables)]
  return parts.every((part) => part === null) ? null : joined([...parts, unmeasured(tables)])
}

/** `20m 40s`; `Failed` where a side failed on the block, a dash where nobody measured it. */
const absolute = (tables: Tables): string | null => {
  const { group, metric, blocks, columns, beside } = tables
  const all = beside === null ? columns : [...columns, beside]
  if (blocks.length === 0 || !hasAny(all, group)) return null
  const rows = blocks.map((planned) => [
    ...about(planned),
    ...all.map(({ figure }) => figureText(figure(planned.block), metric))
  ])
  const hidden = group.head.report.plan.blocks.length - blocks.length
  const more = hidden === 0 ? '' : ` Not shown: ${plural(hidden, 'block')}.`
  return `**${what(group.head, metric)}.**${more}\n\n${drawn(all, rows)}`
}

const hasAny = (columns: readonly Column[], { head }: Group): boolean =>
  head.report.plan.blocks.some(({ block }) => columns.some(({ figure }) => figure(block).kind !== 'missing'))

/** `Proving time, SP1`. */
const what = ({ report: { plan }, counted }: View, metric: TableMetric): string =>
  `${metric === 'cycles' ? capital(counted) : 'Proving time'}, ${ZKVM_NAME[plan.zkvm]}`

const figureText = (figure: Figure, metric: TableMetric): string => {
  if (figure.kind === 'failed') return 'Failed'
  if (figure.kind === 'missing') return NONE
  return metric === 'cycles' ? formatCount(figure.value) : formatDuration(Number(figure.value))
}

/** Beside head alone the table of blocks says the same. */
const relativeToBase = (tables: Tables): string | null => {
  if (tables.group.variants.length === 0) return null
  const own = tables.columns.filter(({ leg }) => leg !== null)
  return relative(tables, {
    columns: own,
    of: (column, planned) => againstBase(column, planned, tables.metric),
    sign: 'always',
    title: `Relative to base${onZkvm(tables.group)}, \`(opt - base) / base\`: minus is faster`
  })
}

const relativeToReference = (tables: Tables): string | null => {
  const { beside, reference } = tables
  if (beside === null || reference === null) return null
  return relative(tables, {
    columns: tables.columns,
    of: (column, { block }) => against(column.figure(block), beside.figure(block)),
    sign: 'minus',
    title: `Relative to ${reference.prover}${onZkvm(tables.group)}, \`(opt - ${reference.prover}) / ${reference.prover}\``
  })
}

/** Which zkVM, where the run has several. */
const onZkvm = ({ head }: Group): string =>
  zkvmOf(head)
    .map((zkvm) => ` on ${zkvm}`)
    .join('')

interface Relating {
  readonly columns: readonly Column[]
  readonly of: (column: Column, planned: PlannedBlock) => Relative | null
  readonly sign: Style['sign']
  readonly title: string
}

/** More columns have no room for ranges. */
const RANGED_COLUMNS = 3

const relative = (
  { group, metric, blocks }: Tables,
  { columns, of, sign, title }: Relating
): string | null => {
  const planned = group.head.report.plan.blocks
  const all = columns.map((column) => planned.flatMap((one) => of(column, one) ?? []))
  if (all.every((own) => own.length === 0)) return null
  const style: Style = {
    sign,
    decimals: metric === 'cycles' ? 2 : 1,
    hasRange: columns.length <= RANGED_COLUMNS
  }
  const text = (change: Relative | null): string => (change === null ? ABSENT : relativeText(change, style))
  const rows = blocks.map((one) => [...about(one), ...columns.map((column) => text(of(column, one)))])
  const known = planned.filter(({ block }) => columns.some(({ figure }) => figure(block).kind === 'known'))
  const means = all.map((own) => {
    const few = own.length > 0 && own.length < known.length ? ` of ${plural(own.length, 'block')}` : ''
    return own.length === 0 ? ABSENT : `**${text(meanOf(own))}**${few}`
  })
  const withMean = planned.length > 1 ? [...rows, ['**Mean**', '', ...means]] : rows
  const off = style.hasRange ? null : roundingLine(all.flat(), style)
  return joined([`**${title}.**`, drawn(columns, withMean), off])
}

/** As ethrex's tables have it. */
const ABSENT = '-'

const about = ({ block, gas }: PlannedBlock): readonly string[] => [
  String(block),
  gas === null ? NONE : formatGas(gas)
]

/** Padding is for those who read markdown as text; in a table this large it would cost other parts their place. */
const PADDED_CELLS = 150

const drawn = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const head = ['Block', 'Gas', ...columns.map(({ title }) => title)]
  const draw = head.length * rows.length > PADDED_CELLS ? denseTable : table
  return draw([head, ...rows], `l${'r'.repeat(head.length - 1)}`)
}

/** Why there is less to see than was asked for, and what the figures of two provers are not. */
const unmeasured = ({ group, metric, reference, beside }: Tables): string | null => {
  if (reference === null) return null
  if (beside === null) {
    const [failure] = reference.failures
    const why = failure === undefined ? '' : ` (${failure.reason}): ${sentence(failure.message)}`
    return `Of ${reference.prover} nothing was measured${why === '' ? '.' : why}`
  }
  const kind = group.head.report.comparisons.find((one) => one.metric === 'cycles')?.exactness
  const isCounted = reference.blocks.some(({ cycles }) => cycles !== null)
  if (metric !== 'cycles' || !isCounted || kind === undefined || kind === null || kind === 'exact')
    return null
  return `The cycles of ethrex are ${countWords('sp1', kind)}; those of ${reference.prover} are its own total.`
}
