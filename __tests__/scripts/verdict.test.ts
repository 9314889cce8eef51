import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isClose, isHeld, limitsOf } from '../../scripts/verdict/limits.ts'
import { startMachine, type Machine } from '../../scripts/verdict/machine.ts'
import { blocked } from '../../scripts/verdict/peers/blocked.ts'
import { createMoments } from '../../scripts/verdict/peers/moments.ts'
import { onePair } from '../../scripts/verdict/peers/one-pair.ts'
import { resampling } from '../../scripts/verdict/peers/resampling.ts'
import { twentyPairs, twentyPairsOfOneBlock } from '../../scripts/verdict/peers/twenty-pairs.ts'
import { renderPicture } from '../../scripts/verdict/picture.ts'
import { simulateAll } from '../../scripts/verdict/pool.ts'
import { measureOn, product, provenTrial, simulatedPlan } from '../../scripts/verdict/product.ts'
import { createRandom } from '../../scripts/verdict/random.ts'
import { limitsTable, streamTable, withError } from '../../scripts/verdict/render.ts'
import { readResult } from '../../scripts/verdict/result-file.ts'
import type { Limit } from '../../scripts/verdict/result.ts'
import { rowsOf } from '../../scripts/verdict/rows.ts'
import type { Rule } from '../../scripts/verdict/rule.ts'
import { MACHINES, SCENARIO, type Scenario } from '../../scripts/verdict/scenarios.ts'
import { simulate } from '../../scripts/verdict/simulate.ts'
import { streamOf } from '../../scripts/verdict/stream.ts'
import { SUITES } from '../../scripts/verdict/suites.ts'
import { add, mean, NOTHING, share } from '../../scripts/verdict/tally.ts'
import type { Side } from '../../src/domain/revision.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { courseOf } from '../../src/plan/schedule.ts'

const COSTS = SUITES['four blocks']
const SILENT: Scenario = { ...SCENARIO.typical, runSd: 0, wander: 0 }

const aMachine = (scenario: Partial<Scenario>, effect = 0, number = 0): Machine =>
  startMachine({ scenario: { ...SILENT, ...scenario }, costs: COSTS, effect, seed: 1, number })

/** What each proof takes over the cost of its block, in percent. */
const excesses = (machine: Machine, proofs: readonly (readonly [number, Side])[]): readonly number[] =>
  proofs.map(([block, side]) => 100 * (machine.prove(block, side) / (COSTS[block] ?? NaN) - 1))

describe('random numbers', () => {
  test('are the same for the same seeds, and others for others', () => {
    const first = (seed: number, stream: number): readonly number[] => {
      const { uniform } = createRandom(seed, stream)
      return [uniform(), uniform(), uniform()]
    }
    expect(first(1, 2)).toEqual(first(1, 2))
    expect(new Set([first(1, 2), first(2, 1), first(1, 3), first(0, 2)].map(String)).size).toBe(4)
  })

  test('are spread as they should be, within a stream and over the first of many streams', () => {
    const { normals } = createRandom(7, 7)
    const within = Array.from({ length: 20_000 }, () => normals()).flat()
    const over = Array.from({ length: 20_000 }, (_, stream) => createRandom(7, stream).normals()).flat()
    for (const values of [within, over]) {
      const moments = createMoments()
      for (const value of values) moments.add(value)
      expect(moments.mean()).toBeCloseTo(0, 1)
      expect(moments.variance()).toBeCloseTo(1, 1)
      expect(values.filter((value) => Math.abs(value) > 1.96).length / values.length).toBeCloseTo(0.05, 2)
    }
  })
})

describe('a simulated machine', () => {
  test('without noise takes what a block costs, and head its effect, whose mean over blocks is exact', () => {
    const machine = aMachine({}, Math.log(1.02))
    const base = COSTS.map((_, block) => machine.prove(block, 'base'))
    expect(base.map((seconds) => Math.round(seconds * 1e6) / 1e6)).toEqual(COSTS)
    const effects = COSTS.map((cost, block) => Math.log(machine.prove(block, 'head') / cost))
    expect(effects.reduce((sum, effect) => sum + effect, 0) / 4).toBeCloseTo(Math.log(1.02), 12)
    expect(new Set(effects.map((effect) => effect.toFixed(6))).size).toBe(4)
    expect(machine.proofs()).toBe(8)
    expect(machine.elapsed() / 1610 / 2).toBeCloseTo(1.01, 2)
  })

  const AB = [0, 'base'] as const
  const BA = [0, 'head'] as const
  test.each([
    ['nothing', {}, [AB, BA, BA, AB], [0, 0, 0, 0]],
    ['the first proof', { firstRun: Math.log(1.05) }, [AB, BA, AB], [5, 0, 0]],
    ['the second of a pair', { second: Math.log(1.1) }, [AB, BA, BA, AB, AB, BA], [0, 10, 0, 10, 0, 10]],
    ['the second where base is always first', { second: Math.log(1.1) }, [AB, BA, AB, BA], [0, 10, 0, 10]],
    ['no second without a pair', { second: Math.log(1.1) }, [AB, AB, [1, 'head'] as const, AB], [0, 0, 0, 0]]
  ])('%s', (_, scenario, proofs, wanted) => {
    expect(excesses(aMachine(scenario), proofs).map((excess) => Math.round(excess) + 0)).toEqual(wanted)
  })

  test('gets slower over two hours and no longer; a cold GPU is faster', () => {
    const hours = [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3].map((block) => [block, 'base'] as const)
    const ramp = excesses(aMachine({ ramp: Math.log(1.1) }), hours)
    expect(ramp[0]).toBeCloseTo(0, 9)
    expect(ramp[5]).toBeGreaterThan(4)
    expect(ramp.slice(10).map((value) => value.toFixed(6))).toEqual(['10.000000', '10.000000'])
    const cold = excesses(aMachine({ cold: 0.015 }), hours)
    expect(cold[0]).toBeCloseTo(-1.49, 2)
    expect(cold[1]).toBeCloseTo(-1.5 * Math.exp((-0.985 * 750) / 900), 1)
    expect(cold[9]).toBeCloseTo(0, 1)
  })

  test('has outliers of 5 to 30 percent, as often as it should', () => {
    const proofs = Array.from({ length: 3000 }, () => AB)
    const slow = excesses(aMachine({ outliers: 0.03 }), proofs).filter((excess) => excess > 1)
    expect(slow.length).toBeGreaterThan(60)
    expect(slow.length).toBeLessThan(120)
    expect(Math.min(...slow)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...slow)).toBeLessThanOrEqual(30)
  })

  test('wanders so that neighbours are alike and the far are not', () => {
    const values = excesses(
      aMachine({ wander: 0.01 }),
      Array.from({ length: 4000 }, () => AB)
    )
    const alike = (lag: number): number => {
      const moments = createMoments()
      values.slice(lag).forEach((value, index) => moments.add(value * (values[index] ?? NaN)))
      return moments.mean()
    }
    expect(alike(0)).toBeCloseTo(1, 0)
    expect(alike(1) / alike(0)).toBeCloseTo(Math.exp(-140 / 1800), 1)
    expect(Math.abs(alike(100) / alike(0))).toBeLessThan(0.25)
  })

  test('meets the same chances under every scenario and effect', () => {
    const noise = (scenario: Partial<Scenario>, effect: number): readonly number[] => {
      const machine = aMachine({ runSd: 0.0085, ...scenario }, effect, 5)
      return [0, 1, 2, 3].map((block) => machine.prove(block, 'base'))
    }
    const wanted = noise({}, 0).slice(1)
    for (const [scenario, effect] of [
      [{ firstRun: 0.05 }, 0],
      [{ buildBias: 0.003 }, 0],
      [{}, 0.05]
    ] as const) {
      expect(noise(scenario, effect).slice(1)).toEqual(wanted)
    }
  })
})

describe('our rule', () => {
  const sessions = fc.record({
    machine: fc.constantFrom(...MACHINES),
    effort: fc.constantFrom('quick' as const, 'default' as const),
    percent: fc.constantFrom(-3, 0, 1.5, 5),
    number: fc.nat(10_000)
  })

  test('is the schedule, step by step', () => {
    fc.assert(
      fc.property(sessions, ({ machine: name, effort, percent, number }) => {
        const plan = simulatedPlan(effort, COSTS)
        const start = (): Machine =>
          startMachine({
            scenario: { ...SCENARIO[name], outliers: SCENARIO[name].outliers + 0.02 },
            costs: COSTS,
            effect: Math.log1p(percent / 100),
            seed: 1,
            number
          })
        const [stepped, followed] = [start(), start()]
        const records: TrialRecord[] = []
        let course = courseOf(plan, records)
        while (course.next.kind === 'trial') {
          const { trial } = course.next
          const first = plan.blocks[0]?.block ?? NaN
          records.push(provenTrial(trial, stepped.prove(trial.block - first, trial.side)))
          course = courseOf(plan, records)
        }
        expect(measureOn(followed, plan)).toEqual(course.timing)
        expect(followed.elapsed()).toBe(stepped.elapsed())
      }),
      { numRuns: 40 }
    )
  })

  test('says what is true where there is little noise', () => {
    const calls = [-0.05, 0, 0.05].map((change) => {
      const machine = aMachine({ runSd: 0.001 }, Math.log1p(change))
      return [product('default', COSTS).decide(machine, 4).call, machine.proofs()]
    })
    expect(calls).toEqual([
      ['improvement', 17],
      ['no-change', 17],
      ['regression', 17]
    ])
  })
})

describe('the rules of others', () => {
  const PEERS = { onePair, blocked, twentyPairs, twentyPairsOfOneBlock, resampling }

  /** Call and proofs, of a head that is so many percent slower. */
  const of = (rule: Rule, scenario: Partial<Scenario>, slower: number): string => {
    const machine = aMachine({ runSd: 0.002, ...scenario }, Math.log1p(slower / 100), 3)
    return `${rule.decide(machine, 4).call} after ${machine.proofs()}`
  }

  test.each([
    ['onePair', {}, ['improvement after 8', 'no-change after 8', 'no-change after 8', 'regression after 8']],
    [
      'blocked',
      {},
      ['improvement after 41', 'no-change after 41', 'regression after 41', 'regression after 41']
    ],
    [
      'twentyPairs',
      {},
      ['improvement after 161', 'inconclusive after 161', 'regression after 161', 'regression after 161']
    ],
    [
      'twentyPairsOfOneBlock',
      {},
      ['improvement after 41', 'inconclusive after 41', 'regression after 41', 'regression after 41']
    ],
    [
      'resampling',
      {},
      ['improvement after 17', 'inconclusive after 161', 'regression after 17', 'regression after 17']
    ]
  ] as const)('%s of -6, 0, 3 and 6 percent', (name, scenario, wanted) => {
    expect([-6, 0, 3, 6].map((slower) => of(PEERS[name], scenario, slower))).toEqual(wanted)
  })

  test('all base before all head takes drift for head, pairs do not', () => {
    const drifting = { ramp: 0.03 }
    expect(of(blocked, drifting, 0)).toBe('regression after 41')
    expect(of(twentyPairs, drifting, 0)).toBe('inconclusive after 161')
  })
})

describe('tallies', () => {
  const spec = {
    rule: 'default',
    suite: 'four blocks',
    machine: 'nasty',
    effects: [0, 0.02],
    sessions: 8
  } as const

  test('of parts add up to that of the whole', () => {
    const of = (from: number, to: number) => simulate({ spec, seed: 3, from, to })
    const parts = [of(0, 3), of(3, 8)]
    const whole = of(0, 8)
    for (const [index, tally] of whole.entries()) {
      const summed = parts.map((part) => part[index] ?? NOTHING).reduce(add)
      expect(summed.minutes.total).toBeCloseTo(tally.minutes.total, 6)
      expect({ ...summed, minutes: null }).toEqual({ ...tally, minutes: null })
      expect(tally.sessions).toBe(8)
    }
  })

  test('a share of nothing has an error, and a mean of what never differs has none', () => {
    expect(share(0, 998)).toEqual({ value: 0, error: expect.closeTo(0.09995, 5) as number })
    expect(share(499, 998).value).toBe(50)
    expect(mean({ total: 30, squares: 90 }, 10)).toEqual({ value: 3, error: 0 })
    expect(mean({ total: 4, squares: 10 }, 2)).toEqual({ value: 2, error: 1 })
  })
})

describe('limits', () => {
  const limit = (measured: number, side: Limit['side'], error: number | null = 0.1): Limit => ({
    what: 'calls',
    measured,
    error,
    limit: 95,
    side,
    unit: '%'
  })

  test.each([
    [limit(95, 'at least'), true, true],
    [limit(94.99, 'at least'), false, true],
    [limit(95.3, 'at least'), true, false],
    [limit(95.3, 'at most'), false, false],
    [limit(90, 'at most'), true, false],
    [limit(95, 'at most', null), true, false],
    [limit(NaN, 'at most'), false, false],
    [limit(NaN, 'at least'), false, false]
  ])('%j', (number, held, close) => {
    expect([isHeld(number), isClose(number)]).toEqual([held, close])
  })

  test('are shown beside what was measured', () => {
    const [, , ...lines] = limitsTable([limit(94.99, 'at least'), limit(90, 'at most', null)]).split('\n')
    expect(lines).toEqual([
      '| calls  | 94.99 ± 0.10 % | at least 95 % | missed, by less than 2 standard errors |',
      '| calls  |        90.00 % |  at most 95 % | held                                   |'
    ])
  })

  test('decimals are those that the error leaves a meaning to', () => {
    expect([0.04, 0.06, 2].map((error) => withError({ value: 12.345, error }))).toEqual([
      '12.35 ± 0.04',
      '12.3 ± 0.1',
      '12.3 ± 2.0'
    ])
  })
})

test('the stream: what is identical costs nothing, and equal cycles are not executed for', () => {
  const one = { value: 100, error: 1 }
  const stream = streamOf({
    atZero: one,
    atTwo: { value: 120, error: 1 },
    optimised: [1, 2, 3, 4, 5, 6, 7].map(() => one)
  })
  expect(stream.share.value).toBeCloseTo(24, 9)
  expect(stream.shareAtTwoPercent).toBeCloseTo((100 * 24 * 120) / (24 * 120 + 7600), 9)
  expect(streamTable(stream).split('\n').slice(2, 6)).toEqual([
    expect.stringMatching(/identical .* 76 .* 152 .* 760 .* 7600 .* 0 .* 0 .* 0 /),
    expect.stringMatching(/prover only .* 4 .* 8 .* 40 .* 400 .* 4 .* 0 .* 400 /),
    expect.stringMatching(/guest .* 20 .* 40 .* 200 .* 2000 .* 20 .* 100 .* 2000 /),
    expect.stringMatching(/all .* 100 .* 200 .* 1000 .* 10000 .* 24 .* 100 .* 2400 /)
  ])
})

test('the picture shows the three outcomes', () => {
  const picture = renderPicture()
  expect([...picture.matchAll(/>([a-z-]+), after (\d+) pairs</g)].map(([, verdict]) => verdict)).toEqual([
    'no-change',
    'regression',
    'inconclusive'
  ])
  expect(picture).not.toMatch(/NaN|undefined|Infinity/)
})

test('threads change nothing but the time it takes', async () => {
  const spec = {
    rule: 'one pair, ±5 %',
    suite: 'two cheapest',
    machine: 'out3',
    effects: [0],
    sessions: 1100
  } as const
  const done: string[] = []
  const tallies = await simulateAll([spec], { seed: 2, threads: 2, done: ({ rule }) => done.push(rule) })
  const [whole] = simulate({ spec, seed: 2, from: 0, to: 1100 })
  const [[tally = NOTHING] = []] = tallies
  expect({ ...tally, minutes: null }).toEqual({ ...whole, minutes: null })
  expect(tally.minutes.total).toBeCloseTo(whole?.minutes.total ?? NaN, 6)
  expect(done).toEqual([spec.rule])
})

describe('the kept result', () => {
  const result = readResult()

  test('holds every limit', () => {
    expect(result.limits.filter((one) => !isHeld(one))).toEqual([])
    expect(result.limits).toEqual(limitsOf(result))
  })

  test('has every machine and every rule', () => {
    expect(result.rows.map(({ rule, suite, machine }) => [rule, suite, machine])).toEqual(
      rowsOf(result.sessions).map(({ rule, suite, machine }) => [rule, suite, machine])
    )
  })
})

test('a number of sessions that is none is refused', () => {
  const script = resolve(import.meta.dirname, '../../scripts/bench-verdict.ts')
  const { status, stderr } = spawnSync(process.execPath, [script, '--sessions', '2e4'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('--sessions is not a whole number from 1: 2e4')
})
