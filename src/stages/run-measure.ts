import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Report } from '../domain/report.ts'
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
import { reportOf } from './report-of.ts'
import { sidesOf } from './resolve.ts'
import { finish, type Job } from './run-job.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, type RunState, type Stop } from './run-state.ts'
import type { Collected } from './witnesses.ts'

interface Measuring {
  readonly job: Job
  readonly state: RunState
  readonly witnesses: Collected['witnesses']
  readonly builds: { readonly base: Build; readonly head: Build }
}

/** Everything after the builds: what need not be executed is found out, then trials until there is a verdict. */
export const measureBuilds = async (measuring: Measuring, ports: RunPorts): Promise<Stop> => {
  const stop = await compareGuests(measuring, ports)
  return stop ?? (await measureTrials(measuring, ports))
}

/** Equal guests that read equal inputs count equal cycles. Null to go on. */
const compareGuests = async (
  { job: { settings }, state, witnesses, builds }: Measuring,
  ports: RunPorts
): Promise<Stop | null> => {
  if (settings.whenIdentical === 'measure' || !haveEqualGuests(builds)) return null
  ports.tell({ kind: 'preparing', what: 'inputs' }, sidesOf(state.plan))
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
  state.sameness = { ...state.sameness, inputs: compared.inputs }
  state.notes.push(...compared.notes)
  state.plan = withEqualCycles(state.plan, blocksWithEqualCycles(builds, compared.inputs))
  return null
}

const measureTrials = async (measuring: Measuring, ports: RunPorts): Promise<Stop> => {
  const { job, state, witnesses, builds } = measuring
  const { settings } = job
  const passed = passedDigest(settings, ports.environments.trial, ports.files)
  const journal = await openRunJournal(settings.reportDir, { ...state, builds, passed }, ports)
  try {
    await takeKept(measuring, journal, ports)
    const context = {
      plan: state.plan,
      prover: ports.prover,
      builds,
      witnesses,
      workDirectory: join(settings.cacheDir, 'work', 'trial'),
      checkout: buildDirectoryIn(settings.cacheDir).ethrex,
      logDirectory: logDirectoryIn(settings.reportDir),
      environment: ports.environments.trial,
      isWitnessIntact: ports.witnessStore.isIntact,
      ports
    }
    const report = (): Report =>
      maskedReport(reportOf(finish(state, { ending: 'complete', failures: [] })), ports.redact)
    return await measure(context, state.records, { ...ports, journal, report })
  } finally {
    await journal.close()
  }
}

/** What executing base came to in an earlier run goes on record as if it had been done now. */
const takeKept = async (
  { state, builds, job: { settings } }: Measuring,
  journal: Journal,
  ports: RunPorts
): Promise<void> => {
  if (settings.whenIdentical === 'measure') return
  const done = new Set(state.records.map(({ trial }) => trial.id))
  const trials = plannedTrials(state.plan).filter(({ id }) => !done.has(id))
  const { version } = ports
  const passed = passedDigest(settings, ports.environments.trial, ports.files)
  const base = { plan: state.plan, build: builds.base, passed, version }
  for (const record of await keptRecords({ ...base, trials }, ports)) {
    await journal.append(ports.redact(journalTrial(record)))
    state.records.push(record)
  }
}
