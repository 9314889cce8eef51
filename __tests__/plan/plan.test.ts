import { describe, expect, test } from 'vitest'
import type { Plan, RunPlan } from '../../src/domain/plan.ts'
import { bytes, gas } from '../../src/domain/quantity.ts'
import type { Settings } from '../../src/domain/settings.ts'
import type { Witness } from '../../src/domain/witness.ts'
import { parseBlockNumber, type BlockNumber } from '../../src/domain/workload.ts'
import { parseInputs, type RawInputs } from '../../src/inputs/parse.ts'
import { beforeBuilds, planRun, withEqualCycles, withWitnesses } from '../../src/plan/plan.ts'
import { TERMINAL } from '../inputs/context.ts'
import { revisions } from '../support/calibrations.ts'
import { sha } from '../support/plans.ts'

const settingsOf = (raw: RawInputs): Settings => {
  const read = parseInputs(raw, TERMINAL)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

const runOf = (raw: RawInputs, changes: Partial<Parameters<typeof planRun>[1]> = {}): RunPlan =>
  planRun(settingsOf(raw), {
    ...revisions('a', 'b'),
    variants: [],
    reference: null,
    purpose: 'compare',
    timeScale: 1,
    ...changes
  })

const planOf = (raw: RawInputs): Plan => runOf(raw).legs[0]!

const number = (value: number): BlockNumber => parseBlockNumber(String(value))!

const witness = (block: number, amount: bigint): Witness => ({
  block: number(block),
  path: `/w/${block}`,
  sha256: String(block % 10).repeat(64),
  size: bytes(1),
  gas: gas(amount)
})

describe('looks', () => {
  test.each<[effort: string, blocks: string, looks: readonly number[], margin: string]>([
    ['quick', '1', [5], '3%'],
    ['quick', '1-2', [3], '3%'],
    ['quick', '1-9', [3], '3%'],
    ['default', '1', [5, 9, 17], '2%'],
    ['default', '1-2', [3, 5, 9], '2%'],
    ['default', '1-4', [2, 3, 5], '2%'],
    ['default', '1-8', [1, 2, 3], '2%'],
    ['default', '1-12', [1, 3], '2%'],
    ['default', '1-256', [1], '2%'],
    ['thorough', '1', [9, 17, 33, 65], '1%'],
    ['thorough', '1-4', [3, 5, 9, 17], '1%']
  ])('%s of blocks %s', (effort, blocks, looks, margin) => {
    const { timing } = planOf({ effort, blocks })
    expect(timing?.looks).toEqual(looks)
    expect(timing?.margin.text).toBe(margin)
  })

  test('none where nothing is timed', () => {
    expect(planOf({ mode: 'execute' })).toMatchObject({ mode: 'execute', resource: 'cpu', timing: null })
  })

  test('a margin of the user wins over that of the effort', () => {
    expect(planOf({ 'time-margin': '0.5%', effort: 'thorough' }).timing?.margin).toEqual({
      text: '0.5%',
      numerator: 5n,
      denominator: 10n
    })
  })
})

describe('the cheap blocks of quick', () => {
  const quick = planOf({ effort: 'quick', blocks: '1-4' })
  const timed = (...gas: readonly bigint[]): readonly number[] | undefined =>
    withWitnesses(
      quick,
      gas.map((amount, index) => witness(index + 1, amount))
    ).timing?.blocks

  test('are the first two as long as nobody knows', () => {
    expect(quick.timing?.blocks).toEqual([1, 2])
    expect(timed(9n, 8n, 1n)).toEqual([1, 2])
  })

  test.each<[gas: string, blocks: string]>([
    ['9 8 1 2', '3 4'],
    ['1 9 9 2', '1 4'],
    ['5 5 5 5', '1 2'],
    ['5 7 7 7', '1 2'],
    // Three amounts that are one number in floating point.
    ['1180591620717411303424 1180591620717411303425 9 1180591620717411303423', '3 4']
  ])('are those of least gas, in the order of their numbers: %s', (gas, blocks) => {
    expect(timed(...gas.split(' ').map(BigInt))).toEqual(blocks.split(' ').map(Number))
  })

  test('are executed like the others, and all other efforts time all', () => {
    expect(quick.blocks).toHaveLength(4)
    expect(planOf({ effort: 'thorough', blocks: '1-4' }).timing?.blocks).toEqual([1, 2, 3, 4])
  })
})

describe('what is known bit by bit', () => {
  const plan = planOf({ blocks: '1-3' })

  test('a plan begins with nothing known of its blocks', () => {
    for (const { block: _, ...rest } of plan.blocks) {
      expect(rest).toEqual({ witnessSha256: null, gas: null, hasEqualCycles: false })
    }
    expect(plan).toMatchObject({ purpose: 'compare', timeScale: 1, gpuMinutes: 240 })
  })

  test('witnesses add hash and gas, to their blocks alone', () => {
    const known = withWitnesses(plan, [witness(2, 7n)])
    expect(known.blocks[1]).toEqual({
      block: 2,
      witnessSha256: '2'.repeat(64),
      gas: 7n,
      hasEqualCycles: false
    })
    expect([known.blocks[0], known.blocks[2]]).toEqual([plan.blocks[0], plan.blocks[2]])
  })

  test('equal cycles are the builds\u2019 word, and forgotten where they are not made yet', () => {
    const built = withEqualCycles(plan, [number(1), number(3)])
    expect(built.blocks.map(({ hasEqualCycles }) => hasEqualCycles)).toEqual([true, false, true])
    expect(beforeBuilds(built)).toEqual(plan)
    expect(withEqualCycles(built, [])).toEqual(plan)
  })
})

test.each(['prove', 'execute', 'calibrate'])('mode %s', (mode) => {
  expect(planOf({ mode }).mode).toBe(mode === 'execute' ? 'execute' : 'prove')
})

describe('legs', () => {
  const revision = { repository: 'lambdaclass/ethrex', ref: 'trie', sha: sha('d') }
  const variants = [
    { name: 'trie3', revision },
    { name: 'evm', revision: { ...revision, ref: 'evm', sha: sha('e') } }
  ]

  test('one where nothing else is asked for', () => {
    const { legs, reference } = runOf({})
    expect(legs).toHaveLength(1)
    expect(legs[0]).toMatchObject({ zkvm: 'sp1', variant: null })
    expect(reference).toBe(null)
  })

  test('of every zkVM head first, then the variants in its place', () => {
    const { legs } = runOf({ zkvm: 'zisk,sp1' }, { variants })
    expect(legs.map(({ zkvm, variant, revisions: { head } }) => [zkvm, variant, head.sha[0]])).toEqual([
      ['zisk', null, 'b'],
      ['zisk', 'trie3', 'd'],
      ['zisk', 'evm', 'e'],
      ['sp1', null, 'b'],
      ['sp1', 'trie3', 'd'],
      ['sp1', 'evm', 'e']
    ])
    const others = legs.map(({ zkvm: _z, variant: _v, revisions: { base }, ...rest }) => ({ base, ...rest }))
    for (const rest of others) expect(rest).toEqual(others[0])
  })

  test('and the reference beside them, by its commit alone', () => {
    const asked = { prover: 'rsp' as const, revision: { ...revision, repository: 'succinctlabs/rsp' } }
    expect(runOf({}, { reference: { ...asked, mirror: 'x' } as typeof asked }).reference).toEqual(asked)
  })
})
