import { EXIT, exitStatus, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import type { RawInputs } from '../inputs/parse.ts'
import { calibrationLine } from '../render/calibration.ts'
import { renderSummary } from '../render/terminal.ts'
import { calibrate, type CalibrateEnd } from '../stages/calibrate.ts'
import { NO_BRANCHES } from '../stages/resolve.ts'
import { runComparison } from '../stages/run.ts'
import type { RunOptions } from '../stages/run-ports.ts'
import { readSettings, refuse, type Terminal } from './terminal.ts'
import { createWorld } from './world.ts'

interface RunInvocation {
  readonly inputs: RawInputs
  readonly json: boolean
}

/** `proving-regression run`: measures a change, or the machine, and prints the comment or the report. */
export const run = async ({ inputs, json }: RunInvocation, terminal: Terminal): Promise<ExitStatus> => {
  const settings = readSettings(inputs, terminal)
  if (settings === null) return EXIT.badInput
  return runAndPrint(settings, { timeScale: 1, notes: [], json }, terminal)
}

type Extras = Pick<RunOptions, 'timeScale' | 'notes'> & { readonly json: boolean }

/** The rest of `run`, which `demo` shares. */
export const runAndPrint = async (
  settings: Settings,
  { timeScale, notes, json }: Extras,
  terminal: Terminal
): Promise<ExitStatus> => {
  const rpcUrl = terminal.environment['RPC_URL'] ?? ''
  const comment = {
    pullRequest: null,
    key: settings.commentKey,
    run: { id: 0, attempt: 0 },
    runUrl: null,
    outdatedBy: null
  }
  const options = {
    hasRpcUrl: rpcUrl !== '',
    purpose: 'compare' as const,
    isOwnCode: true,
    timeScale,
    notes,
    describeComment: () => Promise.resolve(comment),
    branches: NO_BRANCHES
  }
  const measure = settings.mode === 'calibrate' ? calibrate : runComparison
  const end = await measure(settings, options, createWorld(settings, terminal))
  return conclude(end, { settings, json }, terminal)
}

const conclude = async (
  end: CalibrateEnd,
  { settings, json }: { readonly settings: Settings; readonly json: boolean },
  terminal: Terminal
): Promise<ExitStatus> => {
  switch (end.kind) {
    case 'refused':
      return refuse(end.problems, terminal)
    case 'cancelled':
      terminal.log.info('cancelled before anything was measured')
      return EXIT.cancelled
    case 'unreachable':
      terminal.log.warn(`${end.failure.reason}: ${end.failure.message}`)
      terminal.log.info(end.failure.tail)
      return EXIT.infrastructure
    case 'withdrawn':
      terminal.log.info(end.why)
      return EXIT.done
    case 'calibrated': {
      const { calibration, comment, json: document } = end.calibrated
      terminal.log.info(calibrationLine(calibration))
      await terminal.print(json ? document : comment)
      terminal.log.info(`files: ${settings.reportDir}`)
      return EXIT.done
    }
    case 'published': {
      const { report, comment, json: document } = end.published
      // First, so that no bar is left standing before the comment.
      terminal.log.info(renderSummary(report))
      await terminal.print(json ? document : comment)
      terminal.log.info(`files: ${settings.reportDir}`)
      return exitStatus(report.verdict, settings.failOn)
    }
  }
}
