import { compareRun } from '../compare/compare.ts'
import { referenceReport } from '../compare/reference.ts'
import { runReportOf } from '../compare/run-report.ts'
import type { Plan } from '../domain/plan.ts'
import type { Report, RunReport } from '../domain/report.ts'
import type { Measurements, RunMeasurements } from '../domain/run.ts'
import { withAllowances } from '../plan/allowance.ts'
import { courseOf } from '../plan/schedule.ts'

/** What the measurements of one leg say: its schedule is followed again to its looks, then everything is compared. */
export const reportOf = (measurements: Measurements, allowed: Plan = measurements.plan): Report =>
  compareRun(measurements, courseOf(allowed, measurements.records).timing)

/** What the measurements of a run say: each leg with what it was allowed to spend, then all of them together. */
export const reportOfRun = ({ legs, reference }: RunMeasurements): RunReport => {
  const measured = legs.filter(isMeasured)
  const allowed = withAllowances(measured)
  const reports = legs.map((leg) => reportOf(leg, allowed[measured.indexOf(leg)]?.plan))
  return runReportOf(reports, reference === null ? null : referenceReport(reference))
}

/** Legs that were over before anything was measured have no part of the budget. */
export const isMeasured = ({ ending }: Pick<Measurements, 'ending'>): boolean =>
  ending !== 'identical' && ending !== 'stopped'
