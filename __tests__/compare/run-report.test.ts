import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runReportOf } from '../../src/compare/run-report.ts'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { ReferenceReport, Report } from '../../src/domain/report.ts'
import type { Ending } from '../../src/domain/run.ts'
import {
  joinAll,
  METRIC_VERDICTS,
  RUN_STATES,
  type MetricVerdict,
  type RunVerdict
} from '../../src/domain/verdict.ts'
import type { ZkVm } from '../../src/domain/workload.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import { sha } from '../support/plans.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun } from '../support/runs.ts'

const plain = reportOf(aRun(RECORDED))

interface Said {
  readonly zkvm?: ZkVm
  readonly variant?: string | null
  readonly verdict?: RunVerdict
  readonly cycles?: MetricVerdict
  readonly time?: MetricVerdict | null
  readonly ending?: Ending
}

/** A leg that says so; by default nothing changed. */
const leg = ({
  zkvm = 'sp1',
  variant = null,
  verdict,
  cycles = 'no-change',
  time,
  ending
}: Said): Report => ({
  ...plain,
  plan: { ...plain.plan, zkvm, variant },
  verdict: verdict ?? joinAll([cycles, ...(time === undefined || time === null ? [] : [time])]),
  cyclesVerdict: cycles,
  timeVerdict: time ?? null,
  ending: ending ?? plain.ending
})

const reference: ReferenceReport = {
  prover: 'rsp',
  revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: sha('d') },
  blocks: [],
  failures: [],
  notes: [],
  gpuMinutes: minutes(12.5)
}

const verdictOf = (...legs: readonly Said[]): RunVerdict => runReportOf(legs.map(leg), null).verdict

test('one leg and no reference: the run says what the leg says', () => {
  const run = runReportOf([plain], null)
  expect(run).toMatchObject({
    verdict: plain.verdict,
    cyclesVerdict: plain.cyclesVerdict,
    timeVerdict: plain.timeVerdict,
    proofs: plain.proofs,
    gpuMinutes: plain.gpuMinutes,
    progress: plain.progress,
    wall: plain.wall
  })
  expect(run.legs).toEqual([plain])
})

describe('several zkVMs', () => {
  test('join their verdicts, metric by metric', () => {
    const run = runReportOf(
      [leg({ cycles: 'improvement', time: 'no-change' }), leg({ zkvm: 'zisk', cycles: 'regression' })],
      null
    )
    expect(run).toMatchObject({ verdict: 'mixed', cyclesVerdict: 'mixed', timeVerdict: 'no-change' })
  })

  test('have no verdict on time where none is timed', () => {
    expect(runReportOf([leg({}), leg({ zkvm: 'risc0' })], null).timeVerdict).toBeNull()
  })

  test('are identical only together', () => {
    expect(verdictOf({ verdict: 'identical' }, { zkvm: 'zisk', verdict: 'identical' })).toBe('identical')
    expect(verdictOf({ verdict: 'identical' }, { zkvm: 'zisk' })).toBe('no-change')
    expect(verdictOf({ verdict: 'identical' }, { zkvm: 'zisk', cycles: 'regression' })).toBe('regression')
  })

  test('one that failed withholds the verdict of all', () => {
    expect(verdictOf({ cycles: 'improvement' }, { zkvm: 'zisk', verdict: 'head-failed' })).toBe('head-failed')
    expect(verdictOf({ verdict: 'head-failed' }, { zkvm: 'zisk', verdict: 'base-failed' })).toBe(
      'base-failed'
    )
  })
})

describe('variants', () => {
  test.each(['head-failed', 'base-failed', 'identical'] as const)('that are %s decide nothing', (verdict) => {
    expect(verdictOf({ cycles: 'improvement' }, { variant: 'trie3', verdict })).toBe('improvement')
  })

  test('that got slower decide nothing', () => {
    const run = runReportOf(
      [leg({}), leg({ variant: 'trie3', cycles: 'regression', time: 'regression' })],
      null
    )
    expect(run).toMatchObject({ verdict: 'no-change', cyclesVerdict: 'no-change', timeVerdict: null })
  })

  test('do not make an identical head anything else', () => {
    expect(verdictOf({ verdict: 'identical' }, { variant: 'trie3', cycles: 'improvement' })).toBe('identical')
  })

  test.each(['cancelled', 'infrastructure'] as const)(
    'whose leg was %s with the run leave it without a verdict',
    (verdict) => {
      const variant = { variant: 'trie3', verdict, ending: verdict }
      expect(verdictOf({ cycles: 'improvement' }, variant)).toBe(verdict)
    }
  )

  test.each(['stopped', 'complete'] as const)(
    'with whom alone the machine failed take nothing from head (%s)',
    (ending) => {
      const variant = { variant: 'trie3', verdict: 'infrastructure', ending } as const
      expect(verdictOf({ cycles: 'improvement' }, variant)).toBe('improvement')
      expect(verdictOf({ verdict: 'infrastructure' }, variant)).toBe('infrastructure')
    }
  )
})

test('what was spent is that of all legs, and of the reference', () => {
  const run = runReportOf(
    [
      {
        ...leg({}),
        proofs: 3,
        gpuMinutes: minutes(10),
        progress: { done: 4, planned: 9 },
        wall: seconds(700)
      },
      {
        ...leg({ zkvm: 'zisk' }),
        proofs: 0,
        gpuMinutes: minutes(0),
        progress: { done: 2, planned: 2 },
        wall: seconds(20)
      }
    ],
    reference
  )
  expect(run).toMatchObject({
    proofs: 3,
    gpuMinutes: 22.5,
    progress: { done: 6, planned: 11 },
    wall: 720,
    reference
  })
})

test('a trial of base that several legs use is counted once', () => {
  const shared = plain.trials.map((trial) => (trial.side === 'base' ? { ...trial, kept: true } : trial))
  const own = plain.trials.filter(({ side }) => side === 'head').length
  const { progress } = runReportOf([plain, { ...leg({ variant: 'trie3' }), trials: shared }], null)
  expect(progress.done).toBe(plain.progress.done + own)
  const earlier = plain.trials.map((trial) => ({ ...trial, kept: true, wall: seconds(0) }))
  expect(runReportOf([{ ...plain, trials: earlier }], null).progress).toEqual(plain.progress)
})

test('a state of any head comes before every join, the strongest first', () => {
  const verdict = fc.constantFrom(...METRIC_VERDICTS)
  const state = fc.option(fc.constantFrom(...RUN_STATES.filter((one) => one !== 'identical')), {
    nil: undefined
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(verdict, verdict, state), { minLength: 1, maxLength: 4 }), (all) => {
      const said = all.map(([cycles, time, state]) => ({
        cycles,
        time,
        ...(state === undefined ? {} : { verdict: state })
      }))
      const strongest = RUN_STATES.find((one) => all.some(([, , state]) => state === one))
      expect(verdictOf(...said)).toBe(strongest ?? joinAll(all.flatMap(([cycles, time]) => [cycles, time])))
    })
  )
})
