import type { Failure } from '../domain/failure.ts'
import type { Measurements } from '../domain/run.ts'
import { NOT_COMPARED } from '../domain/sameness.ts'
import type { CommentContext } from '../render/view.ts'
import { plannedTrials } from '../plan/trials.ts'
import { presentRun, publishRun, type Published } from './publish.ts'
import { readPlanAndJournal } from './report-directory.ts'
import type { RunPorts } from './run-ports.ts'

/** How a run came to end without saying so. */
export type Demise = 'cancelled' | 'killed'

interface Gone {
  readonly demise: Demise
  readonly context: CommentContext
  /** Whether the run wrote its files itself. */
  readonly hasFiles: boolean
}

/**
 * What a run had found out when its process ended, from its journal; writes the files that it did not write. Null
 * where there is no journal. Never a verdict: what was measured runs as our user, and with nobody there to watch it
 * could have written the journal too.
 */
export const salvageRun = async (
  reportDir: string,
  { demise, context, hasFiles }: Gone,
  ports: Pick<RunPorts, 'files' | 'log' | 'readMachine' | 'redact'>
): Promise<Published | null> => {
  const found = await readPlanAndJournal(reportDir, ports)
  if (found === null) return null
  const { plan, records } = found
  const measurements: Measurements = {
    plan,
    machine: await ports.readMachine(null),
    builds: { base: null, head: null },
    sameness: NOT_COMPARED,
    records,
    failures: demise === 'killed' ? [KILLED] : [],
    notes: [],
    caveats: [],
    ending: demise === 'killed' ? 'infrastructure' : 'cancelled',
    planned: plannedTrials(plan).length
  }
  return hasFiles
    ? presentRun(measurements, context, ports.redact)
    : publishRun(reportDir, { measurements, context }, ports)
}

const KILLED: Failure = {
  side: null,
  stage: 'publish',
  block: null,
  reason: 'killed',
  message: 'the process of this run is gone and did not say why, as after a kill or for want of memory',
  tail: ''
}
