import { minutes, type Minutes } from '../domain/quantity.ts'
import type { Witness } from '../domain/witness.ts'
import { provingWall } from '../plan/budget.ts'
import { areOnBranches, isTampered } from './base-results.ts'
import { passedDigest } from './builds.ts'
import { measureReference } from './reference.ts'
import { isMeasured } from './report-of.ts'
import { commitsOf, type Job } from './run-job.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, type RunState, type Stop } from './run-state.ts'

interface Measuring {
  readonly job: Job
  readonly state: RunState
  readonly witnesses: readonly Witness[]
}

/**
 * Measures the reference once every leg is over, with what they left of the budget. Where none of them was measured there
 * is nothing to show it beside. Null to go on.
 */
export const measureBeside = async (
  { job, state, witnesses }: Measuring,
  ports: RunPorts
): Promise<Stop | null> => {
  const { settings, options, resolved } = job
  const { reference } = resolved
  const measured = state.legs.find(({ ending }) => ending !== null && isMeasured({ ending }))
  if (reference === null || state.reference === null || measured === undefined) return null
  const { environments, files } = ports
  const request = {
    plan: state.reference.plan,
    mirror: reference.mirror,
    leg: measured.plan,
    blocks: witnesses,
    machine: state.machine,
    gpuMinutesLeft: minutesLeft(state),
    hasRpcUrl: options.hasRpcUrl,
    mayKeep: await mayKeep(job, state, ports),
    passed: passedDigest(settings, environments.trial, files),
    passedToBuild: passedDigest(settings, environments.build, files),
    cacheDir: settings.cacheDir,
    reportDir: settings.reportDir
  }
  const { kind, measurements } = await measureReference(request, ports)
  state.reference = measurements
  return kind === 'cancelled' ? cancelledRun : null
}

const minutesLeft = ({ legs }: RunState): Minutes | null => {
  const budget = legs[0]?.plan.gpuMinutes ?? null
  const spent = legs.reduce((sum, { records }) => sum + provingWall(records), 0) / 60
  return budget === null ? null : minutes(Math.max(0, budget - spent))
}

/** As of base's results: only a run of the repository's own branches, in which nothing is doubtful, writes for others. */
const mayKeep = async (
  { options, resolved: { mirrors } }: Job,
  { legs }: RunState,
  ports: RunPorts
): Promise<boolean> => {
  const [first] = legs
  const isDoubtful = legs.some(isTampered)
  if (first === undefined || isDoubtful || !options.isOwnCode) return false
  return areOnBranches({ plan: first.plan, commits: commitsOf(legs), mirrors }, ports)
}
