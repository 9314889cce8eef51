import { compareRun } from '../compare/compare.ts'
import type { Report } from '../domain/report.ts'
import type { Measurements } from '../domain/run.ts'
import { courseOf } from '../plan/schedule.ts'

/** What measurements say: their schedule is followed again to its looks, then everything is compared. */
export const reportOf = (measurements: Measurements): Report =>
  compareRun(measurements, courseOf(measurements.plan, measurements.records).timing)
