import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Problem } from '../domain/problem.ts'
import { MEBIBYTE } from '../domain/quantity.ts'
import type { ParseRequest } from '../inputs/parse-request.ts'
import { quote } from '../inputs/wording.ts'
import { errorCode } from '../io/node/errors.ts'
import { files } from '../io/node/files.ts'
import { explainLines, parseResult, shortLines } from '../provers/parse-result.ts'
import { NO_FILES, type KeptFiles, type KeptName, type Reading } from '../provers/prover.ts'
import { REGISTRY } from '../provers/registry.ts'
import { renderParsed } from '../render/parsed.ts'
import { feedLog } from '../stages/trial-logs.ts'
import { refuse, type Terminal } from './terminal.ts'

/** `proving-regression parse`: reads saved output of a host and prints what was understood. */
export const parse = async (request: ParseRequest, terminal: Terminal): Promise<ExitStatus> => {
  const absolute = withAbsolutePaths(request, terminal)
  const problems = await fileProblems(request, absolute)
  if (problems.length > 0) return refuse(problems, terminal)
  const reading = await read(absolute)
  const result = parseResult(reading)
  for (const line of request.explain ? explainLines(reading) : shortLines(reading)) terminal.log.info(line)
  await terminal.print(request.json ? `${JSON.stringify(result, null, 2)}\n` : renderParsed(result))
  return result.outcome === 'measured' ? EXIT.done : EXIT.tripped
}

const STREAMS = ['stdout', 'stderr'] as const
/** What may be given as a whole file; trials of ours take no larger ones either. */
const WHOLE = ['bench', 'result', 'csv'] as const
const WHOLE_LIMIT = MEBIBYTE

type Paths = Pick<ParseRequest, (typeof STREAMS)[number] | (typeof WHOLE)[number]>

const withAbsolutePaths = (request: ParseRequest, { workingDirectory }: Terminal): ParseRequest => {
  const absolute = (path: string | null): string | null =>
    path === null ? null : resolve(workingDirectory, path)
  const { stdout, stderr, bench, result, csv } = request
  return {
    ...request,
    stdout: absolute(stdout),
    stderr: absolute(stderr),
    bench: absolute(bench),
    result: absolute(result),
    csv: absolute(csv)
  }
}

/** Everything that is wrong with the files, each named as the user did. */
const fileProblems = async (given: Paths, absolute: Paths): Promise<readonly Problem[]> => {
  const problems: Problem[] = []
  for (const name of [...STREAMS, ...WHOLE]) {
    const path = absolute[name]
    const isWhole = WHOLE.some((whole) => whole === name)
    const why = path === null ? null : await whyUnusable(path, isWhole ? WHOLE_LIMIT : Infinity)
    if (why !== null) problems.push({ input: `--${name}`, message: `${quote(given[name] ?? '')} ${why}` })
  }
  return problems
}

/** Null, or what is wrong with it, to be read on from its name. Nothing is waited for: it may be a pipe. */
const whyUnusable = async (path: string, limit: number): Promise<string | null> => {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const about = await file.stat()
      if (!about.isFile()) return 'is not a file; allowed: a file with saved output'
      return about.size <= limit ? null : `is too large; allowed: at most ${limit / MEBIBYTE} MiB`
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    return `cannot be read (${code}); allowed: a file with saved output`
  }
}

const read = async (request: ParseRequest): Promise<Reading> => {
  const { host, block, zkvm, mode, exit, stdout, stderr } = request
  const reader = REGISTRY[host].createReader({
    block,
    network: null,
    zkvm,
    mode,
    gasOfWitness: null,
    timeScale: 1,
    benchRequired: false
  })
  await feedLog(reader, 'stdout', stdout === null ? process.stdin : files.readChunks(stdout))
  if (stderr !== null) await feedLog(reader, 'stderr', files.readChunks(stderr))
  return reader.end(exit === null ? null : { kind: 'exited', code: exit }, await keptFiles(request), null)
}

const keptFiles = async (paths: Paths): Promise<KeptFiles> => {
  const kept: Partial<Record<KeptName, KeptFiles[KeptName]>> = {}
  for (const name of WHOLE) {
    const path = paths[name]
    const text = path === null ? null : await files.readText(path, WHOLE_LIMIT)
    if (text !== null) kept[name === 'result' ? resultName(text) : name] = { text, fresh: true }
  }
  return { ...NO_FILES, ...kept }
}

/** cargo-zisk leaves a JSON object; what ziskemu prints is none. */
const resultName = (text: string): 'result' | 'emulator' =>
  text.trimStart().startsWith('{') ? 'result' : 'emulator'
