import type { Limit, Result, ResultRow } from './result.ts'
import type { RuleName } from './rows.ts'
import type { MachineName } from './scenarios.ts'
import type { Measured } from './tally.ts'

/** The numbers that are promised of `default` on four blocks, each beside its limit. */
export const limitsOf = ({ rows, stream, judging }: Pick<Result, 'rows' | 'stream' | 'judging'>): Limit[] => {
  const fair = rows.filter((row) => isPromised(row) && row.machine !== 'bias')
  const typical = rowOf(rows, 'default', 'typical')
  const nasty = rowOf(rows, 'default', 'nasty')
  const twenty = rowOf(rows, '20 pairs, t and Wilcoxon', 'typical')
  const mostFalse = fair.reduce((most, row) => (row.falseCalls.value > most.falseCalls.value ? row : most))
  const leastCovered = fair.reduce((least, row) =>
    coverageOf(row).value < coverageOf(least).value ? row : least
  )
  const percents = (side: Limit['side'], what: string, limit: number) =>
    ({ side, what, limit, unit: '%' }) as const
  const proofs = (what: string, limit: number) => ({ side: 'at most', what, limit, unit: 'proofs' }) as const
  return [
    limitOf(
      percents('at most', `false calls, the most but for bias: ${mostFalse.machine}`, 1),
      mostFalse.falseCalls
    ),
    limitOf(percents('at most', 'false calls, typical', 0.3), typical.falseCalls),
    limitOf(percents('at least', 'calls a true 2 %, typical', 95), typical.power[2]),
    limitOf(percents('at least', 'calls a true 2 %, nasty', 94), nasty.power[2]),
    limitOf(percents('at least', 'no-change at 0, typical', 97), typical.noChange),
    limitOf(proofs('mean proofs at 0, typical', 23), typical.proofs[0]),
    limitOf(proofs('mean proofs at 2 %, typical', 26), typical.proofs[2]),
    limitOf(
      { side: 'at most', what: 'proofs at 2 % over those of 20 pairs, typical', limit: 1 / 6, unit: '×' },
      over(typical.proofs[2], twenty.proofs[2])
    ),
    limitOf(
      percents('at least', `coverage, the least but for bias: ${leastCovered.machine}`, 98.8),
      coverageOf(leastCovered)
    ),
    limitOf(
      percents('at most', 'minutes of 100 pull requests over those of measuring all', 25),
      stream.share
    ),
    {
      what: `planning and judging ${judging.blocks} blocks × ${judging.pairs} pairs`,
      measured: judging.milliseconds,
      error: null,
      limit: 50,
      side: 'at most',
      unit: 'ms'
    }
  ]
}

/** No number is worse than any limit. */
export const isHeld = ({ measured, limit, side }: Limit): boolean =>
  side === 'at most' ? measured <= limit : measured >= limit

/** So near to its limit that other seeds could fall on its other side. */
export const isClose = ({ measured, error, limit }: Limit): boolean =>
  error !== null && Math.abs(measured - limit) < 2 * error

const isPromised = ({ rule, suite }: ResultRow): boolean => rule === 'default' && suite === 'four blocks'

const rowOf = (rows: readonly ResultRow[], rule: RuleName, machine: MachineName): ResultRow => {
  const found = rows.find(
    (row) => row.rule === rule && row.suite === 'four blocks' && row.machine === machine
  )
  if (found === undefined) throw new Error(`no row of ${rule} on ${machine}`)
  return found
}

/** A rule without an interval covers nothing. */
const coverageOf = ({ coverage }: ResultRow): Measured => coverage ?? { value: 0, error: 0 }

const over = (ours: Measured, theirs: Measured): Measured => ({
  value: ours.value / theirs.value,
  error: ours.error / theirs.value
})

const limitOf = (
  about: Pick<Limit, 'what' | 'limit' | 'side' | 'unit'>,
  { value, error }: Measured
): Limit => ({ ...about, measured: value, error })
