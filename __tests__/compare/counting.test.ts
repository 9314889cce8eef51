import { describe, expect, test } from 'vitest'
import type { Exactness, Unit } from '../../src/domain/metric.ts'
import { count } from '../../src/domain/quantity.ts'
import type { Report } from '../../src/domain/report.ts'
import type { Figure } from '../../src/domain/sample.ts'
import type { Outcome, Trial } from '../../src/domain/trial.ts'
import type { ZkVm } from '../../src/domain/workload.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { aRun, planFor, type BlockFigures } from '../support/runs.ts'

const FIGURES: readonly BlockFigures[] = [
  {
    block: 100,
    gas: 20_000_000n,
    cycles: { base: 40_007_528n, head: 38_000_000n },
    proving: { base: 100, head: 90 }
  }
]

const counted = (value: bigint, unit: Unit, exactness: Exactness = 'exact'): Figure => ({
  value: count(value),
  unit,
  exactness
})

/** The run of a zkVM whose trials count as told: figures by metric, or none. */
const runOf = (
  zkvm: ZkVm,
  count: (trial: Trial, value: bigint) => Readonly<Record<string, Figure>>,
  mode: 'prove' | 'execute' = 'prove'
): Report =>
  reportOf(
    aRun(FIGURES, { plan: planFor(FIGURES, { zkvm, mode }) }, (trial, measured): Outcome => {
      if (measured.kind === 'failed') return measured
      const { cycles, ...rest } = measured.sample.metrics
      const metrics = { ...rest, ...count(trial, BigInt(cycles!.value)) }
      return { kind: 'measured', sample: { ...measured.sample, metrics } }
    })
  )

const cyclesOf = (report: Report) => report.comparisons.find(({ metric }) => metric === 'cycles')

describe('what a zkVM counts in place of cycles', () => {
  test('is compared in its unit: the steps of ZisK', () => {
    const report = runOf('zisk', (_trial, value) => ({
      cycles: counted(value, 'steps'),
      steps: counted(value, 'steps')
    }))
    expect(cyclesOf(report)).toMatchObject({ unit: 'steps', base: 40_007_528n, head: 38_000_000n })
    expect(report.cyclesVerdict).toBe('improvement')
  })

  test('is called by its name where it is not the same twice, once for both metrics', () => {
    const report = runOf('zisk', ({ cause, side }, value) => {
      const steps = counted(cause === 'determinism' && side === 'head' ? value + 1n : value, 'steps')
      return { cycles: steps, steps }
    })
    expect(report.cyclesVerdict).toBe('incomparable')
    expect(report.notes).toEqual([
      'Block 100: steps of head are not deterministic (38000000 in one run and 38000001 in another), so they are not compared.'
    ])
  })

  test('is not compared across units', () => {
    const report = runOf('zisk', ({ side }, value) => ({
      cycles: counted(value, side === 'base' ? 'steps' : 'cycles')
    }))
    expect(cyclesOf(report)).toMatchObject({ percent: null, verdict: 'incomparable' })
    expect(report.notes).toContain('Block 100: base counts steps and head cycles, so they are not compared.')
  })
})

describe('where executions say nothing of cycles', () => {
  const inProofs = ({ mode }: Trial, value: bigint): Readonly<Record<string, Figure>> =>
    mode === 'execute'
      ? {}
      : { cycles: counted(value, 'instructions'), instructions: counted(value, 'instructions') }

  test('proofs count, exactly: the instructions of OpenVM', () => {
    const report = runOf('openvm', inProofs)
    for (const metric of ['cycles', 'instructions']) {
      expect(report.comparisons.find((one) => one.metric === metric)).toMatchObject({
        unit: 'instructions',
        base: 40_007_528n,
        head: 38_000_000n,
        exactness: 'exact',
        pairs: 1
      })
    }
    expect(report.cyclesVerdict).toBe('improvement')
    expect(report.notes).toEqual([])
  })

  test('proofs that contradict one another are not compared', () => {
    const report = runOf('openvm', (trial, value) =>
      inProofs(trial, trial.side === 'base' && trial.round === 2 ? value + 1n : value)
    )
    expect(cyclesOf(report)?.verdict).toBe('incomparable')
    expect(report.notes).toContainEqual(
      expect.stringContaining('instructions of base are not deterministic (40007528 in one run and 40007529')
    )
  })

  test('nothing is compared before a side was proved, and nothing at all where none is', () => {
    const report = runOf('openvm', inProofs, 'execute')
    expect(cyclesOf(report)).toBeUndefined()
    expect(report.cyclesVerdict).toBe('inconclusive')
    expect(report.notes).toContain('No instructions to compare for block 100: not reported by both sides.')
  })

  test('blocks that are not timed are none that should have been counted', () => {
    const figures = [...FIGURES, { ...FIGURES[0]!, block: 101, gas: 30_000_000n }]
    const plan = planFor(figures, { zkvm: 'openvm' })
    const timing = { ...plan.timing!, blocks: [plan.blocks[0]!.block] }
    const verdictOf = (zkvm: ZkVm): unknown =>
      reportOf(
        aRun(figures, { plan: { ...plan, zkvm, timing } }, (trial, measured): Outcome => {
          if (measured.kind === 'failed') return measured
          const { cycles: _, ...rest } = measured.sample.metrics
          const metrics = { ...rest, ...inProofs(trial, 1000n) }
          return { kind: 'measured', sample: { ...measured.sample, metrics } }
        })
      ).cyclesVerdict
    expect(verdictOf('openvm')).toBe('no-change')
    // Of these every block was to be counted by its execution.
    expect(verdictOf('zisk')).toBe('inconclusive')
  })

  test('the floor that a proof prints is no count', () => {
    const report = runOf('sp1', ({ mode }, value) =>
      mode === 'execute' ? {} : { cycles: counted(value, 'cycles', 'floor') }
    )
    expect(cyclesOf(report)).toBeUndefined()
    expect(report.cyclesVerdict).toBe('inconclusive')
  })

  test('a proof does not stand in for an execution that counts', () => {
    const report = runOf('sp1', ({ mode }, value) => ({
      cycles: counted(
        mode === 'execute' ? value : value + 7n,
        'cycles',
        mode === 'execute' ? 'tracked-spans' : 'exact'
      )
    }))
    expect(cyclesOf(report)).toMatchObject({ base: 40_007_528n, exactness: 'tracked-spans' })
  })
})
