import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRun } from '../../src/compare/compare.ts'
import type { Reason } from '../../src/domain/failure.ts'
import { count, minutes, seconds } from '../../src/domain/quantity.ts'
import type { Report } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { block } from '../support/plans.ts'
import { RECORDED } from '../support/recorded.ts'
import { aBuild, aRun, failing, planFor, span, swapped, type BlockFigures } from '../support/runs.ts'

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
    const found = of(compareRun(aRun([one([base, head])])), 'cycles')
    expect(found?.verdict).toBe(verdict)
    expect(found?.percent).toBeCloseTo(percent, 9)
  })

  test('a threshold of zero makes every cycle a change', () => {
    const figures = [one([1_000_000_000n, 1_000_000_001n])]
    const plan = planFor(figures, { cycleThreshold: { text: '0%', numerator: 0n, denominator: 1n } })
    expect(compareRun(aRun(figures, { plan })).cyclesVerdict).toBe('regression')
  })

  test('of blocks that went both ways are mixed', () => {
    const report = compareRun(aRun([one([1000n, 1100n]), { ...one([1000n, 900n]), block: 101 }]))
    expect(report.cyclesVerdict).toBe('mixed')
    expect(report.verdict).toBe('mixed')
  })

  test('overall is the geometric mean of the ratios', () => {
    const report = compareRun(aRun([one([1000n, 2000n]), { ...one([1_000_000n, 500_000n]), block: 101 }]))
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
    const report = compareRun(run)
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
    const report = compareRun(run)
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
    expect(compareRun(run).cyclesVerdict).toBe('inconclusive')
  })

  test('that are zero are no figure', () => {
    const report = compareRun(aRun([one([0n, 5000n])]))
    expect(of(report, 'cycles')).toBeUndefined()
    expect(report.cyclesVerdict).toBe('inconclusive')
    expect(report.notes).toContainEqual(expect.stringContaining('No cycles to compare for block 100'))
  })

  test('missing on one of several blocks leave no calm', () => {
    const run = aRun([one([1000n, 1000n]), { ...one([1000n, 1000n]), block: 101 }], { ending: 'stopped' })
    const records = run.records.filter(({ trial }) => !(trial.block === 101 && trial.side === 'head'))
    expect(compareRun({ ...run, records }).cyclesVerdict).toBe('inconclusive')
  })
})

describe('proving time', () => {
  test("ethrex's recorded times give the percentages of its own table", () => {
    const report = compareRun(aRun(RECORDED))
    const shown = report.comparisons.filter(({ metric }) => metric === 'proving-time')
    expect(shown.map(({ percent }) => percent!.toFixed(1))).toEqual(['-29.2', '-30.6', '-28.3', '-26.8'])
    expect(report.timeVerdict).toBe('inconclusive')
    expect(report.verdict).toBe('improvement')
  })

  test('is never a verdict, however large the change', () => {
    const report = compareRun(aRun([one([1000n, 1000n], [100, 1000])]))
    expect(report.timeVerdict).toBe('inconclusive')
    expect(report.verdict).toBe('inconclusive')
    expect(report.overall.find(({ metric }) => metric === 'proving-time')).toMatchObject({
      pairs: 2,
      blocks: 1
    })
  })

  test('takes only complete pairs of one round', () => {
    const run = aRun([one([1000n, 1000n], [100, 200])])
    const records = run.records.filter(
      ({ trial }) => trial.id !== 'timed-r1-100-sp1-base' && trial.id !== 'timed-r2-100-sp1-head'
    )
    const report = compareRun({ ...run, records })
    expect(of(report, 'proving-time')).toBeUndefined()
    expect(report.timeVerdict).toBe('inconclusive')
  })

  test.each([0, -1, 1e-320, Number.MAX_VALUE, Number.NaN])('of %s s is no figure', (value) => {
    const figures = [one([1000n, 1000n], [value, 100])]
    const report = compareRun(aRun(figures, { plan: planFor(figures, { rounds: 1 }) }))
    expect(of(report, 'proving-time')).toBeUndefined()
  })

  test('leaves the warm-up out', () => {
    const run = aRun([one([1000n, 1000n], [100, 200])])
    const records = run.records.filter(({ trial }) => trial.phase !== 'timed')
    expect(of(compareRun({ ...run, records }), 'proving-time')).toBeUndefined()
  })

  test('in whole seconds says what they allow', () => {
    const run = aRun([one([1000n, 1000n])], {}, (trial, measured) =>
      measured.kind === 'measured' && trial.mode === 'prove'
        ? {
            kind: 'measured',
            sample: {
              ...measured.sample,
              metrics: {
                ...measured.sample.metrics,
                'proving-time': {
                  value: trial.side === 'base' ? 87 : 143,
                  unit: 's',
                  exactness: 'rounded-seconds'
                }
              }
            }
          }
        : measured
    )
    const found = of(compareRun(run), 'proving-time')!
    expect(found.percent).toBeCloseTo(64.4, 1)
    expect(found.rounding?.lo).toBeCloseTo(62.5, 1)
    expect(found.rounding?.hi).toBeCloseTo(65.5, 1)
    expect(found.exactness).toBe('rounded-seconds')
  })

  test('is null in execute mode', () => {
    const plan = planFor([one([1000n, 1000n])], { mode: 'execute', rounds: 0 })
    const report = compareRun(aRun([one([1000n, 1000n])], { plan }))
    expect(report).toMatchObject({ timeVerdict: null, verdict: 'no-change', proofs: 0, gpuMinutes: 0 })
  })
})

describe('properties', () => {
  test('a side compared with itself never changes', () => {
    fc.assert(
      fc.property(figures, (blocks) => {
        const same = blocks.map((b) => ({
          ...b,
          cycles: { base: b.cycles.base, head: b.cycles.base },
          proving: { base: b.proving.base, head: b.proving.base }
        }))
        const report = compareRun(aRun(same))
        expect(report.cyclesVerdict).toBe('no-change')
        expect(report.verdict).toBe('inconclusive')
        for (const { percent, base, head } of report.comparisons) {
          expect(percent).toBe(0)
          expect(head).toBe(base)
        }
      })
    )
  })

  test('swapping the sides swaps verdicts and negates the logs of estimates', () => {
    const mirrored = { regression: 'improvement', improvement: 'regression' } as const
    fc.assert(
      fc.property(figures, (blocks) => {
        // Within a threshold of the threshold the two bases differ enough to disagree; that is not what is tested.
        fc.pre(
          blocks.every(({ cycles: { base, head } }) => {
            const difference = base > head ? base - head : head - base
            return difference * 1000n > base === difference * 1000n > head
          })
        )
        const run = aRun(blocks)
        const [there, back] = [compareRun(run), compareRun(swapped(run))]
        for (const [index, comparison] of there.comparisons.entries()) {
          const other = back.comparisons[index]!
          const wanted =
            comparison.verdict in mirrored ? mirrored[comparison.verdict as 'regression'] : comparison.verdict
          expect(other.verdict).toBe(wanted)
          const logs = [comparison, other].map(({ percent }) => Math.log1p(percent! / 100))
          expect(Math.abs(logs[0]! + logs[1]!)).toBeLessThan(1e-9)
        }
        expect(back.cyclesVerdict).toBe(
          there.cyclesVerdict in mirrored
            ? mirrored[there.cyclesVerdict as 'regression']
            : there.cyclesVerdict
        )
      })
    )
  })

  test('the order of records does not matter', () => {
    const run = aRun(RECORDED)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...run.records.keys()], { minLength: run.records.length }),
        (order) => {
          const records = order.map((index) => run.records[index]!)
          const { trials: _a, ...shuffled } = compareRun({ ...run, records })
          const { trials: _b, ...inOrder } = compareRun(run)
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
    expect(compareRun(measurements).verdict).toBe(wanted)
  })

  test('a block that fails on both sides is not the fault of head', () => {
    const both = aRun(RECORDED, {}, (trial, measured) =>
      trial.block === 23426993 && trial.mode === 'execute'
        ? failing('execution-failed', 'It panicked.')
        : measured
    )
    expect(compareRun(both).verdict).toBe('base-failed')
  })

  test('a block that fails on head alone keeps the others', () => {
    const report = compareRun(
      aRun(RECORDED, {}, (trial, measured) =>
        trial.block === 23426995 && trial.side === 'head' && trial.mode === 'prove'
          ? failing('proving-failed', 'It says so.', 'log')
          : measured
      )
    )
    expect(report.verdict).toBe('head-failed')
    expect(report.cyclesVerdict).toBe('improvement')
    expect(report.overall.find(({ metric }) => metric === 'proving-time')).toMatchObject({
      pairs: 6,
      blocks: 3
    })
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
    expect(compareRun(run).spans).toEqual([
      { block: block(100), zkvm: 'sp1', path: ['a'], base: 10n, head: 9n },
      { block: block(100), zkvm: 'sp1', path: ['a', 'b'], base: 5n, head: null },
      { block: block(100), zkvm: 'sp1', path: ['a b'], base: null, head: 1n }
    ])
  })

  test('prover gas informs and decides nothing', () => {
    const report = compareRun(aRun([{ ...one([1000n, 1000n]), proverGas: { base: 1000n, head: 2000n } }]))
    expect(of(report, 'prover-gas')).toMatchObject({ verdict: 'regression', percent: 100 })
    expect(report.verdict).toBe('inconclusive')
  })

  test('a spent budget is said in pairs', () => {
    const run = aRun(RECORDED, {
      ending: 'budget-spent',
      plan: planFor(RECORDED, { gpuMinutes: minutes(1) })
    })
    const records = run.records.filter(({ trial }) => trial.round !== 2)
    expect(compareRun({ ...run, records }).notes).toContain('gpu-minutes spent: measured 4 of 8 pairs.')
  })

  test('a remark on many trials is said once', () => {
    const run = aRun([one([1000n, 1000n])])
    const records = run.records.map((record) => ({
      ...record,
      remarks: ['Left-over processes were ended: 17 sleep']
    }))
    const notes = compareRun({ ...run, records }).notes.filter((note) => note.includes('Left-over'))
    expect(notes).toEqual([
      'Left-over processes were ended: 17 sleep (cycles-100-sp1-base, cycles-100-sp1-head, warm-up-100-sp1-base, ' +
        'timed-r1-100-sp1-base, timed-r1-100-sp1-head and 2 more)'
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
    const { notes } = compareRun(aRun([one([1000n, 1000n])], { builds }))
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
    const report = compareRun({ ...run, records })
    expect(report).toMatchObject({
      proofs: 4,
      gpuMinutes: 2.5,
      progress: { done: 7, planned: 7 },
      wall: 210
    })
    expect(report.trials.find(({ id }) => id === 'timed-r2-100-sp1-head')).toMatchObject({
      id: 'timed-r2-100-sp1-head',
      outcome: 'measured',
      reason: null,
      seconds: 60.001,
      cycles: 40_000_000n,
      wall: 30
    })
  })
})
