import type { PlannedBlock } from '../domain/plan.ts'
import type { Column, Figure, TableMetric } from './columns.ts'
import { formatChange, formatFixed } from './format.ts'

/** A change in percent, and the changes that rounded figures allow; as wide as itself where they allow no other. */
export interface Relative {
  readonly percent: number
  readonly lo: number
  readonly hi: number
}

/** A leg against base on a block, as it was compared; null where it was not. */
export const againstBase = (
  { leg }: Column,
  { block }: PlannedBlock,
  metric: TableMetric
): Relative | null => {
  const compared = leg?.comparison(block, metric) ?? null
  if (compared === null || compared.percent === null) return null
  const { percent, rounding } = compared
  return { percent, lo: rounding?.lo ?? percent, hi: rounding?.hi ?? percent }
}

/** One figure against another: (figure - reference) / reference. */
export const against = (figure: Figure, reference: Figure): Relative | null => {
  if (figure.kind !== 'known' || reference.kind !== 'known') return null
  const [value, of] = [Number(figure.value), Number(reference.value)]
  const log = Math.log(value / of)
  return {
    percent: (100 * (value - of)) / of,
    lo: percentOf(log - reference.blur),
    hi: percentOf(log + figure.blur)
  }
}

/** The geometric mean over blocks, each weighing the same; null of none. */
export const meanOf = (all: readonly Relative[]): Relative | null => {
  if (all.length === 0) return null
  const of = (end: keyof Relative): number =>
    percentOf(all.reduce((sum, one) => sum + Math.log1p(one[end] / 100), 0) / all.length)
  return { percent: of('percent'), lo: of('lo'), hi: of('hi') }
}

const percentOf = (log: number): number => 100 * Math.expm1(log)

/** How a table writes its changes. */
export interface Style {
  /** `always` tells faster from slower; a plus says nothing where everything is slower than a reference. */
  readonly sign: 'always' | 'minus'
  readonly decimals: 1 | 2
  /** Whether a cell says what rounding allows. */
  readonly hasRange: boolean
}

/** `-29.2%`; `64.4% (62.5 to 65.5)` where rounded figures do not hold the digits and there is room for it. */
export const relativeText = ({ percent, lo, hi }: Relative, { sign, decimals, hasRange }: Style): string => {
  const written = (value: number): string => {
    const text = formatChange(value, decimals)
    return sign === 'minus' ? text.replace('+', '') : text
  }
  const isHeld = [lo, hi].every((end) => written(end) === written(percent))
  if (isHeld || !hasRange) return written(percent)
  return `${written(percent)} (${written(lo).slice(0, -1)} to ${written(hi).slice(0, -1)})`
}

/**
 * What stands below a table whose cells have no room for their ranges: by how much any of them may be off, in
 * percentage points; null where the digits hold.
 */
export const roundingLine = (
  cells: readonly Relative[],
  { decimals }: Pick<Style, 'decimals'>
): string | null => {
  const isHeld = cells.every(({ percent, lo, hi }) =>
    [lo, hi].every((end) => formatChange(end, decimals) === formatChange(percent, decimals))
  )
  if (isHeld) return null
  const off = Math.max(...cells.map(({ percent, lo, hi }) => Math.max(percent - lo, hi - percent)))
  const steps = 10 ** decimals
  return `Some times are whole seconds: a cell may be off by up to ${formatFixed(Math.ceil(off * steps) / steps, decimals)} percentage points.`
}
