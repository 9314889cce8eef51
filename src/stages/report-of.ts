import { compareRun } from '../compare/compare.ts'
import { referenceReport } from '../compare/reference.ts'
import { runReportOf } from '../compare/run-report.ts'
import type { Plan } from '../domain/plan.ts'
import type { Report, RunReport } from '../domain/report.ts'
import type { Measurements, RunMeasurements } from '../domain/run.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { withAllowances } from '../plan/allowance.ts'
import { sharedToCome } from '../plan/run-progress.ts'
import { courseOf } from '../plan/schedule.ts'

/** What the measurements of one leg say: its schedule is followed again to its looks, then everything is compared. */
export const reportOf = (
  measurements: Measurements,
  allowed: Plan = measurements.plan,
  beside: readonly TrialRecord[] = []
): Report => compareRun(measurements, courseOf(allowed, measurements.records).timing, beside)

/** What the measurements of a run say: each leg with what it was allowed to spend, then all of them together. */
export const reportOfRun = ({ legs, reference }: RunMeasurements): RunReport => {
  const measured = legs.filter(isMeasured)
  const allowed = withAllowances(measured)
  const reports = legs.map((leg) => reportOf(leg, allowed[measured.indexOf(leg)]?.plan, ranBeside(leg, legs)))
  const run = runReportOf(reports, reference === null ? null : referenceReport(reference))
  return { ...run, progress: progressOf(run, measured) }
}

/** Base's trials are to be made once, and those of a leg that was over before anything was measured not at all. */
const progressOf = (
  { progress: { done, planned }, legs }: RunReport,
  measured: readonly Measurements[]
): RunReport['progress'] => {
  const over = measured.length === 0 ? [] : legs.filter((leg) => !isMeasured(leg))
  const never = over.reduce((sum, { progress }) => sum + progress.planned - progress.done, 0)
  return { done, planned: planned - never - sharedToCome(measured) }
}

/** What ran for other legs of a leg's zkVM. */
const ranBeside = (leg: Measurements, legs: readonly Measurements[]): readonly TrialRecord[] =>
  legs
    .filter((one) => one !== leg && one.plan.zkvm === leg.plan.zkvm)
    .flatMap(({ records }) => records.filter(({ kept }) => !kept))

/** Legs that were over before anything was measured have no part of the budget. */
export const isMeasured = ({ ending }: Pick<Measurements, 'ending'>): boolean =>
  ending !== 'identical' && ending !== 'stopped'
