import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/domain/plan.ts'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { timeLeft } from '../../src/plan/estimate.ts'
import { nextStep, plannedTrials, progressOf } from '../../src/plan/schedule.ts'
import { aPlan, aRecord, failed, trialNamed } from '../support/plans.ts'

/** Follows the schedule to its end; `fails` names the trials that fail. */
const follow = (plan: Plan, fails: readonly string[] = [], start: readonly TrialRecord[] = []) => {
  const records = [...start]
  for (;;) {
    const step = nextStep(plan, records)
    if (step.kind === 'done') return { ids: records.map((record) => record.trial.id), ending: step.ending }
    records.push(aRecord(step.trial, fails.includes(step.trial.id) ? { outcome: failed } : {}))
  }
}

describe('order', () => {
  test('cycles of both sides, one warm-up of the cheapest block, then alternating pairs', () => {
    expect(follow(aPlan()).ids).toEqual([
      'cycles-100-sp1-base',
      'cycles-101-sp1-base',
      'cycles-100-sp1-head',
      'cycles-101-sp1-head',
      'warm-up-101-sp1-base',
      'timed-r1-100-sp1-base',
      'timed-r1-100-sp1-head',
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-base',
      'timed-r2-100-sp1-head',
      'timed-r2-100-sp1-base',
      'timed-r2-101-sp1-base',
      'timed-r2-101-sp1-head'
    ])
  })

  test('execute mode proves nothing', () => {
    expect(follow(aPlan({ mode: 'execute' })).ids).toHaveLength(4)
  })
})

describe('failures', () => {
  test('a block that head cannot execute is proved on neither side, the other block is', () => {
    const { ids } = follow(aPlan(), ['cycles-100-sp1-head'])
    expect(ids.filter((id) => id.includes('-r') && id.includes('100'))).toEqual([])
    expect(ids.filter((id) => id.includes('-r') && id.includes('101'))).toHaveLength(4)
  })

  test('where head fails first, base is still tried: what base cannot do either is not head\u2019s fault', () => {
    const { ids } = follow(aPlan(), ['timed-r1-101-sp1-head'])
    expect(ids.filter((id) => id.includes('-r') && id.includes('101'))).toEqual([
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-base'
    ])
    const later = follow(aPlan(), ['timed-r2-100-sp1-head']).ids
    expect(later).not.toContain('timed-r2-100-sp1-base')
  })

  test('a failed proof ends its block, half a pair included', () => {
    const { ids, ending } = follow(aPlan(), ['timed-r1-100-sp1-base'])
    expect(ids).not.toContain('timed-r1-100-sp1-head')
    expect(ending).toBe('complete')
  })
})

describe('budget', () => {
  test('ends between pairs, never inside one', () => {
    // The warm-up takes one minute and each proof one: the third pair would begin at minute five.
    const { ids, ending } = follow(aPlan({ gpuMinutes: minutes(4) }))
    expect(ids.slice(5)).toEqual([
      'timed-r1-100-sp1-base',
      'timed-r1-100-sp1-head',
      'timed-r1-101-sp1-head',
      'timed-r1-101-sp1-base'
    ])
    expect(ending).toBe('budget-spent')
  })

  test('none means no limit', () => {
    expect(follow(aPlan({ gpuMinutes: null })).ending).toBe('complete')
  })
})

describe('resuming', () => {
  test('at any point gives the same order', () => {
    const whole = follow(aPlan()).ids
    fc.assert(
      fc.property(fc.nat(whole.length), (kept) => {
        const plan = aPlan()
        const start = whole.slice(0, kept).map((id) => aRecord(trialNamed(plan, id)))
        expect(follow(plan, [], start).ids).toEqual(whole)
      })
    )
  })
})

describe('progress and estimate', () => {
  test('counts what a failure made needless out of the plan', () => {
    const plan = aPlan()
    expect(progressOf(plan, [])).toEqual({ done: 0, planned: 13 })
    const record = aRecord(trialNamed(plan, 'cycles-100-sp1-base'), { outcome: failed })
    expect(progressOf(plan, [record])).toEqual({ done: 1, planned: 9 })
  })

  test('no estimate before a proof has run, then by block', () => {
    const plan = aPlan()
    const all = plannedTrials(plan)
    expect(timeLeft(plan, [])).toBeNull()
    const untilFirstRound = all.slice(0, 9).map((trial) => aRecord(trial, { wall: seconds(10) }))
    expect(timeLeft(plan, untilFirstRound)).toBe(40)
    expect(
      timeLeft(
        plan,
        all.map((trial) => aRecord(trial))
      )
    ).toBe(0)
  })
})
