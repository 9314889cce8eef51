import { join } from 'node:path'
import { calibrationOf } from '../compare/calibration.ts'
import { calibrationDocument } from '../documents/calibration.ts'
import type { Calibration, Session } from '../domain/calibration.ts'
import type { Settings } from '../domain/settings.ts'
import { renderCalibration } from '../render/calibration.ts'
import {
  finishedSession,
  legIn,
  measuredIn,
  sessionSettings,
  type MeasuredSession
} from './calibration-session.ts'
import { keepCalibration, keptCalibrations, keyOf } from './calibrations.ts'
import { forgetRebuild } from './rebuild.ts'
import { REPORT_FILES, takeForCalibration } from './report-directory.ts'
import { NO_BRANCHES } from './resolve.ts'
import { runComparison, type RunEnd } from './run.ts'
import { findInputs, type FoundInputs } from './run-inputs.ts'
import type { RunOptions, RunPorts } from './run-ports.ts'

/** What is shown of a calibration. Both texts are free of secrets. */
export interface Calibrated {
  readonly calibration: Calibration
  readonly comment: string
  readonly json: string
}

/** A published end is that of a session that came to no figures. */
export type CalibrateEnd = RunEnd | { readonly kind: 'calibrated'; readonly calibrated: Calibrated }

type CalibrateOptions = Omit<RunOptions, 'purpose' | 'isOwnCode' | 'branches'>

/**
 * Measures the machine: base against itself, twice, as runs of their own with a directory each in `report-dir`. First
 * one build of base stands on both sides; then base is built once more, in another directory. Whatever these two
 * find is noise, or a difference that building makes. A calibration that was interrupted goes on where it was.
 */
export const calibrate = async (
  settings: Settings,
  options: CalibrateOptions,
  ports: RunPorts
): Promise<CalibrateEnd> => {
  // Without a base, the tip of the default branch is what the machine is tried on.
  const one = { ...settings, head: settings.base, baseFrom: 'branch' as const }
  const inputs = await findInputs(one, options, ports)
  if (inputs.kind !== 'found') return inputs
  const directory = await ports.lockReportDirectory(settings.reportDir)
  if (directory === null) return { kind: 'cancelled' }
  try {
    await takeForCalibration(settings.reportDir, ports.files)
    return await runSessions({ settings, options, inputs }, ports)
  } finally {
    await directory.release()
  }
}

interface Calibrating {
  readonly settings: Settings
  readonly options: CalibrateOptions
  readonly inputs: Extract<FoundInputs, { readonly kind: 'found' }>
}

const runSessions = async (calibrating: Calibrating, ports: RunPorts): Promise<CalibrateEnd> => {
  const sameBuild = await runSession('same-build', calibrating, ports)
  if (sameBuild.kind !== 'measured') return sameBuild
  const rebuild = await runSession('rebuild', calibrating, ports)
  if (rebuild.kind !== 'measured') return rebuild
  return conclude({ settings: calibrating.settings, sameBuild, rebuild }, ports)
}

const WHAT: Readonly<Record<Session['purpose'], string>> = {
  'same-build': 'calibration, session 1 of 2: base against itself, one build on both sides',
  rebuild: 'calibration, session 2 of 2: base against itself, built twice'
}

/** One session, or what an earlier start of this calibration found in it. */
const runSession = async (
  purpose: Session['purpose'],
  { settings, options, inputs }: Calibrating,
  ports: RunPorts
): Promise<MeasuredSession | RunEnd> => {
  ports.log.info(WHAT[purpose])
  const asked = { ...options, purpose }
  const session = sessionSettings(purpose, settings, inputs.resolved)
  const finished = await finishedSession({ settings: session, options: asked, ...inputs }, ports)
  if (finished !== null) {
    ports.log.info('that session was finished before, and is kept')
    return finished
  }
  const end = await runComparison(session, { ...asked, isOwnCode: true, branches: NO_BRANCHES }, ports)
  const leg = end.kind === 'published' ? legIn(end.published.report) : null
  return leg === null ? end : (measuredIn(leg) ?? end)
}

interface Ended {
  readonly settings: Settings
  readonly sameBuild: MeasuredSession
  readonly rebuild: MeasuredSession
}

const conclude = async ({ settings, sameBuild, rebuild }: Ended, ports: RunPorts): Promise<CalibrateEnd> => {
  const { files, redact } = ports
  const { cacheDir, reportDir } = settings
  const { report, setup, timing } = rebuild
  const calibration = calibrationOf({
    key: keyOf(setup, files),
    setup,
    timing,
    report,
    sessions: { sameBuild: sameBuild.session, rebuild: rebuild.session },
    kept: await keptCalibrations(setup, cacheDir, ports),
    finishedAt: ports.clock.now()
  })
  const json = redact(calibrationDocument(calibration))
  const comment = redact(renderCalibration(calibration))
  await files.write(join(reportDir, REPORT_FILES.comment), comment)
  await keepCalibration(calibration, cacheDir, ports)
  // Last: from here on there is nothing to go on with.
  await files.write(join(reportDir, REPORT_FILES.calibration), json)
  await forgetRebuild(cacheDir, files)
  return { kind: 'calibrated', calibrated: { calibration, comment, json } }
}
