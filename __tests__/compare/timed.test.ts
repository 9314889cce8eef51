import { expect, test } from 'vitest'
import type { Outcome, Trial } from '../../src/domain/trial.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { aRun, type BlockFigures } from '../support/runs.ts'

const FIGURES: readonly BlockFigures[] = [
  {
    block: 100,
    gas: 20_000_000n,
    cycles: { base: 1_000_000n, head: 1_000_000n },
    proving: { base: 100, head: 100 }
  }
]

/** The first execution of a process includes the client's setup, a container's start among it. */
const withSetup = (trial: Trial, measured: Outcome): Outcome =>
  measured.kind === 'measured' && trial.side === 'head'
    ? {
        kind: 'measured',
        sample: {
          ...measured.sample,
          metrics: {
            ...measured.sample.metrics,
            'execution-time': { value: 300, unit: 's', exactness: 'derived' }
          }
        }
      }
    : measured

test('trap 7: an execution time, which includes the setup of SP1, is shown and decides nothing', () => {
  const report = reportOf(aRun(FIGURES, {}, withSetup))
  const shown = report.comparisons.find(({ metric }) => metric === 'execution-time')
  expect(shown?.head).toBeCloseTo(300)
  expect(shown?.percent).toBeGreaterThan(1000)
  expect(shown).toMatchObject({ verdict: 'inconclusive', interval: null })
  expect(report.verdict).toBe('no-change')
  expect(report.timeVerdict).toBe('no-change')
  expect(report.overall.find(({ metric }) => metric === 'execution-time')?.verdict).toBe('inconclusive')
})
