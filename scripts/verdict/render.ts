import { markdownTable } from 'markdown-table'
import { isClose, isHeld } from './limits.ts'
import type { Limit, Result, ResultRow, StreamLine } from './result.ts'
import { SUITES } from './suites.ts'
import type { Measured } from './tally.ts'

/** All numbers, for people. Ends without a newline. */
export const renderResult = (result: Result): string =>
  [
    'Percent of sessions, with the standard error. Cover: intervals that hold the true change. Power: called a',
    'regression at a true change of so many percent. Minutes: of the GPU.',
    '',
    rowsTable(result.rows, ['rule', 'suite', 'machine']),
    '',
    streamTable(result.stream),
    '',
    limitsTable(result.limits),
    '',
    conditions(result)
  ].join('\n')

type Label = 'rule' | 'suite' | 'machine'

/** A line a row, with the labels that tell the rows apart. */
export const rowsTable = (rows: readonly ResultRow[], labels: readonly Label[]): string => {
  const figures = ['false calls', 'power 1 %', 'power 2 %', 'power 5 %', 'no-change at 0']
  const costs = ['proofs at 0', 'at 2 %', 'minutes at 0', 'at 2 %', 'cover']
  return markdownTable(
    [
      [...labels.map((label) => LABEL[label]), ...figures, ...costs],
      ...rows.map((row) => [...labels.map((label) => row[label]), ...cellsOf(row)])
    ],
    { align: [...labels.map(() => 'l'), ...[...figures, ...costs].map(() => 'r')] }
  )
}

const LABEL: Readonly<Record<Label, string>> = { rule: 'rule', suite: 'blocks', machine: 'machine' }

const cellsOf = ({
  falseCalls,
  power,
  noChange,
  proofs,
  minutes,
  coverage
}: ResultRow): readonly string[] => [
  withError(falseCalls),
  ...[power[1], power[2], power[5], noChange].map(withError),
  ...[proofs[0], proofs[2], minutes[0], minutes[2]].map(withError),
  coverage === null ? 'none' : withError(coverage)
]

/** As many decimals as the error leaves a meaning to. */
export const withError = ({ value, error }: Measured): string => {
  const decimals = error < 0.05 ? 2 : 1
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`
}

/** What a hundred pull requests cost, by kind and in all. */
export const streamTable = ({ measuringAll, ours, share, shareAtTwoPercent }: Result['stream']): string => {
  const lines = [...measuringAll, totalOf(measuringAll)]
  const spared = [...ours, totalOf(ours)]
  return markdownTable(
    [
      [
        'pull requests',
        '',
        'all measured: builds',
        'executions',
        'minutes',
        'ours: builds',
        'executions',
        'minutes'
      ],
      ...lines.map((line, index) => [
        line.what,
        `${line.pullRequests}`,
        ...costsOf(line),
        ...costsOf(spared[index])
      ]),
      ['share of the minutes', '', '', '', '100 %', '', '', `${withError(share)} %`],
      ['were all 24 2 % slower', '', '', '', '100 %', '', '', `${shareAtTwoPercent.toFixed(1)} %`]
    ],
    { align: ['l', 'r', 'r', 'r', 'r', 'r', 'r', 'r'] }
  )
}

const totalOf = (lines: readonly StreamLine[]): StreamLine => {
  const sum = (of: (line: StreamLine) => number): number => lines.reduce((total, line) => total + of(line), 0)
  return {
    what: 'all',
    pullRequests: sum((line) => line.pullRequests),
    builds: sum((line) => line.builds),
    executions: sum((line) => line.executions),
    minutes: sum((line) => line.minutes)
  }
}

const costsOf = (line: StreamLine | undefined): readonly string[] =>
  line === undefined ? [] : [line.builds, line.executions, line.minutes].map((cost) => cost.toFixed(0))

/** Every promised number beside its limit. */
export const limitsTable = (limits: readonly Limit[]): string =>
  markdownTable(
    [
      ['number', 'measured', 'limit', ''],
      ...limits.map((limit) => [limit.what, measuredOf(limit), limitText(limit), wordOf(limit)])
    ],
    { align: ['l', 'r', 'r', 'l'] }
  )

const DECIMALS: Readonly<Record<Limit['unit'], number>> = { '%': 2, proofs: 2, ms: 1, '×': 4 }

const measuredOf = ({ measured, error, unit }: Limit): string => {
  const digits = DECIMALS[unit]
  const spread = error === null ? '' : ` ± ${error.toFixed(digits)}`
  return `${measured.toFixed(digits)}${spread} ${unit}`
}

const limitText = ({ limit, side, unit }: Limit): string =>
  `${side} ${unit === '×' ? limit.toFixed(DECIMALS[unit]) : limit} ${unit}`

const wordOf = (limit: Limit): string =>
  (isHeld(limit) ? 'held' : 'missed') + (isClose(limit) ? ', by less than 2 standard errors' : '')

/** From what all this comes. */
export const conditions = ({ date, node, seed, sessions, rows }: Result): string => {
  const thorough = rows.find(({ rule }) => rule === 'thorough')
  const suites = Object.entries(SUITES).map(([name, costs]) => `${name}: ${costs.join(', ')} s`)
  return (
    `${date}, seed ${seed}, ${grouped(sessions)} sessions for each row and true change` +
    `${thorough === undefined ? '' : ` (thorough ${grouped(thorough.sessions)})`}, Node ${node}. ` +
    `${capital(suites.join('; '))}.`
  )
}

const grouped = (value: number): string => value.toLocaleString('en-US')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
