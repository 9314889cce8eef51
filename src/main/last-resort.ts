import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import { DiskFull, errorCode } from '../io/node/errors.ts'
import { createLog } from '../io/node/log.ts'
import { createRedactor } from '../io/node/secrets.ts'

/** Where secrets may be, in a terminal and in a step. */
const SECRETS = ['GITHUB_TOKEN', 'RPC_URL', 'INPUT_GITHUB-TOKEN', 'INPUT_RPC-URL']

/**
 * Runs the whole program. Whatever is thrown, awaited or not, ends it with one status, told in printable lines:
 * a full disk or a folder that cannot be read in its own words, a mistake of ours with the place where it was made.
 */
export const guarded = async (
  stream: NodeJS.WriteStream,
  program: () => Promise<ExitStatus>
): Promise<ExitStatus> => {
  const { env } = process
  const secrets = SECRETS.map((name) => env[name] ?? '').filter((secret) => secret !== '')
  const redact = createRedactor(secrets)
  const tell = (error: unknown): void => {
    const log = createLog(stream, { terminal: false, redact })
    if (!(error instanceof Error)) log.warn('something that is no error was thrown')
    else if (errorCode(error) !== null || error instanceof DiskFull) log.info(error.message)
    else log.warn(error.stack ?? error.message)
  }
  const fail = (error: unknown): void => {
    tell(error)
    process.exit(EXIT.infrastructure)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    return await program()
  } catch (error) {
    tell(error)
    return EXIT.infrastructure
  }
}
