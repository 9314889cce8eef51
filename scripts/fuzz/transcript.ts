import type { Reason } from '../../src/domain/failure.ts'
import type { MetricName } from '../../src/domain/metric.ts'
import type { Cost, Figure, Span } from '../../src/domain/sample.ts'
import type { KeptFiles, ProverName, ReaderContext } from '../../src/provers/prover.ts'
import type { Piece } from './log.ts'

/** What one start of a host wrote, and what stands in it. */
export interface Transcript {
  /** Host, zkVM and version in words. */
  readonly what: string
  readonly host: ProverName
  readonly context: ReaderContext
  /** Of stdout, without newlines. */
  readonly lines: readonly string[]
  readonly files: KeptFiles
  /** Which only the log says: that another block came after the wanted one. */
  readonly hasFilesOfAnother: boolean
  readonly exitCode: number
  /** Lines of others between its own leave it as it is. */
  readonly bearsNoise: boolean
  /** False: a reader may know less than `truth`, and never something else. */
  readonly isPlain: boolean
  readonly truth: Truth
}

/** The figures that a reading may have. */
export interface Truth {
  readonly outcome: 'measured' | Reason
  /** Null: told nowhere. */
  readonly gas: bigint | null
  readonly transactions: number | null
  /** Of a whole log: these and no others. */
  readonly metrics: Metrics
  /** What is left to know where some of it is lost: bounds, the printed time in place of the file's. */
  readonly weaker: readonly Metrics[]
  readonly spans: readonly Span[]
  readonly costs: readonly Cost[]
}

export type Metrics = Readonly<Partial<Record<MetricName, Figure>>>

/** What a zkVM adds to the output of a host. */
export interface GuestPart {
  readonly what: string
  readonly pieces: readonly Piece[]
  readonly files: Partial<KeptFiles>
  readonly metrics: Metrics
  readonly weaker: readonly Metrics[]
  readonly spans: readonly Span[]
  readonly costs: readonly Cost[]
  /** False: some of it cannot be told from the log, and a reader may know less. */
  readonly isPlain: boolean
}

export const NO_GUEST: GuestPart = {
  what: 'native',
  pieces: [],
  files: {},
  metrics: {},
  weaker: [],
  spans: [],
  costs: [],
  isPlain: true
}
