import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Ending } from '../domain/run.ts'
import type { Settings } from '../domain/settings.ts'
import { withWitnesses } from '../plan/plan.ts'
import { courseOf } from '../plan/schedule.ts'
import { keepResults } from './base-results.ts'
import { beginBuilding } from './build-directory.ts'
import { buildBase, buildHead, buildOptionsOf, passedDigest } from './builds.ts'
import { notesOfMachine } from './calibrations.ts'
import { publishRun, type Published } from './publish.ts'
import { closeJournal, takeReportDirectory } from './report-directory.ts'
import { sidesOf } from './resolve.ts'
import { endAllBuilding } from './rebuild.ts'
import { findInputs, type FoundInputs } from './run-inputs.ts'
import { beginRun, finish, type Job } from './run-job.ts'
import { measureBuilds } from './run-measure.ts'
import type { RunOptions, RunPorts, Withdrawal } from './run-ports.ts'
import { failedRun, type RunState, type Stop } from './run-state.ts'
import { compareSources } from './sources.ts'
import { fetchMissing } from './witness-fetch.ts'

/** How a run ended. Only a published one has files; the others ended before there was a plan. */
export type RunEnd =
  | Exclude<FoundInputs, { readonly kind: 'found' }>
  | Withdrawal
  | { readonly kind: 'published'; readonly published: Published }

/**
 * The main job: two refs in, a comment and a report out. Bad input is found before anything is fetched, built
 * or written. Where nothing that proving depends on differs, that is the answer, and the machine is not waited for;
 * else it is locked to this run from the first build to the last line.
 */
export const runComparison = async (
  settings: Settings,
  options: RunOptions,
  ports: RunPorts
): Promise<RunEnd> => {
  const inputs = await findInputs(settings, options, ports)
  if (inputs.kind !== 'found') return inputs
  const directory = await ports.lockReportDirectory(settings.reportDir)
  if (directory === null) return { kind: 'cancelled' }
  try {
    const sources = await lookAtSources({ settings, options, ...inputs }, ports)
    if (ports.isCancelled()) return { kind: 'cancelled' }
    const { resolved, collected } = inputs
    const job: Job = { settings, options, resolved, collected, sources }
    const isIdentical = sources?.kind === 'identical' && settings.whenIdentical === 'skip'
    return isIdentical ? published(await publishIdentical(job, ports)) : await runOnMachine(job, ports)
  } finally {
    await directory.release()
  }
}

const lookAtSources = async (
  { settings, options, resolved }: Omit<Job, 'sources'>,
  { prover, repositories, files, tell }: RunPorts
): Promise<Job['sources']> => {
  if (options.purpose !== 'compare') return null
  tell({ kind: 'preparing', what: 'sources' }, sidesOf(resolved))
  const features = prover.buildFeatures(buildOptionsOf(settings))
  return compareSources({ resolved, zkvm: settings.zkvm, features }, { trees: repositories, files })
}

const published = (of: Published): RunEnd => ({ kind: 'published', published: of })

/** Nothing of head is run, so nobody needs to be asked whether it still may be. */
const publishIdentical = async (job: Job, ports: RunPorts): Promise<Published> => {
  const { settings, options } = job
  const state = await beginRun(job, [], ports)
  await takeReportDirectory(settings.reportDir, null, ports)
  const measurements = finish(state, { ending: 'identical', failures: [] })
  const context = await options.describeComment()
  return publishRun(settings.reportDir, { measurements, context }, ports)
}

const runOnMachine = async (job: Job, ports: RunPorts): Promise<RunEnd> => {
  const { settings, resolved } = job
  const lock = await ports.lockMachine(`${settings.repository.name} ${resolved.revisions.head.sha}`)
  if (lock === null) return { kind: 'cancelled' }
  try {
    const withdrawal = await ports.whyWithdrawn()
    return withdrawal ?? published(await runLocked(job, ports))
  } finally {
    await lock.release()
  }
}

/** Whatever happens from here on ends in a report of what was found out until then. */
const runLocked = async (job: Job, ports: RunPorts): Promise<Published> => {
  const { settings, options, collected } = job
  for (const orphan of await ports.endOrphans()) ports.log.warn(`ended what an earlier run left: ${orphan}`)
  const state = await beginRun(job, [], ports)
  const isWhole = collected.missing.length === 0
  const earlier = await takeReportDirectory(settings.reportDir, isWhole ? state.plan : null, ports)
  state.records.push(...earlier)
  const reserve = await ports.reserveSpace(settings.reportDir)
  const stop = await ports.guard(() => produce(job, state, ports))
  await reserve.free()
  state.caveats.push(...(await caveatsOfMachine(state, settings, ports)))
  const measurements = finish(state, stop)
  const context = await options.describeComment()
  const made = await publishRun(settings.reportDir, { measurements, context }, ports)
  // Last of all: a run that is killed before its report is written must be able to write it.
  if (isFinal(stop.ending)) await closeJournal(settings.reportDir, stop.ending, ports)
  // The next run empties the build directory anyway: a cancelled one must be gone in seconds.
  if (!ports.isCancelled()) await tidy(job, { state, failures: measurements.failures }, ports)
  return made
}

const caveatsOfMachine = (
  { plan, machine, records }: RunState,
  { cacheDir }: Settings,
  ports: RunPorts
): Promise<readonly string[]> =>
  notesOfMachine({ plan, machine, timing: courseOf(plan, records).timing }, cacheDir, ports)

/** Builds, fetches and measures; `state` holds what is known, and the result says why it ended. */
const produce = async (job: Job, state: RunState, ports: RunPorts): Promise<Stop> => {
  const { settings, options, resolved, collected } = job
  const notOurs = await beginBuilding(settings.cacheDir, ports.files)
  if (notOurs !== null) return failedRun('infrastructure', obstacle(notOurs))
  const building = { settings, options, resolved, state }
  const stoppedAtBase = await buildBase(building, ports)
  if (stoppedAtBase !== null) return stoppedAtBase
  const fetched = await fetchMissing(job, state, ports)
  if (fetched.kind === 'stop') return fetched.stop
  const witnesses = [...collected.witnesses, ...fetched.witnesses].toSorted((a, b) => a.block - b.block)
  state.plan = withWitnesses(state.plan, witnesses)
  const builds = await buildHead(building, ports)
  if (builds.kind === 'stop') return builds.stop
  return measureBuilds({ job, state, witnesses, builds: builds.builds }, ports)
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

/** A run that is finished and published does not fail for its broom. */
const tidy = async (
  job: Job,
  { state, failures }: { readonly state: RunState; readonly failures: readonly Failure[] },
  ports: RunPorts
): Promise<void> => {
  try {
    await keepForLater(job, { state, failures }, ports)
    await sweep(job, state, ports)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    ports.log.warn(`the cache could not be tidied: ${error.message}`)
  }
}

/** Only now is it known whether anything in the run makes its figures doubtful. */
const keepForLater = async (
  { settings, options, resolved }: Job,
  { state, failures }: { readonly state: RunState; readonly failures: readonly Failure[] },
  ports: RunPorts
): Promise<void> => {
  const { plan, records, builds } = state
  if (builds.base === null) return
  const mayKeep = options.isOwnCode && options.purpose === 'compare'
  const { version } = ports
  const passed = passedDigest(settings, ports.environments.trial, ports.files)
  const of = { plan, build: builds.base, passed, version, records, failures }
  await keepResults({ ...of, mayKeep, mirrors: resolved.mirrors }, ports)
}

/** What is no longer needed, and what no longer fits. */
const sweep = async (
  { settings, resolved, collected }: Job,
  state: RunState,
  ports: RunPorts
): Promise<void> => {
  await endAllBuilding(settings.cacheDir, ports.files)
  const binaries = Object.values(state.builds).flatMap((build: Build | null) => build?.binary ?? [])
  const mirrors = Object.values(resolved.mirrors).map(({ directory }) => directory)
  const witnesses = collected.witnesses.map(({ path }) => path)
  for (const removed of await ports.limitCache([...binaries, ...mirrors, ...witnesses]))
    ports.log.info(`removed from the cache: ${removed}`)
}
