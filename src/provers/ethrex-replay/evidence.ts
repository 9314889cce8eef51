import type { GuestFigures } from '../guest-fold.ts'
import type { KeptFiles, ReaderContext } from '../prover.ts'
import type { Exit } from '../../domain/trial.ts'
import type { Seconds } from '../../domain/quantity.ts'
import type { ZkVm } from '../../domain/workload.ts'
import type { PrintedErrors, PrintedTimes, ReportHeader } from './report-line.ts'

/** What was said of one block, as far as it could be understood. */
export type Report =
  | {
      readonly kind: 'success'
      readonly header: ReportHeader
      readonly times: PrintedTimes
      readonly told: Told | null
    }
  | {
      readonly kind: 'error'
      readonly header: ReportHeader
      readonly errors: PrintedErrors
      /** Of the phase that went well. The line has none; only the verbose form tells. */
      readonly times: PrintedTimes
      readonly told: Told | null
    }

/** What the verbose form says besides; the line does not. */
export interface Told {
  /** Null: without a zkVM. */
  readonly zkvm: ZkVm | 'another' | null
}

/** Everything that a log and its process said about one trial. */
export interface Evidence {
  readonly context: ReaderContext
  /** The last one of the wanted block. */
  readonly report: Report | null
  /** How many blocks were reported, or one how often. */
  readonly reports: number
  /** A line tells that the block ran without a zkVM. */
  readonly isNative: boolean
  readonly figures: GuestFigures
  /** Number of the last report line that could not be read. */
  readonly brokenReport: number | null
  /** From `main`: what `ERROR ethrex_replay:` said, one or more lines. */
  readonly toolError: string | null
  /** First line of clap's complaint. */
  readonly usage: string | null
  /** The host's last panic. */
  readonly panic: string | null
  /** What ziskemu said of a guest that ended with an error: it exits with 0 all the same. */
  readonly guestError: string | null
  /** SP1's CUDA client ends a process with exit 0 when it is interrupted. */
  readonly interrupted: boolean
  /** Null: not known. */
  readonly exit: Exit | null
  /** None where they are of another block. */
  readonly files: KeptFiles
  readonly wall: Seconds | null
}
