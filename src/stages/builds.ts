import type { Failure } from '../domain/failure.ts'
import { MEBIBYTE } from '../domain/quantity.ts'
import type { Side } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { ZkVm } from '../domain/workload.ts'
import type { Files } from '../io/ports.ts'
import { sideName, zkvmsOf } from '../plan/legs.ts'
import type { BuildOptions } from '../provers/prover.ts'
import { buildSide, type BuildPorts, type BuildRequest } from './build.ts'
import { buildHeadFor } from './rebuild.ts'
import { sidesOf, type Resolved } from './resolve.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, failedRun, type LegState, type Stop } from './run-state.ts'

export interface Building {
  readonly settings: Settings
  readonly resolved: Resolved
  /** The leg whose side is built. */
  readonly state: LegState
  /** All of the run. */
  readonly legs: readonly LegState[]
}

/** Null when base is built; its build is in the leg's state. */
export const buildBase = (building: Building, ports: RunPorts): Promise<Stop | null> =>
  buildInto('base', building, ports)

/** Head, or what stands in its place, after base: what head's build may leave behind cannot touch base's. */
export const buildHead = (building: Building, ports: RunPorts): Promise<Stop | null> =>
  buildHeadFor(building, ports, (head, by) => buildInto('head', head, by))

const buildInto = async (side: Side, building: Building, ports: RunPorts): Promise<Stop | null> => {
  const { settings, resolved, state, legs } = building
  const { plan } = state
  const ethrex = plan.revisions[side]
  const name = sideName({ plan, side }, legs)
  const began = ports.clock.monotonic()
  ports.log.info(`building ${name} (${ethrex.ref}, ${ethrex.sha})`)
  const zkvm = zkvmsOf(legs).length > 1 ? plan.zkvm : null
  ports.tell({ kind: 'building', side, variant: plan.variant, zkvm }, sidesOf(resolved))
  const request = requestOf({ settings, resolved, zkvm: plan.zkvm }, ports)
  const end = await buildSide({ side, name, ethrex }, request, portsOf(ports))
  if (end.kind === 'cancelled') return cancelledRun
  if (end.kind === 'failed') return failedRun('stopped', await blameDisk(end.failure, settings, ports))
  state.builds[side] = end.build
  state.notes.push(...end.notes)
  const took = `${(ports.clock.monotonic() - began).toFixed(1)}s`
  ports.log.info(
    end.build.reused ? `${name}: binary of an earlier run reused, nothing built` : `${name}: built in ${took}`
  )
  return null
}

/** A linker that runs out of disk dies of SIGBUS and says nothing of it; a build takes gigabytes. */
const FULL = MEBIBYTE * 64

/** A build that failed on a full disk is nobody's fault but the disk's. */
const blameDisk = async (failure: Failure, { cacheDir }: Settings, ports: RunPorts): Promise<Failure> => {
  if ((await ports.freeSpace(cacheDir)) > FULL) return failure
  const message = `the disk of ${cacheDir} is full: ${failure.message}`
  return { ...failure, side: null, reason: 'disk-full', message }
}

const requestOf = (
  { settings, resolved, zkvm }: Pick<Building, 'settings' | 'resolved'> & { readonly zkvm: ZkVm },
  { prover, environments, files }: RunPorts
): BuildRequest => {
  const options = buildOptionsOf(settings, zkvm)
  return {
    cacheDir: settings.cacheDir,
    reportDir: settings.reportDir,
    mirrors: resolved.mirrors,
    host: resolved.host,
    features: prover.buildFeatures(options),
    passed: passedDigest(settings, environments.build, files),
    buildCommand: (paths) => prover.buildCommand(options, paths),
    guestArtefacts: prover.guestArtefacts(zkvm),
    environment: environments.build
  }
}

/**
 * Of the variables that the user lets through; empty where there are none. They may change what cargo builds
 * (`RUSTFLAGS`), and what a zkVM counts (the size of its segments): another value is another binary, another figure.
 */
export const passedDigest = (
  { passEnv }: Pick<Settings, 'passEnv'>,
  environment: Readonly<Record<string, string>>,
  files: Pick<Files, 'sha256OfText'>
): string => {
  const passed = passEnv.toSorted().map((name) => `${name}=${environment[name] ?? ''}`)
  return passed.length === 0 ? '' : files.sha256OfText(passed.join('\0'))
}

/** Cycles need no GPU build, whatever `resource` says. */
export const buildOptionsOf = ({ mode, resource }: Settings, zkvm: ZkVm): BuildOptions => ({
  zkvm,
  resource: mode === 'execute' ? 'cpu' : resource
})

const portsOf = (ports: RunPorts): BuildPorts => ({
  processes: ports.processes,
  files: ports.files,
  trees: ports.repositories,
  store: ports.buildStore,
  log: ports.log
})
