import { join } from 'node:path'
import type { Failure, Reason } from '../domain/failure.ts'
import { bytes, MEBIBYTE, milliseconds } from '../domain/quantity.ts'
import { unreachable } from '../domain/problem.ts'
import type { Repository, Revision, Side } from '../domain/revision.ts'
import type { Files, Finished, Log, Processes } from '../io/ports.ts'
import { explainBuildFailure, mayHelpToFetchAgain } from '../plan/build-failure.ts'
import type { BuildDescription } from '../provers/prover.ts'
import type { BuildDirectory } from './build-directory.ts'

/** Why a build ends without a binary. */
export type CargoStop =
  { readonly kind: 'failed'; readonly failure: Failure } | { readonly kind: 'cancelled' }

/** One side's build under way. */
export interface SideBuild {
  readonly side: Side
  /** What the side is called in lines and names of files. */
  readonly name: string
  readonly ethrex: Revision
  readonly host: Revision
  readonly hostRepository: Repository
  /** Names of the host's own packages. */
  readonly hostPackages: readonly string[]
  readonly directory: BuildDirectory
  readonly reportDir: string
  /** The host's build, as data. */
  readonly command: BuildDescription
  readonly environment: Readonly<Record<string, string>>
  readonly ports: { readonly processes: Processes; readonly files: Files; readonly log: Log }
}

const DEADLINE = { fetch: milliseconds(30 * 60_000), build: milliseconds(4 * 3_600_000) }
/** Of a log that was trimmed. */
const LOG_LIMIT = bytes(80 * MEBIBYTE)
const LOCK_LIMIT = bytes(64 * MEBIBYTE)
const TRIES = 3

/** Fetches what the build needs, or builds without the network. Null when that went well. */
export const runCargo = async (command: 'fetch' | 'build', build: SideBuild): Promise<CargoStop | null> => {
  const log = join(build.reportDir, 'logs', `${command}-${build.name}.log`)
  for (let attempt = 1; ; attempt++) {
    const finished = await start(command, build, log)
    const stop = stopped(finished, `cargo ${command}`, build)
    if (stop?.kind === 'cancelled') return stop
    if (stop !== null) return withTail(stop, await build.ports.files.tail(log))
    if (hasSucceeded(finished)) return null
    await build.ports.files.trimLog(log)
    const text = (await build.ports.files.readText(log, LOG_LIMIT)) ?? ''
    if (command === 'fetch' && attempt < TRIES && mayHelpToFetchAgain(text)) {
      build.ports.log.warn(
        `cargo fetch of ${build.name} met trouble on the network: try ${attempt + 1} of ${TRIES}`
      )
      continue
    }
    return explain(command, build, { text, tail: await build.ports.files.tail(log) })
  }
}

const start = async (command: 'fetch' | 'build', build: SideBuild, log: string): Promise<Finished> => {
  const { directory, environment, name, ports } = build
  const { program, env, args } = build.command
  const what = command === 'fetch' ? 'fetching dependencies' : 'building'
  return ports.processes.run(
    {
      program,
      // `--locked` holds cargo to the lock that was checked after the fetch; a patched lock passes it.
      args: command === 'fetch' ? ['fetch', '--config', directory.patch] : [...args, '--offline', '--locked'],
      cwd: directory.host,
      env: { ...environment, ...env }
    },
    {
      stdout: log,
      stderr: log,
      deadline: DEADLINE[command],
      onTick: (elapsed) => ports.log.progress(`${name}: ${what}, ${Math.round(elapsed / 1000)} s`)
    }
  )
}

/** Text of the lock in the host's tree, null where there is none. */
export const readLock = ({ directory, ports }: SideBuild): Promise<string | null> =>
  ports.files.readText(join(directory.host, 'Cargo.lock'), LOCK_LIMIT)

/** Why a program did not come to an exit status of its own; null where it did. */
export const stopped = ({ end }: Finished, name: string, build: SideBuild): CargoStop | null => {
  switch (end.kind) {
    case 'ended':
      if (end.exit.kind === 'exited') return null
      return failed(build, 'killed', `${name} was ended by ${end.exit.signal}`)
    case 'not-started':
      return failed({ side: null }, 'build-failed', `${name} could not be started: ${end.message}`)
    case 'timeout':
      return failed(build, 'timeout', `${name} took too long`)
    case 'log-limit':
      return failed(build, 'log-limit', `${name} printed more than 2 GiB`)
    case 'cancelled':
      return { kind: 'cancelled' }
    default:
      return unreachable(end)
  }
}

const failed = ({ side }: Pick<Failure, 'side'>, reason: Reason, message: string): CargoStop => ({
  kind: 'failed',
  failure: { side, stage: 'build', block: null, reason, message, tail: '' }
})

const withTail = (stop: Extract<CargoStop, { kind: 'failed' }>, tail: string): CargoStop => ({
  ...stop,
  failure: { ...stop.failure, tail }
})

const hasSucceeded = ({ end }: Finished): boolean =>
  end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0

const explain = (
  command: 'fetch' | 'build',
  { side, hostRepository, host, ethrex, hostPackages }: SideBuild,
  log: { readonly text: string; readonly tail: string }
): CargoStop => {
  const trees = { hostName: hostRepository.name, host: host.sha, ethrex: ethrex.sha, hostPackages }
  const explained = explainBuildFailure({ command, log: log.text, ...trees })
  return { kind: 'failed', failure: { side, block: null, ...explained, tail: log.tail } }
}
