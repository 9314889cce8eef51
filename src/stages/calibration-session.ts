import { join } from 'node:path'
import { sessionOf } from '../compare/calibration.ts'
import { planHashInput } from '../documents/plan.ts'
import { readReport } from '../documents/report.ts'
import { setupOf, type Session, type Setup } from '../domain/calibration.ts'
import type { Plan, TimingPlan } from '../domain/plan.ts'
import { bytes, MEBIBYTE } from '../domain/quantity.ts'
import type { Report, RunReport } from '../domain/report.ts'
import type { Revision } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import { RUN_STATES } from '../domain/verdict.ts'
import type { Files } from '../io/ports.ts'
import { beforeBuilds, planRun, withWitnesses } from '../plan/plan.ts'
import { REPORT_FILES } from './report-directory.ts'
import type { Resolved } from './resolve.ts'
import type { RunOptions, RunPorts } from './run-ports.ts'
import type { Collected } from './witnesses.ts'

/** Where a session's files go. */
export const sessionDirectory = (reportDir: string, purpose: Session['purpose']): string =>
  join(reportDir, DIRECTORY[purpose])

const DIRECTORY: Readonly<Record<Session['purpose'], string>> = {
  'same-build': REPORT_FILES.sameBuild,
  rebuild: REPORT_FILES.rebuild
}

/** A session as a run of its own: one commit on both sides, measured whatever is the same. */
export const sessionSettings = (
  purpose: Session['purpose'],
  settings: Settings,
  { revisions, host }: Resolved
): Settings => ({
  ...settings,
  mode: 'prove',
  base: revisions.base.sha,
  head: revisions.base.sha,
  hostRef: host.sha,
  whenIdentical: 'measure',
  reportDir: sessionDirectory(settings.reportDir, purpose)
})

/** A session that came to figures. */
export interface MeasuredSession {
  readonly kind: 'measured'
  readonly report: Report
  readonly setup: Setup
  readonly timing: TimingPlan
  readonly session: Session
}

/** Null where the run was cut off, or failed, before there was a look to speak of. */
export const measuredIn = (report: Report): MeasuredSession | null => {
  const { plan, machine, verdict } = report
  const session = sessionOf(report)
  const setup = setupOf(plan, machine)
  const isOver = RUN_STATES.every((state) => state !== verdict)
  return isOver && session !== null && setup !== null && plan.timing !== null
    ? { kind: 'measured', report, setup, timing: plan.timing, session }
    : null
}

interface Asked {
  /** Of the session. */
  readonly settings: Settings
  readonly options: Pick<RunOptions, 'purpose' | 'timeScale'>
  readonly resolved: Resolved
  readonly collected: Collected
}

const REPORT_LIMIT = bytes(256 * MEBIBYTE)

/**
 * What an earlier start of the calibration found in a session, if it went to its end there, with the plan that it has
 * now and on the machine as it is now; else null.
 */
export const finishedSession = async (asked: Asked, ports: RunPorts): Promise<MeasuredSession | null> => {
  const report = await readKept(join(asked.settings.reportDir, REPORT_FILES.report), ports.files)
  const plan = planOf(asked)
  if (report === null || plan === null || planText(report.plan) !== planText(plan)) return null
  const measured = measuredIn(report)
  const machine = await ports.readMachine(null)
  const isSame = (['cpu', 'gpu', 'driver', 'clocks'] as const).every(
    (fact) => report.machine[fact] === machine[fact]
  )
  return isSame ? measured : null
}

const readKept = async (path: string, files: Files): Promise<Report | null> => {
  const text = await files.readText(path, REPORT_LIMIT)
  const report = text === null ? null : readReport(text)
  return report?.ok === true ? legIn(report.value) : null
}

/** A session is a run of one leg. */
export const legIn = ({ legs }: RunReport): Report | null => legs[0] ?? null

const planText = (plan: Plan): string => planHashInput({ legs: [beforeBuilds(plan)], reference: null })

/** The plan that the session's run makes of the same. */
const planOf = ({ settings, options, resolved, collected }: Asked): Plan | null => {
  const named = ({ repository, sha }: Revision): Revision => ({ repository, ref: sha, sha })
  const base = named(resolved.revisions.base)
  const commits = { revisions: { base, head: base }, host: named(resolved.host) }
  const [plan] = planRun(settings, { ...commits, variants: [], reference: null, ...options }).legs
  return plan === undefined ? null : withWitnesses(plan, collected.witnesses)
}
