import { describe, expect, test } from 'vitest'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { Report } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { courseOf } from '../../src/plan/schedule.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { aRun, failing, noisy, planFor, stretched, watched, type BlockFigures } from '../support/runs.ts'

/** Blocks 100, 101, … of equal cycles, head slower by so many percent each. */
const blocksOf = (percents: readonly number[], sd = 0.3, seed = 'a'): readonly BlockFigures[] =>
  noisy(
    percents.map((percent, index) => ({
      block: 100 + index,
      gas: 20_000_000n,
      cycles: { base: 1000n, head: 1000n },
      proving: { base: 100, head: 100 + percent }
    })),
    sd,
    seed
  )

const four = (sd: number, percent = 0, seed = 'a') => blocksOf([percent, percent, percent, percent], sd, seed)

const runOf = (figures: readonly BlockFigures[], changes: Partial<Plan> = {}): Measurements =>
  aRun(figures, { plan: planFor(figures, changes) })

const timeOf = ({ comparisons }: Report, block = 100) =>
  comparisons.find((one) => one.metric === 'proving-time' && one.block === block)!

/** The run with every proving time come by in another way. */
const asIf = (run: Measurements, exactness: Exactness, value = (time: number) => time): Measurements => ({
  ...run,
  records: run.records.map((record) => {
    const { outcome } = record
    if (outcome.kind === 'failed' || record.trial.mode === 'execute') return record
    const time = { value: value(Number(outcome.sample.metrics['proving-time']!.value)), unit: 's', exactness }
    const metrics = { ...outcome.sample.metrics, 'proving-time': time } as const
    return { ...record, outcome: { kind: 'measured', sample: { ...outcome.sample, metrics } } }
  }) as Measurements['records']
})

describe('one block alone is the whole', () => {
  test.each([
    [5, 'regression'],
    [-5, 'improvement'],
    [2.5, 'regression'],
    [0, 'no-change']
  ] as const)('%d percent slower: %s, of the block and of all', (percent, verdict) => {
    const report = reportOf(runOf(blocksOf([percent])))
    expect(report.timeVerdict).toBe(verdict)
    expect(timeOf(report).verdict).toBe(verdict)
    expect(timeOf(report).interval).toEqual(report.time!.looks.at(-1)!.change)
  })
})

describe('pairs that would settle it', () => {
  test('are none where it is settled', () => {
    for (const percent of [0, 5]) {
      expect(reportOf(runOf(four(0.3, percent))).time).toMatchObject({ pairsNeeded: null })
    }
  })

  test.each(['a', 'b', 'c', 'd', 'e', 'f'])(
    'are more than there are, and a first look at least (%s)',
    (seed) => {
      for (const effort of ['quick', 'default', 'thorough'] as const) {
        for (const budget of [12, 22, 30, 45]) {
          const figures = four(3, 1, seed)
          const { time, plan } = reportOf(runOf(figures, { effort, gpuMinutes: minutes(budget) }))
          const look = time!.looks.at(-1)
          if (look?.verdict !== 'inconclusive' || time!.pairsNeeded === null) continue
          expect(time!.pairsNeeded).toBeGreaterThan(Math.min(...look.blocks.map(({ pairs }) => pairs)))
          expect(time!.pairsNeeded).toBeGreaterThanOrEqual(plan.timing!.looks[0]!)
        }
      }
    }
  )

  test('are not known where the noise is not', () => {
    // Two pairs of one block: one degree of freedom.
    const { time } = reportOf(runOf(blocksOf([1]), { gpuMinutes: minutes(8) }))
    expect(time!.looks).toMatchObject([{ reason: 'too-few-pairs', df: 1 }])
    expect(time).toMatchObject({ pairsNeeded: null, wouldHaveSeen: null })
  })

  test('are unknown where cutting off hides more than the margin: no pairs make up for that', () => {
    const figures = four(0.3)
    const short = figures.map((one) => ({ ...one, proving: { base: 20, head: 20 } }))
    const report = reportOf(asIf(runOf(short), 'rounded-seconds', Math.floor))
    expect(report.timeVerdict).toBe('inconclusive')
    expect(report.time!.pairsNeeded).toBe(null)
    expect(report.time!.wouldHaveSeen).toBeGreaterThan(4.5)
  })
})

describe('times that are cut to whole seconds', () => {
  const run = asIf(runOf(four(0.3, 5)), 'rounded-seconds', Math.floor)
  const report = reportOf(run)

  test('widen the intervals, of all and of each block, by what they allow', () => {
    // The same seconds, known in full.
    const sharp = reportOf(asIf(run, 'derived'))
    const wider = (block: number, end: 'lo' | 'hi'): number => {
      const [blurred, known] = [timeOf(report, block), timeOf(sharp, block)]
      return Math.log1p(blurred.interval![end] / 100) - Math.log1p(known.interval![end] / 100)
    }
    const allowed = (block: number, end: 'lo' | 'hi'): number => {
      const { rounding, percent } = timeOf(report, block)
      return Math.log1p(rounding![end] / 100) - Math.log1p(percent! / 100)
    }
    const blocks = report.comparisons.filter(({ metric }) => metric === 'proving-time')
    for (const end of ['lo', 'hi'] as const) {
      for (const { block } of blocks) expect(wider(block, end)).toBeCloseTo(allowed(block, end), 12)
      const [all, known] = [report, sharp].map(({ time }) => Math.log1p(time!.looks[0]!.change![end] / 100))
      const mean = blocks.reduce((sum, { block }) => sum + allowed(block, end), 0) / blocks.length
      expect(all! - known!).toBeCloseTo(mean, 12)
    }
  })

  test('and the report says so', () => {
    expect(report.notes).toContain(
      'Some proving times are whole seconds; the range in round brackets beside a percentage is what they allow, ' +
        'and every interval is wider by it.'
    )
  })

  test('a bound that nobody knows the distance of is no figure to judge', () => {
    const floors = reportOf(asIf(runOf(four(0.3, 5)), 'floor'))
    expect(floors.timeVerdict).toBe('inconclusive')
    expect(timeOf(floors)).toMatchObject({ exactness: 'floor', rounding: null, interval: null })
    expect(floors.time!.looks.at(-1)).toMatchObject({ change: null, same: null, reason: 'undecided' })
  })
})

describe('a budget that is spent', () => {
  const spent = (budget: number, slow: string): Report => {
    const figures = four(3)
    const plan = planFor(figures, { gpuMinutes: minutes(budget) })
    return reportOf(
      aRun(figures, { plan }, (trial, measured) => (trial.id === slow ? stretched(measured, 2.5) : measured))
    )
  }

  test('before the outliers of the last look are repeated is said so', () => {
    const report = spent(41 * 1.75, 'timed-r5-103-sp1-head')
    expect(report.ending).toBe('budget-spent')
    expect(report.time!.looks.at(-1)).toMatchObject({ index: 3, pairs: 20 })
    expect(report.caveats).toEqual([
      'gpu-minutes spent: look 3 of 3 was made without repeating its outliers.'
    ])
  })

  test('before those of an earlier one are: the next look was not reached', () => {
    const report = spent(17 * 1.75, 'timed-r2-103-sp1-head')
    expect(report.time!.looks.at(-1)).toMatchObject({ index: 1, pairs: 8, verdict: 'inconclusive' })
    expect(report.caveats).toEqual(['gpu-minutes spent: measured 8 of the 12 pairs that look 2 of 3 takes.'])
  })
})

describe('trials that were made again', () => {
  test('are more than the plan holds', () => {
    const figures = four(0.3)
    const run = aRun(figures, {
      gpu: (trial) => {
        const trace = watched(trial)
        return trace === null ? null : { ...trace, throttled: ['hw-slowdown'] }
      }
    })
    const { progress, trials } = reportOf(run)
    const again = trials.filter(({ cause }) => cause === 'polluted').length
    expect(again).toBe(16)
    expect(progress).toEqual({ done: trials.length, planned: run.planned + again })
  })

  test('and failed again are told as often as they did', () => {
    const figures = four(0.3)
    const fails = ['timed-r2-101-sp1-head', 'timed-r2-101-sp1-head-3']
    const run = aRun(
      figures,
      {
        gpu: (trial) => {
          const trace = watched(trial)
          const isHot = trial.id === 'timed-r2-101-sp1-head-2'
          return trace === null ? null : { ...trace, throttled: isHot ? ['hw-slowdown'] : [] }
        }
      },
      (trial, measured) => (fails.includes(trial.id) ? failing('timeout', 'It says so.') : measured)
    )
    expect(reportOf(run).notes).toContain(
      'Head failed twice to prove block 101 in round 2 (timeout) and proved it when tried again.'
    )
  })

  test('for the count alone cost no pair', () => {
    const run = aRun(four(0.3), {}, (trial, measured) =>
      trial.take > 1 && trial.side === 'base' ? failing('timeout', 'It says so.') : measured
    )
    expect(reportOf(run).notes).toEqual([
      'Base failed twice to execute block 100 (timeout), though not the first time: whether it counts the same again is not known.'
    ])
  })

  test('but not all of them yet change no figure of the look before', () => {
    // Two rounds so uneven that nothing sticks out; held against three even ones, heads of both do.
    const figures = four(0)
    const uneven = { 1: 1.08, 2: 0.92 } as const
    const plan = planFor(figures)
    const run = aRun(
      figures,
      { plan: { ...plan, timing: { ...plan.timing!, looks: [2, 5] } } },
      ({ side, round, take }, measured) =>
        side === 'head' && take === 1 && (round === 1 || round === 2)
          ? stretched(measured, uneven[round])
          : measured
    )
    const first = run.records.findIndex(({ trial }) => trial.cause === 'outlier')
    const at = (count: number): Report =>
      reportOf({ ...run, records: run.records.slice(0, count), ending: 'cancelled' })
    const [before, after] = [at(first), at(first + 1)]
    expect(run.records[first + 1]?.trial.cause).toBe('outlier')
    expect(after.comparisons).toEqual(before.comparisons)
    expect(after.time!.looks).toEqual(before.time!.looks)
  })
})

describe('nobody is blamed', () => {
  test('for what failed beside a process of somebody else', () => {
    const figures = four(0.3)
    const isHit = (id: string): boolean => id.startsWith('timed-r1-101-sp1-head')
    const run = aRun(
      figures,
      {
        gpu: (trial) => {
          const trace = watched(trial)
          return trace === null ? null : { ...trace, foreign: isHit(trial.id) ? ['7 x'] : [] }
        }
      },
      (trial, measured) => (isHit(trial.id) ? failing('proving-failed', 'Out of memory.', 'log') : measured)
    )
    const report = reportOf(run)
    expect(report.verdict).toBe('infrastructure')
    expect(report.failures).toEqual([
      {
        side: null,
        stage: 'prove',
        block: 101,
        reason: 'gpu-busy',
        message:
          'head failed (proving-failed) while another process was on the GPU, so nobody can say whose fault it is: Out of memory.',
        tail: 'log'
      }
    ])
    expect(courseOf(run.plan, run.records).next).toEqual({ kind: 'done', ending: 'complete' })
  })

  test('of two sides that fail alike, though base is known to have done it in an earlier run', () => {
    const figures = four(0.3)
    const whole = aRun(figures)
    const records = whole.records
      .filter(({ trial: { phase, side, take } }) => phase === 'cycles' && side === 'base' && take === 1)
      .map((record) => ({ ...record, kept: true, wall: seconds(0) }))
    const fails = failing('execution-failed', 'It panicked.')
    for (;;) {
      const { next } = courseOf(whole.plan, records)
      if (next.kind === 'done') break
      records.push({ ...records[0]!, trial: next.trial, outcome: fails, kept: false, wall: seconds(1) })
    }
    const report = reportOf({ ...whole, records })
    expect(report.verdict).toBe('base-failed')
    expect(new Set(report.failures.map(({ side }) => side))).toEqual(new Set(['base', 'head']))
    expect(report.trials.some(({ mode }) => mode === 'prove')).toBe(false)
  })
})
