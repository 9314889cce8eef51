import { readdirSync, readFileSync } from 'node:fs'

export interface Swept {
  readonly pid: number
  readonly name: string
  /** Arguments, joined by blanks. */
  readonly commandLine: string
}

/** `pid_name` of all that runs. */
export const snapshot = (): ReadonlySet<string> => new Set(pids().map(identity))

/**
 * Kills what began during a job and carries its tracking id: the runner's clean-up of orphans, actions/runner
 * `src/Runner.Worker/JobExtension.cs`. Looks once, and kills each process alone.
 */
export const sweep = (trackingId: string, before: ReadonlySet<string>): readonly Swept[] => {
  const ours = pids().filter((pid) => !before.has(identity(pid)) && carries(pid, trackingId))
  return ours.map((pid) => {
    const swept = { pid, name: read(pid, 'comm').trim(), commandLine: argumentsOf(pid) }
    kill(pid)
    return swept
  })
}

const pids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid)

const identity = (pid: number): string => `${pid}_${read(pid, 'comm').trim()}`

const carries = (pid: number, trackingId: string): boolean =>
  read(pid, 'environ').split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)

const argumentsOf = (pid: number): string => read(pid, 'cmdline').split('\0').join(' ').trim()

const read = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (error) {
    if (isGone(error)) return ''
    throw error
  }
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** Ended meanwhile, or another user's. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(String(error.code))
