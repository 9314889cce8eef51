import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Reason } from '../../src/domain/failure.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { gas, minutes, seconds } from '../../src/domain/quantity.ts'
import { otherSide } from '../../src/domain/revision.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { courseOf, progressOf, trialsToNextLook } from '../../src/plan/schedule.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { aPlan, block } from '../support/plans.ts'
import { aTrace, followSession, measuredIn, recordOf, type Answer } from '../support/sessions.ts'

/** Blocks 100, 101, …, each the cheaper one; timed by an effort. */
const planOf = (blocks: number, changes: Partial<Plan> & { effort?: Plan['effort'] } = {}): Plan => {
  const planned = Array.from({ length: blocks }, (_, index) => ({
    block: block(100 + index),
    witnessSha256: '1'.repeat(64),
    gas: gas(BigInt(1_000_000 * (blocks - index))),
    hasEqualCycles: false
  }))
  const effort = changes.effort ?? 'default'
  const timing = planTiming({ effort, timeMargin: null }, planned)
  return aPlan({ blocks: planned, timing, gpuMinutes: null, ...changes, effort })
}

/** Seconds with a reproducible scatter of some 0.5 % a run, head slower by a ratio. */
const noisy =
  (ratio = 1, sd = 0.005): ((trial: Trial) => number) =>
  ({ block: number, side, round, take }) => {
    const at = Math.sin(number * 12.9898 + (round ?? 0) * 78.233 + take * 37.719 + (side === 'head' ? 1 : 0))
    return 100 * (side === 'head' ? ratio : 1) * (1 + sd * 2 * (Math.abs(at * 43758.5453) % 1) - sd)
  }

const ids = (plan: Plan, answer?: (trial: Trial) => Answer): readonly string[] =>
  followSession(plan, answer).ids

const verdictOf = (plan: Plan, answer?: (trial: Trial) => Answer): string | null | undefined =>
  followSession(plan, answer).course.timing?.looks.at(-1)?.verdict

const when =
  (names: Readonly<Record<string, Answer>>, otherwise: (trial: Trial) => Answer = () => 100) =>
  (trial: Trial): Answer =>
    names[trial.id] ?? otherwise(trial)

describe('order', () => {
  test('cycles of both sides, the cheapest again, one warm-up, then alternating pairs up to a look', () => {
    expect(ids(planOf(2))).toEqual([
      'cycles-100-sp1-base',
      'cycles-101-sp1-base',
      'cycles-100-sp1-head',
      'cycles-101-sp1-head',
      'cycles-101-sp1-base-2',
      'cycles-101-sp1-head-2',
      'warm-up-101-sp1-base',
      'timed-r1-100-sp1-base',
      'timed-r1-100-sp1-head',
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-base',
      'timed-r2-100-sp1-head',
      'timed-r2-100-sp1-base',
      'timed-r2-101-sp1-base',
      'timed-r2-101-sp1-head',
      'timed-r3-100-sp1-base',
      'timed-r3-100-sp1-head',
      'timed-r3-101-sp1-head',
      'timed-r3-101-sp1-base'
    ])
  })

  test('execute mode proves nothing', () => {
    expect(ids(planOf(2, { mode: 'execute', timing: null }))).toHaveLength(6)
  })

  test('blocks with equal cycles are not executed', () => {
    const plan = planOf(3)
    const [first, ...others] = plan.blocks
    const partly = { ...plan, blocks: [{ ...first!, hasEqualCycles: true }, ...others] }
    expect(ids(partly).filter((id) => id.startsWith('cycles'))).toEqual([
      'cycles-101-sp1-base',
      'cycles-102-sp1-base',
      'cycles-101-sp1-head',
      'cycles-102-sp1-head',
      'cycles-102-sp1-base-2',
      'cycles-102-sp1-head-2'
    ])
    const all = { ...plan, blocks: plan.blocks.map((one) => ({ ...one, hasEqualCycles: true })) }
    expect(ids(all)[0]).toBe('warm-up-102-sp1-base')
  })

  test('executions that an earlier run made of base are not made again, but for the one that is checked', () => {
    const plan = planOf(2)
    const kept = plannedTrials(plan)
      .filter(({ phase, side, take }) => phase === 'cycles' && side === 'base' && take === 1)
      .map((trial) => ({ ...recordOf(trial, 1), wall: seconds(0), kept: true }))
    expect(followSession(plan, undefined, kept).ids.slice(2, 6)).toEqual([
      'cycles-100-sp1-head',
      'cycles-101-sp1-head',
      'cycles-101-sp1-base-2',
      'cycles-101-sp1-head-2'
    ])
  })
})

describe('looks', () => {
  const proofs = (plan: Plan, answer?: (trial: Trial) => Answer): number =>
    ids(plan, answer).filter((id) => id.startsWith('timed')).length

  test.each([
    ['quick', 1, [5]],
    ['quick', 4, [3]],
    ['default', 1, [5, 9, 17]],
    ['default', 2, [3, 5, 9]],
    ['default', 3, [3, 4, 7]],
    ['default', 4, [2, 3, 5]],
    ['default', 5, [1, 3, 5]],
    ['default', 6, [1, 3, 4]],
    ['default', 8, [1, 2, 3]],
    ['default', 12, [1, 3]],
    ['thorough', 4, [3, 5, 9, 17]]
  ] as const)('%s with %i blocks looks after %j pairs a block', (effort, blocks, looks) => {
    expect(planOf(blocks, { effort }).timing?.looks).toEqual(looks)
  })

  test('quick times the two cheapest blocks and executes all', () => {
    const found = ids(planOf(4, { effort: 'quick' }))
    expect(found.filter((id) => id.startsWith('cycles'))).toHaveLength(10)
    expect(found.filter((id) => id.startsWith('timed-r1')).map((id) => id.slice(9, 12))).toEqual([
      '102',
      '102',
      '103',
      '103'
    ])
  })

  test.each([
    ['nothing changed', noisy(), 'no-change', 16],
    ['5 % slower', noisy(1.05), 'regression', 16],
    ['5 % faster', noisy(0.95), 'improvement', 16],
    ['2 % slower on a noisy machine', noisy(1.02, 0.04), 'inconclusive', 40]
  ] as const)('%s', (_, answer, verdict, wanted) => {
    expect(verdictOf(planOf(4), answer)).toBe(verdict)
    expect(proofs(planOf(4), answer)).toBe(wanted)
  })

  test('one pair a block of four blocks is never a verdict', () => {
    const plan = planOf(4, { gpuMinutes: minutes(13.4) })
    const { course } = followSession(plan, noisy(1))
    expect(course.next).toEqual({ kind: 'done', ending: 'budget-spent' })
    expect(course.timing?.looks).toMatchObject([
      { verdict: 'inconclusive', reason: 'too-few-pairs', pairs: 4, change: null }
    ])
  })

  test('a block that is slower alone is named', () => {
    const answer = (trial: Trial): number => noisy(trial.block === 101 ? 1.1 : 1, 0.001)(trial)
    const blocks = followSession(planOf(4), answer).course.timing?.looks.at(-1)?.blocks
    expect(blocks?.filter(({ isBeyondMargin }) => isBeyondMargin).map((one) => one.block)).toEqual([101])
  })
})

describe('what fails is tried once more', () => {
  test('and the pair counts if that succeeds', () => {
    const { ids: found, course } = followSession(planOf(2), when({ 'timed-r1-101-sp1-head': 'fails' }))
    const at = found.indexOf('timed-r1-101-sp1-head')
    expect(found.slice(at, at + 3)).toEqual([
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-head-2',
      'timed-r1-101-sp1-base'
    ])
    expect(course.timing).toMatchObject({
      dropped: [],
      retaken: [{ block: 101, round: 1, side: 'head', cause: 'retry', before: null, after: 100 }],
      looks: [{ verdict: 'no-change', pairs: 6 }]
    })
  })

  test('executions too', () => {
    const found = ids(planOf(2), when({ 'cycles-100-sp1-head': 'fails' }))
    expect(found.slice(2, 5)).toEqual(['cycles-100-sp1-head', 'cycles-100-sp1-head-2', 'cycles-101-sp1-head'])
    expect(found.some((id) => id.startsWith('timed'))).toBe(true)
  })

  test('a side that cannot execute a block: the others are executed, and nothing is proved', () => {
    const fails = when({ 'cycles-100-sp1-head': 'fails', 'cycles-100-sp1-head-2': 'fails' })
    const { ids: found, course } = followSession(planOf(2), fails)
    expect(found.filter((id) => !id.startsWith('cycles'))).toEqual([])
    expect(found).toContain('cycles-101-sp1-head')
    expect(course.next).toEqual({ kind: 'done', ending: 'complete' })
  })

  test('a side that cannot prove a block: its round is finished, no further one begins', () => {
    const fails = (trial: Trial): Answer => (trial.block === 100 && trial.side === 'base' ? 'fails' : 100)
    const found = ids(planOf(2), (trial) => (trial.mode === 'prove' ? fails(trial) : 1))
    expect(found.slice(6)).toEqual([
      'warm-up-101-sp1-base',
      'timed-r1-100-sp1-base',
      'timed-r1-100-sp1-base-2',
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-base'
    ])
  })

  test('where head fails first, base is still tried: what base cannot do either is not head\u2019s fault', () => {
    const fails = when({ 'timed-r1-101-sp1-head': 'fails', 'timed-r1-101-sp1-head-2': 'fails' })
    const plan = planOf(2)
    const warmAt100 = { ...plan, blocks: plan.blocks.map((one) => ({ ...one, gas: gas(BigInt(one.block)) })) }
    expect(ids(warmAt100, fails).slice(-3)).toEqual([
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-head-2',
      'timed-r1-101-sp1-base'
    ])
    // The warm-up showed already that base can.
    expect(ids(plan, fails).at(-1)).toBe('timed-r1-101-sp1-head-2')
  })

  test('a side that proved the block before loses the pair only; the second time it is given up', () => {
    const once = { 'timed-r2-100-sp1-head': 'fails', 'timed-r2-100-sp1-head-2': 'fails' } as const
    const lost = followSession(planOf(2), when(once))
    expect(lost.course.timing).toMatchObject({
      dropped: [{ block: 100, round: 2, sides: ['head'], why: 'failed' }],
      looks: [
        { pairs: 5, verdict: null, reason: 'too-few-pairs' },
        { pairs: 9, verdict: 'no-change' }
      ]
    })
    const twice = { ...once, 'timed-r3-100-sp1-head': 'fails', 'timed-r3-100-sp1-head-2': 'fails' } as const
    const found = ids(planOf(2), when(twice))
    expect(found.some((id) => id.startsWith('timed-r3-101'))).toBe(true)
    expect(found.some((id) => id.startsWith('timed-r4'))).toBe(false)
  })

  const failsFor = (reason: Reason): Partial<TrialRecord> => ({
    outcome: { kind: 'failed', reason, message: 'It says so.', tail: '' }
  })

  test('but not where that is in vain: the machine is given up, and nothing else is made', () => {
    const full = (id: string) => when({ [id]: failsFor('disk-full') })
    expect(ids(planOf(2), full('cycles-100-sp1-head')).at(-1)).toBe('cycles-100-sp1-head')
    expect(ids(planOf(2), full('timed-r2-100-sp1-head')).at(-1)).toBe('timed-r2-100-sp1-head')
  })

  test('what the machine does twice ends a round at once: no proof of it could be judged', () => {
    const notReady = failsFor('prover-not-ready')
    const answer = when({ 'timed-r1-100-sp1-base': notReady, 'timed-r1-100-sp1-base-2': notReady })
    const { ids: found, course } = followSession(planOf(2), answer)
    expect(found.at(-1)).toBe('timed-r1-100-sp1-base-2')
    expect(course.next).toEqual({ kind: 'done', ending: 'complete' })
  })

  test('what base did in an earlier run alone is tried now, where head fails', () => {
    const plan = planOf(2)
    const kept = plannedTrials(plan)
      .filter(({ phase, side, take }) => phase === 'cycles' && side === 'base' && take === 1)
      .map((trial) => ({ ...recordOf(trial, 1), wall: seconds(0), kept: true }))
    const fails = when({ 'cycles-100-sp1-head': 'fails', 'cycles-100-sp1-head-2': 'fails' })
    expect(followSession(plan, fails, kept).ids.slice(2)).toEqual([
      'cycles-100-sp1-head',
      'cycles-100-sp1-head-2',
      'cycles-101-sp1-head',
      'cycles-100-sp1-base-2',
      'cycles-101-sp1-base-2',
      'cycles-101-sp1-head-2'
    ])
  })

  test('a half that is lost is not made again because the other was disturbed', () => {
    const answer = when({
      'timed-r2-101-sp1-base': { gpu: aTrace({ throttled: ['hw-slowdown'] }) },
      'timed-r2-101-sp1-head': 'fails',
      'timed-r2-101-sp1-head-2': 'fails'
    })
    const found = ids(planOf(2), answer).filter((id) => id.startsWith('timed-r2-101'))
    expect(found).toEqual(['timed-r2-101-sp1-base', 'timed-r2-101-sp1-head', 'timed-r2-101-sp1-head-2'])
  })

  test('a warm-up that fails twice ends the run', () => {
    const found = ids(planOf(2), (trial) => (trial.phase === 'warm-up' ? 'fails' : 100))
    expect(found.slice(6)).toEqual(['warm-up-101-sp1-base', 'warm-up-101-sp1-base-2'])
  })
})

describe('outliers', () => {
  const slow = (id: string, then: Answer): ((trial: Trial) => Answer) =>
    when({ [id]: 130, [`${id}-2`]: then }, noisy(1, 0.002))

  test.each(['base', 'head'] as const)('of %s are repeated once, and the repeat counts', (side) => {
    const id = `timed-r2-101-sp1-${side}`
    const { ids: found, course } = followSession(planOf(4), slow(id, 100))
    expect(found.at(-1)).toBe(`${id}-2`)
    expect(course.timing?.looks.at(-1)).toMatchObject({ verdict: 'no-change', pairs: 8 })
    expect(course.timing?.retaken).toEqual([
      { block: 101, round: 2, side, cause: 'outlier', before: 130, after: 100, pollution: null }
    ])
    expect(course.timing?.pairs.find((pair) => pair.block === 101 && pair.round === 2)?.[side]).toBe(100)
  })

  test('a repeat that is as slow stays, and is not repeated again', () => {
    const { ids: found, course } = followSession(planOf(4), slow('timed-r2-101-sp1-head', 131))
    expect(found.filter((id) => id.startsWith('timed-r2-101-sp1-head'))).toHaveLength(2)
    expect(course.timing?.looks.length).toBeGreaterThan(1)
  })

  test('a repeat that fails is tried once more, then the pair is dropped', () => {
    const id = 'timed-r2-101-sp1-head'
    const fails = when({ [id]: 130, [`${id}-2`]: 'fails', [`${id}-3`]: 'fails' }, noisy(1, 0.002))
    expect(followSession(planOf(4), fails).course.timing?.dropped).toEqual([
      { block: 101, round: 2, sides: ['head'], why: 'failed' }
    ])
  })
})

describe('repeats of outliers', () => {
  const slowAt = (
    names: readonly string[],
    then: Answer,
    others: (trial: Trial) => Answer = noisy(1, 0.002)
  ) =>
    when(Object.fromEntries(names.flatMap((id) => [[id, 130] as const, [`${id}-2`, then] as const])), others)

  test('that a stranger disturbs do not count, and drop the pair', () => {
    const disturbed = { outcome: measuredIn(100), gpu: aTrace({ foreign: ['4711 python3'] }) }
    const { course } = followSession(planOf(4), slowAt(['timed-r2-101-sp1-head'], disturbed))
    expect(course.timing?.dropped).toEqual([
      { block: 101, round: 2, sides: ['head'], why: 'foreign-process' }
    ])
    expect(course.timing?.looks[0]?.pairs).toBe(7)
  })

  const lostAt = (names: readonly string[], others?: (trial: Trial) => Answer) => {
    const slow = slowAt(names, 'fails', others)
    return (trial: Trial): Answer => (names.some((id) => trial.id === `${id}-3`) ? 'fails' : slow(trial))
  }

  test('end where a side is given up among them, with the look at what is at hand', () => {
    const names = ['timed-r1-100-sp1-head', 'timed-r2-100-sp1-head', 'timed-r3-101-sp1-head']
    const { ids: found, course } = followSession(planOf(2, { effort: 'thorough' }), lostAt(names))
    // The second loss of block 100 is head's end; the outlier of the other block is left as it is.
    expect(found.at(-1)).toBe('timed-r2-100-sp1-head-3')
    expect(course.timing?.looks).toMatchObject([{ index: 1, pairs: 8 }])
  })

  test('that a later look asked for take no earlier look away', () => {
    // Two rounds so uneven that nothing sticks out; held against three even ones, heads of both do.
    const uneven = ({ block, round, side }: Trial): number => {
      if (side === 'base' || round === null || round > 2) return 100
      return round === 1 ? 108 : block === 100 ? 107 : 92
    }
    const fails = (trial: Trial): Answer => (trial.block === 100 && trial.take > 1 ? 'fails' : uneven(trial))
    const plan = planOf(4)
    const early = { ...plan, timing: { ...plan.timing!, looks: [2, 5, 9] } }
    const { ids: found, course } = followSession(early, fails)
    expect(found.at(-1)).toBe('timed-r2-100-sp1-head-3')
    expect(course.timing?.looks).toMatchObject([
      { index: 1, pairs: 8, verdict: null },
      { index: 2, pairs: 18 }
    ])
  })

  test('count together: figures are those of the last look until all of them are made', () => {
    const names = [100, 101].map((block) => `timed-r3-${block}-sp1-head`)
    const plan = planOf(4)
    const { records } = followSession(plan, slowAt(names, 101, noisy(1.02, 0.03)))
    const first = records.findIndex(({ trial }) => trial.cause === 'outlier')
    const [before, after] = [records.slice(0, first), records.slice(0, first + 1)]
    expect(records[first + 1]?.trial.cause).toBe('outlier')
    expect(courseOf(plan, after).timing?.pairs).toEqual(courseOf(plan, before).timing?.pairs)
    expect(trialsToNextLook(plan, after)).toEqual([records[first + 1]?.trial])
  })
})

describe('times that are cut off', () => {
  const cut =
    (exactness: Exactness, base: number, head: number) =>
    (trial: Trial): Answer => {
      const outcome = measuredIn(trial.side === 'base' ? base : head)
      if (outcome.kind === 'failed') return { outcome }
      const time = outcome.sample.metrics['proving-time']!
      const metrics = { ...outcome.sample.metrics, 'proving-time': { ...time, exactness } }
      return { outcome: { kind: 'measured', sample: { ...outcome.sample, metrics } } }
    }

  test.each([
    ['derived', 20, 21, 'regression'],
    // 20.9 s and 21.0 s are cut to these.
    ['rounded-seconds', 20, 21, 'inconclusive'],
    ['rounded-seconds', 21, 20, 'inconclusive'],
    ['rounded-seconds', 20, 22, 'regression'],
    ['rounded-seconds', 22, 20, 'improvement'],
    // 20.0 s and 20.9 s are cut to these.
    ['rounded-seconds', 20, 20, 'inconclusive'],
    ['rounded-seconds', 100, 100, 'no-change'],
    ['derived', 20, 20, 'no-change'],
    ['floor', 60, 120, 'inconclusive']
  ] as const)('%s, %d s and %d s: %s', (exactness, base, head, verdict) => {
    expect(verdictOf(planOf(4), cut(exactness, base, head))).toBe(verdict)
  })

  test('a block is named only where cutting off cannot have made it', () => {
    const named = (base: number, head: number) => {
      const answer = (trial: Trial): Answer =>
        trial.block === 101 ? cut('rounded-seconds', base, head)(trial) : 100
      const blocks = followSession(planOf(4), answer).course.timing?.looks.at(-1)?.blocks
      return blocks?.filter(({ isBeyondMargin }) => isBeyondMargin).map((one) => one.block)
    }
    expect(named(20, 21)).toEqual([])
    expect(named(20, 23)).toEqual([101])
  })
})

describe('pollution', () => {
  const foreign = { gpu: aTrace({ foreign: ['4711 python3'] }) }
  const throttled = { gpu: aTrace({ throttled: ['hw-thermal-slowdown'] }) }

  test('a polluted pair is repeated, both halves in the same order', () => {
    const { ids: found, course } = followSession(planOf(2), when({ 'timed-r1-100-sp1-head': foreign }))
    const at = found.indexOf('timed-r1-100-sp1-head')
    expect(found.slice(at, at + 3)).toEqual([
      'timed-r1-100-sp1-head',
      'timed-r1-100-sp1-base-2',
      'timed-r1-100-sp1-head-2'
    ])
    expect(course.timing?.retaken.map(({ side, pollution }) => [side, pollution])).toEqual([
      ['base', null],
      ['head', 'foreign-process']
    ])
    expect(course.timing?.dropped).toEqual([])
  })

  test('polluted by a stranger again, it is dropped', () => {
    const always = when({ 'timed-r1-100-sp1-head': foreign, 'timed-r1-100-sp1-head-2': foreign })
    expect(followSession(planOf(2), always).course.timing?.dropped).toEqual([
      { block: 100, round: 1, sides: ['head'], why: 'foreign-process' }
    ])
  })

  test('throttled again, it counts: a head that makes the card too hot is slower for it', () => {
    const hot = (trial: Trial): Answer => (trial.side === 'head' ? throttled : 100)
    const { course } = followSession(planOf(2), hot)
    expect(course.timing?.dropped).toEqual([])
    expect(course.timing?.looks.at(-1)?.pairs).toBe(6)
    expect(course.timing?.retaken).toHaveLength(12)
  })

  test('the power limit, which every card under load meets, is no pollution', () => {
    const capped = { gpu: aTrace({ throttled: ['sw-power-cap'] }) }
    expect(followSession(planOf(2), () => capped).course.timing?.retaken).toEqual([])
  })
})

describe('budget', () => {
  test('spent in mid-round: the pair is finished, and what is at hand is judged as the last look', () => {
    // Warm-up and proofs take 100 s: after the third pair of the second round the budget is over.
    const plan = planOf(4, { gpuMinutes: minutes(1400 / 60) })
    const { ids: found, course } = followSession(plan, noisy(1.06, 0.001))
    expect(course.next).toEqual({ kind: 'done', ending: 'budget-spent' })
    expect(found.filter((id) => id.startsWith('timed'))).toHaveLength(14)
    // Three degrees of freedom: one block has one pair only.
    expect(course.timing?.looks).toMatchObject([{ index: 1, pairs: 7, df: 3, verdict: 'inconclusive' }])
  })

  test('spent in the second round of many blocks: the first round alone is judged, where it says more', () => {
    const plan = planOf(8, { gpuMinutes: minutes((2 * 8 + 4) * (100 / 60)) })
    const { course } = followSession(plan, noisy(1.02, 0.04))
    expect(course.timing?.pairs.length).toBeGreaterThan(8)
    expect(course.timing?.looks.at(-1)).toMatchObject({ pairs: 8, df: 7, verdict: 'inconclusive' })
  })

  test('spent in the second round: a block of one pair could be an outlier that nothing shows', () => {
    // After six pairs of the second round noise would be known well enough; the slow proof is of a block with one.
    const plan = planOf(8, { gpuMinutes: minutes((2 * 8 + 12.5) * (100 / 60)) })
    const slow = when({ 'timed-r1-107-sp1-head': 130 }, noisy(1, 0.003))
    const { course } = followSession(plan, slow)
    expect(course.next).toEqual({ kind: 'done', ending: 'budget-spent' })
    expect(course.timing?.pairs).toHaveLength(14)
    expect(course.timing?.looks).toMatchObject([{ index: 1, pairs: 8, verdict: 'inconclusive' }])
  })

  test('spent after the first look: what came since is judged', () => {
    const plan = planOf(4, { gpuMinutes: minutes((2 * 8 + 5) * (100 / 60)) })
    const { course } = followSession(plan, noisy(1.02, 0.04))
    expect(course.timing?.looks.map(({ index, pairs }) => [index, pairs])).toEqual([
      [1, 8],
      [2, 10]
    ])
    expect(course.timing?.looks.at(-1)?.verdict).not.toBeNull()
  })

  test('spent at a look that was undecided: it stays the last, and says so', () => {
    const plan = planOf(4, { gpuMinutes: minutes((2 * 8 + 1) * (99 / 60)) })
    const { course } = followSession(plan, noisy(1.02, 0.04))
    expect(course.timing?.looks).toMatchObject([{ index: 1, pairs: 8, verdict: 'inconclusive' }])
  })

  test('a failed proof is tried once more all the same', () => {
    const plan = planOf(2, { gpuMinutes: minutes(250 / 60) })
    const found = ids(plan, when({ 'timed-r1-100-sp1-head': 'fails' }))
    expect(found.at(-1)).toBe('timed-r1-100-sp1-head-2')
  })

  test('spent before the first pair', () => {
    const { course } = followSession(planOf(2, { gpuMinutes: minutes(1) }))
    expect(course).toMatchObject({ timing: { looks: [] }, next: { ending: 'budget-spent' } })
  })
})

/** Any session: noise, an effect, and now and then something that goes wrong. */
const sessions = fc.record({
  blocks: fc.integer({ min: 1, max: 6 }),
  effort: fc.constantFrom('quick' as const, 'default' as const),
  ratio: fc.constantFrom(1, 1.02, 0.95),
  sd: fc.constantFrom(0.001, 0.01, 0.05),
  budget: fc.option(fc.integer({ min: 100, max: 5000 })),
  mishaps: fc.array(
    fc.record({
      at: fc.nat(60),
      what: fc.constantFrom('fails' as const, 'slow' as const, 'foreign' as const, 'hot' as const)
    }),
    { maxLength: 6 }
  )
})

type Session = typeof sessions extends fc.Arbitrary<infer T> ? T : never

const planFor = ({ blocks, effort, budget }: Session): Plan =>
  planOf(blocks, { effort, gpuMinutes: budget === null ? null : minutes(budget / 60) })

/** Mishaps hit by a hash of the trial's name, so that they do not depend on when it is asked for. */
const answerFor =
  ({ ratio, sd, mishaps }: Session) =>
  (trial: Trial): Answer => {
    const hash = [...trial.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 61, 7)
    const value = noisy(ratio, sd)(trial)
    const what = mishaps.find(({ at }) => at === hash)?.what
    if (what === 'fails') return 'fails'
    if (what === 'slow') return value * 1.3
    const gpu =
      what === 'foreign'
        ? aTrace({ foreign: ['1 x'] })
        : what === 'hot'
          ? aTrace({ throttled: ['hw-slowdown'] })
          : null
    return { outcome: measuredIn(value), wall: seconds(value), gpu }
  }

describe('properties', () => {
  test('every session ends, with a verdict at its last look, and makes no trial twice', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        const { ids: found, course } = followSession(planFor(session), answerFor(session))
        expect(new Set(found).size).toBe(found.length)
        const looks = course.timing?.looks ?? []
        expect(looks.slice(0, -1).every(({ verdict }) => verdict === null)).toBe(true)
      })
    )
  })

  test('resuming at every possible point goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        const [plan, answer] = [planFor(session), answerFor(session)]
        const whole = followSession(plan, answer)
        for (let kept = 0; kept <= whole.records.length; kept += 1) {
          const next = courseOf(plan, whole.records.slice(0, kept)).next
          const wanted = whole.records[kept]?.trial
          expect(next.kind === 'trial' ? next.trial : null).toEqual(wanted ?? null)
        }
      }),
      { numRuns: 40 }
    )
  })

  test('the order of the journal does not matter', () => {
    const shuffled = sessions.chain((session) => {
      const { records } = followSession(planFor(session), answerFor(session))
      return fc.tuple(
        fc.constant(session),
        fc.constant(records),
        fc.shuffledSubarray([...records], { minLength: records.length })
      )
    })
    fc.assert(
      fc.property(shuffled, ([session, records, other]) => {
        expect(courseOf(planFor(session), other)).toEqual(courseOf(planFor(session), records))
      }),
      { numRuns: 50 }
    )
  })

  test('swapped sides, swapped verdict', () => {
    const clean = sessions.map((session): Session => ({ ...session, budget: null, mishaps: [] }))
    const mirror = { regression: 'improvement', improvement: 'regression' } as const
    fc.assert(
      fc.property(clean, (session) => {
        const plan = planFor(session)
        const answer = answerFor(session)
        const swapped = (trial: Trial): Answer => answer({ ...trial, side: otherSide(trial.side) })
        const there = followSession(plan, answer).course.timing?.looks ?? []
        const back = followSession(plan, swapped).course.timing?.looks ?? []
        expect(back).toHaveLength(there.length)
        for (const [index, look] of there.entries()) {
          const { verdict } = look
          const wanted = verdict === 'regression' || verdict === 'improvement' ? mirror[verdict] : verdict
          expect(back[index]?.verdict).toBe(wanted)
          const ratio = 1 + (look.percent ?? 0) / 100
          expect(1 + (back[index]?.percent ?? 0) / 100).toBeCloseTo(1 / ratio, 10)
        }
      })
    )
  })

  test('a side compared with itself is never a change', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        const base = answerFor({ ...session, mishaps: [] })
        const itself = (trial: Trial): Answer => base({ ...trial, side: 'base' })
        const looks = followSession(planFor(session), itself).course.timing?.looks ?? []
        expect(looks.at(-1)?.verdict ?? 'inconclusive').toMatch(/^(no-change|inconclusive)$/)
      })
    )
  })
})

describe('progress', () => {
  const after = (plan: Plan, done: number): readonly TrialRecord[] =>
    followSession(plan, noisy(1.02, 0.04)).records.slice(0, done)

  test('counts to the next look, and to the last', () => {
    const plan = planOf(4)
    expect(progressOf(plan, [])).toEqual({ done: 0, planned: 27, most: 51, look: { index: 1, of: 3 } })
    expect(progressOf(plan, after(plan, 27))).toEqual({
      done: 27,
      planned: 35,
      most: 51,
      look: { index: 2, of: 3 }
    })
    expect(trialsToNextLook(plan, after(plan, 27))).toHaveLength(8)
  })

  test('an end is an end', () => {
    const plan = planOf(2)
    const { records } = followSession(plan)
    expect(progressOf(plan, records)).toMatchObject({ done: 19, planned: 19, most: 19 })
  })
})
