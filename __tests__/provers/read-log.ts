import { gas, seconds } from '../../src/domain/quantity.ts'
import type { Exit } from '../../src/domain/trial.ts'
import type { BlockNumber, Network } from '../../src/domain/workload.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import type { Line } from '../../src/provers/line.ts'
import { createLineSplitter } from '../../src/provers/line.ts'
import type { KeptFile, KeptName, ProverName, ReaderContext, Reading } from '../../src/provers/prover.ts'
import { REGISTRY } from '../../src/provers/registry.ts'

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

/** A trial's end as a test tells it. Of a kept file the text; left out or null: there is none. */
export interface Log extends Partial<Record<KeptName, string | null>> {
  readonly stdout?: string | Uint8Array
  readonly stderr?: string | Uint8Array
  /** Left out: exit code 0. Null: not known. */
  readonly exit?: Exit | null
  /** Kept files that were there before the process began. */
  readonly stale?: readonly KeptName[]
  /** Seconds. */
  readonly wall?: number | null
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text

/** What the reader of a host makes of a log. */
export const readLog = (context: ReaderContext, log: Log, host: ProverName = 'ethrex-replay'): Reading => {
  const reader = REGISTRY[host].createReader(context)
  for (const line of linesOf(bytesOf(log.stdout ?? ''))) reader.line('stdout', line)
  for (const line of linesOf(bytesOf(log.stderr ?? ''))) reader.line('stderr', line)
  const kept = (name: KeptName): KeptFile | null => {
    const text = log[name] ?? null
    return text === null ? null : { text, fresh: log.stale?.includes(name) !== true }
  }
  return reader.end(
    log.exit === undefined ? { kind: 'exited', code: 0 } : log.exit,
    { bench: kept('bench'), result: kept('result'), emulator: kept('emulator'), csv: kept('csv') },
    log.wall === undefined || log.wall === null ? null : seconds(log.wall)
  )
}

export const gasOf = (value: number): ReaderContext['gasOfWitness'] => gas(BigInt(value))
