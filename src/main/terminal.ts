import { homedir } from 'node:os'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import type { InputContext } from '../inputs/kind.ts'
import { parseInputs, problemLine, type RawInputs } from '../inputs/parse.ts'
import { errorCode } from '../io/node/errors.ts'
import { createLog, disarm } from '../io/node/log.ts'
import { createRedactor } from '../io/node/secrets.ts'
import { listenForCancellation, type Cancellation } from './cancellation.ts'
import { defaultCacheDir, type Surroundings } from './world.ts'

/** What the commands of the terminal share: where lines go, and what the process was started with. */
export interface Terminal extends Surroundings {
  /** Prints a result. Everything else goes to the log. */
  readonly print: (text: string) => Promise<void>
}

export const openTerminal = (source: NodeJS.Process): Terminal => {
  const environment = source.env
  const secrets = [environment['GITHUB_TOKEN'], environment['RPC_URL']]
  const redact = createRedactor(secrets.filter((secret) => secret !== undefined))
  let cancellation: Cancellation | null = null
  return {
    environment,
    workingDirectory: source.cwd(),
    // Only from when a run asks for it: until then a signal ends us as it ends any program.
    get cancellation() {
      cancellation ??= listenForCancellation(source)
      return cancellation
    },
    redact,
    log: createLog(source.stderr, { terminal: source.stderr.isTTY, redact }),
    print: (text) => write(source.stdout, environment['GITHUB_ACTIONS'] === 'true' ? disarmed(text) : text)
  }
}

/** The settings, or null after every problem was told. */
export const readSettings = (inputs: RawInputs, terminal: Terminal): Settings | null => {
  const read = parseInputs(inputs, contextOf(terminal))
  if (read.ok) return read.value
  refuse(read.error, terminal)
  return null
}

/** Tells every problem, a line each. */
export const refuse = (problems: readonly Problem[], { log }: Terminal): ExitStatus => {
  for (const problem of problems) log.info(problemLine(problem, 'terminal'))
  return EXIT.badInput
}

const contextOf = ({ environment, workingDirectory }: Terminal): InputContext => ({
  surface: 'terminal',
  workingDirectory,
  home: homedir(),
  defaultCacheDir: defaultCacheDir(environment),
  serverUrl: environment['GITHUB_SERVER_URL'] ?? 'https://github.com',
  defaultRepository: '.',
  rpcUrl: environment['RPC_URL']
})

/**
 * In a step of a workflow the runner obeys what looks like a command, and what we print quotes logs. A JSON
 * document stays the same document; in a comment a blank parts the signs.
 */
const disarmed = (text: string): string =>
  text.startsWith('{') ? text.replaceAll('##[', '#\\u0023[') : text.split('\n').map(disarm).join('\n')

/**
 * Resolves when the text is handed over, so that exiting afterwards loses nothing. A reader that has gone
 * wants no more; any other failure to write is an error.
 */
const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const conclude = (error?: Error | null): void => {
      if (error === undefined || error === null || errorCode(error) === 'EPIPE') resolve()
      else reject(error)
    }
    stream.once('error', conclude)
    stream.write(text, conclude)
  })
