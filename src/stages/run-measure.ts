import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { RunReport } from '../domain/report.ts'
import type { BySide } from '../domain/revision.ts'
import { journalTrial } from '../documents/journal.ts'
import type { Journal } from '../io/ports.ts'
import { blocksWithEqualCycles, haveEqualGuests } from '../plan/equal-cycles.ts'
import { withEqualCycles } from '../plan/plan.ts'
import { plannedTrials } from '../plan/trials.ts'
import { keptRecords } from './base-results.ts'
import { buildDirectoryIn } from './build-directory.ts'
import { passedDigest } from './builds.ts'
import { compareInputs } from './inputs.ts'
import { measure } from './measure.ts'
import { maskedReport } from './publish.ts'
import { logDirectoryIn, openRunJournal } from './report-directory.ts'
import { reportOfRun } from './report-of.ts'
import { sidesOf } from './resolve.ts'
import { finish, type Job } from './run-job.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, openLegs, planOf, type LegState, type RunState, type Stop } from './run-state.ts'
import type { TrialContext } from './trial.ts'
import type { Collected } from './witnesses.ts'

interface Measuring {
  readonly job: Job
  readonly state: RunState
  readonly witnesses: Collected['witnesses']
}

/**
 * Everything after the builds: what need not be executed is found out, then trials until every leg is over. Null where
 * they came to their end.
 */
export const measureLegs = async (measuring: Measuring, ports: RunPorts): Promise<Stop | null> => {
  for (const leg of openLegs(measuring.state)) {
    const stop = await compareGuests(leg, measuring, ports)
    if (stop !== null) return stop
  }
  return openLegs(measuring.state).length === 0 ? null : measureTrials(measuring, ports)
}

/** Equal guests that read equal inputs count equal cycles. Null to go on. */
const compareGuests = async (
  leg: LegState,
  { job: { settings, resolved }, witnesses }: Measuring,
  ports: RunPorts
): Promise<Stop | null> => {
  const builds = buildsOf(leg)
  if (settings.whenIdentical === 'measure' || !haveEqualGuests(builds)) return null
  ports.tell({ kind: 'preparing', what: 'inputs' }, sidesOf(resolved))
  const request = {
    builds,
    network: settings.network,
    witnesses,
    inputCommand: ports.prover.inputCommand,
    environment: ports.environments.trial,
    workDirectory: join(settings.cacheDir, 'work', 'input'),
    logDirectory: logDirectoryIn(settings.reportDir),
    timeout: settings.trialTimeout
  }
  const compared = await compareInputs(request, ports)
  if (compared.kind === 'cancelled') return cancelledRun
  leg.sameness = { ...leg.sameness, inputs: compared.inputs }
  leg.notes.push(...compared.notes)
  leg.plan = withEqualCycles(leg.plan, blocksWithEqualCycles(builds, compared.inputs))
  return null
}

const buildsOf = ({ builds: { base, head } }: LegState): BySide<Build> => {
  if (base === null || head === null) throw new Error('Internal error: measured without builds')
  return { base, head }
}

const measureTrials = async (measuring: Measuring, ports: RunPorts): Promise<Stop | null> => {
  const { job, state } = measuring
  const { settings, resolved } = job
  const passed = passedDigest(settings, ports.environments.trial, ports.files)
  const builds = state.legs.map((leg) => leg.builds)
  const carried = { plan: planOf(state), builds, machine: state.machine, passed }
  const { journal, isContinued } = await openRunJournal(settings.reportDir, carried, ports)
  if (!isContinued) for (const leg of state.legs) leg.records.length = 0
  try {
    const legs = openLegs(state)
    for (const leg of legs) await takeKept(leg, { journal, passed, settings }, ports)
    const report = (): RunReport =>
      maskedReport(reportOfRun(finish(state, { ending: 'complete', failures: [] })), ports.redact)
    const measured = legs.map((leg) => ({ state: leg, context: contextOf(leg, measuring, ports) }))
    return await measure(measured, { ...ports, journal, report, sides: sidesOf(resolved) })
  } finally {
    await journal.close()
  }
}

const contextOf = (
  leg: LegState,
  { job: { settings }, witnesses }: Measuring,
  ports: RunPorts
): TrialContext => ({
  plan: leg.plan,
  prover: ports.prover,
  builds: buildsOf(leg),
  witnesses,
  workDirectory: join(settings.cacheDir, 'work', 'trial'),
  checkout: buildDirectoryIn(settings.cacheDir).ethrex,
  logDirectory: logDirectoryIn(settings.reportDir),
  environment: ports.environments.trial,
  isWitnessIntact: ports.witnessStore.isIntact,
  ports
})

interface Taking {
  readonly journal: Journal
  readonly passed: string
  readonly settings: Job['settings']
}

/** What executing base came to in an earlier run goes on record as if it had been done now. */
const takeKept = async (
  leg: LegState,
  { journal, passed, settings }: Taking,
  ports: RunPorts
): Promise<void> => {
  if (settings.whenIdentical === 'measure') return
  const done = new Set(leg.records.map(({ trial }) => trial.id))
  const trials = plannedTrials(leg.plan).filter(({ id }) => !done.has(id))
  const { version } = ports
  const base = { plan: leg.plan, build: buildsOf(leg).base, passed, version }
  for (const record of await keptRecords({ ...base, trials }, ports)) {
    await journal.append(ports.redact(journalTrial(record)))
    leg.records.push(record)
  }
}
