import { compareRun } from '../../src/compare/compare.ts'
import { runReportOf } from '../../src/compare/run-report.ts'
import type { ReferenceReport, Report, RunReport } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { courseOf } from '../../src/plan/schedule.ts'

/** What a leg says. */
export const legOf = (measurements: Measurements): Report =>
  compareRun(measurements, courseOf(measurements.plan, measurements.records).timing)

/** What a run of one leg says. */
export const runOf = (measurements: Measurements): RunReport => runReportOf([legOf(measurements)], null)

/** What a run of several legs says, with another prover beside them or none. */
export const runOfLegs = (
  legs: readonly Measurements[],
  reference: ReferenceReport | null = null
): RunReport => runReportOf(legs.map(legOf), reference)
