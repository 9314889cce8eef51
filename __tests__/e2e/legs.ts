import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commit } from '../../stand-in/repositories.ts'
import { openLaboratory, type Laboratory } from '../support/laboratory.ts'
import { ROOT, runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory
/** With a `ziskemu` in front. */
let path: string

/** Of the witnesses, by number; they differ in the last digits alone. */
const gasOf = (block: number): bigint => 10_000_000n + BigInt(block)

/** Cycles for each unit of gas of the outermost spans, and what the stand-in spends on its outputs besides. */
const PER_GAS = { base: 42n, head: 40n }
const COMMIT = 26_791n
const SP1 = (side: 'base' | 'head', block: number): bigint => PER_GAS[side] * gasOf(block) + COMMIT

const spans = (execution: number): Readonly<Record<string, number>> => ({
  read_input: 1,
  execution,
  'execution/execute_block': execution - 5,
  commit_public_inputs: 1
})

beforeAll(async () => {
  laboratory = await openLaboratory(
    { cyclesPerGas: spans(38), secondsPerGigagas: 2 },
    { secondsPerGigagas: 2 }
  )
  const bin = join(laboratory.directory, 'bin')
  mkdirSync(bin)
  copyFileSync(join(ROOT, 'stand-in/ziskemu.sh'), join(bin, 'ziskemu'))
  chmodSync(join(bin, 'ziskemu'), 0o755)
  path = `${bin}:${process.env['PATH'] ?? ''}`
})

afterAll(() => laboratory.remove())

interface Trial {
  readonly id: string
  readonly phase: string
  readonly side: string
  readonly zkvm: string
  readonly variant: string | null
  readonly kept: boolean
}

interface Report {
  readonly verdict: string
  readonly cyclesVerdict: string
  readonly comparisons: readonly {
    readonly block: number
    readonly zkvm: string
    readonly variant: string | null
    readonly metric: string
    readonly unit: string
    readonly base: number
    readonly head: number
    readonly exactness: string
    readonly verdict: string
  }[]
  readonly trials: readonly Trial[]
  readonly failures: readonly {
    readonly reason: string
    readonly zkvm: string
    readonly variant: string | null
  }[]
}

interface Ran extends Ended {
  readonly report: Report
  readonly comment: string
}

const run = async (name: string, blocks: string, more: readonly string[]): Promise<Ran> => {
  const reportDir = join(laboratory.directory, name)
  const flags = laboratory.flags(blocks, reportDir, ['--effort', 'quick', ...more])
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory, env: { PATH: path } })
  const read = (file: string): string => readFileSync(join(reportDir, file), 'utf8')
  return { ...ended, report: JSON.parse(read('report.json')) as Report, comment: read('comment.md') }
}

/** Thousandths of SP1's outermost spans that the other zkVMs of the stand-in count. */
const COUNTED = [
  ['sp1', 1000n, 'cycles', 'tracked-spans'],
  ['risc0', 1250n, 'cycles', 'exact'],
  ['zisk', 700n, 'steps', 'exact'],
  ['openvm', 900n, 'instructions', 'exact']
] as const

describe('four zkVMs in one run', () => {
  let ran: Ran

  beforeAll(async () => {
    ran = await run('zkvms', '100', ['--zkvm', 'sp1,risc0,zisk,openvm'])
  })

  test('ends well, with one verdict over all', () => {
    expect([ran.code, ran.report.failures]).toEqual([0, []])
    expect(ran.report.cyclesVerdict).toBe('improvement')
  })

  test.each(COUNTED)('%s: the right figure on either side', (zkvm, perMille, unit, exactness) => {
    const cycles = ran.report.comparisons.find((one) => one.zkvm === zkvm && one.metric === 'cycles')
    const counted = (side: 'base' | 'head'): number => Number((SP1(side, 100) * perMille) / 1000n)
    expect(cycles).toMatchObject({ base: counted('base'), head: counted('head'), unit, exactness })
  })

  test.each(COUNTED)('%s: a row of its own in the one comment, and a time', (zkvm) => {
    const time = ran.report.comparisons.find((one) => one.zkvm === zkvm && one.metric === 'proving-time')
    expect(time).toMatchObject({ unit: 's' })
    const name = { sp1: 'SP1', risc0: 'RISC0', zisk: 'ZisK', openvm: 'OpenVM' }[zkvm]
    expect(ran.comment).toMatch(new RegExp(`^\\| .*\\b${name}\\b.*\\|$`, 'm'))
  })
})

describe('three variants beside head', () => {
  let ran: Ran

  beforeAll(async () => {
    const { ethrex } = laboratory
    const date = '2026-03-04T09:00:00Z'
    const commits = [
      ['v1', { cyclesPerGas: spans(36), secondsPerGigagas: 1.5 }],
      ['v2', { cyclesPerGas: spans(44), secondsPerGigagas: 3 }],
      ['v3', { breaks: 'ethrex' }]
    ] as const
    for (const [branch, sources] of commits)
      await commit({ repository: ethrex, branch, message: branch, sources, date })
    ran = await run('variants', '100-101', ['--variants', 'fast=v1\nslow=v2\nbroken=v3'])
  })

  test('inform and decide nothing: the verdict is head\u2019s', () => {
    expect(ran.report.verdict).toBe('improvement')
    expect(ran.report.failures.map(({ reason, variant }) => [reason, variant])).toEqual([
      ['build-failed', 'broken']
    ])
    expect(ran.code).toBe(0)
  })

  test.each([
    ['fast', 38n, 'improvement'],
    ['slow', 46n, 'regression']
  ])('%s: the right figures against the same base', (variant, perGas, verdict) => {
    const cycles = ran.report.comparisons.find(
      (one) => one.variant === variant && one.metric === 'cycles' && one.block === 100
    )
    const counted = perGas * gasOf(100) + COMMIT
    expect(cycles).toMatchObject({ base: Number(SP1('base', 100)), head: Number(counted), verdict })
  })

  test('base is proved once a round for all of them, in mirrored order', () => {
    const proofs = ran.report.trials.filter(({ phase }) => phase === 'timed')
    const made = proofs.filter(({ kept }) => !kept)
    const places = (of: readonly Trial[], side: string): number =>
      of.filter((one) => one.side === side).length
    expect(places(proofs, 'base')).toBe(places(proofs, 'head'))
    expect(3 * places(made, 'base')).toBe(places(made, 'head'))
    expect(new Set(made.map(({ id }) => id)).size).toBe(made.length)
  })

  test('are columns of the tables: times, and relative to base', () => {
    for (const name of ['fast', 'slow']) expect(ran.comment).toContain(name)
    expect(ran.comment).toMatch(/\| +Failed \|/)
  })
})
