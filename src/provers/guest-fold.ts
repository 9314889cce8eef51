import type { MetricName } from '../domain/metric.ts'
import type { Cost, Figure, Span } from '../domain/sample.ts'
import type { Line } from './line.ts'
import type { LogLine } from './log-line.ts'
import type { KeptFiles } from './prover.ts'

/** What a zkVM printed of one execution. */
export interface GuestFigures {
  readonly metrics: Readonly<Partial<Record<MetricName, Figure>>>
  readonly spans: readonly Span[]
  readonly costs: readonly Cost[]
  /** Why a figure that one would expect is not there. */
  readonly remarks: readonly string[]
}

/** What was made of one line: `read` gave or bounds a figure, `ignored` is known and not wanted. */
export interface Understanding {
  readonly kind: 'read' | 'ignored' | 'unread'
  readonly note: string
}

/** Reads what a zkVM's SDK prints inside a host's log, and what its tools leave, for one execution or proof. */
export interface GuestFold {
  /** Cheap, for every line of the log: whether `accept` or `damaged` should be asked. */
  concerns(text: string): boolean
  /** Null: none of its lines. */
  accept(log: LogLine, line: Line): Understanding | null
  /** Told of a line that concerns it and is no whole log line. Null: nothing is lost by that. */
  damaged(line: Line): Understanding | null
  /** `files` are those of the whole process; `proved` is what the host printed of the proof's time, if it did. */
  figures(files: KeptFiles, proved?: RoundedDown | null): GuestFigures
}

/** Seconds, less than `resolution` below the true ones. */
export interface RoundedDown {
  readonly seconds: number
  readonly resolution: number
}
