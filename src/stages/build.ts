import { basename, dirname, join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import { milliseconds } from '../domain/quantity.ts'
import { failure, success, type Result } from '../domain/problem.ts'
import type { Revision, Sha } from '../domain/revision.ts'
import type { Files, Log, Processes } from '../io/ports.ts'
import { hostDoesNotBuild } from '../plan/build-failure.ts'
import { gitCopiesOf, lockChanges, patchedLock } from '../plan/cargo-lock.ts'
import { packageNames, type Manifests } from '../plan/cargo-manifest.ts'
import { planPatch } from '../plan/cargo-patch.ts'
import { ethrexOf, type IsEthrex } from '../plan/cargo-source.ts'
import type { BuildDescription, BuildPaths, GuestArtefacts } from '../provers/prover.ts'
import { buildDirectoryIn, clearForSide } from './build-directory.ts'
import { readLock, runCargo, stopped, type CargoStop, type SideBuild } from './cargo.ts'
import { findGuest } from './guest.ts'
import type { Mirror } from './repositories.ts'
import { toolchainsDigest } from './toolchains.ts'

/** What decides a binary. */
export interface BuildIdentity {
  readonly ethrex: Sha
  readonly host: Sha
  readonly features: readonly string[]
  /** Digest of the variables that the user lets into the build; empty where there are none. */
  readonly passed: string
  readonly toolchain: string
  /** Digest of all toolchains that are installed: one of them builds the guest. */
  readonly toolchains: string
  /** File name of the binary. */
  readonly program: string
}

/** Binaries of this run and earlier ones. */
export interface BuildStore {
  /** A binary that is still what it was when kept. */
  find(
    identity: BuildIdentity
  ): Promise<
    | { readonly kind: 'found'; readonly build: Build }
    | { readonly kind: 'absent' }
    | { readonly kind: 'damaged'; readonly message: string }
  >
  keep(identity: BuildIdentity, built: Built): Promise<Build>
}

/** What cargo left, and is known of it. */
interface Built extends Pick<Build, 'guest' | 'lockChanges'> {
  /** Absolute path in the target directory. */
  readonly binary: string
}

/** Trees of mirrored repositories. Errors are lines for people. */
export interface Trees {
  /** In a directory of its own, emptied first, every file dated now. */
  checkout(mirror: Mirror, sha: Sha, directory: string): Promise<Result<void, string>>
  /** Texts of all files of that name in the commit, by path. */
  files(mirror: Mirror, sha: Sha, name: string): Promise<Result<ReadonlyMap<string, string>, string>>
}

export interface BuildPorts {
  readonly processes: Processes
  readonly files: Files
  readonly trees: Trees
  readonly store: BuildStore
  readonly log: Log
}

/** What both sides of a run are built with. */
export interface BuildRequest {
  readonly cacheDir: string
  readonly reportDir: string
  readonly mirrors: { readonly ethrex: Mirror; readonly host: Mirror }
  readonly host: Revision
  readonly features: readonly string[]
  /** See `BuildIdentity`. */
  readonly passed: string
  /** The prover's `buildCommand`. */
  readonly buildCommand: (paths: BuildPaths) => BuildDescription
  /** The prover's, for this zkVM. */
  readonly guestArtefacts: readonly GuestArtefacts[]
  /** Of rustc and cargo: an allow-list, without secrets. */
  readonly environment: Readonly<Record<string, string>>
}

export type BuildEnd =
  | { readonly kind: 'built'; readonly build: Build; readonly notes: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }

/** A side's build with what it takes to get its sources. */
interface BuildUnderWay extends SideBuild, Pick<BuildRequest, 'guestArtefacts'> {
  readonly mirrors: BuildRequest['mirrors']
  readonly ports: BuildPorts
}

/**
 * Builds the host against one side's ethrex, or takes the binary that an earlier build left. `beginBuilding`
 * comes before the first side.
 */
export const buildSide = async (
  of: Pick<SideBuild, 'side' | 'name' | 'ethrex'>,
  request: BuildRequest,
  ports: BuildPorts
): Promise<BuildEnd> => {
  const directory = buildDirectoryIn(request.cacheDir)
  const hostRepository = request.mirrors.host.repository
  const command = request.buildCommand({ targetDir: directory.target, patchFile: directory.patch })
  const build: BuildUnderWay = {
    ...request,
    ...of,
    hostRepository,
    directory,
    command,
    ports,
    hostPackages: []
  }
  await clearForSide(request.cacheDir, ports.files)
  const host = await ports.trees.checkout(request.mirrors.host, request.host.sha, directory.host)
  if (!host.ok) return noTree(build, host.error)
  const toolchain = await toolchainOf(build)
  if (!toolchain.ok) return toolchain.error
  const { features, passed } = request
  const program = basename(build.command.binary)
  const identity = {
    ethrex: of.ethrex.sha,
    host: request.host.sha,
    features,
    passed,
    toolchain: toolchain.value,
    toolchains: await toolchainsDigest({ cwd: directory.host, env: build.environment }, ports),
    program
  }
  const stored = await ports.store.find(identity)
  if (stored.kind === 'found') return { kind: 'built', build: stored.build, notes: [] }
  const notes = stored.kind === 'damaged' ? [`${of.name} is built again: ${stored.message}`] : []
  for (const note of notes) ports.log.warn(note)
  return compile(build, identity, notes)
}

const compile = async (
  build: BuildUnderWay,
  identity: BuildIdentity,
  notes: readonly string[]
): Promise<BuildEnd> => {
  const { directory, ports } = build
  const sources = await readSources(build)
  if (!sources.ok) return noTree(build, sources.error)
  const { hostManifests, hostLock } = sources.value
  const isEthrex = ethrexOf(build.mirrors.ethrex.repository)
  const patch = planPatch({ ...sources.value, ethrexDirectory: directory.ethrex, isEthrex })
  if (!patch.ok) return doesNotFit(build, patch.error)
  await ports.files.write(directory.patch, patch.value.toml)
  if (hostLock !== null) {
    const lock = patchedLock(hostLock, isEthrex, patch.value.versions)
    await ports.files.write(join(directory.host, 'Cargo.lock'), lock)
  }
  const named = { ...build, hostPackages: packageNames(hostManifests) }
  const stop =
    (await runCargo('fetch', named)) ??
    (await checkPatched(named, isEthrex)) ??
    (await runCargo('build', named))
  if (stop !== null) return stop
  const changes = lockChanges(hostLock ?? '', (await readLock(build)) ?? '', isEthrex)
  const binary = await findBinary(directory.target, build.command.binary, ports.files)
  const guest = await findGuest(directory.ethrex, build.guestArtefacts, ports.files)
  const built = { binary, guest, lockChanges: hostLock === null ? [] : changes }
  return { kind: 'built', build: await ports.store.keep(identity, built), notes }
}

/** In `target/`, or in the folder of a target triple where the user's cargo configuration names one. */
const findBinary = async (target: string, path: string, files: Files): Promise<string> => {
  const places = [target, ...(await files.names(target)).map((name) => join(target, name))]
  for (const place of places) {
    const binary = join(place, path)
    if ((await files.names(dirname(binary))).includes(basename(binary))) return binary
  }
  throw new Error(`cargo built no ${path} in ${target}`)
}

interface Sources {
  readonly hostManifests: Manifests
  readonly hostLock: string | null
  readonly ethrexManifests: Manifests
}

/** Checks ethrex out beside the host, and reads what cargo will read from the commits, not from the disk. */
const readSources = async ({
  mirrors,
  host,
  ethrex,
  directory,
  ports
}: BuildUnderWay): Promise<Result<Sources, string>> => {
  const tree = await ports.trees.checkout(mirrors.ethrex, ethrex.sha, directory.ethrex)
  if (!tree.ok) return tree
  const hostManifests = await ports.trees.files(mirrors.host, host.sha, 'Cargo.toml')
  const ethrexManifests = await ports.trees.files(mirrors.ethrex, ethrex.sha, 'Cargo.toml')
  const locks = await ports.trees.files(mirrors.host, host.sha, 'Cargo.lock')
  if (!hostManifests.ok) return hostManifests
  if (!ethrexManifests.ok) return ethrexManifests
  const hostLock = locks.ok ? (locks.value.get('Cargo.lock') ?? null) : null
  return success({ hostManifests: hostManifests.value, hostLock, ethrexManifests: ethrexManifests.value })
}

const RUSTC_DEADLINE = milliseconds(10 * 60_000)

/** In the host's directory, where a `rust-toolchain.toml` decides. */
const toolchainOf = async (build: BuildUnderWay): Promise<Result<string, CargoStop>> => {
  const { directory, environment, ports } = build
  const command = { program: 'rustc', args: ['--version'], cwd: directory.host, env: environment }
  const { finished, stdout, stderr } = await ports.processes.capture(command, RUSTC_DEADLINE)
  const stop = stopped(finished, 'rustc', build)
  if (stop !== null) return failure(stop)
  const version = stdout.split('\n', 1)[0] ?? ''
  if (version.startsWith('rustc ')) return success(version)
  const message = 'rustc does not run in the directory of the host: is its toolchain installed?'
  const told = { side: null, stage: 'build', block: null, reason: 'build-failed' } as const
  return failure({ kind: 'failed', failure: { ...told, message, tail: stderr.slice(-4000) } })
}

const checkPatched = async (build: BuildUnderWay, isEthrex: IsEthrex): Promise<CargoStop | null> => {
  const copies = gitCopiesOf((await readLock(build)) ?? '', isEthrex)
  if (copies.length === 0) return null
  const message = `the build would mix two versions of ethrex: ${copies.join(', ')} would not come from the checkout`
  const told = { side: build.side, stage: 'build', block: null, reason: 'ethrex-not-patched' } as const
  return { kind: 'failed', failure: { ...told, message, tail: '' } }
}

const noTree = ({ side }: BuildUnderWay, error: string): CargoStop => {
  if (error === 'cancelled') return { kind: 'cancelled' }
  const told = { side, stage: 'fetch', block: null, reason: 'fetch-failed' } as const
  return {
    kind: 'failed',
    failure: { ...told, message: 'the sources could not be checked out', tail: error }
  }
}

const doesNotFit = (
  { side, hostRepository, host, ethrex }: BuildUnderWay,
  problems: readonly string[]
): CargoStop => {
  const trees = { hostName: hostRepository.name, host: host.sha, ethrex: ethrex.sha }
  const message = `${hostDoesNotBuild(trees)}: ${problems.join('; ')}`
  const told = { side, stage: 'build', block: null, reason: 'host-does-not-build' } as const
  return { kind: 'failed', failure: { ...told, message, tail: '' } }
}
