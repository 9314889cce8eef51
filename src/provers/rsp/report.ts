import type { Count, Seconds } from '../../domain/quantity.ts'
import { seconds } from '../../domain/quantity.ts'
import type { Figure } from '../../domain/sample.ts'
import type { Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { parseU64 } from '../u64.ts'
import { parseRustDuration } from './rust-duration.ts'

/** What rsp's stdout said of its block. */
export interface RspReport {
  /** From the execution report, once its last heading was seen. */
  readonly cycles: Count | null
  readonly proverGas: Count | null
  /** Null: this rsp prints none. */
  readonly executionTime: Seconds | null
  readonly provingTime: Figure | null
  /** A proof was begun, and was made. */
  readonly isProofBegun: boolean
  readonly isProved: boolean
  /** Number of the last line that could not be read and may have had what is missing. */
  readonly broken: number | null
  /** Two lines that cannot both be true, as a sentence. */
  readonly contradiction: string | null
}

/** A fold over the lines of stdout that are rsp's. */
export interface ReportFold {
  /** A line that is printed as it is. Null: none of rsp's. */
  plain(line: Line): Understanding | null
  /** A line of the log. */
  logged(log: LogLine, line: Line): Understanding | null
  /** A line with something of rsp's in it that is neither. */
  stray(line: Line): Understanding
  report(): RspReport
}

/**
 * `println!("\nExecution report:\n{report}")` (`bin/host/src/execute.rs`) of SP1's `ExecutionReport` (sp1 5.1.0 and
 * 6.3.1, `crates/core/executor/src/report.rs`): prover gas where it is known, instructions by opcode, system calls.
 */
const HEADING = 'Execution report:'
const PROVER_GAS = /^gas: (\d{1,20})$/
const OPCODES = /^opcode counts \((\d{1,20}) total instructions\):$/
const SYSCALLS = /^syscall counts \(\d{1,20} total syscall instructions\):$/
const TABLE_ROW = /^ {2,}\d{1,20} [\w ]+$/
/** `as_secs()` of the time, added to 2c57180 by the patch in ethrex's documents; rounded down. */
const PATCHED_TIME = /^proving time: (\d{1,10})$/

/** `crates/executor/host/src/full_executor.rs`; the durations are of d1d8123 and newer. */
const OURS = /^rsp(?:_\w+)?(?:::|$)/
const EXECUTED = /^Execution successful(?: executed_block_hash=\S+)?(?: duration=(\S+))?$/
const BEGUN = 'Starting proof generation'
const PROVED = /^Proof successfully generated!(?: duration=(\S+))?$/

/** A fold that has seen nothing. */
export const createReportFold = (): ReportFold => {
  const state: State = {
    isInReport: false,
    total: null,
    isComplete: false,
    proverGas: null,
    executionTime: null,
    patched: null,
    proved: null,
    isProofBegun: false,
    isProved: false,
    broken: null,
    contradiction: null
  }
  return {
    plain: (line) => plain(state, line),
    logged: (log, line) => logged(state, log, line),
    stray: (line) => lost(state, line, 'a line of rsp that is damaged, or stands inside another line'),
    report: () => reportOf(state)
  }
}

interface State {
  isInReport: boolean
  total: Count | null
  isComplete: boolean
  proverGas: Count | null
  executionTime: Seconds | null
  /** Whole seconds of the patched rsp. */
  patched: number | null
  proved: Seconds | null
  isProofBegun: boolean
  isProved: boolean
  broken: number | null
  contradiction: string | null
}

const plain = (state: State, line: Line): Understanding | null => {
  const { text } = line
  if (text === HEADING) {
    state.isInReport = true
    return read('the execution report begins')
  }
  if (text.startsWith('gas:')) return proverGas(state, line)
  if (text.startsWith('opcode counts')) return opcodes(state, line)
  if (text.startsWith('syscall counts')) return syscalls(state, line)
  if (text.startsWith('proving time')) return patchedTime(state, line)
  if (!state.isInReport || text === '') return null
  return TABLE_ROW.test(text) ? null : unread('not a line of an execution report')
}

const proverGas = (state: State, line: Line): Understanding => {
  if (!state.isInReport) return unread('prover gas outside an execution report')
  const gas = parseU64(wholeNumber(PROVER_GAS, line) ?? '')
  if (gas === null) return unread('prover gas without a whole number')
  say(state, 'proverGas', gas)
  return read(`prover gas ${gas}`)
}

const opcodes = (state: State, line: Line): Understanding => {
  const total = parseU64(OPCODES.exec(line.text)?.[1] ?? '')
  if (total === null) return lost(state, line, 'a total of instructions without a whole number')
  say(state, 'total', total)
  return read(`exactly ${total} cycles`)
}

type Said = 'proverGas' | 'total' | 'executionTime' | 'proved'

const UNIT: Readonly<Record<Said, string>> = {
  proverGas: 'prover gas',
  total: 'instructions',
  executionTime: 's of execution',
  proved: 's of proof'
}

/** rsp executes and proves a block once: of two figures that it says, one is wrong. */
const say = <Name extends Said>(state: State, name: Name, figure: NonNullable<State[Name]>): void => {
  const before = state[name]
  if (before !== null && before !== figure) {
    state.contradiction = `Two lines of rsp disagree: ${String(before)} and ${String(figure)} ${UNIT[name]}.`
  }
  state[name] = figure
}

const syscalls = (state: State, line: Line): Understanding => {
  if (!SYSCALLS.test(line.text)) return lost(state, line, 'the end of the report, which is not whole')
  state.isInReport = false
  // Its total comes before; a line that would be it after the end is none.
  state.isComplete = state.total !== null
  return read('the execution report is whole')
}

const patchedTime = (state: State, line: Line): Understanding => {
  const digits = wholeNumber(PATCHED_TIME, line)
  if (digits === null) return lost(state, line, 'a proving time without a whole number')
  state.patched = Number(digits)
  return read(`proved in ${digits} s, rounded down`)
}

/** Nothing follows the number, so only the newline tells that it is whole. */
const wholeNumber = (pattern: RegExp, { text, end }: Line): string | null =>
  end === 'newline' ? (pattern.exec(text)?.[1] ?? null) : null

const logged = (state: State, { target, message }: LogLine, line: Line): Understanding | null => {
  if (!OURS.test(target)) return lost(state, line, 'not under a target of rsp')
  if (message === BEGUN) {
    state.isProofBegun = true
    return read('the proof begins')
  }
  if (message.startsWith('Execution successful')) return executed(state, message, line)
  if (message.startsWith('Proof successfully')) return proved(state, message, line)
  return null
}

const executed = (state: State, message: string, line: Line): Understanding => {
  const match = EXECUTED.exec(message)
  const time = match === null ? null : durationOf(match[1], line)
  if (time === null) return lost(state, line, 'the end of the execution, which is not whole')
  if (time === 'none') return read('executed, without a time')
  say(state, 'executionTime', time)
  return read(`executed in ${time} s`)
}

const proved = (state: State, message: string, line: Line): Understanding => {
  const match = PROVED.exec(message)
  const time = match === null ? null : durationOf(match[1], line)
  if (time === null) return lost(state, line, 'the end of the proof, which is not whole')
  state.isProved = true
  if (time === 'none') return read('proved, without a time')
  say(state, 'proved', time)
  return read(`proved in ${time} s`)
}

/** Null where it cannot be read; a line without one may be a line that was cut before it. */
const durationOf = (text: string | undefined, { end }: Line): Seconds | 'none' | null => {
  if (text !== undefined) return parseRustDuration(text)
  return end === 'newline' ? 'none' : null
}

const reportOf = (state: State): RspReport => {
  const { executionTime, isProofBegun, isProved, broken } = state
  return {
    cycles: state.isComplete ? state.total : null,
    proverGas: state.isComplete ? state.proverGas : null,
    executionTime,
    provingTime: provingTimeOf(state),
    isProofBegun,
    isProved,
    broken,
    contradiction: state.contradiction ?? timesAgainstEachOther(state)
  }
}

const provingTimeOf = ({ proved, patched }: State): Figure | null => {
  if (proved !== null) return { value: proved, unit: 's', exactness: 'exact' }
  return patched === null ? null : { value: seconds(patched), unit: 's', exactness: 'rounded-seconds' }
}

const timesAgainstEachOther = ({ proved, patched }: State): string | null =>
  proved === null || patched === null || Math.floor(proved) === patched
    ? null
    : `Two proving times disagree: ${proved} s and ${patched} s.`

const read = (note: string): Understanding => ({ kind: 'read', note })
const unread = (note: string): Understanding => ({ kind: 'unread', note })

/** A figure was in that line, or may have been. */
const lost = (state: State, line: Line, note: string): Understanding => {
  state.broken = line.number
  return unread(note)
}
