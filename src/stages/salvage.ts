import { join } from 'node:path'
import { readMeasurements } from '../documents/measurements.ts'
import type { Failure } from '../domain/failure.ts'
import { GIBIBYTE } from '../domain/quantity.ts'
import type { Measurements } from '../domain/run.ts'
import type { CommentContext } from '../render/view.ts'
import { plannedTrials } from '../plan/schedule.ts'
import { presentRun, publishRun, type Published } from './publish.ts'
import { readUnfinished, REPORT_FILES } from './report-directory.ts'
import type { RunPorts } from './run-ports.ts'

/** How a run came to end without saying so. */
export type Demise = 'cancelled' | 'killed'

/**
 * What a run had found out when its process ended, from its journal, or from its figures where it had come to
 * write them. Writes the files that it did not write; null where there is nothing to make them from.
 */
export const salvageRun = async (
  reportDir: string,
  { demise, context }: { readonly demise: Demise; readonly context: CommentContext },
  ports: Pick<RunPorts, 'files' | 'log' | 'readMachine' | 'redact'>
): Promise<Published | null> => {
  const unfinished = await readUnfinished(reportDir, ports)
  if (unfinished === null) return presentKept(reportDir, context, ports)
  const { plan, records } = unfinished
  const measurements: Measurements = {
    plan,
    machine: await ports.readMachine(null),
    builds: { base: null, head: null },
    records,
    failures: demise === 'killed' ? [KILLED] : [],
    notes: [],
    ending: demise === 'killed' ? 'infrastructure' : 'cancelled',
    planned: plannedTrials(plan).length
  }
  return publishRun(reportDir, { measurements, context }, ports)
}

const KILLED: Failure = {
  side: null,
  stage: 'publish',
  block: null,
  reason: 'killed',
  message: 'the process of this run is gone and did not say why, as after a kill or for want of memory',
  tail: ''
}

/** The run had ended, and only its comment was not written. */
const presentKept = async (
  reportDir: string,
  context: CommentContext,
  { files, redact }: Pick<RunPorts, 'files' | 'redact'>
): Promise<Published | null> => {
  const text = await files.readText(join(reportDir, REPORT_FILES.measurements), GIBIBYTE)
  const measurements = text === null ? null : readMeasurements(text)
  return measurements?.ok === true ? presentRun(measurements.value, context, redact) : null
}
