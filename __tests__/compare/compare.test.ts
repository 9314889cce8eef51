import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRun } from '../../src/compare/compare.ts'
import type { Reason } from '../../src/domain/failure.ts'
import type { Exactness } from '../../src/domain/metric.ts'
import { count, minutes, seconds } from '../../src/domain/quantity.ts'
import type { Report } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import type { Outcome, Trial } from '../../src/domain/trial.ts'
import { courseOf } from '../../src/plan/schedule.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { block, sha } from '../support/plans.ts'
import { RECORDED } from '../support/recorded.ts'
import {
  aBuild,
  aRun,
  failing,
  noiseOf,
  noisy,
  planFor,
  span,
  stretched,
  swapped,
  watched,
  type BlockFigures
} from '../support/runs.ts'

const one = (
  cycles: readonly [bigint, bigint],
  proving: readonly [number, number] = [100, 100]
): BlockFigures => ({
  block: 100,
  gas: 20_000_000n,
  cycles: { base: cycles[0], head: cycles[1] },
  proving: { base: proving[0], head: proving[1] }
})

const of = (report: Report, metric: string, number = 100) =>
  report.comparisons.find((comparison) => comparison.metric === metric && comparison.block === number)

const cycles = fc.bigInt({ min: 10n ** 6n, max: 10n ** 11n })
const time = fc.double({ min: 0.1, max: 1e4, noNaN: true })
const figures: fc.Arbitrary<readonly BlockFigures[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 })
  .chain((blocks) =>
    fc.tuple(
      ...blocks
        .toSorted((a, b) => a - b)
        .map((number) =>
          fc
            .tuple(cycles, cycles, time, time)
            .map(([a, b, c, d]) => ({ ...one([a, b], [c, d]), block: number }))
        )
    )
  )

describe('cycles', () => {
  test.each([
    [1_000_000n, 1_001_000n, 'no-change', 0.1],
    [1_000_000n, 1_001_001n, 'regression', 0.1001],
    [1_000_000n, 999_000n, 'no-change', -0.1],
    [1_000_000n, 998_999n, 'improvement', -0.1001],
    [1_000_000n, 1_000_000n, 'no-change', 0],
    // Beyond 2^53 a threshold in floating point would lose the last digit.
    [10n ** 18n, 10n ** 18n + 10n ** 15n, 'no-change', 0.1],
    [10n ** 18n, 10n ** 18n + 10n ** 15n + 1n, 'regression', 0.1]
  ] as const)('%s -> %s is %s', (base, head, verdict, percent) => {
    const found = of(reportOf(aRun([one([base, head])])), 'cycles')
    expect(found?.verdict).toBe(verdict)
    expect(found?.percent).toBeCloseTo(percent, 9)
  })

  test('a threshold of zero makes every cycle a change', () => {
    const figures = [one([1_000_000_000n, 1_000_000_001n])]
    const plan = planFor(figures, { cycleThreshold: { text: '0%', numerator: 0n, denominator: 1n } })
    expect(reportOf(aRun(figures, { plan })).cyclesVerdict).toBe('regression')
  })

  test('of blocks that went both ways are mixed', () => {
    const report = reportOf(aRun([one([1000n, 1100n]), { ...one([1000n, 900n]), block: 101 }]))
    expect(report.cyclesVerdict).toBe('mixed')
    expect(report.verdict).toBe('mixed')
  })

  test('overall is the geometric mean of the ratios', () => {
    const report = reportOf(aRun([one([1000n, 2000n]), { ...one([1_000_000n, 500_000n]), block: 101 }]))
    expect(report.overall.find(({ metric }) => metric === 'cycles')?.percent).toBeCloseTo(0, 9)
  })

  test('come by in different ways are not compared', () => {
    const run = aRun([one([1000n, 500n])], {}, (trial, measured) =>
      measured.kind === 'measured' && trial.side === 'head'
        ? {
            kind: 'measured',
            sample: {
              ...measured.sample,
              metrics: {
                ...measured.sample.metrics,
                cycles: { value: count(500n), unit: 'cycles', exactness: 'exact' }
              }
            }
          }
        : measured
    )
    const report = reportOf(run)
    expect(of(report, 'cycles')).toMatchObject({ percent: null, exactness: null, verdict: 'incomparable' })
    expect(report.verdict).toBe('incomparable')
    expect(report.notes).toContainEqual(
      expect.stringContaining('cycles are tracked-spans on base and exact on head')
    )
  })

  test('that a proof of the same side contradicts are not compared', () => {
    const run = aRun([one([1000n, 500n])], {}, (trial, measured) =>
      measured.kind === 'measured' && trial.id === 'timed-r2-100-sp1-base'
        ? {
            kind: 'measured',
            sample: {
              ...measured.sample,
              metrics: {
                ...measured.sample.metrics,
                cycles: { value: count(1001n), unit: 'cycles', exactness: 'tracked-spans' }
              }
            }
          }
        : measured
    )
    const report = reportOf(run)
    expect(of(report, 'cycles')?.verdict).toBe('incomparable')
    expect(report.notes).toContainEqual(
      expect.stringContaining('not deterministic (1000 in one run and 1001 in another)')
    )
  })

  test('that are only a floor carry no verdict', () => {
    const run = aRun([one([1000n, 5000n])], {}, (_trial, measured) =>
      measured.kind === 'measured'
        ? {
            kind: 'measured',
            sample: {
              ...measured.sample,
              metrics: {
                cycles: { ...measured.sample.metrics.cycles!, exactness: 'floor' }
              }
            }
          }
        : measured
    )
    expect(reportOf(run).cyclesVerdict).toBe('inconclusive')
  })

  test('that are zero are no figure', () => {
    const report = reportOf(aRun([one([0n, 5000n])]))
    expect(of(report, 'cycles')).toBeUndefined()
    expect(report.cyclesVerdict).toBe('inconclusive')
    expect(report.notes).toContainEqual(expect.stringContaining('No cycles to compare for block 100'))
  })

  test('missing on one of several blocks leave no calm', () => {
    const run = aRun([one([1000n, 1000n]), { ...one([1000n, 1000n]), block: 101 }], { ending: 'stopped' })
    const records = run.records.filter(({ trial }) => !(trial.block === 101 && trial.side === 'head'))
    expect(reportOf({ ...run, records }).cyclesVerdict).toBe('inconclusive')
  })
})

describe('cycles that nothing had to count', () => {
  const equal = (figures: readonly BlockFigures[], blocks: readonly number[]) => {
    const plan = planFor(figures)
    const planned = plan.blocks.map((each) => ({ ...each, hasEqualCycles: blocks.includes(each.block) }))
    return { plan: { ...plan, blocks: planned } }
  }
  const two = [one([1000n, 1000n]), { ...one([1000n, 1000n]), block: 101 }]
  const silent = (trial: Trial, measured: Outcome): Outcome => {
    if (measured.kind === 'failed' || trial.mode === 'execute') return measured
    const { cycles: _, ...metrics } = measured.sample.metrics
    return { kind: 'measured', sample: { ...measured.sample, metrics } }
  }

  test('are no change, and zero in the mean, where guest and input are equal', () => {
    const report = reportOf(aRun(two, equal(two, [100, 101]), silent))
    expect(report.comparisons.filter(({ metric }) => metric === 'cycles')).toEqual([])
    expect(report.cyclesVerdict).toBe('no-change')
    expect(report.overall.find(({ metric }) => metric === 'cycles')).toMatchObject({ percent: 0, blocks: 2 })
    expect(report.trials.some(({ mode }) => mode === 'execute')).toBe(false)
  })

  test('weigh in the mean beside those that were counted', () => {
    const figures = [one([1_000_000n, 1_020_100n]), { ...one([1000n, 1000n]), block: 101 }]
    const report = reportOf(aRun(figures, equal(figures, [101]), silent))
    expect(report.cyclesVerdict).toBe('regression')
    const overall = report.overall.find(({ metric }) => metric === 'cycles')
    expect(overall?.percent).toBeCloseTo(1, 9)
    expect(overall?.blocks).toBe(2)
  })

  test('are shown as a proof counted them', () => {
    const report = reportOf(aRun(two, equal(two, [100])))
    expect(of(report, 'cycles')).toMatchObject({ base: 1000n, head: 1000n, verdict: 'no-change' })
  })

  test('are incomparable where proofs of the two sides say that they are not equal after all', () => {
    const figures = [one([1000n, 1001n])]
    const report = reportOf(aRun(figures, equal(figures, [100])))
    expect(of(report, 'cycles')).toMatchObject({ percent: null, verdict: 'incomparable' })
    expect(report.verdict).toBe('incomparable')
    expect(report.notes).toContain(
      'Block 100: base counts 1000 cycles and head 1001, though guest and input are equal, so they are not compared.'
    )
  })

  test('are taken from an earlier run, which cost this one nothing', () => {
    const run = aRun(two)
    const records = run.records.map((record) =>
      record.trial.mode === 'execute' && record.trial.side === 'base' ? { ...record, kept: true } : record
    )
    const [own, kept] = [reportOf(run), reportOf({ ...run, records })]
    expect(kept.cyclesVerdict).toBe('no-change')
    expect(kept.wall).toBeLessThan(own.wall)
    expect(kept.proofs).toBe(own.proofs)
    expect(kept.trials.filter((trial) => trial.kept)).toHaveLength(3)
  })

  test('are incomparable where the same build counts otherwise the second time', () => {
    const run = aRun(two, {}, (trial, measured) =>
      trial.cause === 'determinism' && trial.side === 'head' && measured.kind === 'measured'
        ? {
            kind: 'measured',
            sample: {
              ...measured.sample,
              metrics: { cycles: { value: 999n, unit: 'cycles', exactness: 'tracked-spans' } }
            }
          }
        : measured
    )
    const report = reportOf(run)
    expect(report.verdict).toBe('incomparable')
    expect(report.notes).toContainEqual(
      expect.stringContaining('cycles of head are not deterministic (1000 in one run and 999 in another)')
    )
  })
})

/** Four blocks of equal cycles, head slower by so many percent each, on a quiet machine. */
const four = (percents: readonly number[], sd = 0.3, seed = 'a'): readonly BlockFigures[] =>
  noisy(
    percents.map((percent, index) => ({ ...one([1000n, 1000n], [100, 100 + percent]), block: 100 + index })),
    sd,
    seed
  )

const overallTime = (report: Report) => report.overall.find(({ metric }) => metric === 'proving-time')

describe('proving time', () => {
  test("ethrex's recorded times give the percentages of its own table", () => {
    const report = reportOf(aRun(RECORDED))
    const shown = report.comparisons.filter(({ metric }) => metric === 'proving-time')
    expect(shown.map(({ percent }) => percent!.toFixed(1))).toEqual(['-29.2', '-30.6', '-28.3', '-26.8'])
    expect(report.timeVerdict).toBe('improvement')
    expect(report.verdict).toBe('improvement')
  })

  test.each([
    ['regression', [5, 5, 5, 5], 0.3, 1],
    ['improvement', [-5, -5, -5, -5], 0.3, 1],
    ['no-change', [0, 0, 0, 0], 0.3, 1],
    ['no-change', [0.3, 0, -0.4, 0.1], 1, 2],
    ['inconclusive', [1, 1, 1, 1], 3, 3]
  ] as const)('is %s at %j with noise of %d, after %i looks', (verdict, percents, sd, looks) => {
    const report = reportOf(aRun(four(percents, sd)))
    const look = report.time!.looks.at(-1)!
    expect(report.timeVerdict).toBe(verdict)
    expect(report.verdict).toBe(verdict)
    expect(report.time!.looks).toHaveLength(looks)
    expect(overallTime(report)).toEqual({
      zkvm: 'sp1',
      variant: null,
      metric: 'proving-time',
      percent: look.percent,
      interval: look.change,
      verdict,
      pairs: look.pairs,
      blocks: 4
    })
    expect(look.change?.level).toBeCloseTo(1 - 0.01 / 3, 9)
  })

  test('a block that stands out is named, and decides nothing', () => {
    const report = reportOf(aRun(four([0, 5, 0, 0, 0, 0, 0, 0], 0.1)))
    expect(report.timeVerdict).toBe('no-change')
    expect(of(report, 'proving-time', 101)).toMatchObject({ verdict: 'regression' })
    expect(of(report, 'proving-time', 102)).toMatchObject({ verdict: 'no-change' })
    expect(report.verdict).toBe('no-change')
    const faster = reportOf(aRun(four([0, -5, 0, 0, 0, 0, 0, 0], 0.1)))
    expect(of(faster, 'proving-time', 101)).toMatchObject({ verdict: 'improvement' })
  })

  test('a block has the interval of the last look, and without no-change over all none of its own', () => {
    const report = reportOf(aRun(four([5, 5, 5, 0])))
    const [, , , last] = report.time!.looks.at(-1)!.blocks
    expect(of(report, 'proving-time', 103)).toMatchObject({
      interval: last!.interval,
      verdict: 'inconclusive'
    })
  })

  test('before the first look it is an estimate from the pairs at hand', () => {
    const report = reportOf(
      aRun(four([5, 5, 5, 5]), {}, (trial, measured) => (trial.round === 2 ? null : measured))
    )
    expect(report.timeVerdict).toBe('inconclusive')
    expect(overallTime(report)).toMatchObject({
      interval: null,
      verdict: 'inconclusive',
      pairs: 4,
      blocks: 4
    })
    expect(overallTime(report)?.percent).toBeCloseTo(5, 0)
    expect(report.time).toMatchObject({ wouldHaveSeen: null, pairsNeeded: null })
  })

  test('pairs that no look has judged are in no figure', () => {
    const figures = four([1, 1, 1, 1], 3)
    const whole = aRun(figures, {}, (trial, measured) => (trial.round === 3 ? null : measured))
    const more = aRun(figures, {}, (trial, measured) =>
      trial.round === 3 && trial.block === 102 ? null : measured
    )
    const [before, after] = [reportOf(whole), reportOf(more)]
    expect(after.time!.pairs.length).toBeGreaterThan(before.time!.pairs.length)
    const times = (report: Report) => report.comparisons.filter(({ metric }) => metric === 'proving-time')
    expect(times(after)).toEqual(times(before))
    expect(overallTime(after)).toEqual(overallTime(before))
    expect(before.timeVerdict).toBe('inconclusive')
  })

  test('takes only complete pairs of one round', () => {
    const run = aRun([one([1000n, 1000n], [100, 200])])
    const records = run.records.filter(
      ({ trial: { round, side } }) => round === null || (side === 'base') === (round % 2 === 0)
    )
    const report = reportOf({ ...run, records })
    expect(of(report, 'proving-time')).toBeUndefined()
    expect(report.timeVerdict).toBe('inconclusive')
  })

  test.each([0, -1, 1e-320, Number.MAX_VALUE, Number.NaN])('of %s s is no figure', (value) => {
    expect(of(reportOf(withTimes([value, 100])), 'proving-time')).toBeUndefined()
  })

  test('leaves the warm-up out', () => {
    const run = aRun([one([1000n, 1000n], [100, 200])])
    const records = run.records.filter(({ trial }) => trial.phase !== 'timed')
    expect(of(reportOf({ ...run, records }), 'proving-time')).toBeUndefined()
  })

  test('in whole seconds says what they allow', () => {
    const found = of(reportOf(withTimes([87, 143], 'rounded-seconds')), 'proving-time')!
    expect(found.percent).toBeCloseTo(64.4, 1)
    expect(found.rounding?.lo).toBeCloseTo(62.5, 1)
    expect(found.rounding?.hi).toBeCloseTo(65.5, 1)
    expect(found.exactness).toBe('rounded-seconds')
  })

  test('is null in execute mode', () => {
    const plan = planFor([one([1000n, 1000n])], { mode: 'execute' })
    const report = reportOf(aRun([one([1000n, 1000n])], { plan }))
    expect(report).toMatchObject({
      timeVerdict: null,
      time: null,
      verdict: 'no-change',
      proofs: 0,
      gpuMinutes: 0
    })
  })

  test('of two blocks only, where the effort is quick: the others are no gap', () => {
    const figures = four([0, 0, 0, 0])
    const report = reportOf(aRun(figures, { plan: planFor(figures, { effort: 'quick' }) }))
    expect(report.timeVerdict).toBe('no-change')
    expect(overallTime(report)).toMatchObject({ blocks: 2, pairs: 6 })
    expect(report.verdict).toBe('no-change')
  })

  test('is incomparable where the hosts differ', () => {
    const builds = { base: aBuild('a'), head: aBuild('b', { host: sha('d') }) }
    const report = reportOf(aRun(four([5, 5, 5, 5]), { builds }))
    expect(report).toMatchObject({
      cyclesVerdict: 'no-change',
      timeVerdict: 'incomparable',
      verdict: 'incomparable'
    })
    expect(overallTime(report)).toMatchObject({ percent: null, interval: null, verdict: 'incomparable' })
    expect(of(report, 'proving-time')).toMatchObject({ percent: null, verdict: 'incomparable' })
  })

  test('and cycles do not change where nothing that proving depends on differs', () => {
    const run = aRun(four([0, 0, 0, 0]), {
      records: [],
      ending: 'identical',
      builds: { base: null, head: null }
    })
    expect(reportOf(run)).toMatchObject({
      verdict: 'identical',
      cyclesVerdict: 'no-change',
      timeVerdict: 'no-change',
      comparisons: [],
      failures: [],
      proofs: 0
    })
  })
})

/** One block whose proofs take the same on each side every time. */
const withTimes = (times: readonly [number, number], exactness: Exactness = 'derived'): Measurements =>
  aRun([one([1000n, 1000n])], {}, (trial, measured) => {
    if (measured.kind === 'failed' || trial.mode === 'execute') return measured
    const value = times[trial.side === 'base' ? 0 : 1]
    const metrics = { ...measured.sample.metrics, 'proving-time': { value, unit: 's', exactness } as const }
    return { kind: 'measured', sample: { ...measured.sample, metrics } }
  })

describe('what a verdict on time is worth', () => {
  test('the smallest change that would have been seen is half of the interval, on the scale of logs', () => {
    const { time } = reportOf(aRun(four([5, 5, 5, 5])))
    const { lo, hi } = time!.looks[0]!.change!
    const half = (Math.log1p(hi / 100) - Math.log1p(lo / 100)) / 2
    expect(Math.log1p(time!.wouldHaveSeen! / 100)).toBeCloseTo(half, 12)
  })

  test.each(['a', 'b', 'd', 'e'])('what would settle it is more than there was (seed %s)', (seed) => {
    const report = reportOf(aRun(four([1, 1, 1, 1], 4, seed)))
    expect(report.timeVerdict).toBe('inconclusive')
    expect(report.time!.pairsNeeded).toBeGreaterThan(5)
  })

  test('an outlier on either side is repeated and told, and flips nothing', () => {
    for (const side of ['base', 'head'] as const) {
      const slow = (trial: Trial, measured: Outcome): Outcome =>
        trial.id === `timed-r2-101-sp1-${side}` ? stretched(measured, 1.2) : measured
      const report = reportOf(aRun(four([0, 0, 0, 0]), {}, slow))
      expect(report.timeVerdict).toBe('no-change')
      expect(report.time!.repeats).toEqual({ base: side === 'base' ? 1 : 0, head: side === 'head' ? 1 : 0 })
      expect(report.notes).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^Far slower than its like, .*: ${side} in round 2 of block 101, 1\\d\\d\\.\\d s and then \\d+\\.\\d s\\.$`
          )
        )
      )
    }
  })

  test('a head of two speeds is told by how unevenly the repeats fall', () => {
    const figures = four([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1.5)
    const plan = planFor(figures, { effort: 'thorough', gpuMinutes: null })
    const run = aRun(figures, { plan }, (trial, measured) =>
      trial.side === 'head' && trial.take === 1 && trial.round === 2 && trial.block % 4 === 0
        ? stretched(measured, 1.4)
        : measured
    )
    const { notes, time } = reportOf(run)
    expect(time!.repeats).toEqual({ base: 0, head: 3 })
    expect(notes).toContainEqual(expect.stringMatching(/^Repeats: 3 of \d+ head, 0 of \d+ base\. /))
  })

  test('a machine that is all outliers is called unstable', () => {
    const run = aRun(four([0, 0, 0, 0]))
    const { timing } = courseOf(run.plan, run.records)
    const { notes } = compareRun(run, { ...timing!, isUnstable: true })
    expect(notes).toContainEqual(expect.stringMatching(/^Machine unstable: /))
    expect(reportOf(run).notes).toEqual([])
  })

  test('disturbed pairs are listed: what it was, and that they were repeated or dropped', () => {
    const foreign = (trial: Trial): boolean =>
      trial.id === 'timed-r1-101-sp1-head' ||
      (trial.block === 103 && trial.round === 2 && trial.side === 'base')
    const run = aRun(four([0, 0, 0, 0]), {
      gpu: (trial) => {
        const trace = watched(trial)
        return trace === null ? null : { ...trace, foreign: foreign(trial) ? ['7 x'] : [] }
      }
    })
    const report = reportOf(run)
    expect(report.notes).toEqual([
      'Disturbed, so measured again: round 1 of block 101 (another process was on the GPU during head), ' +
        'round 2 of block 103 (another process was on the GPU during base).',
      'Disturbed again, so dropped: round 2 of block 103 (base).'
    ])
    expect(report.timeVerdict).toBe('no-change')
    expect(report.failures).toEqual([])
  })
})

describe('a trial that failed', () => {
  const fails = (...ids: readonly string[]): Report =>
    reportOf(
      aRun(four([0, 0, 0, 0]), {}, (trial, measured) =>
        ids.includes(trial.id) ? failing('proving-failed', 'It says so.', 'log') : measured
      )
    )

  test('and did not when it was tried again is a note', () => {
    const report = fails('timed-r1-101-sp1-head')
    expect(report.failures).toEqual([])
    expect(report.notes).toEqual([
      'Head failed once to prove block 101 in round 1 (proving-failed) and proved it when tried again.'
    ])
    expect(report.verdict).toBe('no-change')
  })

  test('twice in a round, though not in another, costs a pair', () => {
    const report = fails('timed-r2-101-sp1-base', 'timed-r2-101-sp1-base-2')
    expect(report.failures).toEqual([])
    expect(report.notes).toEqual([
      'Base failed twice to prove block 101 in round 2 (proving-failed), though not in another: that pair is dropped.'
    ])
    expect(report.time!.dropped).toEqual([{ block: 101, round: 2, sides: ['base'], why: 'failed' }])
    expect(report.verdict).toBe('no-change')
  })

  test('twice in the first round is a failure of its side', () => {
    const report = fails('timed-r1-101-sp1-head', 'timed-r1-101-sp1-head-2')
    expect(report.verdict).toBe('head-failed')
    expect(report.failures).toEqual([
      {
        side: 'head',
        stage: 'prove',
        block: 101,
        reason: 'proving-failed',
        message: 'It says so.',
        tail: 'log'
      }
    ])
    expect(report.notes).toEqual([])
  })

  test('to execute, and did not when it was tried again, still gives its cycles', () => {
    const report = fails('cycles-101-sp1-head')
    expect(report.cyclesVerdict).toBe('no-change')
    expect(report.notes).toEqual([
      'Head failed once to execute block 101 (proving-failed) and executed it when tried again.'
    ])
  })
})

const mirrored = (verdict: string): string =>
  verdict === 'regression' ? 'improvement' : verdict === 'improvement' ? 'regression' : verdict

const logOf = (percent: number | null): number => Math.log1p(percent! / 100)

describe('properties', () => {
  const noise = fc.tuple(fc.constantFrom(0, 0.3, 1, 4), fc.string({ maxLength: 4 }))

  test('a side compared with itself never changes', () => {
    fc.assert(
      fc.property(figures, noise, (blocks, [sd, seed]) => {
        const error = noiseOf(sd, seed)
        const same = blocks.map((b) => ({
          ...b,
          cycles: { base: b.cycles.base, head: b.cycles.base },
          proving: { base: b.proving.base, head: b.proving.base },
          noise: (trial: Trial) => error({ ...trial, id: `${trial.block} ${trial.round}` })
        }))
        const report = reportOf(aRun(same, { plan: planFor(same, { gpuMinutes: null }) }))
        expect(report.cyclesVerdict).toBe('no-change')
        expect(report.timeVerdict).toBe('no-change')
        for (const { percent, base, head, verdict } of report.comparisons) {
          expect(percent).toBe(0)
          expect(head).toBe(base)
          expect(verdict).not.toMatch(/regression|improvement/)
        }
      })
    )
  })

  test('swapping the sides swaps verdicts and negates the logs of estimates', () => {
    fc.assert(
      fc.property(figures, noise, (blocks, [sd, seed]) => {
        // Within a threshold of the threshold the two bases differ enough to disagree; that is not what is tested.
        fc.pre(
          blocks.every(({ cycles: { base, head } }) => {
            const difference = base > head ? base - head : head - base
            return difference * 1000n > base === difference * 1000n > head
          })
        )
        const run = aRun(noisy(blocks, sd, seed), { plan: planFor(blocks, { gpuMinutes: null }) })
        const [there, back] = [reportOf(run), reportOf(swapped(run))]
        expect(back.comparisons).toHaveLength(there.comparisons.length)
        for (const [index, comparison] of there.comparisons.entries()) {
          const other = back.comparisons[index]!
          expect(other.verdict).toBe(mirrored(comparison.verdict))
          expect(logOf(other.percent)).toBeCloseTo(-logOf(comparison.percent), 9)
        }
        expect(back.cyclesVerdict).toBe(mirrored(there.cyclesVerdict))
        expect(back.timeVerdict).toBe(mirrored(there.timeVerdict!))
        expectMirroredTime(there, back)
      })
    )
  })

  const expectMirroredTime = (there: Report, back: Report): void => {
    const [time, other] = [overallTime(there), overallTime(back)]
    expect(logOf(other!.percent)).toBeCloseTo(-logOf(time!.percent), 9)
    expect(other!.interval === null).toBe(time!.interval === null)
    if (time!.interval !== null) {
      expect(logOf(other!.interval!.lo)).toBeCloseTo(-logOf(time!.interval.hi), 6)
      expect(logOf(other!.interval!.hi)).toBeCloseTo(-logOf(time!.interval.lo), 6)
    }
    expect(back.time!.looks).toHaveLength(there.time!.looks.length)
    expect(back.time!.repeats).toEqual({ base: there.time!.repeats.head, head: there.time!.repeats.base })
  }

  test('the order of records does not matter', () => {
    const run = aRun(RECORDED)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...run.records.keys()], { minLength: run.records.length }),
        (order) => {
          const records = order.map((index) => run.records[index]!)
          const { trials: _a, ...shuffled } = reportOf({ ...run, records })
          const { trials: _b, ...inOrder } = reportOf(run)
          expect({ ...shuffled, wall: 0, gpuMinutes: 0 }).toEqual({ ...inOrder, wall: 0, gpuMinutes: 0 })
        }
      ),
      { numRuns: 20 }
    )
  })
})

describe('states', () => {
  const run = aRun([one([1000n, 900n]), { ...one([1000n, 900n]), block: 101 }])
  const failure = (side: 'base' | 'head' | null, reason: Reason = 'build-failed') => ({
    side,
    stage: 'build' as const,
    block: null,
    reason,
    message: 'It does not build.',
    tail: ''
  })
  const cases: readonly (readonly [string, Measurements, string])[] = [
    ['head alone fails to build', { ...run, failures: [failure('head')] }, 'head-failed'],
    ['base fails to build', { ...run, failures: [failure('base')] }, 'base-failed'],
    ['both fail to build', { ...run, failures: [failure('base'), failure('head')] }, 'base-failed'],
    ['the machine fails', { ...run, failures: [failure(null, 'disk-full')] }, 'infrastructure'],
    [
      'the network fails on one side',
      { ...run, failures: [failure('head', 'fetch-failed')] },
      'infrastructure'
    ],
    ['it ended in infrastructure', { ...run, ending: 'infrastructure' }, 'infrastructure'],
    [
      'it was cancelled, whatever else',
      { ...run, ending: 'cancelled', failures: [failure(null, 'disk-full')] },
      'cancelled'
    ],
    ['nothing failed', run, 'improvement'],
    ['nothing was measured', { ...run, records: [] }, 'inconclusive']
  ]
  test.each(cases)('%s', (_name, measurements, wanted) => {
    expect(reportOf(measurements).verdict).toBe(wanted)
  })

  test('a block that fails on both sides is not the fault of head', () => {
    const both = aRun(RECORDED, {}, (trial, measured) =>
      trial.block === 23426993 && trial.mode === 'execute'
        ? failing('execution-failed', 'It panicked.')
        : measured
    )
    expect(reportOf(both).verdict).toBe('base-failed')
  })

  test('a block that fails on head alone keeps the others', () => {
    const report = reportOf(
      aRun(RECORDED, {}, (trial, measured) =>
        trial.block === 23426995 && trial.side === 'head' && trial.mode === 'prove'
          ? failing('proving-failed', 'It says so.', 'log')
          : measured
      )
    )
    expect(report.verdict).toBe('head-failed')
    expect(report.cyclesVerdict).toBe('improvement')
    expect(overallTime(report)).toMatchObject({ pairs: 3, blocks: 3, verdict: 'inconclusive' })
    expect(report.failures).toEqual([
      {
        side: 'head',
        stage: 'prove',
        block: 23426995,
        reason: 'proving-failed',
        message: 'It says so.',
        tail: 'log'
      }
    ])
  })
})

describe('what is told besides', () => {
  test('spans are matched by path, and a side that lacks one has null', () => {
    const run = aRun([
      {
        ...one([1000n, 900n]),
        spans: {
          base: [span(['a'], 10n), span(['a', 'b'], 5n)],
          head: [span(['a'], 9n), span(['a b'], 1n)]
        }
      }
    ])
    expect(reportOf(run).spans).toEqual([
      { block: block(100), zkvm: 'sp1', variant: null, path: ['a'], base: 10n, head: 9n },
      { block: block(100), zkvm: 'sp1', variant: null, path: ['a', 'b'], base: 5n, head: null },
      { block: block(100), zkvm: 'sp1', variant: null, path: ['a b'], base: null, head: 1n }
    ])
  })

  test('prover gas informs and decides nothing', () => {
    const report = reportOf(aRun([{ ...one([1000n, 1000n]), proverGas: { base: 1000n, head: 2000n } }]))
    expect(of(report, 'prover-gas')).toMatchObject({ verdict: 'regression', percent: 100 })
    expect(report.verdict).toBe('no-change')
  })

  test.each([
    [20, 'gpu-minutes spent in mid-round: look 1 of 3 was made with the data at hand, 6 of 8 pairs.'],
    [14, 'gpu-minutes spent: look 1 of 3 was made with the data at hand, 4 of 8 pairs.'],
    [1, 'gpu-minutes spent: measured 0 of the 8 pairs that look 1 of 3 takes.'],
    [29, 'gpu-minutes spent: measured 8 of the 12 pairs that look 2 of 3 takes.'],
    [34, 'gpu-minutes spent in mid-round: look 2 of 3 was made with the data at hand, 10 of 12 pairs.']
  ])('a budget of %d min that is spent is said in pairs', (budget, note) => {
    const figures = four([1, 1, 1, 1], 3)
    const run = aRun(figures, { plan: planFor(figures, { gpuMinutes: minutes(budget) }) })
    const report = reportOf(run)
    expect(report.ending).toBe('budget-spent')
    expect(report.caveats).toContain(note)
    expect(report.timeVerdict).toBe('inconclusive')
  })

  test('a remark on many trials is said once', () => {
    const run = aRun([one([1000n, 1000n])])
    const records = run.records.map((record) => ({
      ...record,
      remarks: ['Left-over processes were ended: 17 sleep']
    }))
    const notes = reportOf({ ...run, records }).notes.filter((note) => note.includes('Left-over'))
    expect(notes).toEqual([
      'Left-over processes were ended: 17 sleep (cycles-100-sp1-base, cycles-100-sp1-head, cycles-100-sp1-base-2, ' +
        'cycles-100-sp1-head-2, warm-up-100-sp1-base and 10 more)'
    ])
  })

  test('builds that differ in more than ethrex are told apart', () => {
    const builds = {
      base: aBuild('a', { lockChanges: ['x 1.0.0 -> 1.1.0', 'y 1.0.0 -> 1.0.1'] }),
      head: aBuild('b', {
        toolchain: 'rustc 1.91.0',
        features: ['sp1'],
        lockChanges: ['y 1.0.0 -> 1.0.1', 'z 1 -> 2']
      })
    }
    const { notes } = reportOf(aRun([one([1000n, 1000n])], { builds }))
    expect(notes).toEqual([
      'Toolchains differ: base rustc 1.90.0 (1159e78c4 2025-09-14), head rustc 1.91.0.',
      'Features differ: base sp1,gpu, head sp1.',
      'Locked packages that only base changed: x 1.0.0 -> 1.1.0.',
      'Locked packages that only head changed: z 1 -> 2.',
      'Locked packages that cargo changed for both sides alike: 1.'
    ])
  })

  test('proofs, GPU minutes, progress and wall time are counted from the records', () => {
    const run = aRun([one([40_000_000n, 40_000_000n], [60, 60])])
    const records = run.records.map((record) => ({ ...record, wall: seconds(30) }))
    const report = reportOf({ ...run, records })
    expect(report).toMatchObject({
      proofs: 10,
      gpuMinutes: 5.5,
      progress: { done: 15, planned: 39 },
      wall: 450
    })
    expect(report.trials.find(({ id }) => id === 'timed-r2-100-sp1-head')).toMatchObject({
      id: 'timed-r2-100-sp1-head',
      outcome: 'measured',
      reason: null,
      seconds: 60,
      cycles: 40_000_000n,
      wall: 30
    })
  })
})
