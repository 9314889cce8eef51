import { milliseconds } from '../domain/quantity.ts'
import type { Captured, Command, Files, Processes } from '../io/ports.ts'

interface ToolchainPorts {
  readonly processes: Processes
  readonly files: Pick<Files, 'sha256OfText'>
}

const DEADLINE = milliseconds(60_000)
/** A name of a toolchain that rustup takes after a `+`. */
const NAME = /^[A-Za-z0-9][\w.+-]{0,99}$/

/**
 * Digest of the toolchains that rustup has and of what each says its version is. A guest is built with one of its own,
 * by a build script that names it: which, only the script knows. Of a machine without rustup it is always the same.
 */
export const toolchainsDigest = async (
  where: Pick<Command, 'cwd' | 'env'>,
  { processes, files }: ToolchainPorts
): Promise<string> => {
  const ask = async (program: string, args: readonly string[]): Promise<string> =>
    answerOf(await processes.capture({ program, args, ...where }, DEADLINE))
  // What it says in brackets, which one is active, depends on the directory.
  const listed = (await ask('rustup', ['toolchain', 'list', '-v'])).replaceAll(/ \([^()]*\)/g, '')
  const names = listed.split('\n').flatMap((line) => NAME.exec(line.split(/\s/, 1)[0] ?? '') ?? [])
  const versions: string[] = []
  for (const name of names) versions.push(await ask('rustc', [`+${name}`, '--version', '--verbose']))
  return files.sha256OfText(JSON.stringify([listed, ...versions]))
}

/** Empty where there is none. */
const answerOf = ({ finished: { end }, stdout }: Captured): string =>
  end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0 ? stdout : ''
