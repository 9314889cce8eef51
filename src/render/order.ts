import type { Report, RunReport } from '../domain/report.ts'
import type { RunVerdict } from '../domain/verdict.ts'
import { worstOf } from './view.ts'

/** From what a reader has to see first to what nobody has to act on. */
const FROM_WORST: readonly (readonly RunVerdict[])[] = [
  ['cancelled'],
  ['infrastructure'],
  ['base-failed'],
  ['head-failed'],
  ['regression', 'mixed'],
  ['incomparable'],
  ['inconclusive'],
  ['no-change'],
  ['improvement'],
  ['identical']
]

/** The legs of head, the worst first; among equals the one whose count rose most, then the order of the run. */
export const headsOf = (
  { legs }: Pick<RunReport, 'legs'>,
  verdictOf: (leg: Report) => RunVerdict = ({ verdict }) => verdict
): readonly Report[] => {
  const rank = (leg: Report): number => FROM_WORST.findIndex((same) => same.includes(verdictOf(leg)))
  const rise = (leg: Report): number => worstOf(leg, 'cycles')?.percent ?? -Infinity
  return legs
    .filter(({ plan }) => plan.variant === null)
    .toSorted((a, b) => rank(a) - rank(b) || compare(rise(b), rise(a)))
}

/** Infinities have no difference. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
