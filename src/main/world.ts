import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Failure } from '../domain/failure.ts'
import type { Settings } from '../domain/settings.ts'
import { rebuildCacheDir } from '../stages/rebuild.ts'
import { RESERVED, type RunPorts } from '../stages/run-ports.ts'
import { failedRun, type Stop } from '../stages/run-state.ts'
import { createBaseStore } from '../io/node/base-store.ts'
import { createBuildStore } from '../io/node/build-store.ts'
import { limitCache } from '../io/node/cache-limit.ts'
import { clock } from '../io/node/clock.ts'
import { createContainers } from '../io/node/containers.ts'
import { freeSpace, reserveSpace } from '../io/node/disk-space.ts'
import { childEnvironment, type Environment, type Purpose } from '../io/node/environment.ts'
import { realPath } from '../io/node/directories.ts'
import { DiskFull } from '../io/node/errors.ts'
import { files } from '../io/node/files.ts'
import { createGit } from '../io/node/git.ts'
import { createGpu } from '../io/node/gpu.ts'
import { openJournal } from '../io/node/journal-file.ts'
import { readMachine } from '../io/node/machine-facts.ts'
import { acquireMachineLock } from '../io/node/machine-lock.ts'
import { endOrphans } from '../io/node/orphans.ts'
import { createNvidiaSmi } from '../io/node/nvidia-smi.ts'
import { createProcesses } from '../io/node/processes.ts'
import { createProverServer } from '../io/node/prover-server.ts'
import { createReferenceStore } from '../io/node/reference-store.ts'
import { startOfflineEndpoint, startRpcForwarder } from '../io/node/rpc-forwarder.ts'
import { makeTag } from '../io/node/tag.ts'
import { createWitnessStore } from '../io/node/witness-store.ts'
import type { Log, Processes, ProverServer } from '../io/ports.ts'
import { REGISTRY } from '../provers/registry.ts'
import type { Cancellation } from './cancellation.ts'
import { VERSION } from './version.ts'

/** What the process was started with, as far as a run needs it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly cancellation: Pick<Cancellation, 'signal' | 'hardSignal'>
  readonly log: Log
  readonly redact: (text: string) => string
  /** Listens to where the run stands. */
  readonly tell?: RunPorts['tell']
  readonly whyWithdrawn?: RunPorts['whyWithdrawn']
}

/** The world for a run with these settings: real processes, disk, clock and network. */
export const createWorld = (settings: Settings, surroundings: Surroundings): RunPorts => {
  const { environment, cancellation, log } = surroundings
  const { cacheDir, network, passEnv } = settings
  const startedAt = Date.now()
  const tag = makeTag()
  const processes = createProcesses({ tag, ...cancellation })
  const seenBy = (purpose: Purpose): Environment => childEnvironment(environment, { purpose, passEnv })
  // Removing a container is part of being cancelled, so that cancelling must not stop it.
  const unhurried = createProcesses({ tag: makeTag(), signal: cancellation.hardSignal })
  const containers = createContainers(unhurried, seenBy('tool'))
  return {
    prover: REGISTRY['ethrex-replay'],
    referenceProver: REGISTRY.rsp,
    processes,
    files,
    clock,
    log,
    ...createAccelerator(settings, { processes, containers, tag, env: seenBy('tool') }, surroundings),
    repositories: withMirrorLock(
      createGit({ processes, environment: seenBy('git'), cacheDir }),
      surroundings
    ),
    ...createStores(settings),
    version: VERSION,
    openJournal,
    environments: { trial: seenBy('trial'), build: seenBy('build') },
    startForwarder: () =>
      startRpcForwarder({
        network,
        upstream: new URL(environment['RPC_URL'] ?? 'http://localhost'),
        signal: cancellation.signal
      }),
    startOfflineEndpoint,
    lockReportDirectory: (path) => lockReportDirectory(path, surroundings),
    lockMachine: (what) => lockMachine(what, surroundings),
    endOrphans: async () => (await endOrphans()).found,
    readMachine: (rustc) => readMachine({ processes: unhurried, env: seenBy('tool') }, rustc),
    freeSpace,
    reserveSpace: (directory) => reserveSpace(join(directory, '.reserve'), RESERVED),
    limitCache: async (inUse) =>
      (await limitCache({ cacheDir, limit: settings.cacheLimit, inUse, since: startedAt })).removed,
    guard: (work) => guard(work, log),
    isCancelled: () => cancellation.signal.aborted,
    tell: surroundings.tell ?? (() => undefined),
    whyWithdrawn: surroundings.whyWithdrawn ?? (() => Promise.resolve(null)),
    redact: surroundings.redact
  }
}

const createStores = ({ cacheDir, network }: Settings) => ({
  buildStore: createBuildStore(cacheDir),
  rebuildStore: createBuildStore(rebuildCacheDir(cacheDir)),
  witnessStore: createWitnessStore({ cacheDir, network }),
  baseStore: createBaseStore(cacheDir),
  referenceStore: createReferenceStore(cacheDir)
})

interface Tools {
  readonly processes: Processes
  readonly containers: ReturnType<typeof createContainers>
  readonly tag: ReturnType<typeof makeTag>
  readonly env: Environment
}

/** What proves: the GPU and the server on it, where the run has to do with them. */
const createAccelerator = (
  settings: Settings,
  { processes, containers, tag, env }: Tools,
  { cancellation, log }: Surroundings
): Pick<RunPorts, 'gpu' | 'server'> => {
  const ours = new Set<string>()
  const stateFile = join(settings.cacheDir, 'work', 'container')
  return {
    server: usesServer(settings)
      ? createProverServer({ containers, stateFile, onContainer: (id) => ours.add(id) })
      : NO_SERVER,
    gpu: provesOnGpu(settings)
      ? createGpu({
          nvidiaSmi: createNvidiaSmi({ processes, env }),
          tag,
          containers: ours,
          onWait: (user) => log.info(`waiting for the GPU, which is used by ${user}`),
          signal: cancellation.signal
        })
      : null
  }
}

/** SP1's GPU prover runs in a container; nothing else that we start does. */
const usesServer = (settings: Settings): boolean => settings.zkvms.includes('sp1') && provesOnGpu(settings)

const provesOnGpu = ({ resource, mode }: Settings): boolean => resource === 'gpu' && mode !== 'execute'

const NO_SERVER: ProverServer = {
  clear: () => Promise.resolve([]),
  obstacle: () => Promise.resolve(null),
  watch: () => ({ end: () => Promise.resolve([]) })
}

const lockMachine = (
  what: string,
  { cancellation, log, tell }: Surroundings
): ReturnType<typeof acquireMachineLock> =>
  acquireMachineLock({
    holder: { pid: process.pid, since: clock.now(), what },
    onWait: (holder) => {
      log.info(`waiting for the machine, which another run has: ${holder}`)
      tell?.({ kind: 'queued', waitingFor: holder }, null)
    },
    signal: cancellation.signal
  })

/** Two runs in one directory would write over each other, and one that proves nothing has no need of the machine. */
const lockReportDirectory = async (
  path: string,
  { cancellation: { signal }, log }: Surroundings
): ReturnType<typeof acquireMachineLock> =>
  acquireMachineLock({
    holder: { pid: process.pid, since: clock.now(), what: `report-dir ${path}` },
    onWait: (holder) => log.info(`waiting for the report directory, which another run has: ${holder}`),
    signal,
    // The name of a socket is short.
    name: `proving-regression ${files.sha256OfText(await realPath(path)).slice(0, 32)}`
  })

type Git = ReturnType<typeof createGit>

/** Mirrors are brought up to date before the machine is locked, by one run at a time. */
const withMirrorLock = (git: Git, { cancellation: { signal }, log, tell }: Surroundings): Git => ({
  ...git,
  mirror: async (repository) => {
    log.info(`fetching what is new in ${repository.name}`)
    tell?.({ kind: 'preparing', what: 'fetch' }, null)
    const holder = { pid: process.pid, since: clock.now(), what: 'fetching' }
    const name = 'proving-regression mirrors'
    const onWait = (other: string): void => {
      log.info(`waiting for the mirrors, which another run has: ${other}`)
    }
    const lock = await acquireMachineLock({ holder, onWait, signal, name })
    if (lock === null) return { ok: false, error: 'cancelled' }
    try {
      return await git.mirror(repository)
    } finally {
      await lock.release()
    }
  }
})

const guard = async (work: () => Promise<Stop>, log: Log): Promise<Stop> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error instanceof DiskFull) return failedRun('infrastructure', ours('disk-full', error.message))
    log.warn(error.stack ?? error.message)
    return failedRun('infrastructure', ours('internal', `a mistake of proving-regression: ${error.message}`))
  }
}

const ours = (reason: 'disk-full' | 'internal', message: string): Failure => ({
  side: null,
  stage: 'publish',
  block: null,
  reason,
  message,
  tail: ''
})

/** Where mirrors, builds and witnesses are kept unless the user says otherwise. */
export const defaultCacheDir = (environment: Surroundings['environment']): string =>
  join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'proving-regression')
