import { milliseconds, type Milliseconds } from '../../domain/quantity.ts'
import { failure, success, unreachable, type Result } from '../../domain/problem.ts'
import type { Captured, Finished, Processes } from '../ports.ts'

/** Standard output, or what went wrong as a line for people. */
export type GitOutput = Result<string, string>

/** Starts git with nothing configured but what is said here. */
export interface GitCommand {
  run(args: readonly string[], cwd: string, deadline?: Milliseconds): Promise<GitOutput>
  /** In a bare repository, named so that git does not look for one. */
  inMirror(directory: string, args: readonly string[], deadline?: Milliseconds): Promise<GitOutput>
}

const DEADLINE = milliseconds(5 * 60_000)

/** The error of a git that failed and said nothing, as `git grep` does where nothing matches. */
export const NO_WORD = 'git failed without a word'

/** What a repository's own configuration must not decide, and transports that run a command. */
const CONFIGURATION = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.attributesFile=/dev/null',
  'credential.helper=',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
  'protocol.allow=never',
  ...['file', 'git', 'http', 'https', 'ssh'].map((transport) => `protocol.${transport}.allow=always`)
].flatMap((setting) => ['-c', setting])

const ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
  LC_ALL: 'C'
}

export const createGitCommand = ({
  processes,
  environment
}: {
  readonly processes: Processes
  readonly environment: Readonly<Record<string, string>>
}): GitCommand => {
  const env = { ...environment, ...ENVIRONMENT }
  const run: GitCommand['run'] = async (args, cwd, deadline = DEADLINE) =>
    read(await processes.capture({ program: 'git', args: [...CONFIGURATION, ...args], cwd, env }, deadline))
  return {
    run,
    inMirror: (directory, args, deadline) => run([`--git-dir=${directory}`, ...args], directory, deadline)
  }
}

const read = ({ finished, stdout, stderr }: Captured): GitOutput => {
  const trouble = troubleOf(finished)
  if (trouble !== null) return failure(trouble)
  const { end } = finished
  if (end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0) return success(stdout)
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  return failure(lines.slice(-3).join('; ') || NO_WORD)
}

const troubleOf = ({ end }: Finished): string | null => {
  switch (end.kind) {
    case 'ended':
      return end.exit.kind === 'signalled' ? `git was ended by ${end.exit.signal}` : null
    case 'not-started':
      return `git could not be started: ${end.message}`
    case 'timeout':
      return 'git took too long'
    case 'log-limit':
      return 'git printed too much'
    case 'cancelled':
      return 'cancelled'
    default:
      return unreachable(end)
  }
}
