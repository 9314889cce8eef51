import { basename, dirname, join } from 'node:path'
import { unreachable } from '../domain/problem.ts'
import { MEBIBYTE, type Milliseconds } from '../domain/quantity.ts'
import type { Exit } from '../domain/trial.ts'
import type { Captured, Files, Processes } from '../io/ports.ts'
import {
  NO_FILES,
  type AfterCommand,
  type KeptFile,
  type KeptFiles,
  type KeptName,
  type TrialCommand
} from '../provers/prover.ts'
import { printable } from '../provers/quote.ts'

/** Where one trial runs. */
export interface TrialPlace {
  /** Emptied before the trial. */
  readonly workDirectory: string
  readonly environment: Readonly<Record<string, string>>
  /** Of each tool that is run after the trial. */
  readonly deadline: Milliseconds
}

interface Ports {
  readonly files: Files
  readonly processes: Processes
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

/** The files that a trial left. */
interface Kept {
  readonly files: KeptFiles
  /** Why there are fewer of them than there could be. */
  readonly remarks: readonly string[]
}

export const NOTHING_KEPT: Kept = { files: NO_FILES, remarks: [] }

/**
 * Reads what a trial left after it has ended, and what the tools print that are run after it. Null: cancelled, while
 * one of them ran. Throws where a file is no file, or larger than any that a host writes.
 */
export const keptFiles = async (
  { keepFiles, after }: TrialCommand,
  place: TrialPlace,
  ports: Ports
): Promise<Kept | null> => {
  const kept: Partial<Record<KeptName, KeptFile>> = {}
  for (const { name, paths } of keepFiles) {
    const text = await firstOf(paths, place, ports.files)
    // All places that it may be in were emptied before the trial, so what lies there now is fresh.
    if (text !== null) kept[name] = { text, fresh: true }
  }
  const remarks: string[] = []
  for (const command of after) {
    const told = (await hasWork(command, ports.files)) ? await run(command, place, ports) : null
    if (told?.kind === 'cancelled') return null
    if (told?.kind === 'text') kept[command.keeps] ??= { text: told.text, fresh: true }
    if (told?.kind === 'failed') remarks.push(`Figures are missing: ${told.why}`)
  }
  return { files: { ...NO_FILES, ...kept }, remarks: [...remarks, ...idleRemarks(after, kept, remarks)] }
}

/** Tools that were all without work: the host leaves its files somewhere else than we think. */
const idleRemarks = (
  after: readonly AfterCommand[],
  kept: Partial<KeptFiles>,
  said: readonly string[]
): readonly string[] => {
  const idle = after.filter(({ keeps }) => kept[keeps] === undefined)
  if (said.length > 0 || idle.length === 0) return []
  const needs = [...new Set(idle.flatMap((command) => command.needs.map((path) => basename(path))))]
  const programs = [...new Set(idle.map(({ program }) => program))]
  return [`Figures are missing: the host left no ${needs.join(' and ')} for ${programs.join(' and ')}.`]
}

const firstOf = async (
  paths: readonly string[],
  { workDirectory }: TrialPlace,
  files: Files
): Promise<string | null> => {
  for (const path of paths.map((name) => (name.startsWith('/') ? name : join(workDirectory, name)))) {
    if (await isThere(path, files)) return files.readText(path, MEBIBYTE)
  }
  return null
}

const isThere = async (path: string, files: Files): Promise<boolean> =>
  (await files.isDirectory(dirname(path))) && (await files.names(dirname(path))).includes(basename(path))

const hasWork = async ({ needs }: AfterCommand, files: Files): Promise<boolean> => {
  for (const path of needs) if (!(await isThere(path, files))) return false
  return true
}

type Told =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' }

const run = async (
  { program, args, env }: AfterCommand,
  { workDirectory, environment, deadline }: TrialPlace,
  { processes }: Ports
): Promise<Told> => {
  const command = { program, args, cwd: workDirectory, env: { ...environment, ...env } }
  const captured = await processes.capture(command, deadline)
  const { end } = captured.finished
  switch (end.kind) {
    case 'ended':
      return end.exit.kind === 'exited' && end.exit.code === 0
        ? { kind: 'text', text: captured.stdout }
        : failed(`${program} ended with ${ending(end.exit)}${lastWord(captured)}`)
    case 'not-started':
      return failed(end.message)
    case 'timeout':
      return failed(`${program} was not done after ${deadline / 60_000} min.`)
    case 'log-limit':
      return failed(`${program} printed more than can be read.`)
    case 'cancelled':
      return { kind: 'cancelled' }
    default:
      return unreachable(end)
  }
}

const failed = (why: string): Told => ({ kind: 'failed', why })

const ending = (exit: Exit): string => (exit.kind === 'exited' ? `exit code ${exit.code}` : exit.signal)

const QUOTE_LIMIT = 200

const lastWord = ({ stderr }: Captured): string => {
  const line = printable(stderr.trimEnd().split('\n').at(-1) ?? '', QUOTE_LIMIT)
  return line === '' ? '.' : `: ${line}`
}
