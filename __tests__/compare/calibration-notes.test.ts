import { describe, expect, test } from 'vitest'
import { calibrationNotes } from '../../src/compare/calibration-notes.ts'
import type { Calibration } from '../../src/domain/calibration.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { percent, seconds } from '../../src/domain/quantity.ts'
import type { TimedPair, Timing } from '../../src/domain/timing.ts'
import { lookAt } from '../../src/plan/looks.ts'
import { aCalibration, calibrations } from '../support/calibrations.ts'
import { aPlan, block } from '../support/plans.ts'

const LOGS = [-1, 1, -0.5, 0.5, -0.8, 0.8, 0, 0, 0.3, -0.3]

/** Rounds of pairs of both blocks; the pairs of a block scatter by about the sd around the change, both in percent. */
const timed = (rounds: number, { change = 0, sd = 1 }: { change?: number; sd?: number } = {}): Timing => {
  const pairs = Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
    [100, 101].map((number): TimedPair => ({
      block: block(number),
      round,
      base: seconds(100),
      head: seconds(100 * (1 + (change + sd * (LOGS[round - 1] ?? 0)) / 100)),
      exactness: 'derived'
    }))
  )
  const timing = aPlan().timing!
  const looks = rounds >= timing.looks[0]! ? [lookAt(timing, pairs, { index: 1, isLast: false })] : []
  return { pairs, looks, retaken: [], dropped: [], isUnstable: false }
}

const notes = (timing: Timing | null, kept: readonly Calibration[], plan: Partial<Plan> = {}) =>
  calibrationNotes({ plan: aPlan(plan), timing }, kept)

describe('pairs that no verdict can be made of', () => {
  // s = 1.2 %, t(0.995, 8) = 3.355: 2.9 % of two blocks, one pair each.
  test('are worth what the machine is known for', () => {
    expect(notes(timed(1), calibrations(3))).toEqual([
      'On this machine two identical builds differ by up to ±2.9% in such a measurement (99%, from 6 sessions).'
    ])
    expect(notes(timed(2), calibrations(3))).toEqual([
      'On this machine two identical builds differ by up to ±2.0% in such a measurement (99%, from 6 sessions).'
    ])
  })

  test('may show more than noise explains, in either direction', () => {
    const more = 'The change is larger than noise usually explains: worth a run to the end.'
    expect(notes(timed(1, { change: 5 }), calibrations(3))).toContain(more)
    expect(notes(timed(1, { change: -4 }), calibrations(3))).toContain(more)
    expect(notes(timed(1, { change: 3 }), calibrations(3))).not.toContain(more)
  })

  test('on a machine that is known by fewer than five sessions', () => {
    const unknown = ['The noise of this machine is not known yet: `mode: calibrate` measures it.']
    expect(notes(timed(1), [])).toEqual(unknown)
    expect(notes(timed(1), calibrations(2))).toEqual(unknown)
    expect(notes(timed(1), calibrations(4, { rebuild: { pairSd: null, df: 0 } }))).toEqual(unknown)
    expect(notes(timed(1), calibrations(4, { rebuild: { df: 3 } }))).toEqual(unknown)
  })
})

describe('the noise that a machine is known for', () => {
  const reach = (kept: readonly Calibration[]): string | undefined =>
    /±([\d.]+)%.*from (\d+) sessions/
      .exec(notes(timed(1), kept)[0] ?? '')
      ?.slice(1)
      .join(' of ')

  test('is the upper quartile of its sessions', () => {
    const quiet = { sameBuild: { pairSd: 0.01 }, rebuild: { pairSd: 0.01 } }
    const loud = { sameBuild: { pairSd: 0.04 }, rebuild: { pairSd: 0.04 } }
    expect(reach([...calibrations(1, loud), ...calibrations(4, quiet)])).toBe('2.4 of 10')
    expect(reach([...calibrations(2, loud), ...calibrations(3, quiet)])).toBe('10.0 of 10')
  })

  test('is that of the last twenty, whatever was before', () => {
    const old = { sameBuild: { pairSd: 0.2 }, rebuild: { pairSd: 0.2 } }
    expect(reach([...calibrations(10), ...calibrations(10, old)])).toBe('2.9 of 20')
  })
})

describe('today', () => {
  const warning = /scatter more than twice as much as usual on this machine: (\S+) from pair to pair, 1.2% in/

  test('is told where it is more than twice as noisy', () => {
    const [note, ...others] = notes(timed(3, { sd: 3.5 }), calibrations(3))
    expect(warning.exec(note ?? '')?.[1]).toBe('3.6%')
    expect(others).toEqual([])
  })

  test('is not told of else, nor where nothing is known', () => {
    expect(notes(timed(3, { sd: 2.2 }), calibrations(3))).toEqual([])
    expect(notes(timed(3, { sd: 3.5 }), calibrations(2))).toEqual([])
  })
})

describe('thorough', () => {
  const thorough: Partial<Plan> = { effort: 'thorough' }
  const checked = (rebuild: Calibration['sessions']['rebuild'] | object): Calibration =>
    aCalibration({ effort: 'thorough', rebuild })

  test('without a build-bias check says so', () => {
    const missing = [
      expect.stringMatching(/^No build-bias check was made on this machine: .*`effort: thorough`/)
    ]
    expect(notes(timed(5), [], thorough)).toEqual(missing)
    expect(notes(timed(5), calibrations(3), thorough)).toEqual(missing)
  })

  test('with one that passed says nothing; the newest decides', () => {
    const passed = checked({})
    const failed = checked({ percent: percent(-0.412) })
    expect(notes(timed(5), [passed, failed], thorough)).toEqual([])
    expect(notes(timed(5), [failed, passed], thorough)).toEqual([
      'The build-bias check of this machine did not pass on 2026-03-01: base built twice came out 0.41% apart, and less than 0.3% in a `no-change` was wanted. So small a change may come from building alone.'
    ])
    expect(notes(timed(5), [checked({ percent: null, verdict: 'inconclusive' })], thorough)[0]).toContain(
      'could not be told apart'
    )
  })

  test('is what asks for it, no other effort', () => {
    expect(notes(timed(5), [])).toEqual([])
  })
})

test('nothing is said where nothing was timed, or the machine itself is measured', () => {
  expect(notes(null, calibrations(3))).toEqual([])
  expect(notes(timed(0), calibrations(3))).toEqual([])
  expect(notes(timed(1), [], { purpose: 'same-build' })).toEqual([])
  expect(notes(timed(5), [], { effort: 'thorough', purpose: 'rebuild' })).toEqual([])
})
