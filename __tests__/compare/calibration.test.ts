import { describe, expect, test } from 'vitest'
import type { Session } from '../../src/domain/calibration.ts'
import { percent } from '../../src/domain/quantity.ts'
import type { LookVerdict } from '../../src/domain/timing.ts'
import { sessionOf } from '../../src/compare/calibration.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { aCalibration, calibrations } from '../support/calibrations.ts'
import { aRun, noisy, planFor, type BlockFigures } from '../support/runs.ts'

const block = (number: number): BlockFigures => ({
  block: number,
  gas: 20_000_000n,
  cycles: { base: 1000n, head: 1000n },
  proving: { base: 300, head: 300 }
})
const FIGURES = [block(100), block(101), block(102), block(103)]

describe('a session', () => {
  test('is the last look of a run that compares base with itself', () => {
    const figures = noisy(FIGURES, 0.6)
    const plan = planFor(figures, { purpose: 'rebuild' })
    const report = reportOf(aRun(figures, { plan }))
    const look = report.time?.looks.at(-1)
    expect(look?.verdict).toBe('no-change')
    expect(sessionOf(report)).toEqual({
      purpose: 'rebuild',
      verdict: 'no-change',
      percent: look?.percent,
      interval: look?.change,
      pairSd: look?.pairSd,
      df: look?.df,
      pairs: report.proofs / 2,
      proofs: report.proofs,
      gpuMinutes: report.gpuMinutes
    })
  })

  test('is none where a change was measured, or nothing came to a look', () => {
    expect(sessionOf(reportOf(aRun(FIGURES)))).toBeNull()
    const plan = planFor(FIGURES, { purpose: 'same-build' })
    expect(sessionOf(reportOf(aRun(FIGURES, { plan, records: [] })))).toBeNull()
  })
})

describe('noise and resolution', () => {
  test('are pooled over both sessions by their degrees of freedom', () => {
    const { noise } = aCalibration({ sameBuild: { pairSd: 0.01, df: 8 }, rebuild: { pairSd: 0.02, df: 24 } })
    expect(noise?.df).toBe(32)
    expect(noise?.pairSd).toBeCloseTo(Math.sqrt((8 * 0.01 ** 2 + 24 * 0.02 ** 2) / 32), 12)
  })

  test.each<[what: string, sameBuild: Partial<Session>, df: number | undefined]>([
    ['a session that is not known well enough', { df: 3 }, 8],
    ['a session without noise', { pairSd: null, df: 0 }, 8]
  ])('%s does not count', (_, sameBuild, df) => {
    expect(aCalibration({ sameBuild }).noise?.df).toBe(df)
  })

  test('are not told where neither session knows', () => {
    const unknown = { pairSd: null, df: 0 }
    expect(aCalibration({ sameBuild: unknown, rebuild: unknown })).toMatchObject({
      noise: null,
      resolution: null
    })
  })

  // t(0.995, 16) = 2.921, t(1 - 0.01/3/2, 16) = 3.444, of two blocks.
  test('of one pair, and of the last look of the effort', () => {
    const { resolution } = aCalibration()
    expect(resolution?.onePair).toBeCloseTo(100 * Math.expm1((2.9208 * 0.012) / Math.sqrt(2)), 3)
    expect(resolution?.lastLook).toBeCloseTo(100 * Math.expm1((3.4438 * 0.012) / Math.sqrt(2 * 9)), 3)
  })

  test('two machines that agree to less than a permille agree by chance', () => {
    const silent = { pairSd: 0 }
    expect(aCalibration({ sameBuild: silent, rebuild: silent }).resolution?.onePair).toBeGreaterThan(0.2)
  })
})

describe('build bias', () => {
  test.each<[verdict: LookVerdict, change: number | null, isPassed: boolean]>([
    ['no-change', 0.29, true],
    ['no-change', -0.29, true],
    ['no-change', 0.3, false],
    ['no-change', -0.31, false],
    ['no-change', null, false],
    ['inconclusive', 0, false],
    ['regression', 0.2, false],
    ['improvement', -0.2, false]
  ])('%s of %s %%: passed %s', (verdict, change, isPassed) => {
    const rebuild = { verdict, percent: change === null ? null : percent(change) }
    expect(aCalibration({ rebuild }).buildBias.isPassed).toBe(isPassed)
  })

  test('is that of the rebuild alone', () => {
    const sameBuild = { verdict: 'regression', percent: percent(3) } as const
    expect(aCalibration({ sameBuild }).buildBias.isPassed).toBe(true)
  })

  test.each([
    [['a', 'a'], true],
    [['a', 'b'], false]
  ] as const)('binaries %j: the same bytes %s', (binaries, isSameBinary) => {
    expect(aCalibration({ binaries }).buildBias.isSameBinary).toBe(isSameBinary)
  })
})

test('false alarms are changes in either direction, here and over all that are kept', () => {
  const wrong = { verdict: 'regression' } as const
  const kept = calibrations(3, { sameBuild: wrong })
  expect(aCalibration({ kept, rebuild: { verdict: 'improvement' } }).falseAlarms).toEqual({
    here: { sessions: 2, changes: 1 },
    kept: { sessions: 8, changes: 4 }
  })
  expect(aCalibration({ sameBuild: { verdict: 'inconclusive' } }).falseAlarms).toEqual({
    here: { sessions: 2, changes: 0 },
    kept: { sessions: 2, changes: 0 }
  })
})
