import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The files through which a step hands things over, as the runner makes and reads them: actions/runner
 * `src/Runner.Worker/FileCommandManager.cs`.
 */
export interface FileCommands {
  /** Names of environment variables to paths. */
  readonly environment: Readonly<Record<string, string>>
  /** After the step ended. */
  read(): FilesRead
}

export interface FilesRead {
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  readonly path: readonly string[]
  /** As written; null where nothing was written or the runner refuses it. */
  readonly summary: string | null
  /** What the runner would say of them. */
  readonly problems: readonly FileProblem[]
}

export interface FileProblem {
  readonly message: string
  /** A summary that is too large is only told. */
  readonly failsStep: boolean
}

/** Bytes. */
const LARGEST_SUMMARY = 1024 * 1024

const FILES = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_'
} as const

/** Empty files of names that nobody can guess, in `_runner_file_commands` of the runner's temporary directory. */
export const createFileCommands = (temporary: string): FileCommands => {
  const [directory, suffix] = [join(temporary, '_runner_file_commands'), randomUUID()]
  mkdirSync(directory, { recursive: true })
  const pathOf = (name: keyof typeof FILES): string => join(directory, FILES[name] + suffix)
  const names = Object.keys(FILES) as (keyof typeof FILES)[]
  for (const name of names) writeFileSync(pathOf(name), '')
  return {
    environment: Object.fromEntries(names.map((name) => [name, pathOf(name)])),
    read: () => readAll(pathOf)
  }
}

const readAll = (pathOf: (name: keyof typeof FILES) => string): FilesRead => {
  const problems: FileProblem[] = []
  const pairs = (name: keyof typeof FILES): Readonly<Record<string, string>> => {
    const read = readPairs(readIfThere(pathOf(name)).toString('utf8'))
    if (read.problem !== null) {
      const context = name.slice('GITHUB_'.length).toLowerCase()
      problems.push({ message: `Unable to process file command '${context}' successfully.`, failsStep: true })
      problems.push({ message: read.problem, failsStep: true })
    }
    return read.pairs
  }
  const bytes = readIfThere(pathOf('GITHUB_STEP_SUMMARY'))
  const isTooLarge = bytes.length > LARGEST_SUMMARY
  if (isTooLarge) problems.push({ message: tooLarge(bytes.length), failsStep: false })
  const { NODE_OPTIONS: blocked, ...environment } = pairs('GITHUB_ENV')
  if (blocked !== undefined) {
    const message = "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."
    problems.push({ message, failsStep: false })
  }
  return {
    outputs: pairs('GITHUB_OUTPUT'),
    state: pairs('GITHUB_STATE'),
    environment,
    path: readIfThere(pathOf('GITHUB_PATH'))
      .toString('utf8')
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== ''),
    summary: isTooLarge || bytes.length === 0 ? null : bytes.toString('utf8'),
    problems
  }
}

const readIfThere = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch (error) {
    // A step may remove the file; then there is nothing to read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

const tooLarge = (size: number): string =>
  `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${LARGEST_SUMMARY / 1024}k, ` +
  `got ${Math.floor(size / 1024)}k.`

/** `NAME=VALUE` lines and `NAME<<DELIMITER` blocks. What was read before a problem counts. */
export const readPairs = (
  text: string
): { readonly pairs: Readonly<Record<string, string>>; readonly problem: string | null } => {
  const pairs: [string, string][] = []
  const result = (problem: string | null) => ({ pairs: Object.fromEntries(pairs), problem })
  const lines = text.replace(/^\ufeff/u, '').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line === '') continue
    const [equals, block] = [line.indexOf('='), line.indexOf('<<')]
    if (equals >= 0 && (block < 0 || equals < block)) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (block >= 0) {
      const [key, delimiter] = [line.slice(0, block), line.slice(block + 2)]
      if (key === '' || delimiter === '')
        return result(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      const end = lines.indexOf(delimiter, at + 1)
      if (end < 0) return result(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs.push([key, lines.slice(at + 1, end).join('\n')])
      at = end
    } else {
      return result(`Invalid format '${line}'`)
    }
  }
  return result(null)
}
