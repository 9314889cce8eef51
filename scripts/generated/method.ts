import { markdownTable } from 'markdown-table'
import { EFFORT, EFFORTS } from '../../src/domain/effort.ts'
import type { Effort } from '../../src/domain/effort.ts'
import { pairsAtLooks } from '../../src/statistics/looks.ts'
import { conditions, limitsTable, rowsTable, streamTable, withError } from '../verdict/render.ts'
import type { Result, ResultRow } from '../verdict/result.ts'
import { PEERS } from '../verdict/rows.ts'
import type { RuleName } from '../verdict/rows.ts'
import { MACHINES, SCENARIO } from '../verdict/scenarios.ts'
import type { MachineName } from '../verdict/scenarios.ts'
import { replaceBetween } from './between.ts'

/** docs/method.md with its tables: those of the code, and those of a run of the bench. */
export const renderMethod = (current: string, result: Result): string => {
  const suite = (wanted: ResultRow['suite']): readonly ResultRow[] =>
    result.rows.filter((row) => row.rule === 'default' && row.suite === wanted)
  const others = result.rows.filter(({ rule }) => rule === 'quick' || rule === 'thorough')
  const tables: Readonly<Record<string, string>> = {
    efforts: effortsTable(),
    machines: machinesTable(),
    default: rowsTable(suite('four blocks'), ['machine']),
    efforts_measured: rowsTable([...others, ...suite('eight short blocks')], ['rule', 'suite', 'machine']),
    peers: peersTable(result.rows),
    stream: streamTable(result.stream),
    limits: limitsTable(result.limits),
    conditions: conditions(result)
  }
  return Object.entries(tables).reduce(
    (text, [name, table]) => replaceBetween(text, name.replace('_', '-'), table),
    current
  )
}

const SUITE_SIZES = [1, 2, 4, 8, 12]

const effortsTable = (): string =>
  markdownTable(
    [
      ['effort', 'blocks', 'margin', 'looks (df)', ...SUITE_SIZES.map(sizeTitle), 'proofs for 4'],
      ...EFFORTS.map((effort) => {
        const { margin, degreesOfFreedom } = EFFORT[effort]
        return [
          `\`${effort}\``,
          blocksOf(effort),
          `±${margin.text}`,
          degreesOfFreedom.join(', '),
          ...SUITE_SIZES.map((blocks) => pairsOf(effort, blocks).join(', ')),
          proofsOf(effort, 4)
        ]
      })
    ],
    { align: ['l', 'l', 'r', 'l', ...SUITE_SIZES.map(() => 'l'), 'r'] }
  )

const sizeTitle = (blocks: number): string => (blocks === 1 ? 'pairs for 1' : `for ${blocks}`)

const blocksOf = (effort: Effort): string => {
  const { timedBlocks } = EFFORT[effort]
  return timedBlocks === null ? 'all' : `the ${timedBlocks} cheapest`
}

/** Pairs of each block at each look. */
const pairsOf = (effort: Effort, blocks: number): readonly number[] =>
  pairsAtLooks(timed(effort, blocks), EFFORT[effort].degreesOfFreedom)

const timed = (effort: Effort, blocks: number): number =>
  Math.min(blocks, EFFORT[effort].timedBlocks ?? blocks)

/** From the first look to the last, with the warm-up, if nothing is made again. */
const proofsOf = (effort: Effort, blocks: number): string => {
  const proofs = pairsOf(effort, blocks).map((pairs) => 1 + 2 * pairs * timed(effort, blocks))
  return [...new Set([proofs.at(0), proofs.at(-1)])].join(' to ')
}

const machinesTable = (): string =>
  markdownTable([['machine', 'what it is like'], ...MACHINES.map((name) => [name, SCENARIO[name].about])])

const FALSE_ON = ['typical', 'drift', 'out3', 'nasty', 'bias'] as const satisfies readonly MachineName[]

/** A line a rule, from the rows of four blocks. */
const peersTable = (rows: readonly ResultRow[]): string => {
  const rules: readonly RuleName[] = ['default', ...PEERS]
  const columns = [
    ...FALSE_ON.map((machine) => `false calls, ${machine}`),
    ...[
      'calls 2 %, typical',
      'nasty',
      'no-change at 0, typical',
      'nasty',
      'proofs at 0',
      'at 2 %',
      'cover, typical'
    ]
  ]
  return markdownTable(
    [
      ['rule', ...columns],
      ...rules.map((rule) => [rule === 'default' ? '**ours, default**' : rule, ...peerCells(rows, rule)])
    ],
    { align: ['l', ...columns.map(() => 'r')] }
  )
}

const peerCells = (rows: readonly ResultRow[], rule: RuleName): readonly string[] => {
  const on = (machine: MachineName): ResultRow => {
    const found = rows.find(
      (row) => row.rule === rule && row.suite === 'four blocks' && row.machine === machine
    )
    if (found === undefined) throw new Error(`no row of ${rule} on ${machine}`)
    return found
  }
  const { power, noChange, proofs, coverage } = on('typical')
  const nasty = on('nasty')
  return [
    ...FALSE_ON.map((machine) => withError(on(machine).falseCalls)),
    ...[power[2], nasty.power[2], noChange, nasty.noChange, proofs[0], proofs[2]].map(withError),
    coverage === null ? 'none' : withError(coverage)
  ]
}
