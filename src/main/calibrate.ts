import { join } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import type { WorkflowRun } from '../io/github/workflow-run.ts'
import { calibrationLine, calibrationOutputs } from '../render/calibration.ts'
import { calibrate, type Calibrated } from '../stages/calibrate.ts'
import { legIn, sessionDirectory } from '../stages/calibration-session.ts'
import { REPORT_FILES } from '../stages/report-directory.ts'
import type { RunEnd } from '../stages/run.ts'
import type { RunPorts } from '../stages/run-ports.ts'
import { handOver, statusOf } from './hand-over.ts'
import type { Scene } from './scene.ts'

interface Asked {
  readonly settings: Settings
  readonly run: WorkflowRun
  readonly world: RunPorts
}

/** `mode: calibrate` in a job: the answer goes to its summary and outputs. It is about no pull request. */
export const calibrateInJob = async ({ settings, run, world }: Asked, scene: Scene): Promise<ExitStatus> => {
  const context = {
    pullRequest: null,
    key: settings.commentKey,
    run: run.run,
    runUrl: run.runUrl,
    outdatedBy: null
  }
  const options = {
    hasRpcUrl: (scene.environment['RPC_URL'] ?? '') !== '',
    timeScale: 1,
    notes: [],
    describeComment: () => Promise.resolve(context)
  }
  const end = await calibrate(settings, options, world)
  if (end.kind === 'calibrated') return handOverCalibration(end.calibrated, settings, scene)
  await handOver(end, { settings: settingsOf(end, settings), context, commentUrl: null }, scene)
  return statusOf(end, settings)
}

/** A session's files are in a directory of its own. */
const settingsOf = (end: RunEnd, settings: Settings): Settings => {
  const purpose = (end.kind === 'published' ? legIn(end.published.report)?.plan.purpose : null) ?? 'compare'
  if (purpose === 'compare') return settings
  return { ...settings, reportDir: sessionDirectory(settings.reportDir, purpose) }
}

const handOverCalibration = async (
  { calibration, comment }: Calibrated,
  { reportDir }: Settings,
  { step }: Scene
): Promise<ExitStatus> => {
  step.annotate('notice', calibrationLine(calibration))
  const files = {
    json: join(reportDir, REPORT_FILES.calibration),
    markdown: join(reportDir, REPORT_FILES.comment)
  }
  const told = [
    await step.setOutputs(calibrationOutputs(calibration, files)),
    await step.appendSummary(comment)
  ]
  for (const one of told) if (!one.ok) step.annotate('error', one.error)
  return EXIT.done
}
