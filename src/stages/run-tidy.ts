import type { Failure } from '../domain/failure.ts'
import type { RunMeasurements } from '../domain/run.ts'
import { contradict, isTampered, keepResults } from './base-results.ts'
import { passedDigest } from './builds.ts'
import { endAllBuilding } from './rebuild.ts'
import { commitsOf, type Job } from './run-job.ts'
import type { RunPorts } from './run-ports.ts'

/** A run that is finished and published does not fail for its broom. */
export const tidy = async (job: Job, measurements: RunMeasurements, ports: RunPorts): Promise<void> => {
  try {
    await keepForLater(job, measurements, ports)
    await sweep(job, measurements, ports)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    ports.log.warn(`the cache could not be tidied: ${error.message}`)
  }
}

/**
 * Only now is it known whether anything in the run makes its figures doubtful: whatever was run with them counts. Legs
 * whose figures contradict each other come last, so that what they forget is not kept by another.
 */
const keepForLater = async (
  { settings, options, resolved }: Job,
  { legs }: RunMeasurements,
  ports: RunPorts
): Promise<void> => {
  const mayKeep = options.isOwnCode && options.purpose === 'compare' && !legs.some(isTampered)
  const { version } = ports
  const passed = passedDigest(settings, ports.environments.trial, ports.files)
  const failures: readonly Failure[] = legs.flatMap((leg) => leg.failures)
  const commits = commitsOf(legs)
  const inOrder = legs.toSorted((a, b) => Number(contradict(a.records)) - Number(contradict(b.records)))
  for (const { plan, builds, records } of inOrder) {
    if (builds.base === null) continue
    const of = { plan, build: builds.base, passed, version, records, failures, commits }
    await keepResults({ ...of, mayKeep, mirrors: resolved.mirrors }, ports)
  }
}

/** What is no longer needed, and what no longer fits. */
const sweep = async (
  { settings, resolved, collected }: Job,
  { legs }: RunMeasurements,
  ports: RunPorts
): Promise<void> => {
  await endAllBuilding(settings.cacheDir, ports.files)
  const binaries = legs.flatMap(({ builds: { base, head } }) =>
    [base, head].flatMap((build) => build?.binary ?? [])
  )
  const { ethrex, host } = resolved.mirrors
  const mirrors = [ethrex, host, ...(resolved.reference === null ? [] : [resolved.reference.mirror])]
  const witnesses = collected.witnesses.map(({ path }) => path)
  const inUse = [...new Set(binaries), ...mirrors.map(({ directory }) => directory), ...witnesses]
  for (const removed of await ports.limitCache(inUse)) ports.log.info(`removed from the cache: ${removed}`)
}
