import { gas, seconds } from '../../src/domain/quantity.ts'
import type { Exit } from '../../src/domain/trial.ts'
import type { BlockNumber, Network } from '../../src/domain/workload.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import { createReader } from '../../src/provers/ethrex-replay/reader.ts'
import type { Line } from '../../src/provers/line.ts'
import { createLineSplitter } from '../../src/provers/line.ts'
import { NO_FILES, type ReaderContext, type Reading } from '../../src/provers/prover.ts'

export const blockOf = (number: number): BlockNumber => {
  const block = parseBlockNumber(String(number))
  if (block === null) throw new Error(`no block number: ${number}`)
  return block
}

export const contextOf = (overrides: Partial<ReaderContext> = {}): ReaderContext => ({
  block: blockOf(23769083),
  network: 'mainnet' satisfies Network,
  zkvm: 'sp1',
  mode: 'execute',
  gasOfWitness: null,
  timeScale: 1,
  benchRequired: true,
  ...overrides
})

export const linesOf = (bytes: Uint8Array, chunkSize = bytes.length): readonly Line[] => {
  const lines: Line[] = []
  const splitter = createLineSplitter((line) => lines.push(line))
  for (let at = 0; at < bytes.length; at += chunkSize) splitter.push(bytes.subarray(at, at + chunkSize))
  splitter.end()
  return lines
}

/** A trial's end as a test tells it. */
export interface Log {
  readonly stdout?: string | Uint8Array
  readonly stderr?: string | Uint8Array
  readonly exit?: Exit | null
  readonly bench?: string | null
  readonly benchFresh?: boolean
  /** Seconds. */
  readonly wall?: number | null
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text

export const readLog = (context: ReaderContext, log: Log): Reading => {
  const reader = createReader(context)
  for (const line of linesOf(bytesOf(log.stdout ?? ''))) reader.line('stdout', line)
  for (const line of linesOf(bytesOf(log.stderr ?? ''))) reader.line('stderr', line)
  const bench = log.bench ?? null
  return reader.end(
    log.exit === undefined ? { kind: 'exited', code: 0 } : log.exit,
    { ...NO_FILES, bench: bench === null ? null : { text: bench, fresh: log.benchFresh ?? true } },
    log.wall === undefined || log.wall === null ? null : seconds(log.wall)
  )
}

export const gasOf = (value: number): ReaderContext['gasOfWitness'] => gas(BigInt(value))
