import { join } from 'node:path'
import { compareRun } from '../compare/compare.ts'
import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Ending, Measurements } from '../domain/run.ts'
import type { Report } from '../domain/report.ts'
import type { Settings } from '../domain/settings.ts'
import { planRun, withWitnesses } from '../plan/plan.ts'
import { plannedTrials } from '../plan/schedule.ts'
import { beginBuilding, endBuilding } from './build-directory.ts'
import { buildBase, buildHead } from './builds.ts'
import { measure } from './measure.ts'
import { maskedReport, publishRun, type Published } from './publish.ts'
import { closeJournal, logDirectoryIn, openRunJournal, takeReportDirectory } from './report-directory.ts'
import type { Resolved } from './resolve.ts'
import { findInputs, type FoundInputs } from './run-inputs.ts'
import type { RunOptions, RunPorts, Withdrawal } from './run-ports.ts'
import { beginState, failedRun, type RunState, type Stop } from './run-state.ts'
import type { Collected } from './witnesses.ts'
import { fetchMissing } from './witness-fetch.ts'

/** How a run ended. Only a published one has files; the others ended before there was a plan. */
export type RunEnd =
  | Exclude<FoundInputs, { readonly kind: 'found' }>
  | Withdrawal
  | { readonly kind: 'published'; readonly published: Published }

/** A run's inputs, all known: from here on only commits travel. */
interface Job {
  readonly settings: Settings
  readonly options: RunOptions
  readonly resolved: Resolved
  readonly collected: Collected
}

/**
 * The main job: two refs in, a comment and a report out. Bad input is found before anything is fetched, built
 * or written; from the first build to the last line the machine is locked to this run.
 */
export const runComparison = async (
  settings: Settings,
  options: RunOptions,
  ports: RunPorts
): Promise<RunEnd> => {
  const inputs = await findInputs(settings, options, ports)
  if (inputs.kind !== 'found') return inputs
  const lock = await ports.lockMachine(`${settings.repository.name} ${inputs.resolved.revisions.head.sha}`)
  if (lock === null) return { kind: 'cancelled' }
  try {
    const withdrawal = await ports.whyWithdrawn()
    if (withdrawal !== null) return withdrawal
    return { kind: 'published', published: await runLocked({ settings, options, ...inputs }, ports) }
  } finally {
    await lock.release()
  }
}

/** Whatever happens from here on ends in a report of what was found out until then. */
const runLocked = async (job: Job, ports: RunPorts): Promise<Published> => {
  const { settings, options, resolved, collected } = job
  for (const orphan of await ports.endOrphans()) ports.log.warn(`ended what an earlier run left: ${orphan}`)
  const machine = await ports.readMachine(null)
  const outline = planRun(settings, resolved, options.timeScale)
  const plan = withWitnesses(outline, collected.witnesses)
  const isWhole = collected.missing.length === 0
  const earlier = await takeReportDirectory(settings.reportDir, isWhole ? plan : null, ports)
  const notes = [...options.notes, ...resolved.notes, ...keptNotes(collected.kept)]
  const state = beginState({ plan, machine }, earlier, notes)
  const reserve = await ports.reserveSpace(settings.reportDir)
  const stop = await ports.guard(() => produce(job, state, ports))
  await reserve.free()
  const measurements = finish(state, stop)
  const context = await options.describeComment()
  const published = await publishRun(settings.reportDir, { measurements, context }, ports)
  // Last of all: a run that is killed before its report is written must be able to write it.
  if (isFinal(stop.ending)) await closeJournal(settings.reportDir, stop.ending, ports)
  // The next run empties the build directory anyway: a cancelled one must be gone in seconds.
  if (!ports.isCancelled()) await tidy(job, state, ports)
  return published
}

const keptNotes = (kept: Collected['kept']): readonly string[] =>
  kept.length === 0
    ? []
    : [`Witnesses of ${kept.join(', ')} are those that an earlier run kept in cache-dir.`]

/** Builds, fetches and measures; `state` holds what is known, and the result says why it ended. */
const produce = async (job: Job, state: RunState, ports: RunPorts): Promise<Stop> => {
  const { settings, resolved, collected } = job
  const notOurs = await beginBuilding(settings.cacheDir, ports.files)
  if (notOurs !== null) return failedRun('infrastructure', obstacle(notOurs))
  const building = { settings, resolved, state }
  const stoppedAtBase = await buildBase(building, ports)
  if (stoppedAtBase !== null) return stoppedAtBase
  const fetched = await fetchMissing(job, state, ports)
  if (fetched.kind === 'stop') return fetched.stop
  const witnesses = [...collected.witnesses, ...fetched.witnesses].toSorted((a, b) => a.block - b.block)
  state.plan = withWitnesses(state.plan, witnesses)
  const builds = await buildHead(building, ports)
  if (builds.kind === 'stop') return builds.stop
  return measureAll({ job, state, witnesses, builds: builds.builds }, ports)
}

interface Measuring {
  readonly job: Job
  readonly state: RunState
  readonly witnesses: Collected['witnesses']
  readonly builds: { readonly base: Build; readonly head: Build }
}

const measureAll = async (measuring: Measuring, ports: RunPorts): Promise<Stop> => {
  const { job, state, witnesses, builds } = measuring
  const { settings } = job
  const journal = await openRunJournal(settings.reportDir, { ...state, builds }, ports)
  try {
    const context = {
      plan: state.plan,
      prover: ports.prover,
      builds,
      witnesses,
      workDirectory: join(settings.cacheDir, 'work', 'trial'),
      logDirectory: logDirectoryIn(settings.reportDir),
      environment: ports.environments.trial,
      isWitnessIntact: ports.witnessStore.isIntact,
      ports
    }
    const report = (): Report =>
      maskedReport(compareRun(finish(state, { ending: 'complete', failures: [] })), ports.redact)
    const { ending, failures } = await measure(context, state.records, { ...ports, journal, report })
    return { ending, failures }
  } finally {
    await journal.close()
  }
}

/** A run that ended in any other way goes on where it was, when it is started again. */
const isFinal = (ending: Ending): boolean => ending === 'complete' || ending === 'budget-spent'

const obstacle = (message: string): Failure => ({
  side: null,
  stage: 'build',
  block: null,
  reason: 'bad-input',
  message,
  tail: ''
})

const finish = (state: RunState, stop: Stop): Measurements => ({
  plan: state.plan,
  machine: { ...state.machine, rustc: state.builds.base?.toolchain ?? null },
  builds: state.builds,
  records: state.records,
  failures: [...state.failures, ...stop.failures],
  notes: state.notes,
  ending: stop.ending,
  planned: plannedTrials(state.plan).length
})

/** A run that is finished and published does not fail for its broom. */
const tidy = async (job: Job, state: RunState, ports: RunPorts): Promise<void> => {
  try {
    await sweep(job, state, ports)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    ports.log.warn(`the cache could not be tidied: ${error.message}`)
  }
}

/** What is no longer needed, and what no longer fits. */
const sweep = async (
  { settings, resolved, collected }: Job,
  state: RunState,
  ports: RunPorts
): Promise<void> => {
  await endBuilding(settings.cacheDir, ports.files)
  const binaries = Object.values(state.builds).flatMap((build: Build | null) => build?.binary ?? [])
  const mirrors = Object.values(resolved.mirrors).map(({ directory }) => directory)
  const witnesses = collected.witnesses.map(({ path }) => path)
  for (const removed of await ports.limitCache([...binaries, ...mirrors, ...witnesses]))
    ports.log.info(`removed from the cache: ${removed}`)
}
