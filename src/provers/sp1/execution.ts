import type { MetricName } from '../../domain/metric.ts'
import type { Count } from '../../domain/quantity.ts'
import { count } from '../../domain/quantity.ts'
import type { Figure } from '../../domain/sample.ts'
import type { GuestFigures, GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import type { Tracker } from './tracker.ts'
import { createTracker } from './tracker.ts'

/** Sources of the lines: docs/notes/sp1.md. */
const TRACKER_TARGET = /^sp1_core_executor::(?:syscalls|minimal)::write$/
const CLOCK_TARGET = 'sp1_core_executor::executor'
const GAS_TARGET = 'sp1_prover'
const TOTAL_TARGET = 'sp1_prover::worker::prover::execute'

const TRACKER = /^((?:│ )*)(?:┌╴(.+)|└╴(\d{1,3}(?:,\d{3}){0,6}) cycles|└╴.* \(no matching start\))$/
const CLOCK = /^clk = (\d{1,20}) pc = 0x[0-9a-f]+$/
const GAS = /^gas: (\d{1,20})$/
const TOTAL = /^minimal executor finished in (\d{1,20}|\d{1,3}(?:,\d{3}){1,6}) cycles$/

/** SP1 v5 prints its clock whenever it passes a multiple of this. */
const CLOCK_STEP = 10_000_000n
/** Cycles that may lie outside all spans: start, the gaps between spans, the end. A few thousand in truth. */
const UNTRACKED_LIMIT = 100_000n

/** Second character of every start and end of a span; nothing else is known to print it. */
const TRACKER_MARK = '╴'
/** Stands for bytes that were no UTF-8. */
const REPLACEMENT = '\ufffd'

interface State {
  readonly tracker: Tracker
  clock: bigint | null
  gas: Count | null
  total: Count | null
  /** The execution is over; what follows is the same work again, inside the proof. */
  over: boolean
}

/** Reads what SP1 v5 and v6 print of one execution. */
export const createSp1Fold = (): GuestFold => {
  const state: State = { tracker: createTracker(), clock: null, gas: null, total: null, over: false }
  return {
    concerns: (text) =>
      text.includes('sp1_core_executor') || text.includes('sp1_prover') || text.includes(TRACKER_MARK),
    accept: (log, line) => accept(state, log, line),
    damaged: (line) => damaged(state, line),
    figures: () => figuresOf(state)
  }
}

/** A start or an end that is lost makes the names of later ends doubtful, so all of them. */
const damaged = (state: State, line: Line): Understanding | null => {
  const isTracker = line.text.includes(TRACKER_MARK) || line.text.includes('::write')
  if (state.over || !isTracker) return null
  state.tracker.lose(`line ${line.number} is damaged`)
  return unread('a cycle-tracker line that is damaged, or stands inside another line')
}

const accept = (state: State, log: LogLine, line: Line): Understanding | null => {
  if (log.target === TOTAL_TARGET) return acceptTotal(state, log, line)
  if (TRACKER_TARGET.test(log.target)) return again(state, log) ?? acceptTracker(state, log, line)
  if (log.target === GAS_TARGET && log.message.startsWith('gas:')) {
    return again(state, log) ?? acceptGas(state, log, line)
  }
  if (log.target === CLOCK_TARGET && log.message.startsWith('clk')) {
    return again(state, log) ?? acceptClock(state, log)
  }
  return line.text.includes(TRACKER_MARK) || line.text.includes(REPLACEMENT) ? damaged(state, line) : null
}

/** On a CPU the proof executes again, under the span `prove_core`; its lines are counted once. */
const again = (state: State, log: LogLine): Understanding | null => {
  if (log.spans.at(-1) !== 'execute') return ignored('not under the span execute')
  return state.over ? ignored('the execution is over') : null
}

const acceptTracker = (state: State, log: LogLine, line: Line): Understanding => {
  const [, prefix, name, cycles] = TRACKER.exec(log.message) ?? []
  const isWhole = name === undefined || (line.end === 'newline' && !name.includes(REPLACEMENT))
  if (prefix === undefined || !isWhole) {
    state.tracker.lose(`line ${line.number} could not be read`)
    return unread('a cycle-tracker line that is neither a whole start nor a whole end')
  }
  const depth = prefix.length / 2
  if (name !== undefined) {
    state.tracker.start(depth, name)
    return read(`a span begins at depth ${depth}`)
  }
  if (cycles === undefined) return ignored('the end of a span that never began')
  state.tracker.end(depth, countOf(cycles))
  return read(`a span at depth ${depth} ends after ${cycles} cycles`)
}

const acceptGas = (state: State, log: LogLine, line: Line): Understanding => {
  state.over = true
  const digits = GAS.exec(log.message)?.[1]
  // Nothing follows the number, so only the newline tells that it is whole.
  if (digits === undefined || line.end !== 'newline') return unread('prover gas without a whole number')
  state.gas = countOf(digits)
  return read(`prover gas ${digits}`)
}

const acceptClock = (state: State, log: LogLine): Understanding => {
  const digits = CLOCK.exec(log.message)?.[1]
  if (digits === undefined) return unread('a clock line without its number')
  state.clock = BigInt(digits)
  return read(`at least ${digits} cycles`)
}

const acceptTotal = (state: State, log: LogLine, line: Line): Understanding | null => {
  if (!log.message.startsWith('minimal executor finished')) return null
  if (state.total !== null) return ignored('the total of another execution')
  const digits = TOTAL.exec(log.message)?.[1]
  if (digits === undefined || line.end === 'cut') return unread('a total without a whole number')
  state.total = countOf(digits)
  return read(`exactly ${digits} cycles`)
}

const figuresOf = (state: State): GuestFigures => {
  const tracked = state.tracker.result()
  const contradiction =
    tracked.total === null || state.total !== null ? null : clockAgainst(state.clock, tracked.total)
  const metrics: Partial<Record<MetricName, Figure>> = {}
  if (state.total !== null) {
    metrics.cycles = { value: state.total, unit: 'cycles', exactness: 'exact' }
  } else if (tracked.total !== null && contradiction === null) {
    metrics.cycles = { value: tracked.total, unit: 'cycles', exactness: 'tracked-spans' }
  }
  if (state.gas !== null) metrics['prover-gas'] = { value: state.gas, unit: 'gas', exactness: 'exact' }
  const remarks = contradiction === null ? tracked.remarks : [...tracked.remarks, contradiction]
  const isSilent = metrics.cycles === undefined && remarks.length === 0
  return {
    metrics,
    spans: tracked.spans,
    costs: [],
    remarks: isSilent ? ['SP1 printed no cycle count.'] : remarks
  }
}

/** The last multiple that the clock passed bounds the total from both sides; null where they agree. */
const clockAgainst = (clock: bigint | null, tracked: bigint): string | null => {
  if (clock === null) return null
  const agrees = clock <= tracked + UNTRACKED_LIMIT && tracked < clock + CLOCK_STEP
  if (agrees) return null
  return `The outermost spans sum to ${tracked} cycles, but the clock was last seen at ${clock}: no total is given.`
}

const countOf = (digits: string): Count => count(BigInt(digits.replaceAll(',', '')))

const read = (note: string): Understanding => ({ kind: 'read', note })
const ignored = (note: string): Understanding => ({ kind: 'ignored', note })
const unread = (note: string): Understanding => ({ kind: 'unread', note })
