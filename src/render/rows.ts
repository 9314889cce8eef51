import { SIDES } from '../domain/revision.ts'
import type { PlannedBlock } from '../domain/plan.ts'
import type { Detail, View } from './view.ts'

/** Rows that a long table keeps at least: those that changed most. */
export const TOP_ROWS = 20

/** The blocks whose rows are shown, ascending: all, those that changed, or those that changed most. */
export const shownBlocks = (view: View): readonly PlannedBlock[] => {
  const { blocks } = view.report.plan
  if (view.detail.rows === 'none') return []
  if (view.detail.rows === 'all') return blocks
  const changed = blocks.filter((planned) => isRemarkable(view, planned))
  if (view.detail.rows === 'changed') return changed
  const top = changed.toSorted((a, b) => weight(view, b) - weight(view, a)).slice(0, TOP_ROWS)
  return blocks.filter((planned) => top.includes(planned))
}

/** Of a long list what is shown, and how many are not. */
export const firstOf = <T>(
  all: readonly T[],
  few: number,
  { lists }: Detail
): { readonly shown: readonly T[]; readonly hidden: number } => {
  const shown = lists === 'all' ? all : all.slice(0, few)
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
