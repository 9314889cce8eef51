import { runReportOf } from '../../src/compare/run-report.ts'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { RunReport } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import type { Standing } from '../../src/domain/standing.ts'
import type { About } from '../../src/render/running.ts'
import { reportOf } from '../../src/stages/report-of.ts'
import type { CommentContext } from '../../src/render/view.ts'
import { sha, trialNamed } from './plans.ts'
import { movedBy, RECORDED } from './recorded.ts'
import { aRun, planFor } from './runs.ts'

export const aContext: CommentContext = {
  pullRequest: 5224,
  key: 'default',
  run: { id: 17654321, attempt: 1 },
  runUrl: 'https://github.com/lambdaclass/ethrex/actions/runs/17654321',
  outdatedBy: null
}

/** A newer run, of another head. */
export const newer: About = {
  context: {
    ...aContext,
    run: { id: 17654400, attempt: 1 },
    runUrl: 'https://github.com/lambdaclass/ethrex/actions/runs/17654400'
  },
  sides: { base: sha('a'), head: sha('d') }
}

/** A run whose cycles are all known and of which nothing is timed yet. */
export const cyclesOf = (...legs: readonly Measurements[]): RunReport =>
  runReportOf(
    legs.map((leg) =>
      reportOf({ ...leg, records: leg.records.filter(({ trial }) => trial.phase === 'cycles') })
    ),
    null
  )

export const regressed = aRun(movedBy([1.0231, 1.0009, 1.018, 1]))

const plan = planFor(RECORDED)

export const measuring = (
  cycles: RunReport | null,
  changes: Partial<Extract<Standing, { kind: 'measuring' }>> = {}
): Standing => ({
  kind: 'measuring',
  trial: trialNamed(plan, cycles === null ? 'cycles-23426994-sp1-head' : 'timed-r1-23426993-sp1-head'),
  progress: { done: cycles === null ? 3 : 12, planned: 27, most: 51, look: { index: 1, of: 3 } },
  left: cycles === null ? null : seconds(11_040),
  gpuMinutes: minutes(cycles === null ? 0 : 32.4),
  cycles,
  ...changes
})

/** One of each kind. */
export const STANDINGS: Readonly<Record<string, Standing>> = {
  queued: {
    kind: 'queued',
    waitingFor:
      'lambdaclass/ethrex 42073248334a6f517c22bd7b8faf30787724d9da (pid 4242, since 2026-01-01T10:00:00.000Z)'
  },
  'queued-behind-nobody': { kind: 'queued', waitingFor: null },
  fetching: { kind: 'preparing', what: 'fetch' },
  witnesses: { kind: 'preparing', what: 'witnesses' },
  building: { kind: 'building', side: 'head', variant: null, zkvm: null },
  executing: measuring(null),
  'cycles-regressed': measuring(cyclesOf(regressed)),
  'cycles-improved': measuring(cyclesOf(aRun(RECORDED))),
  'after-a-look': measuring(cyclesOf(aRun(movedBy([1, 1, 1, 1]))), {
    trial: trialNamed(plan, 'timed-r3-23426995-sp1-base'),
    progress: { done: 31, planned: 35, most: 51, look: { index: 2, of: 3 } }
  }),
  'cycles-unchanged': measuring(cyclesOf(aRun(movedBy([1, 1, 1, 1]))), { left: null })
}
