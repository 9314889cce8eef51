import { basename, dirname, join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Failure, Reason, Stage } from '../domain/failure.ts'
import { milliseconds } from '../domain/quantity.ts'
import { failure, success, type Result } from '../domain/problem.ts'
import { shortSha } from '../domain/revision.ts'
import type { Command, Files, Finished } from '../io/ports.ts'
import type { BuildDescription } from '../provers/prover.ts'
import type { BuildIdentity } from './build.ts'
import {
  beginBuilding,
  buildDirectoryIn,
  endBuilding,
  whyNotBuildable,
  type BuildDirectory
} from './build-directory.ts'
import { howItFailed } from './host-end.ts'
import { referenceCacheDir, type ReferencePorts, type ReferenceRequest } from './reference-request.ts'
import { logDirectoryIn } from './report-directory.ts'
import { toolchainsDigest } from './toolchains.ts'

export type ReferenceBuild =
  | { readonly kind: 'built'; readonly build: Build }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }

type Stopped = Exclude<ReferenceBuild, { readonly kind: 'built' }>

/** The build under way. */
interface Building {
  readonly request: ReferenceRequest
  readonly directory: BuildDirectory
  readonly command: BuildDescription
  readonly ports: ReferencePorts
}

/**
 * Builds the reference, as it is at its commit, or takes the binary that an earlier run left. In a directory of its own,
 * which is gone afterwards: paths end up in what is built, and the build of ethrex must find its own as it was.
 */
export const buildReference = async (
  request: ReferenceRequest,
  ports: ReferencePorts
): Promise<ReferenceBuild> => {
  const { cacheDir } = request
  const own = referenceCacheDir(cacheDir)
  // What was measured may have put something above it that would decide how this is built.
  const why = (await whyNotBuildable(cacheDir, ports.files)) ?? (await beginBuilding(own, ports.files))
  if (why !== null) return stop('build', { reason: 'bad-input', message: why, tail: '' })
  const directory = buildDirectoryIn(own)
  const options = optionsOf(request)
  const paths = { targetDir: directory.target, patchFile: null }
  const command = ports.referenceProver.buildCommand(options, paths)
  try {
    return await build({ request, directory, command, ports })
  } finally {
    // The next build empties it anyway: a cancelled run must be gone in seconds.
    if (!ports.isCancelled()) await endBuilding(own, ports.files)
  }
}

/** Cycles need no GPU build, whatever `resource` says. */
const optionsOf = ({ leg: { mode, resource } }: ReferenceRequest) => ({
  zkvm: 'sp1' as const,
  resource: mode === 'execute' ? ('cpu' as const) : resource
})

const build = async (building: Building): Promise<ReferenceBuild> => {
  const { request, directory, command, ports } = building
  const { plan, mirror } = request
  const tree = await ports.repositories.checkout(mirror, plan.revision.sha, directory.host)
  if (!tree.ok) return noTree(request, tree.error)
  const identity = await identityOf(building)
  if (!identity.ok) return identity.error
  const stored = await ports.buildStore.find(identity.value)
  if (stored.kind === 'found') return { kind: 'built', build: stored.build }
  if (stored.kind === 'damaged') ports.log.warn(`${plan.prover} is built again: ${stored.message}`)
  ports.log.info(`building ${plan.prover} (${plan.revision.ref}, ${plan.revision.sha})`)
  const stopped = (await runCargo('fetch', building)) ?? (await runCargo('build', building))
  if (stopped !== null) return stopped
  const binary = await findBinary(directory.target, command.binary, ports.files)
  if (binary === null) {
    const message = `cargo built no ${command.binary}`
    return stop('build', { reason: 'build-failed', message, tail: '' })
  }
  const built = { binary, guest: null, lockChanges: [] }
  return { kind: 'built', build: await ports.buildStore.keep(identity.value, built) }
}

/** Of the store of builds, which knows a host by the ethrex in it as well: this one is made of itself. */
const identityOf = async (building: Building): Promise<Result<BuildIdentity, Stopped>> => {
  const { request, command, ports } = building
  const { sha } = request.plan.revision
  const toolchain = await toolchainOf(building)
  if (!toolchain.ok) return toolchain
  return success({
    ethrex: sha,
    host: sha,
    features: ports.referenceProver.buildFeatures(optionsOf(request)),
    passed: request.passedToBuild,
    toolchain: toolchain.value,
    toolchains: await toolchainsDigest(inCheckout(building), ports),
    program: basename(command.binary)
  })
}

const inCheckout = ({ directory, ports }: Building): Pick<Command, 'cwd' | 'env'> => ({
  cwd: directory.host,
  env: ports.environments.build
})

const RUSTC_DEADLINE = milliseconds(10 * 60_000)

/** In the checkout, where its `rust-toolchain.toml` decides. */
const toolchainOf = async (building: Building): Promise<Result<string, Stopped>> => {
  const { request, ports } = building
  const command = { program: 'rustc', args: ['--version'], ...inCheckout(building) }
  const { finished, stdout, stderr } = await ports.processes.capture(command, RUSTC_DEADLINE)
  if (finished.end.kind === 'cancelled') return failure({ kind: 'cancelled' })
  const version = stdout.split('\n', 1)[0] ?? ''
  if (version.startsWith('rustc ')) return success(version)
  const message = `rustc does not run in the checkout of ${request.plan.prover}: is its toolchain installed?`
  return failure(stop('build', { reason: 'build-failed', message, tail: stderr.slice(-4000) }))
}

const DEADLINE = { fetch: milliseconds(30 * 60_000), build: milliseconds(4 * 3_600_000) }

/** Fetches what the build needs, or builds by the lock that the commit has. Null when that went well. */
const runCargo = async (what: 'fetch' | 'build', building: Building): Promise<Stopped | null> => {
  const { request, command, ports } = building
  const { plan, reportDir } = request
  const log = join(logDirectoryIn(reportDir), `${what}-reference.log`)
  const { cwd, env } = inCheckout(building)
  const args = what === 'fetch' ? ['fetch', '--locked'] : [...command.args, '--offline', '--locked']
  const finished = await ports.processes.run(
    { program: command.program, args, cwd, env: { ...env, ...command.env } },
    {
      stdout: log,
      stderr: log,
      deadline: DEADLINE[what],
      onTick: (elapsed) =>
        ports.log.progress(`${plan.prover}: cargo ${what}, ${Math.round(elapsed / 1000)} s`)
    }
  )
  if (finished.end.kind === 'cancelled') return { kind: 'cancelled' }
  const how = howItFailed(finished)
  if (how === null) return null
  const message = `cargo ${what} of ${plan.prover} ${shortSha(plan.revision.sha)} went wrong: ${how.replace('the host', 'cargo')}`
  return stop(what, { reason: reasonOf(what, finished), message, tail: await ports.files.tail(log) })
}

const reasonOf = (what: 'fetch' | 'build', { end }: Finished): Reason => {
  if (end.kind === 'timeout' || end.kind === 'log-limit') return end.kind
  return what === 'fetch' ? 'fetch-failed' : 'build-failed'
}

/** In `target/`, or in the folder of a target triple where the user's cargo configuration names one. */
const findBinary = async (target: string, path: string, files: Files): Promise<string | null> => {
  const places = [target, ...(await files.names(target)).map((name) => join(target, name))]
  for (const place of places) {
    const binary = join(place, path)
    const directory = dirname(binary)
    if ((await files.isDirectory(directory)) && (await files.names(directory)).includes(basename(binary)))
      return binary
  }
  return null
}

const noTree = ({ plan }: ReferenceRequest, error: string): Stopped => {
  if (error === 'cancelled') return { kind: 'cancelled' }
  const message = `the sources of ${plan.prover} could not be checked out`
  return stop('fetch', { reason: 'fetch-failed', message, tail: error })
}

const stop = (stage: Stage, why: Pick<Failure, 'reason' | 'message' | 'tail'>): Stopped => ({
  kind: 'failed',
  failure: { side: null, stage, block: null, ...why }
})
