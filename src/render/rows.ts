import type { PlannedBlock } from '../domain/plan.ts'
import { SIDES } from '../domain/revision.ts'
import type { Detail, View } from './view.ts'

/** Rows that a long table keeps at least: those that changed most. */
export const TOP_ROWS = 20

/** A row that is of one zkVM and one block. */
export interface BlockRow {
  readonly view: View
  readonly planned: PlannedBlock
}

/** The rows of several zkVMs, by block: all, those that changed, or those that changed most. */
export const shownRows = (views: readonly View[]): readonly BlockRow[] => {
  const [first] = views
  const all = (first?.report.plan.blocks ?? []).flatMap(({ block }) =>
    views.flatMap((view): readonly BlockRow[] => {
      const planned = view.report.plan.blocks.find((one) => one.block === block)
      return planned === undefined ? [] : [{ view, planned }]
    })
  )
  return shownOf(all, first?.detail.rows ?? 'all', {
    isRemarkable: ({ view, planned }) => isRemarkable(view, planned),
    weight: ({ view, planned }) => weight(view, planned)
  })
}

/** The blocks whose rows are shown in a table that has several legs beside one another. */
export const shownBlocks = (views: readonly View[]): readonly PlannedBlock[] => {
  const [first] = views
  return shownOf(first?.report.plan.blocks ?? [], first?.detail.rows ?? 'all', {
    isRemarkable: (planned) => views.some((view) => isRemarkable(view, planned)),
    weight: (planned) => Math.max(...views.map((view) => weight(view, planned)))
  })
}

interface Ranking<Row> {
  readonly isRemarkable: (row: Row) => boolean
  readonly weight: (row: Row) => number
}

const shownOf = <Row>(
  all: readonly Row[],
  rows: Detail['rows'],
  { isRemarkable, weight }: Ranking<Row>
): readonly Row[] => {
  if (rows === 'none' || rows === 'means') return []
  if (rows === 'all') return all
  const changed = all.filter(isRemarkable)
  if (rows === 'changed') return changed
  const top = new Set(changed.toSorted((a, b) => compare(weight(b), weight(a))).slice(0, TOP_ROWS))
  return all.filter((row) => top.has(row))
}

/** Infinities have no difference. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

const FEWEST = 3

/** Of a long list what is shown, and how many are not. */
export const firstOf = <T>(
  all: readonly T[],
  few: number,
  { lists }: Detail
): { readonly shown: readonly T[]; readonly hidden: number } => {
  const shown = lists === 'all' ? all : all.slice(0, lists === 'few' ? few : Math.min(few, FEWEST))
  return { shown, hidden: all.length - shown.length }
}

/** Anything but cycles that are equal, or were compared and did not change. */
const isRemarkable = (view: View, planned: PlannedBlock): boolean => {
  const cycles = view.comparison(planned.block, 'cycles')
  const isCalm = cycles === null ? planned.hasEqualCycles : cycles.verdict === 'no-change'
  return !isCalm || weight(view, planned) === Infinity
}

/** Failures and blocks whose time stands out first, then by the size of the change in cycles. */
const weight = (view: View, { block }: PlannedBlock): number => {
  const hasFailed = SIDES.some(
    (side) => view.failure(block, side, 'execute') !== null || view.failure(block, side, 'prove') !== null
  )
  const time = view.comparison(block, 'proving-time')?.verdict
  const standsOut = time === 'regression' || time === 'improvement'
  return hasFailed || standsOut ? Infinity : Math.abs(view.comparison(block, 'cycles')?.percent ?? 0)
}
