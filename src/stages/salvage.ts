import type { Failure } from '../domain/failure.ts'
import { NOT_COMPARED } from '../domain/sameness.ts'
import type { CommentContext } from '../render/view.ts'
import { legsOf } from '../plan/legs.ts'
import { plannedTrials } from '../plan/trials.ts'
import { presentRun, publishRun, type Published } from './publish.ts'
import { readPlanAndJournal } from './report-directory.ts'
import type { RunPorts } from './run-ports.ts'
import { nothingOfReference } from './run-state.ts'

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
  const machine = await ports.readMachine(null)
  const isKilled = demise === 'killed'
  const legs = legsOf(plan.legs, records).map((leg, index) => ({
    ...leg,
    machine,
    builds: { base: null, head: null },
    sameness: NOT_COMPARED,
    failures: isKilled && index === 0 ? [KILLED] : [],
    notes: [],
    caveats: [],
    ending: isKilled ? ('infrastructure' as const) : ('cancelled' as const),
    planned: plannedTrials(leg.plan).length
  }))
  const measurements = { legs, reference: nothingOfReference(plan.reference) }
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
