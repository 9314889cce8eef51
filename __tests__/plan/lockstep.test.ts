import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/domain/plan.ts'
import { gas, minutes } from '../../src/domain/quantity.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import type { ZkVm } from '../../src/domain/workload.ts'
import { withAllowances } from '../../src/plan/allowance.ts'
import { provingWall } from '../../src/plan/budget.ts'
import { legsOf, sharedKey, sideName } from '../../src/plan/legs.ts'
import { coursesOf } from '../../src/plan/lockstep.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { outlookOfRun, sharedToCome } from '../../src/plan/run-progress.ts'
import { courseOf, progressOf } from '../../src/plan/schedule.ts'
import { timeLeft } from '../support/time-left.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { aPlan, block, sha } from '../support/plans.ts'
import {
  aTrace,
  followRun,
  followSession,
  recordOf,
  type Answer,
  type FollowedRun
} from '../support/sessions.ts'

const BLOCKS = [100, 101].map((number, index) => ({
  block: block(number),
  witnessSha256: '1'.repeat(64),
  gas: gas(BigInt(2_000_000 - index * 1_000_000)),
  hasEqualCycles: false
}))

const legOf = (zkvm: ZkVm, variant: string | null, changes: Partial<Plan> = {}): Plan => {
  const plan = aPlan({
    blocks: BLOCKS,
    timing: planTiming({ effort: 'default', timeMargin: null }, BLOCKS),
    gpuMinutes: null,
    zkvm,
    variant,
    ...changes
  })
  const head = { ...plan.revisions.head, sha: sha('d') }
  return variant === null ? plan : { ...plan, revisions: { ...plan.revisions, head } }
}

/** Head and some variants of one zkVM. */
const withVariants = (count: number, zkvm: ZkVm = 'sp1', changes: Partial<Plan> = {}): readonly Plan[] => [
  legOf(zkvm, null, changes),
  ...Array.from({ length: count }, (_, index) => legOf(zkvm, `v${index + 1}`, changes))
]

/** Without what all names of these tests have in common. */
const short = (ids: readonly string[]): readonly string[] => ids.map((id) => id.replace('-sp1', ''))

const when =
  (names: Readonly<Record<string, Answer>>) =>
  (trial: Trial): Answer =>
    names[trial.id] ?? 100

const ofBase = ({ side }: Trial): boolean => side === 'base'

describe('a run of one leg', () => {
  test('is the session that it always was', () => {
    const [plan] = withVariants(0)
    const answer = (trial: Trial): number => 100 + (trial.block % 3) + (trial.round ?? 0)
    const alone = followSession(plan!, answer)
    const run = followRun([plan!], answer)
    expect(run.made).toEqual(alone.ids)
    expect(run.legs[0]?.records).toEqual(alone.records)
    expect(run.courses[0]).toMatchObject(alone.course)
  })
})

describe('the order of a run with variants', () => {
  const { made, legs } = followRun(withVariants(2))

  test('base is executed once for all', () => {
    expect(short(made).filter((id) => id.startsWith('cycles'))).toEqual([
      'cycles-100-base',
      'cycles-101-base',
      'cycles-100-head',
      'cycles-100-head@v1',
      'cycles-100-head@v2',
      'cycles-101-head',
      'cycles-101-head@v1',
      'cycles-101-head@v2',
      'cycles-101-base-2',
      'cycles-101-head-2',
      'cycles-101-head-2@v1',
      'cycles-101-head-2@v2'
    ])
  })

  test('where base comes first: base, head, the variants; else the reverse', () => {
    expect(short(made).filter((id) => /^(warm-up|timed-r[12])/.test(id))).toEqual([
      'warm-up-101-base',
      ...['timed-r1-100-base', 'timed-r1-100-head', 'timed-r1-100-head@v1', 'timed-r1-100-head@v2'],
      ...['timed-r1-101-head@v2', 'timed-r1-101-head@v1', 'timed-r1-101-head', 'timed-r1-101-base'],
      ...['timed-r2-100-head@v2', 'timed-r2-100-head@v1', 'timed-r2-100-head', 'timed-r2-100-base'],
      ...['timed-r2-101-base', 'timed-r2-101-head', 'timed-r2-101-head@v1', 'timed-r2-101-head@v2']
    ])
  })

  test('head is next to base, and every leg is as often and as far before base as after it', () => {
    const distances = (variant: string | null): readonly number[] =>
      [1, 2].flatMap((round) =>
        [100, 101].map((number) => {
          const side = `head${variant === null ? '' : `@${variant}`}`
          const at = (end: string): number => made.indexOf(`timed-r${round}-${number}-sp1-${end}`)
          return at(side) - at('base')
        })
      )
    expect(distances(null)).toEqual([1, -1, -1, 1])
    expect(distances('v1')).toEqual([2, -2, -2, 2])
    expect(distances('v2')).toEqual([3, -3, -3, 3])
  })

  test('with k variants a round takes k + 2 proofs a block', () => {
    const proofs = (variants: number): number =>
      followRun(withVariants(variants)).made.filter((id) => id.startsWith('timed-r1-')).length
    expect([0, 1, 2, 5].map(proofs)).toEqual([4, 6, 8, 14])
  })

  test('every leg by itself has the records of a session of its own, in the order of its schedule', () => {
    for (const { plan, records } of legs) {
      const alone = followSession(plan)
      expect(records.map(({ trial }) => trial.id).toSorted()).toEqual([...alone.ids].toSorted())
      expect(courseOf(plan, records)).toEqual(alone.course)
      expect(records.every(({ trial }) => trial.variant === plan.variant)).toBe(true)
    }
  })

  test('what another leg made is on record as kept, with the figures and the time that it took', () => {
    const [head, ...variants] = legs
    const made = new Map(head!.records.map((record) => [sharedKey(record.trial), record]))
    expect(head!.records.some(({ kept }) => kept)).toBe(false)
    for (const { records } of variants) {
      const kept = records.filter((record) => record.kept)
      expect(kept.map(({ trial }) => trial)).toEqual(records.map(({ trial }) => trial).filter(ofBase))
      for (const { trial, outcome, wall, startedAt } of kept) {
        const original = made.get(sharedKey(trial))
        expect({ outcome, wall, startedAt }).toEqual({
          outcome: original?.outcome,
          wall: original?.wall,
          startedAt: original?.startedAt
        })
        expect(trial.id).toBe(`${original?.trial.id ?? ''}@${trial.variant ?? ''}`)
      }
    }
  })
})

describe('a leg that has more to do', () => {
  const after = (run: FollowedRun, id: string, count: number): readonly string[] => {
    const at = run.made.indexOf(id)
    return short(run.made.slice(at, at + count))
  }

  test('catches up before the others go on', () => {
    const run = followRun(withVariants(2), when({ 'timed-r1-100-sp1-head@v1': 'fails' }))
    expect(after(run, 'timed-r1-100-sp1-base', 6)).toEqual([
      'timed-r1-100-base',
      'timed-r1-100-head',
      'timed-r1-100-head@v1',
      'timed-r1-100-head@v2',
      'timed-r1-100-head-2@v1',
      'timed-r1-101-head@v2'
    ])
  })

  test('because base failed, as for all: it is tried again once', () => {
    const run = followRun(withVariants(2), when({ 'timed-r1-101-sp1-base': 'fails' }))
    expect(run.made.filter((id) => id.includes('r1-101') && id.includes('base'))).toEqual([
      'timed-r1-101-sp1-base',
      'timed-r1-101-sp1-base-2'
    ])
    for (const { records } of run.legs) {
      const own = records.filter(({ trial }) => trial.round === 1 && trial.block === 101 && ofBase(trial))
      expect(own.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'measured'])
    }
  })

  test('because its proof was disturbed: base is proved again for it alone', () => {
    const disturbed = { gpu: aTrace({ foreign: ['7 miner'] }) }
    const run = followRun(withVariants(2), when({ 'timed-r1-100-sp1-head@v1': disturbed }))
    expect(after(run, 'timed-r1-100-sp1-head@v2', 4)).toEqual([
      'timed-r1-100-head@v2',
      'timed-r1-100-base-2@v1',
      'timed-r1-100-head-2@v1',
      'timed-r1-101-head@v2'
    ])
    const again = run.legs.map(
      ({ records }) => records.filter(({ trial }) => trial.cause === 'polluted').length
    )
    expect(again).toEqual([0, 2, 0])
  })

  test('because base was disturbed: all pairs are made again, base once', () => {
    const disturbed = { gpu: aTrace({ foreign: ['7 miner'] }) }
    const run = followRun(withVariants(2), when({ 'timed-r1-100-sp1-base': disturbed }))
    expect(after(run, 'timed-r1-100-sp1-base', 9)).toEqual([
      'timed-r1-100-base',
      'timed-r1-100-head',
      'timed-r1-100-head@v1',
      'timed-r1-100-head@v2',
      'timed-r1-100-base-2',
      'timed-r1-100-head-2',
      'timed-r1-100-head-2@v1',
      'timed-r1-100-head-2@v2',
      'timed-r1-101-head@v2'
    ])
  })
})

describe('a leg that has less to do', () => {
  test('is over by itself: base goes on for the others', () => {
    const answer = ({ variant, round, block: number, side }: Trial): number =>
      variant === 'v1' && side === 'head' ? 100 + 8 * Math.sin(7 * (round ?? 0) + number) : 100
    const { courses, made } = followRun(withVariants(1), answer)
    const rounds = courses.map(({ timing }) => Math.max(...timing!.pairs.map(({ round }) => round)))
    expect(rounds).toEqual([3, 9])
    expect(made.filter((id) => /^timed-r4.*base/.test(id)).toSorted()).toEqual([
      'timed-r4-100-sp1-base@v1',
      'timed-r4-101-sp1-base@v1'
    ])
  })

  test('as a variant that cannot execute a block does not end the others', () => {
    const fails = when({ 'cycles-100-sp1-head@v1': 'fails', 'cycles-100-sp1-head-2@v1': 'fails' })
    const { courses, made } = followRun(withVariants(2), fails)
    expect(courses.map(({ timing }) => timing?.looks.length)).toEqual([1, 0, 1])
    expect(made.some((id) => id.startsWith('timed') && id.endsWith('@v1'))).toBe(false)
  })

  test('but base that cannot prove ends all of its zkVM', () => {
    const plans = [...withVariants(1), legOf('risc0', null)]
    const fails = (trial: Trial): Answer =>
      trial.zkvm === 'sp1' && trial.mode === 'prove' && ofBase(trial) && trial.block === 101 ? 'fails' : 100
    const { courses, made } = followRun(plans, fails)
    expect(made.filter((id) => id.startsWith('timed') && id.includes('sp1'))).toEqual([])
    expect(courses.map(({ timing }) => timing?.looks.length)).toEqual([0, 0, 1])
  })

  test('base that did a block for another leg is not in doubt where a variant cannot', () => {
    const fails = when({ 'cycles-100-sp1-head@v1': 'fails', 'cycles-100-sp1-head-2@v1': 'fails' })
    const { made } = followRun(withVariants(1), fails)
    expect(made.filter((id) => id.startsWith('cycles-100') && id.includes('base'))).toEqual([
      'cycles-100-sp1-base'
    ])
  })
})

describe('several zkVMs', () => {
  const plans = [...withVariants(1, 'sp1'), ...withVariants(1, 'zisk')]

  test('one after the other: all executions first, then all proofs', () => {
    const phases = followRun(plans).made.map(
      (id) => `${id.startsWith('cycles') ? 'cycles' : 'proofs'} ${/sp1|zisk/.exec(id)![0]}`
    )
    const blocks = phases.filter((phase, index) => phase !== phases[index - 1])
    expect(blocks).toEqual(['cycles sp1', 'cycles zisk', 'proofs sp1', 'proofs zisk'])
  })

  test('share nothing', () => {
    const { legs } = followRun(plans)
    const made = legs.map(({ records }) => records.filter(({ trial, kept }) => ofBase(trial) && !kept).length)
    expect(made).toEqual([10, 0, 10, 0])
  })
})

describe('the budget of a run', () => {
  /** Minutes of proving that ran for some legs. */
  const spentBy = (run: FollowedRun, zkvm: ZkVm): number =>
    run.legs
      .filter(({ plan }) => plan.zkvm === zkvm)
      .reduce((sum, { records }) => sum + provingWall(records), 0) / 60

  const endings = ({ courses }: FollowedRun): readonly unknown[] =>
    courses.map(({ next }) => (next.kind === 'done' ? next.ending : next.kind))

  const undecided = ({ round, block: number, side }: Trial): number =>
    60 * (side === 'head' ? 1 + 0.2 * Math.sin(7 * (round ?? 0) + number) : 1)

  test('is counted once where base is shared, and spent by all legs of a zkVM together', () => {
    const run = followRun(withVariants(3, 'sp1', { gpuMinutes: minutes(20) }), undecided)
    expect(endings(run)).toEqual(Array.from({ length: 4 }, () => 'budget-spent'))
    // A proof takes some minute; the pairs under way are finished.
    expect(spentBy(run, 'sp1')).toBeGreaterThanOrEqual(20)
    expect(spentBy(run, 'sp1')).toBeLessThan(20 + 6)
    const own = run.made.filter((id) => !id.startsWith('cycles')).length
    expect(own).toBeGreaterThanOrEqual(19)
  })

  test('is divided among zkVMs, and what one leaves is there for the next', () => {
    const quick = (trial: Trial): Answer => (trial.zkvm === 'sp1' ? 60 : undecided(trial))
    const plans = (['sp1', 'zisk', 'risc0'] as const).map((zkvm) =>
      legOf(zkvm, null, { gpuMinutes: minutes(45) })
    )
    const run = followRun(plans, quick)
    // 13 proofs decide sp1 in 13 of its 15 minutes.
    expect(endings(run)).toEqual(['complete', 'budget-spent', 'budget-spent'])
    expect(spentBy(run, 'sp1')).toBe(13)
    expect(spentBy(run, 'zisk')).toBeGreaterThanOrEqual(16)
    expect(spentBy(run, 'zisk')).toBeLessThan(19)
    expect(spentBy(run, 'zisk') + spentBy(run, 'risc0')).toBeGreaterThanOrEqual(32)
    expect(spentBy(run, 'zisk') + spentBy(run, 'risc0')).toBeLessThan(36)
  })

  test('none: every leg goes to its last look', () => {
    const run = followRun(withVariants(2), undecided)
    expect(endings(run)).toEqual(['complete', 'complete', 'complete'])
    expect(run.courses.map(({ timing }) => timing?.looks.length)).toEqual([3, 3, 3])
    expect(withAllowances(run.legs).map(({ plan }) => plan.gpuMinutes)).toEqual([null, null, null])
  })

  test('leads whoever follows the records again to the same looks', () => {
    const plans = [
      ...withVariants(2, 'sp1', { gpuMinutes: minutes(50) }),
      ...withVariants(1, 'openvm', { gpuMinutes: minutes(50) })
    ]
    const run = followRun(plans, undecided)
    const again = coursesOf(legsOf(plans, run.journal))
    expect(again.map(({ timing, next }) => ({ timing, next }))).toEqual(
      run.courses.map(({ timing, next }) => ({ timing, next }))
    )
    expect(endings(run)).toContain('budget-spent')
  })
})

describe('a run that was interrupted', () => {
  const plans = [...withVariants(2, 'sp1'), ...withVariants(1, 'zisk')]
  const whole = followRun(plans)

  test.each([0, 1, 7, 13, 20, 24, 25, 26, 27, 50])('goes on where it was, after %i trials', (most) => {
    const cut = followRun(plans, undefined, { most })
    const rest = followRun(plans, undefined, { start: cut.journal })
    expect([...cut.made, ...rest.made]).toEqual(whole.made)
  })

  test('between two entries of what is shared too', () => {
    for (const at of whole.journal.keys()) {
      const start = whole.journal.slice(0, at)
      const ran = start.filter(({ kept }) => !kept).length
      expect(followRun(plans, undefined, { start }).made).toEqual(whole.made.slice(ran))
    }
  })
})

describe('how far a run has come', () => {
  const plans = withVariants(2)

  const at = (most: number, of: readonly Plan[] = plans): readonly ReturnType<typeof coursesOf>[number][] => [
    ...followRun(of, undefined, { most }).courses
  ]

  test('is counted in trials that run: base once', () => {
    const [head] = at(0)
    const made = followRun(plans).made.length
    expect(outlookOfRun(at(0), head!).progress).toMatchObject({
      done: 0,
      planned: made,
      look: { index: 1, of: 3 }
    })
    for (const most of [1, 5, 14, 30]) {
      const courses = at(most)
      expect(outlookOfRun(courses, courses[0]!).progress).toMatchObject({ done: most, planned: made })
    }
    // Executions, the warm-up, and four commits on two blocks in nine rounds.
    expect(outlookOfRun(at(14), at(14)[0]!).progress.most).toBe(12 + 1 + 4 * 2 * 9)
  })

  test('time is left for what runs, by what it took for any leg', () => {
    const courses = at(14)
    const left = outlookOfRun(courses, courses[0]!).progress
    expect(outlookOfRun(courses, courses[0]!).left).toBe(100 * (left.planned - left.done))
  })

  test('of one leg it is what it always was', () => {
    const [plan] = plans
    for (const most of [0, 1, 6, 9, 12]) {
      const [course] = at(most, [plan!])
      const { records } = course!
      expect(outlookOfRun([course!], course!).progress).toEqual(progressOf(plan!, records))
      expect(outlookOfRun([course!], course!).left).toBe(timeLeft(plan!, records))
    }
  })
})

describe('what several legs plan together', () => {
  test('is more than will be made: base is planned in each and made once', () => {
    const plans = [...withVariants(2), legOf('zisk', null)]
    const whole = followRun(plans, ({ round, block: number, side }) =>
      side === 'head' ? 100 + 8 * Math.sin(7 * (round ?? 0) + number) : 100
    )
    const planned = plans.map((plan) => plannedTrials(plan).length).reduce((sum, one) => sum + one, 0)
    for (const at of [0, 1, 9, 40, whole.journal.length]) {
      const legs = legsOf(plans, whole.journal.slice(0, at))
      const copies = whole.journal.slice(0, at).filter(({ kept }) => kept).length
      expect(planned - copies - sharedToCome(legs)).toBe(12 + 1 + 4 * 2 * 9 + (6 + 1 + 2 * 2 * 9))
    }
  })
})

describe('names', () => {
  test('of a side say what a run has more of than one', () => {
    const nameIn = (plans: readonly Plan[], index: number): string =>
      sideName(
        { plan: plans[index]!, side: 'head' },
        plans.map((plan) => ({ plan }))
      )
    expect(nameIn(withVariants(0), 0)).toBe('head')
    expect(nameIn(withVariants(1), 1)).toBe('head@v1')
    expect(nameIn([...withVariants(0, 'sp1'), ...withVariants(1, 'zisk')], 2)).toBe('zisk-head@v1')
    expect(sideName({ plan: legOf('sp1', 'v1'), side: 'base' }, [{ plan: legOf('sp1', 'v1') }])).toBe('base')
  })

  test('records that are of no leg are left out', () => {
    const [plan] = withVariants(0)
    const other: TrialRecord = recordOf({ ...followSession(plan!).records[0]!.trial, variant: 'gone' }, 1)
    expect(legsOf([plan!], [other])).toEqual([{ plan, records: [] }])
  })
})
