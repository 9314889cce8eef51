import { basename, dirname } from 'node:path'
import type { Trial } from '../domain/trial.ts'
import type { Files } from '../io/ports.ts'
import { createLineSplitter } from '../provers/line.ts'
import type { Reader } from '../provers/prover.ts'

/** Where the child of a trial writes; absolute paths. */
export interface TrialLogs {
  readonly stdout: string
  readonly stderr: string
}

export const logsOf = (trial: Trial, directory: string): TrialLogs => ({
  stdout: `${directory}/${trial.id}.stdout.log`,
  stderr: `${directory}/${trial.id}.stderr.log`
})

/** A log that the child removed needs no trimming. */
export const trimLogs = async ({ stdout, stderr }: TrialLogs, files: Files): Promise<void> => {
  const present = new Set(await files.names(dirname(stdout)))
  for (const path of [stdout, stderr]) if (present.has(basename(path))) await files.trimLog(path)
}

/** Line by line, whatever the chunks. */
export const feedLog = async (
  reader: Reader,
  stream: 'stdout' | 'stderr',
  chunks: AsyncIterable<Uint8Array>
): Promise<void> => {
  const splitter = createLineSplitter((line) => {
    reader.line(stream, line)
  })
  for await (const chunk of chunks) splitter.push(chunk)
  splitter.end()
}

/** The last lines of both, for people. */
export const tailOf = async (logs: TrialLogs, files: Files): Promise<string> => {
  const stdout = await files.tail(logs.stdout)
  const stderr = await files.tail(logs.stderr)
  const tail = [stdout, stderr].filter((text) => text !== '').join('\n')
  return tail.slice(-TAIL_LIMIT)
}

/** Of UTF-16 units: the journal keeps every failure's tail, and refuses a longer text. */
const TAIL_LIMIT = 32_000
