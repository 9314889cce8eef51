import { basename, dirname, join } from 'node:path'
import { MEBIBYTE, type Milliseconds } from '../domain/quantity.ts'
import type { Files, Processes } from '../io/ports.ts'
import {
  NO_FILES,
  type AfterCommand,
  type KeptFiles,
  type KeptName,
  type TrialCommand
} from '../provers/prover.ts'

/** Where one trial runs. */
export interface TrialPlace {
  /** Emptied before the trial. */
  readonly workDirectory: string
  readonly environment: Readonly<Record<string, string>>
  readonly deadline: Milliseconds
}

/** What the host finds before it starts: an empty working directory, and nothing of an earlier trial elsewhere. */
export const prepareFiles = async (
  { directories, removeFirst }: TrialCommand,
  { workDirectory }: TrialPlace,
  files: Files
): Promise<void> => {
  await files.emptyDirectory(workDirectory)
  for (const path of removeFirst) await files.remove(path)
  for (const path of directories) await files.makeDirectory(path)
}

/** The files that a trial left, read after it has ended; what the tools that are run after it print is among them. */
export const keptFiles = async (
  { keepFiles, after }: TrialCommand,
  place: TrialPlace,
  ports: { readonly files: Files; readonly processes: Processes }
): Promise<KeptFiles> => {
  const kept: Partial<Record<KeptName, KeptFiles[KeptName]>> = {}
  for (const { name, paths } of keepFiles) {
    for (const path of paths) {
      const text = await ports.files.readText(inWorkDirectory(path, place), MEBIBYTE)
      // All places that it may be in were emptied before the trial, so what lies there now is fresh.
      if (text !== null) kept[name] ??= { text, fresh: true }
    }
  }
  for (const command of after) {
    const text = await outputOf(command, place, ports)
    if (text !== null) kept[command.keeps] ??= { text, fresh: true }
  }
  return { ...NO_FILES, ...kept }
}

const inWorkDirectory = (path: string, { workDirectory }: TrialPlace): string =>
  path.startsWith('/') ? path : join(workDirectory, path)

/** Null where the tool has nothing to work on, is not installed, or fails. */
const outputOf = async (
  { program, args, env, needs }: AfterCommand,
  place: TrialPlace,
  { files, processes }: { readonly files: Files; readonly processes: Processes }
): Promise<string | null> => {
  for (const path of needs) {
    const names = (await files.isDirectory(dirname(path))) ? await files.names(dirname(path)) : []
    if (!names.includes(basename(path))) return null
  }
  const command = { program, args, cwd: place.workDirectory, env: { ...place.environment, ...env } }
  const { finished, stdout } = await processes.capture(command, place.deadline)
  const { end } = finished
  return end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0 ? stdout : null
}
