import { resolve } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import { MEBIBYTE } from '../domain/quantity.ts'
import type { ParseRequest } from '../inputs/parse-request.ts'
import { errorCode } from '../io/node/errors.ts'
import { files } from '../io/node/files.ts'
import { createLineSplitter } from '../provers/line.ts'
import { explainLines, parseResult, type ParseResult } from '../provers/parse-result.ts'
import { NO_FILES, type Prover, type Reader, type Reading, type Stream } from '../provers/prover.ts'
import { findProver } from '../provers/registry.ts'
import { renderParsed } from '../render/parsed.ts'
import { refuse, type Terminal } from './terminal.ts'

/** `proving-regression parse`: reads saved output of a host and prints what was understood. */
export const parse = async (request: ParseRequest, terminal: Terminal): Promise<ExitStatus> => {
  const prover = findProver(request.host, request.zkvm)
  if (!prover.ok) return refuse([{ input: 'parse', message: prover.error }], terminal)
  const later = (['result', 'csv'] as const).filter((name) => request[name] !== null)
  if (later.length > 0) {
    const problems = later.map((name) => ({
      input: `--${name}`,
      message: 'is not supported yet; leave it out'
    }))
    return refuse(problems, terminal)
  }
  const missing = await unreadableFiles(request, terminal)
  if (missing.length > 0) return refuse(missing, terminal)
  const reading = await read(prover.value, request, terminal)
  const result = parseResult(reading)
  if (request.explain) for (const line of explainLines(reading)) terminal.log.info(line)
  await terminal.print(request.json ? `${JSON.stringify(result, null, 2)}\n` : renderParsed(result))
  return statusOf(result)
}

const statusOf = ({ outcome }: ParseResult): ExitStatus => (outcome === 'measured' ? EXIT.done : EXIT.tripped)

const unreadableFiles = async (
  request: ParseRequest,
  { workingDirectory }: Terminal
): Promise<readonly { input: string; message: string }[]> => {
  const problems = []
  for (const name of ['stdout', 'stderr', 'bench'] as const) {
    const path = request[name]
    if (path === null) continue
    const message = await whyUnreadable(resolve(workingDirectory, path))
    if (message !== null) problems.push({ input: `--${name}`, message: `${JSON.stringify(path)} ${message}` })
  }
  return problems
}

const whyUnreadable = async (path: string): Promise<string | null> => {
  try {
    const chunks = files.readChunks(path)[Symbol.asyncIterator]()
    await chunks.next()
    await chunks.return?.()
    return null
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    return `cannot be read (${code}); allowed: a file with saved output`
  }
}

const read = async (
  prover: Prover,
  request: ParseRequest,
  { workingDirectory }: Terminal
): Promise<Reading> => {
  const reader = prover.createReader({
    block: request.block,
    network: null,
    zkvm: request.zkvm,
    mode: request.mode,
    gasOfWitness: null,
    timeScale: 1,
    benchRequired: false
  })
  const path = (name: string): string => resolve(workingDirectory, name)
  await feed(reader, 'stdout', path(request.stdout))
  if (request.stderr !== null) await feed(reader, 'stderr', path(request.stderr))
  const bench = request.bench === null ? null : await files.readText(path(request.bench), MEBIBYTE)
  const exit = request.exit === null ? null : { kind: 'exited' as const, code: request.exit }
  return reader.end(exit, { ...NO_FILES, bench: bench === null ? null : { text: bench, fresh: true } }, null)
}

const feed = async (reader: Reader, stream: Stream, path: string): Promise<void> => {
  const splitter = createLineSplitter((line) => {
    reader.line(stream, line)
  })
  for await (const chunk of files.readChunks(path)) splitter.push(chunk)
  splitter.end()
}
