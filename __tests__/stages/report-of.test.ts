import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMeasurements, measurementsDocument } from '../../src/documents/measurements.ts'
import { readReport, reportDocument } from '../../src/documents/report.ts'
import { givenUp, isLasting } from '../../src/domain/given-up.ts'
import type { Report } from '../../src/domain/report.ts'
import { SIDES } from '../../src/domain/revision.ts'
import type { Ending, Measurements, RunMeasurements } from '../../src/domain/run.ts'
import { NOT_COMPARED } from '../../src/domain/sameness.ts'
import { ratioOf } from '../../src/domain/threshold.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import type { ZkVm } from '../../src/domain/workload.ts'
import { sharedKey } from '../../src/plan/legs.ts'
import { isBudgetSpent } from '../../src/plan/budget.ts'
import { timeLeft } from '../support/time-left.ts'
import { progressOf, trialsToNextLook } from '../../src/plan/schedule.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { reportOf, reportOfRun } from '../../src/stages/report-of.ts'
import { live, lives, madeBy, type Lived } from '../support/lives.ts'
import { aBuild, aMachine, ofOneLeg } from '../support/runs.ts'
import { followRun, type FollowedRun } from '../support/sessions.ts'

const endOf = ({ courses }: Lived): Ending => {
  const next = courses.at(-1)?.next
  return next?.kind === 'done' ? next.ending : 'cancelled'
}

const measured = ({ plan, records }: Lived, ending: Ending): Measurements => ({
  plan,
  machine: aMachine(),
  builds: { base: aBuild('a'), head: aBuild('b') },
  sameness: NOT_COMPARED,
  records,
  failures: [],
  notes: [],
  caveats: [],
  ending,
  planned: plannedTrials(plan).length
})

const logOf = (percent: number | null): number => Math.log1p((percent ?? NaN) / 100)

/** What holds of a report whatever its run went through, finished or not. */
const expectSound = (report: Report, { plan, records }: Lived): void => {
  const { time, timeVerdict, verdict } = report
  const look = time?.looks.at(-1)
  const times = report.comparisons.filter(({ metric }) => metric === 'proving-time')
  const overall = report.overall.find(({ metric }) => metric === 'proving-time')
  expect(report.progress.done).toBeLessThanOrEqual(report.progress.planned)
  expect(timeVerdict).toBe(look?.verdict ?? 'inconclusive')
  if (look !== undefined) {
    expect(times.map(({ block, pairs, interval }) => ({ block, pairs, interval }))).toEqual(
      look.blocks.map(({ block, pairs, interval }) => ({ block, pairs, interval }))
    )
    expect(overall?.percent).toBe(look.percent)
    const mean = times.reduce((sum, { percent }) => sum + logOf(percent), 0) / times.length
    expect(logOf(look.percent)).toBeCloseTo(mean, 10)
    if (look.verdict === 'regression') expect(look.change!.lo).toBeGreaterThan(0)
    if (look.verdict === 'improvement') expect(look.change!.hi).toBeLessThan(0)
    if (look.verdict === 'no-change') {
      const margin = Math.log1p(ratioOf(plan.timing!.margin))
      expect(Math.max(-logOf(look.same!.lo), logOf(look.same!.hi))).toBeLessThan(margin)
    }
    if (time!.pairsNeeded !== null) {
      expect(timeVerdict).toBe('inconclusive')
      expect(time!.pairsNeeded).toBeGreaterThan(Math.min(...look.blocks.map(({ pairs }) => pairs)))
      expect(time!.pairsNeeded).toBeGreaterThanOrEqual(plan.timing!.looks[0]!)
    }
  }
  const proved = records.filter(({ trial }) => trial.phase === 'timed')
  for (const pair of time?.pairs ?? []) {
    for (const side of SIDES) {
      const own = proved.filter(
        ({ trial, outcome, gpu }) =>
          placeOf(trial) === placeOf({ ...trial, ...pair, side }) &&
          outcome.kind === 'measured' &&
          outcome.sample.metrics['proving-time']?.value === pair[side] &&
          gpu?.foreign.length === 0
      )
      expect(own).not.toEqual([])
    }
  }
  for (const { trial, outcome } of records) {
    if (outcome.kind === 'measured') continue
    const name = `${trial.side === 'base' ? 'Base' : (trial.variant ?? 'Head')} failed`
    const isTold = report.notes.some((note) => note.startsWith(name) && note.includes(`block ${trial.block}`))
    const isShown = report.failures.some(
      (one) => one.block === trial.block && one.stage === (trial.mode === 'prove' ? 'prove' : 'execute')
    )
    expect(isTold || isShown).toBe(true)
  }
  if (verdict === 'infrastructure') expect(report.failures.some(({ side }) => side === null)).toBe(true)
}

const isBase = (record: TrialRecord, failure: Report['failures'][number]): boolean =>
  record.trial.side === 'base' &&
  record.trial.block === failure.block &&
  record.trial.mode === (failure.stage === 'prove' ? 'prove' : 'execute') &&
  record.outcome.kind === 'measured' &&
  !record.kept

const placeOf = ({ phase, round, side, block }: TrialRecord['trial']): string =>
  [phase, round, side, block].join(' ')

describe('any run, whatever befalls it', () => {
  test('is judged soundly, and to the same words once it is read back', () => {
    fc.assert(
      fc.property(lives, fc.double({ min: 0, max: 1, noNaN: true }), (life, share) => {
        const lived = live(life)
        const measurements = measured(lived, endOf(lived))
        const report = reportOf(measurements)
        expectSound(report, lived)
        const run = ofOneLeg(measurements)
        const ofRun = reportOfRun(run)
        expect(ofRun.legs).toEqual([report])
        const again = readMeasurements(measurementsDocument(run))
        const read = readReport(reportDocument(ofRun))
        if (!again.ok || !read.ok) throw new Error('not read back')
        expect(reportOfRun(again.value)).toEqual(ofRun)
        expect(read.value).toEqual(ofRun)
        const cut = { ...lived, records: lived.records.slice(0, share * lived.records.length) }
        expectSound(reportOf(measured(cut, 'cancelled')), cut)
      }),
      { numRuns: 60 }
    )
  })

  test('ends with a verdict, a failure, or a budget that is spent; head is blamed for what base was seen to do', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const lived = live(life)
        const report = reportOf(measured(lived, endOf(lived)))
        const isJudged = (report.time?.looks.at(-1)?.verdict ?? null) !== null
        expect(isJudged || report.failures.length > 0 || report.ending === 'budget-spent').toBe(true)
        expect(report.caveats).toHaveLength(report.ending === 'budget-spent' ? 1 : 0)
        if (report.verdict !== 'head-failed') return
        for (const failure of report.failures.filter(({ side }) => side === 'head')) {
          expect(lived.records.some((record) => isBase(record, failure))).toBe(true)
        }
      }),
      { numRuns: 100 }
    )
  })

  test('makes no trial twice, none in vain, and none that could change nothing', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { plan, courses, kept, records } = live(life)
        expect(new Set(records.map(({ trial }) => trial.id)).size).toBe(records.length)
        for (const [index, { next, timing }] of courses.entries()) {
          if (next.kind === 'done') continue
          const { trial } = next
          const before = records.slice(0, kept + index)
          expect(timing?.looks.at(-1)?.verdict ?? null).toBe(null)
          const own = before.filter((one) => placeOf(one.trial) === placeOf(trial))
          if (trial.cause === 'retry') expect(own.at(-1)?.outcome.kind).toBe('failed')
          expect(own.some(({ outcome }) => isLasting(outcome))).toBe(false)
          const lost = givenUp(before)
          expect(lost.some(({ isMachines }) => isMachines)).toBe(false)
          if (trial.mode === 'execute') continue
          for (const { record } of lost) expect(trial.round).toBe(record.trial.round)
          if (isBudgetSpent(plan, before) && trial.cause !== 'retry') {
            const other = before.at(-1)?.trial
            expect([other?.round, other?.block]).toEqual([trial.round, trial.block])
            expect(trial.cause).not.toBe('outlier')
          }
        }
      }),
      { numRuns: 60 }
    )
  })

  test('takes back no look, and knows at any time what comes next and how long it takes', () => {
    fc.assert(
      fc.property(lives, fc.double({ min: 0, max: 1, noNaN: true }), (life, share) => {
        const { plan, courses, kept, records } = live(life)
        let looks: NonNullable<(typeof courses)[number]['timing']>['looks'] = []
        for (const { timing, next } of courses) {
          const now = timing?.looks ?? []
          // Only the last may be judged again: as the last, once the budget is spent.
          const same =
            next.kind === 'done' && next.ending === 'budget-spent' ? looks.length - 1 : looks.length
          expect(now.slice(0, Math.max(0, same))).toEqual(looks.slice(0, Math.max(0, same)))
          looks = now
        }
        const at = Math.floor(share * courses.length)
        const before = records.slice(0, kept + at)
        const next = courses[at]?.next
        if (next?.kind !== 'trial') return
        expect(trialsToNextLook(plan, before)[0]).toEqual(next.trial)
        const progress = progressOf(plan, before)
        expect(progress.planned).toBeGreaterThan(progress.done)
        expect(progress.most).toBeGreaterThanOrEqual(progress.planned)
        expect(timeLeft(plan, before) ?? 0).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 }
    )
  })
})

describe('any run of several legs', () => {
  const several = fc.record({
    zkvms: fc.constantFrom<readonly ZkVm[]>(['sp1'], ['zisk', 'sp1'], ['sp1', 'risc0', 'openvm']),
    variants: fc.constantFrom(0, 1, 3),
    life: lives
  })

  /** Every leg has a life of its own, but for base: that of head's leg. */
  const liveTogether = ({
    zkvms,
    variants,
    life
  }: typeof several extends fc.Arbitrary<infer T> ? T : never) => {
    const { plan } = live({ ...life, isKept: false })
    const plans = zkvms.flatMap((zkvm) =>
      [null, 'v1', 'v2', 'v3'].slice(0, 1 + variants).map((variant) => ({ ...plan, zkvm, variant }))
    )
    return { plans, run: followRun(plans, (trial) => madeBy(life, trial)) }
  }

  const measuredBy = ({ legs, courses }: FollowedRun): RunMeasurements => ({
    legs: legs.map((leg, index) => ({
      ...measured({ ...leg, courses: [], kept: 0 }, 'complete'),
      ending: endOf({ ...leg, courses: courses.slice(index, index + 1), kept: 0 })
    })),
    reference: null
  })

  test('is reported as its schedule saw it, and to the same words once it is read back', () => {
    fc.assert(
      fc.property(several, (of) => {
        const { run } = liveTogether(of)
        const measurements = measuredBy(run)
        const report = reportOfRun(measurements)
        expect(report.legs.map(({ time }) => time?.looks)).toEqual(
          run.courses.map(({ timing }) => timing?.looks)
        )
        for (const [index, leg] of report.legs.entries()) {
          const { plan, records } = run.legs[index]!
          expectSound(leg, { plan, records, courses: [], kept: 0 })
        }
        const again = readMeasurements(measurementsDocument(measurements))
        const read = readReport(reportDocument(report))
        if (!again.ok || !read.ok) throw new Error('not read back')
        expect(reportOfRun(again.value)).toEqual(report)
        expect(read.value).toEqual(report)
      }),
      { numRuns: 40 }
    )
  })

  test('makes base once, and spends no more than its budget but for what was begun', () => {
    fc.assert(
      fc.property(several, (of) => {
        const { plans, run } = liveTogether(of)
        const made = run.journal.filter(({ kept }) => !kept)
        const ofBase = made.filter(({ trial }) => trial.side === 'base').map(({ trial }) => sharedKey(trial))
        expect(new Set(ofBase).size).toBe(ofBase.length)
        expect(reportOfRun(measuredBy(run)).wall).toBeCloseTo(
          made.reduce((sum, { wall }) => sum + wall, 0),
          3
        )
        const [plan] = plans
        const budget = plan?.gpuMinutes ?? null
        if (budget === null) return
        const spent = made.reduce((sum, { trial, wall }) => sum + (trial.mode === 'prove' ? wall : 0), 0)
        // A pair under way is finished in every leg, with what fails tried again; a zkVM may take so much too long.
        const pairs = of.zkvms.length * (2 + of.variants) * 4 * of.life.time * 2
        expect(spent).toBeLessThanOrEqual(budget * 60 + pairs)
      }),
      { numRuns: 40 }
    )
  })

  test('goes on, wherever it was cut off, as if it had not been', () => {
    fc.assert(
      fc.property(several, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const { plans, run } = liveTogether(of)
        const start = run.journal.slice(0, Math.floor(share * run.journal.length))
        const again = followRun(plans, (trial) => madeBy(of.life, trial), { start })
        expect(again.journal).toEqual(run.journal)
      }),
      { numRuns: 30 }
    )
  })
})
