import { markdownTable } from 'markdown-table'
import { isOver, withUnit } from './row.ts'
import type { Row } from './row.ts'

/** What became of one bench. */
export interface Finished {
  readonly name: string
  readonly rows: readonly Row[]
  /** Why there are no rows; null where there are. */
  readonly problem: string | null
}

/** Where and when it was measured: a busy machine is no judge. */
export interface Conditions {
  readonly node: string
  readonly cores: number
  /** Load averages of a minute, before the first bench and after each. */
  readonly load: readonly number[]
}

export const isGood = (finished: readonly Finished[]): boolean =>
  finished.every(({ rows, problem }) => problem === null && !rows.some(isOver))

/** For people, and for notes in markdown. Ends without a newline. */
export const renderTable = (finished: readonly Finished[], conditions: Conditions): string => {
  const { node, cores, load } = conditions
  const [least, most] = [Math.min(...load), Math.max(...load)].map((one) => one.toFixed(1))
  return [
    markdownTable([['bench', 'what', 'measured', 'limit', '', 'how'], ...finished.flatMap(cellsOf)], {
      align: ['l', 'l', 'r', 'r', 'l', 'l']
    }),
    '',
    `Node ${node}, ${cores} cores, load average ${least} to ${most}.`
  ].join('\n')
}

const cellsOf = ({ name, rows, problem }: Finished): readonly (readonly string[])[] =>
  problem === null
    ? rows.map(rowCells)
    : [[name, 'could not be measured', '', '', 'failed', problem.replaceAll(/\s+/g, ' ')]]

const rowCells = (row: Row): readonly string[] => {
  const { name, what, measured, limit, unit, how } = row
  return [name, what, withUnit(measured, unit), `${limit} ${unit}`, isOver(row) ? 'over' : 'ok', how]
}

export const renderJson = (finished: readonly Finished[], conditions: Conditions): string =>
  JSON.stringify(
    {
      ok: isGood(finished),
      rows: finished.flatMap(({ rows }) => rows.map((row) => ({ ...row, ok: !isOver(row) }))),
      failed: finished.flatMap(({ name, problem }) => (problem === null ? [] : [{ name, problem }])),
      ...conditions
    },
    null,
    2
  )
