import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Measurements } from '../../src/domain/run.ts'
import { renderComment } from '../../src/render/comment.ts'
import { readComment } from '../support/markdown.ts'
import { sha } from '../support/plans.ts'
import { aRun, planFor, type BlockFigures } from '../support/runs.ts'
import { aContext } from '../support/standings.ts'
import { aReference, inWholeSeconds, variantLeg } from './beside.ts'
import { runOfLegs } from './run-of.ts'

/** The tables of ethrex's document on the performance of its prover, as it prints them; times in seconds. */
interface SeedTables {
  readonly columns: readonly { readonly name: string; readonly title: string }[]
  readonly rows: readonly {
    readonly block: number
    readonly gas: string
    readonly seconds: readonly number[]
    /** Of each optimisation, in the order of the columns. */
    readonly toMain: readonly string[]
    /** Of main and each optimisation. */
    readonly toRsp: readonly string[]
  }[]
  readonly againstRsp: readonly {
    readonly block: number
    readonly gas: number
    readonly ethrex: number
    /** Null: it failed. */
    readonly rsp: number | null
    readonly percent: string
  }[]
}

const SEED = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/seed-tables.json'), 'utf8')
) as SeedTables

/** Cycles are no part of these tables. */
const figure = (block: number, gas: bigint, [base, head]: readonly [number, number]): BlockFigures => ({
  block,
  gas,
  cycles: { base: 1_000_000n, head: 1_000_000n },
  proving: { base, head }
})

/** Blank rows, and the mean that the document does not have, are not its tables. */
const bodyOf = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.slice(2).filter(([first]) => first !== '**Mean**')

describe("fed the times of ethrex's table of optimisations, one pair of whole seconds each", () => {
  const gasOf = (gas: string): bigint => BigInt(Math.round(Number(gas.replace('M', '')) * 1e6))
  const figuresOf = (column: number): readonly BlockFigures[] =>
    SEED.rows.map(({ block, gas, seconds }) => figure(block, gasOf(gas), [seconds[0]!, seconds[column]!]))
  const optimisations = SEED.columns.slice(1, -1)
  const legs = optimisations.map(({ name }, index): Measurements => {
    const figures = figuresOf(index + 1)
    if (index > 0) return inWholeSeconds(variantLeg(name, figures))
    const plan = planFor(figures)
    const head = { repository: 'lambdaclass/ethrex', ref: name, sha: sha('b') }
    return inWholeSeconds(aRun(figures, { plan: { ...plan, revisions: { ...plan.revisions, head } } }))
  })
  const reference = aReference(SEED.rows.map(({ block, seconds }) => ({ block, seconds: seconds.at(-1)! })))
  const comment = renderComment(runOfLegs(legs, reference), aContext)
  const [, absolute, toMain, toRsp] = readComment(comment).tables

  test('the tables stand open, in this order, under the same columns', () => {
    expect(comment.split('<!-- folded -->')[0]).toContain('**Relative to rsp, `(opt - rsp) / rsp`.**')
    const names = optimisations.slice(1).map(({ name }) => `ethrex (${name})`)
    expect(absolute![0]).toEqual([
      'Block',
      'Gas',
      'ethrex main (`aaaaaaa`)',
      'ethrex jumpdest (`bbbbbbb`)',
      ...names,
      'rsp main (`ddddddd`)'
    ])
    expect(toMain![0]).toEqual(['Block', 'Gas', 'ethrex jumpdest (`bbbbbbb`)', ...names])
    expect(toRsp![0]).toEqual([
      'Block',
      'Gas',
      'ethrex main (`aaaaaaa`)',
      'ethrex jumpdest (`bbbbbbb`)',
      ...names
    ])
  })

  test('absolute times are those of the table, gas too', () => {
    const written = (seconds: number): string =>
      [Math.floor(seconds / 60), seconds % 60]
        .map((part) => String(part).padStart(2, '0'))
        .join('m ')
        .concat('s')
    expect(bodyOf(absolute!)).toEqual(
      SEED.rows.map(({ block, gas, seconds }) => [String(block), gas, ...seconds.map(written)])
    )
    expect(absolute![2]).toEqual([
      '23426993', '35.7M', '20m 40s', '20m 04s', '20m 10s', '20m 12s', '19m 31s', '17m 20s', '16m 24s',
      '14m 38s', '14m 32s', '08m 39s'
    ]) // prettier-ignore
  })

  test('all 32 cells relative to main are, to the printed digit', () => {
    const cells = bodyOf(toMain!).map((row) => row.slice(2))
    expect(cells).toEqual(SEED.rows.map((row) => row.toMain))
    expect(cells.flat()).toHaveLength(32)
  })

  test('all 36 cells relative to rsp are, to the printed digit', () => {
    const cells = bodyOf(toRsp!).map((row) => row.slice(2))
    expect(cells).toEqual(SEED.rows.map((row) => row.toRsp))
    expect(cells.flat()).toHaveLength(36)
  })

  test('one line below each says by how much whole seconds may hide', () => {
    const lines = comment.split('\n').filter((line) => line.startsWith('Some times are whole seconds'))
    const off = (own: readonly number[], of: readonly number[]): number =>
      Math.max(
        ...own.flatMap((seconds, index) => {
          const change = (a: number, b: number): number => 100 * (a / b - 1)
          const middle = change(seconds, of[index]!)
          return [middle - change(seconds, of[index]! + 1), change(seconds + 1, of[index]!) - middle]
        })
      )
    const columns = SEED.columns.map((_, index) => SEED.rows.map(({ seconds }) => seconds[index]!))
    const most = [
      Math.max(...columns.slice(1, -1).map((own) => off(own, columns[0]!))),
      Math.max(...columns.slice(0, -1).map((own) => off(own, columns.at(-1)!)))
    ]
    expect(lines).toEqual(
      most.map(
        (points) =>
          `Some times are whole seconds: a cell may be off by up to ${(Math.ceil(points * 10) / 10).toFixed(1)} percentage points.`
      )
    )
  })
})

describe("fed the times of ethrex's table against rsp", () => {
  const figures = SEED.againstRsp.map(({ block, gas, ethrex }) =>
    figure(block, BigInt(gas), [ethrex, ethrex])
  )
  const leg = inWholeSeconds(aRun(figures, { plan: planFor(figures, { gpuMinutes: null }) }))
  const reference = aReference(SEED.againstRsp.map(({ block, rsp }) => ({ block, seconds: rsp })))
  const comment = renderComment(runOfLegs([leg], reference), aContext)
  const [, absolute, relative] = readComment(comment).tables

  test('blocks that rsp fails at say so, and have no percentage', () => {
    const failed = SEED.againstRsp.filter(({ rsp }) => rsp === null).map(({ block }) => String(block))
    expect(failed).toHaveLength(4)
    expect(
      bodyOf(absolute!)
        .filter((row) => row.at(-1) === 'Failed')
        .map(([block]) => block)
    ).toEqual(failed)
    expect(
      bodyOf(relative!)
        .filter((row) => row.at(-1) === '-')
        .map(([block]) => block)
    ).toEqual(failed)
  })

  test('the reason is folded, with the end of the log', () => {
    const [, folded = ''] = comment.split('<!-- folded -->')
    expect(folded).toContain('<summary>Failures: 4</summary>')
    expect(folded).toContain(
      '**rsp, block 23769084: execution-failed.** rsp does not execute block 23769084: block gas'
    )
    expect(folded).toContain('Caused by:\n    block gas used mismatch: got 59980552, expected 59993052\n')
  })

  test('each cell has the middle, and the range that whole seconds allow, in which the published one lies', () => {
    const cells = new Map(bodyOf(relative!).map((row) => [Number(row[0]), row.at(-1)!]))
    expect(cells.get(23769082)).toBe('64.4% (62.5 to 65.5)')
    for (const { block, ethrex, rsp, percent } of SEED.againstRsp) {
      if (rsp === null) continue
      const read = /^(\d+\.\d)% \((\d+\.\d) to (\d+\.\d)\)$/.exec(cells.get(block)!)!.slice(1).map(Number)
      const [middle, lo, hi] = read as [number, number, number]
      expect(middle).toBe(Math.round(1000 * (ethrex / rsp - 1)) / 10)
      expect(lo).toBeLessThanOrEqual(middle)
      expect(hi).toBeGreaterThanOrEqual(middle)
      expect(Number(percent.slice(0, -1))).toBeGreaterThanOrEqual(lo)
      expect(Number(percent.slice(0, -1))).toBeLessThanOrEqual(hi)
    }
    expect([...cells.values()].filter((cell) => cell !== '-')).toHaveLength(7)
  })
})
