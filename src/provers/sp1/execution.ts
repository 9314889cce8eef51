import type { MetricName } from '../../domain/metric.ts'
import type { Count } from '../../domain/quantity.ts'
import type { Figure } from '../../domain/sample.ts'
import type { GuestFigures, GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { parseU64 } from '../u64.ts'
import { againstSpans, againstTotal, createBounds, type Bounds } from './bounds.ts'
import type { Tracker } from './tracker.ts'
import { createTracker } from './tracker.ts'
import { parseTrackerLine } from './tracker-line.ts'

/** Sources of the lines: docs/notes/sp1.md. */
const V5_TRACKER = 'sp1_core_executor::syscalls::write'
const V6_TRACKER = 'sp1_core_executor::minimal::write'
const EXECUTOR = 'sp1_core_executor::executor'
const V5_PROVER = 'sp1_prover'
const V6_EXECUTE = 'sp1_prover::worker::prover::execute'
const V5_PROOF = 'sp1_core_machine::utils::prove'

const CLOCK = /^clk = (\d{1,20}) pc = 0x[0-9a-f]+$/
const GAS = /^gas: (\d{1,20})$/
const HIGH_COUNT = /^High cycle count detected \((\d{1,14})M cycles\)/
const V6_TOTAL = /^minimal executor finished in (\d{1,20}|\d{1,3}(?:,\d{3}){1,6}) cycles$/
const V5_BEGIN = /^(?:execution report \(totals\)|summary):/
const V5_TOTAL = /^(?:execution report \(totals\): total_cycles|summary: cycles)=(\d{1,20}),/

/** Second character of every start and end of a span; nothing else is known to print it. */
const TRACKER_MARK = '╴'
/** Stands for bytes that were no UTF-8. */
const REPLACEMENT = '\ufffd'
/** What no name holds: bytes that were overwritten, or that are no text. */
const FOREIGN = /[\p{Cc}\ufffd]/u
/** What an execution of v6 ends with, and what else counts; all of them may stand inside a damaged line. */
const V6_ENDS = ['minimal executor finished', 'public_value_stream: ']
const COUNTS = [...V6_ENDS, ': gas: ', ': clk = ', ': summary: cycles=', '(totals): total_cycles=']

interface State {
  readonly tracker: Tracker
  readonly bounds: Bounds
  gas: Count | null
  total: Count | null
  /** One that came after it and is another. */
  otherTotal: Count | null
  isV6: boolean
  /** The execution is over; what follows is the same work again, inside the proof. */
  over: boolean
}

/** Reads what SP1 v5 and v6 print of one execution. */
export const createSp1Fold = (): GuestFold => {
  const state: State = {
    tracker: createTracker(),
    bounds: createBounds(),
    gas: null,
    total: null,
    otherTotal: null,
    isV6: false,
    over: false
  }
  return {
    concerns: (text) => text.includes('sp1_') || text.includes(TRACKER_MARK),
    accept: (log, line) => accept(state, log, line),
    damaged: (line) => damaged(state, line),
    figures: () => figuresOf(state)
  }
}

const read = (note: string): Understanding => ({ kind: 'read', note })
const ignored = (note: string): Understanding => ({ kind: 'ignored', note })
const unread = (note: string): Understanding => ({ kind: 'unread', note })

const NOT_OF_EXECUTION = ignored('not under the span execute')
const OVER = ignored('the execution is over')
const STRAY_END = ignored('the end of a span that never began')
const WARNING = ignored('a warning of the executor')
const NO_TOTAL = unread('a total without a whole number')
const VALUES = ignored('the public values: the execution is over')

const V6_SILENT = `SP1 printed no cycle count: v6 does so at level DEBUG of ${V6_EXECUTE}.`

/** A start or an end that is lost makes the names of later ends doubtful, so all of them. */
const damaged = (state: State, { text, number }: Line): Understanding | null => {
  if (V6_ENDS.some((end) => text.includes(end))) state.over = true
  const isTracker = text.includes(TRACKER_MARK) || text.includes('::write')
  if (isTracker && !state.over) {
    state.tracker.lose(`line ${number} is damaged`)
    return unread('a cycle-tracker line that is damaged, or stands inside another line')
  }
  return COUNTS.some((part) => text.includes(part))
    ? unread('a count that is damaged, or stands inside another line')
    : null
}

const accept = (state: State, log: LogLine, line: Line): Understanding | null => {
  switch (log.target) {
    case V5_TRACKER:
    case V6_TRACKER:
      return again(state, log) ?? acceptTracker(state, log.message, line)
    case EXECUTOR:
      return again(state, log) ?? acceptExecutor(state, log)
    case V5_PROVER:
      return acceptProver(state, log, line)
    case V6_EXECUTE:
      return acceptV6(state, log, line)
    case V5_PROOF:
      return acceptTotal(state, log.message, V5_TOTAL) ?? (V5_BEGIN.test(log.message) ? NO_TOTAL : null)
    default:
      return line.text.includes(TRACKER_MARK) || line.text.includes(REPLACEMENT) ? damaged(state, line) : null
  }
}

/**
 * On a CPU the proof executes again; its lines are counted once. v5 has spans to tell them apart, `execute` and
 * `prove_core`. v6 executes on threads that inherit none, and says where the execution ends.
 */
const again = (state: State, { spans, target }: LogLine): Understanding | null => {
  const isExecution = spans.length === 0 ? target === V6_TRACKER : spans.at(-1) === 'execute'
  if (!isExecution) return NOT_OF_EXECUTION
  return state.over ? OVER : null
}

const acceptTracker = (state: State, message: string, line: Line): Understanding => {
  const parsed = parseTrackerLine(message)
  switch (parsed?.kind) {
    case 'start':
      if (line.end !== 'newline' || FOREIGN.test(parsed.name)) break
      state.tracker.start(parsed.depth, parsed.name)
      return read(`a span begins at depth ${parsed.depth}`)
    case 'end':
      state.tracker.end(parsed.depth, parsed.cycles)
      return read(`a span at depth ${parsed.depth} ends after ${parsed.digits} cycles`)
    case 'stray-end':
      return STRAY_END
    case undefined:
  }
  state.tracker.lose(`line ${line.number} could not be read`)
  return unread('a cycle-tracker line that is neither a whole start nor a whole end')
}

const acceptExecutor = (state: State, { message, level }: LogLine): Understanding | null => {
  if (level === 'WARN') return WARNING
  if (!message.startsWith('clk')) return null
  const clock = parseU64(CLOCK.exec(message)?.[1] ?? '')
  if (clock === null) return unread('a clock line without its number')
  state.bounds.clock(clock)
  return read(`at least ${clock} cycles`)
}

const acceptProver = (state: State, log: LogLine, line: Line): Understanding | null => {
  if (log.message.startsWith('gas:')) return again(state, log) ?? acceptGas(state, log.message, line)
  const millions = HIGH_COUNT.exec(log.message)?.[1]
  if (millions === undefined) return null
  state.bounds.millions(BigInt(millions))
  return read(`at least ${millions} million cycles`)
}

const acceptGas = (state: State, message: string, line: Line): Understanding => {
  state.over = true
  const gas = parseU64(GAS.exec(message)?.[1] ?? '')
  // Nothing follows the number, so only the newline tells that it is whole.
  if (gas === null || line.end !== 'newline') return unread('prover gas without a whole number')
  state.gas = gas
  return read(`prover gas ${gas}`)
}

/** Its only line at INFO is the last of an execution. */
const acceptV6 = (state: State, { level, message }: LogLine, line: Line): Understanding | null => {
  state.isV6 = true
  const isTotal = message.startsWith('minimal executor finished')
  if (isTotal || level === 'INFO') state.over = true
  if (!isTotal) return level === 'INFO' ? VALUES : null
  return line.end === 'cut' ? NO_TOTAL : (acceptTotal(state, message, V6_TOTAL) ?? NO_TOTAL)
}

/** Null: the form does not match. */
const acceptTotal = (state: State, message: string, form: RegExp): Understanding | null => {
  const total = parseU64(form.exec(message)?.[1] ?? '')
  if (total === null) return null
  if (state.total !== null && state.total !== total) state.otherTotal ??= total
  if (state.total === total) return ignored('the same total again')
  state.total ??= total
  return read(`exactly ${total} cycles`)
}

const figuresOf = (state: State): GuestFigures => {
  const { total, gas, bounds } = state
  const tracked = state.tracker.result()
  const floor = bounds.floor()
  const contradiction = contradictionOf(state, tracked.total)
  const isUntracked = tracked.total === null && tracked.spans.length === 0 && tracked.remarks.length === 0
  const metrics: Partial<Record<MetricName, Figure>> = {}
  const remarks = [...tracked.remarks]
  if (contradiction !== null) {
    remarks.push(contradiction)
  } else if (total !== null) {
    metrics.cycles = { value: total, unit: 'cycles', exactness: 'exact' }
  } else if (tracked.total !== null) {
    metrics.cycles = { value: tracked.total, unit: 'cycles', exactness: 'tracked-spans' }
  } else if (isUntracked && floor !== null) {
    metrics.cycles = { value: floor.cycles, unit: 'cycles', exactness: 'floor' }
    remarks.push(floor.remark)
  } else if (remarks.length === 0) {
    remarks.push(state.isV6 ? V6_SILENT : 'SP1 printed no cycle count.')
  }
  if (gas !== null) metrics['prover-gas'] = { value: gas, unit: 'gas', exactness: 'exact' }
  return { metrics, spans: tracked.spans, costs: [], remarks }
}

/** One guest and one input: of two counts that cannot both be true, nothing says which is. */
const contradictionOf = ({ total, otherTotal, bounds }: State, tracked: Count | null): string | null => {
  if (total !== null && otherTotal !== null) {
    return `SP1 counted ${total} cycles, and ${otherTotal} as well: no total is given.`
  }
  const floor = bounds.floor()
  if (floor === null) return null
  if (total !== null) return againstTotal(floor, total)
  return tracked === null ? null : againstSpans(floor, tracked)
}
