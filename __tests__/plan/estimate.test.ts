import { describe, expect, test } from 'vitest'
import { gas, seconds } from '../../src/domain/quantity.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { parseBlockNumber, type BlockNumber } from '../../src/domain/workload.ts'
import { estimateCost } from '../../src/plan/estimate.ts'
import { timeLeft } from '../support/time-left.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { aPlan } from '../support/plans.ts'
import { recordOf } from '../support/sessions.ts'

const number = (value: number): BlockNumber => parseBlockNumber(String(value))!

/** Gas of ethrex's four blocks in its table of prover optimisations; a pass over them took 61 minutes 16 s. */
const PUBLISHED = [35_700_000n, 20_700_000n, 16_600_000n, 22_500_000n]
const PASS = (1240 + 804 + 614 + 1018) / 60
const WARM_UP = (PASS * 16.6) / (35.7 + 20.7 + 16.6 + 22.5)

const blocks = PUBLISHED.map((_, index) => number(index + 1))
const witnesses = PUBLISHED.map((amount, index) => ({ block: number(index + 1), gas: gas(amount) }))

type Wanted = Parameters<typeof estimateCost>[0]
const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  mode: 'prove',
  effort: 'default',
  timeMargin: null,
  zkvms: ['sp1'],
  variants: [],
  blocks,
  ...changes
})

const variants = (count: number): Wanted['variants'] =>
  Array.from({ length: count }, (_, index) => ({ name: `v${index}`, ref: 'main' }))

describe('what a run takes before anything has run', () => {
  test.each<[what: string, changes: Partial<Wanted>, executions: number, least: number, most: number]>([
    ['default', {}, 10, 17, 41],
    ['quick', { effort: 'quick' }, 10, 13, 13],
    ['thorough', { effort: 'thorough' }, 10, 25, 137],
    ['one block', { blocks: blocks.slice(0, 1) }, 4, 11, 35],
    ['cycles only', { mode: 'execute' }, 10, 0, 0],
    ['the machine', { mode: 'calibrate' }, 20, 34, 82],
    ['two zkVMs', { zkvms: ['sp1', 'zisk'] }, 20, 34, 82],
    ['two variants', { variants: variants(2) }, 20, 33, 81],
    ['two zkVMs and a variant', { zkvms: ['zisk', 'openvm'], variants: variants(1) }, 30, 50, 122]
  ])('%s', (_, changes, executions, least, most) => {
    expect(estimateCost(wanted(changes), witnesses)).toMatchObject({ executions, proofs: { least, most } })
  })

  test('time is that of the published proofs, the warm-up of the cheapest block included', () => {
    const { minutes } = estimateCost(wanted(), witnesses)
    expect(minutes?.least).toBeCloseTo(4 * PASS + WARM_UP, 6)
    expect(minutes?.most).toBeCloseTo(10 * PASS + WARM_UP, 6)
  })

  test('of quick, of the two cheapest blocks alone', () => {
    const { minutes } = estimateCost(wanted({ effort: 'quick' }), witnesses)
    const two = (PASS * (16.6 + 20.7)) / (35.7 + 20.7 + 16.6 + 22.5)
    expect(minutes?.least).toBeCloseTo(6 * two + WARM_UP, 6)
    expect(minutes?.most).toBe(minutes?.least)
  })

  test('of a calibration, twice that of a run', () => {
    const once = estimateCost(wanted(), witnesses).minutes
    const twice = estimateCost(wanted({ mode: 'calibrate' }), witnesses).minutes
    expect(twice?.least).toBeCloseTo(2 * (once?.least ?? NaN), 6)
  })

  test('builds every commit for every zkVM, a calibration base twice', () => {
    expect(estimateCost(wanted(), witnesses).builds).toBe(2)
    expect(estimateCost(wanted({ mode: 'calibrate' }), witnesses).builds).toBe(2)
    const several = wanted({ zkvms: ['sp1', 'risc0', 'zisk'], variants: variants(3) })
    expect(estimateCost(several, witnesses).builds).toBe(15)
  })

  test('base is proved once for all variants, and time is known of SP1 alone', () => {
    const { minutes } = estimateCost(wanted({ variants: variants(2) }), witnesses)
    expect(minutes?.least).toBeCloseTo(8 * PASS + WARM_UP, 6)
    expect(estimateCost(wanted({ zkvms: ['sp1', 'risc0'] }), witnesses).minutes).toBe(null)
  })

  test('is not known where a block has no witness yet; the proofs are', () => {
    expect(estimateCost(wanted(), witnesses.slice(1))).toMatchObject({
      minutes: null,
      proofs: { least: 17, most: 41 }
    })
    expect(estimateCost(wanted({ mode: 'execute' }), []).minutes).toEqual({ least: 0, most: 0 })
  })
})

describe('what is left until the next look', () => {
  const plan = aPlan({ mode: 'execute', timing: null })
  const [atBase, , atHead] = plannedTrials(plan)
  const made = (record: Partial<TrialRecord>): TrialRecord => ({ ...recordOf(atBase!, 1), ...record })

  test('is what the same block took, and others by their gas', () => {
    // Of block 100: head and nothing else; of block 101, with half the gas, both sides and both once more.
    expect(timeLeft(plan, [made({ wall: seconds(8) })])).toBe(8 + 4 * 4)
  })

  test('is not known of what an earlier run did: that took no time here', () => {
    const kept = made({ wall: seconds(0), kept: true })
    expect(timeLeft(plan, [kept])).toBe(null)
    const head = { ...recordOf(atHead!, 1), wall: seconds(8) }
    expect(timeLeft(plan, [kept, head])).toBe(4 * 4)
  })

  test('is told by no gas where a block has none', () => {
    const [first, ...others] = plan.blocks
    const empty = { ...plan, blocks: [{ ...first!, gas: gas(0n) }, ...others] }
    expect(timeLeft(empty, [made({ wall: seconds(8) })])).toBe(5 * 8)
  })
})
