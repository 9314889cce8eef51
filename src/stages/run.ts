import type { Failure } from '../domain/failure.ts'
import type { Ending, RunMeasurements } from '../domain/run.ts'
import type { Settings } from '../domain/settings.ts'
import type { SourceComparison } from '../domain/sameness.ts'
import { planRun } from '../plan/plan.ts'
import { coursesOf } from '../plan/lockstep.ts'
import { beginBuilding } from './build-directory.ts'
import { buildOptionsOf } from './builds.ts'
import { notesOfMachine } from './calibrations.ts'
import { publishRun, type Published } from './publish.ts'
import { isMeasured } from './report-of.ts'
import { closeJournal, takeReportDirectory } from './report-directory.ts'
import { sidesOf } from './resolve.ts'
import { buildLegs } from './run-builds.ts'
import { findInputs, type FoundInputs } from './run-inputs.ts'
import { beginRun, finish, isSkipped, type Job } from './run-job.ts'
import { measureLegs } from './run-measure.ts'
import type { RunOptions, RunPorts, Withdrawal } from './run-ports.ts'
import { measureBeside } from './run-reference.ts'
import { continueFrom, failedRun, planOf, type RunState, type Stop } from './run-state.ts'
import { tidy } from './run-tidy.ts'
import { compareSources } from './sources.ts'

/** How a run ended. Only a published one has files; the others ended before there was a plan. */
export type RunEnd =
  | Exclude<FoundInputs, { readonly kind: 'found' }>
  | Withdrawal
  | { readonly kind: 'published'; readonly published: Published }

/**
 * The main job: two refs in, or more, a comment and a report out. Bad input is found before anything is fetched, built
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
    const isIdentical = sources.length > 0 && sources.every((one) => isSkipped(one, settings))
    return isIdentical ? published(await publishIdentical(job, ports)) : await runOnMachine(job, ports)
  } finally {
    await directory.release()
  }
}

/** By leg. */
const lookAtSources = async (
  { settings, options, resolved }: Omit<Job, 'sources'>,
  { prover, repositories, files, tell }: RunPorts
): Promise<Job['sources']> => {
  if (options.purpose !== 'compare') return []
  tell({ kind: 'preparing', what: 'sources' }, sidesOf(resolved))
  const compared: SourceComparison[] = []
  for (const { zkvm, revisions } of planRun(settings, { ...resolved, ...options }).legs) {
    const features = prover.buildFeatures(buildOptionsOf(settings, zkvm))
    const question = { resolved: { ...resolved, revisions }, zkvm, features }
    compared.push(await compareSources(question, { trees: repositories, files }))
  }
  return compared
}

const published = (of: Published): RunEnd => ({ kind: 'published', published: of })

/** Nothing of head is run, so nobody needs to be asked whether it still may be. */
const publishIdentical = async (job: Job, ports: RunPorts): Promise<Published> => {
  const { settings, options } = job
  const state = await beginRun(job, ports)
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
  const state = await beginRun(job, ports)
  const isWhole = collected.missing.length === 0
  continueFrom(state, await takeReportDirectory(settings.reportDir, isWhole ? planOf(state) : null, ports))
  const reserve = await ports.reserveSpace(settings.reportDir)
  const stop = await ports.guard(() => produce(job, state, ports))
  await reserve.free()
  const measurements = await withCaveats(finish(state, stop), settings, ports)
  const context = await options.describeComment()
  const made = await publishRun(settings.reportDir, { measurements, context }, ports)
  const ending = stop.ending === 'complete' ? finalEnding(measurements.legs.map((leg) => leg.ending)) : null
  // Last of all: a run that is killed before its report is written must be able to write it.
  if (ending !== null) await closeJournal(settings.reportDir, ending, ports)
  // The next run empties the build directory anyway: a cancelled one must be gone in seconds.
  if (!ports.isCancelled()) await tidy(job, measurements, ports)
  return made
}

/** What earlier calibrations of this machine add to each leg. */
const withCaveats = async (
  measurements: RunMeasurements,
  { cacheDir }: Settings,
  ports: RunPorts
): Promise<RunMeasurements> => {
  const measured = measurements.legs.filter(isMeasured)
  const courses = coursesOf(measured)
  const legs: RunMeasurements['legs'][number][] = []
  for (const leg of measurements.legs) {
    const timing = courses[measured.indexOf(leg)]?.timing ?? null
    const found = await notesOfMachine({ plan: leg.plan, machine: leg.machine, timing }, cacheDir, ports)
    legs.push({ ...leg, caveats: [...leg.caveats, ...found] })
  }
  return { ...measurements, legs }
}

/** Builds, fetches and measures; `state` holds what is known, and the result says why what is open went no further. */
const produce = async (job: Job, state: RunState, ports: RunPorts): Promise<Stop> => {
  const notOurs = await beginBuilding(job.settings.cacheDir, ports.files)
  if (notOurs !== null) return failedRun('infrastructure', obstacle(notOurs))
  const built = await buildLegs({ job, state }, ports)
  if (built.kind === 'stop') return built.stop
  const measuring = { job, state, witnesses: built.witnesses }
  const stop = (await measureLegs(measuring, ports)) ?? (await measureBeside(measuring, ports))
  return stop ?? { ending: 'complete', failures: [] }
}

/**
 * How a run ended that is over for good: the legs that were measured came to their end. Null where it goes on where it was,
 * when it is started again.
 */
const finalEnding = (endings: readonly Ending[]): Ending | null => {
  const measured = endings.filter((ending) => ending !== 'identical' && ending !== 'stopped')
  if (measured.length === 0) return null
  if (measured.every((ending) => ending === 'complete')) return 'complete'
  const isOver = measured.every((ending) => ending === 'complete' || ending === 'budget-spent')
  return isOver ? 'budget-spent' : null
}

const obstacle = (message: string): Failure => ({
  side: null,
  stage: 'build',
  block: null,
  reason: 'bad-input',
  message,
  tail: ''
})
