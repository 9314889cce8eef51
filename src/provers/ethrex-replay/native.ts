import type { GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'

/**
 * What ethrex-replay prints of an execution without a zkVM: `--no-zkvm` (`src/cli.rs:1099-1156` and
 * `src/profiling.rs` at 4561304; `add_block` in place of `add_block_pipeline` before 5a7bcf7, 2026-02-18) and,
 * where neither that nor a zkVM was asked for, ethrex's own executor. There are no cycles.
 */
const CLI_TARGET = 'ethrex_replay::cli'
const EXECUTOR = 'Successfully executed program in '
const TOOK =
  /^(?:add_block(?:_pipeline)? execution time: |Successfully executed program in )([\d.]+(?:s|ms|µs|ns))$/
const RUNS = /^=== Profiling Results \((\d{1,9}) runs\) ===$/
const RUN = /^--- Run \d{1,9}\/\d{1,9} ---$/
/** A row of `RunStats`, as `Preparation:` and `Execution (…):` have below them. */
const ROW = /^ {2}(min|max|mean|median|stddev|p95|p99): +[\d.]+(?:s|ms|µs|ns)$/

/** Whether a log line tells that the block runs without a zkVM. */
export const isNative = ({ target, message }: LogLine): boolean =>
  (target === CLI_TARGET && message === 'Preparing Storage for execution without zkVM') ||
  (target.startsWith('ethrex_prover') && message.startsWith(EXECUTOR))

/** Reads the lines of one native execution: they bound nothing, but tell of repeats. */
export const createNativeFold = (): GuestFold => {
  let runs: string | null = null
  return {
    concerns: (text) => text.includes(CLI_TARGET) || text.includes(EXECUTOR) || ROW.test(text),
    accept(log) {
      runs = RUNS.exec(log.message)?.[1] ?? runs
      return understood(log)
    },
    damaged: ({ text }: Line) =>
      ROW.test(text) ? ignored('a row of the statistics of repeated runs') : null,
    figures: () => ({
      metrics: {},
      spans: [],
      costs: [],
      remarks: runs === null ? [] : [`The execution time is the median of ${runs} runs.`]
    })
  }
}

const understood = ({ message }: LogLine): Understanding | null => {
  if (RUNS.test(message)) return { kind: 'read', note: 'the block was executed several times' }
  if (RUN.test(message)) return ignored('one of several runs')
  if (TOOK.test(message)) return ignored('the time of the report line, rounded')
  return /^add_block|^Successfully/.test(message)
    ? { kind: 'unread', note: 'a native execution time that is not whole' }
    : null
}

const ignored = (note: string): Understanding => ({ kind: 'ignored', note })
