import type { MetricName } from '../../domain/metric.ts'
import { count } from '../../domain/quantity.ts'
import type { Figure } from '../../domain/sample.ts'
import type { GuestFigures, GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { CYCLE_KINDS, parseSessionLine, type CycleKind } from './session.ts'

/** Sources of the lines: docs/notes/risc0.md. */
const BLOCK_TARGETS = ['risc0_zkvm::host::server::session', 'risc0_zkvm::host::prove_info']
const EXECUTOR_TARGET = 'risc0_zkvm::host::server::exec::executor'
const CRATE = 'risc0_zkvm::host::'

/** The lines of one execution, as far as they have come. */
interface Block {
  /** Number of its first line. */
  readonly line: number
  readonly segments: bigint
  readonly cycles: Partial<Record<CycleKind, bigint>>
}

interface Counted {
  readonly segments: bigint
  readonly user: bigint
}

interface State {
  /** Begun, but not whole yet. */
  open: Block | null
  /** The first that was whole: that of the execution. A proof executes again and prints a second. */
  first: Counted | null
  /** One that came after it and counted otherwise; other cycles before other segments. */
  other: Counted | null
  /** Why no count is sound. */
  lost: string | null
}

/** Reads what RISC0 prints of an execution where RISC0_INFO is set. */
export const createRisc0Fold = (): GuestFold => {
  const state: State = { open: null, first: null, other: null, lost: null }
  return {
    concerns: (text) => text.includes(CRATE),
    accept: (log, line) => accept(state, log, line),
    damaged: (line) => damaged(state, line),
    figures: () => figuresOf(state)
  }
}

const read = (note: string): Understanding => ({ kind: 'read', note })
const ignored = (note: string): Understanding => ({ kind: 'ignored', note })
const unread = (note: string): Understanding => ({ kind: 'unread', note })

/**
 * Also after a whole block: what is whole may be what a guest printed, and what is damaged may be RISC0's. The first
 * reason is kept.
 */
const lose = (state: State, why: string): void => {
  state.lost ??= why
}

const damaged = (state: State, { text, number }: Line): Understanding | null => {
  if (!BLOCK_TARGETS.some((target) => text.includes(target))) return null
  lose(state, `line ${number} is damaged`)
  return unread('a line of RISC0 that is damaged, or stands inside another line')
}

const accept = (state: State, log: LogLine, line: Line): Understanding | null => {
  if (log.target === EXECUTOR_TARGET && log.message.startsWith('execution time: ')) {
    return ignored('the time by the clock of RISC0, not of the host')
  }
  if (!BLOCK_TARGETS.includes(log.target)) return null
  if (log.level !== 'INFO') return ignored('not at level INFO')
  const parsed = parseSessionLine(log.message)
  switch (parsed?.kind) {
    case 'segments':
      return acceptSegments(state, parsed.count, line)
    case 'cycles':
      return acceptCycles(state, parsed, line)
    case 'detail':
      return ignored('a heading, or the calls of one kind')
    case undefined:
      lose(state, `line ${line.number} could not be read`)
      return unread('a line of RISC0 of an unknown form')
  }
}

const acceptSegments = (state: State, segments: bigint, line: Line): Understanding => {
  if (state.open !== null) lose(state, missingIn(state.open))
  state.open = { line: line.number, segments, cycles: {} }
  // Nothing follows the number, so only the newline tells that it is whole.
  if (line.end === 'newline') return read(`${segments} segments`)
  lose(state, `line ${line.number} could not be read`)
  return unread('a number of segments that may not be whole')
}

const acceptCycles = (
  state: State,
  { of, count: cycles }: { readonly of: CycleKind; readonly count: bigint },
  { number }: Line
): Understanding => {
  const { open } = state
  if (open === null || open.cycles[of] !== undefined) {
    lose(state, `line ${number} belongs to no block that has begun`)
    return ignored(`${of} cycles outside a block`)
  }
  open.cycles[of] = cycles
  if (CYCLE_KINDS.every((kind) => open.cycles[kind] !== undefined)) close(state, open)
  return read(`${cycles} ${of} cycles`)
}

/** RISC0 itself asserts the sum, so a block without it was not read as it was printed. */
const close = (state: State, { line, segments, cycles }: Block): void => {
  const { total, user = 0n, paging = 0n, reserved = 0n } = cycles
  state.open = null
  if (total !== user + paging + reserved) {
    lose(state, `the block at line ${line} has a total that is not the sum of its parts`)
  } else if (state.lost === null) {
    const counted = { segments, user }
    if (state.first === null) state.first = counted
    else if (state.first.user !== user) state.other = counted
    else if (state.first.segments !== segments) state.other ??= counted
  }
}

const missingIn = ({ line, cycles }: Block): string =>
  `the block at line ${line} has no ${CYCLE_KINDS.find((kind) => cycles[kind] === undefined) ?? 'end'} cycles`

const figuresOf = ({ first, other, open, lost }: State): GuestFigures => {
  if (first === null || open !== null || lost !== null) return nothing(whyNone(open, lost))
  const metrics: Partial<Record<MetricName, Figure>> = {}
  if (other === null || other.user === first.user) {
    metrics.cycles = { value: count(first.user), unit: 'cycles', exactness: 'exact' }
  }
  if (other === null || other.segments === first.segments) {
    metrics.segments = { value: count(first.segments), unit: 'count', exactness: 'exact' }
  }
  return { metrics, spans: [], costs: [], remarks: other === null ? [] : [differs(first, other)] }
}

const nothing = (remark: string): GuestFigures => ({ metrics: {}, spans: [], costs: [], remarks: [remark] })

const whyNone = (open: Block | null, lost: string | null): string => {
  const why = lost ?? (open === null ? null : missingIn(open))
  return why === null
    ? 'RISC0 printed no cycle count: it needs RISC0_INFO, and where r0vm executes RUST_LOG=info too.'
    : `RISC0's cycle counts do not add up: ${why}.`
}

/** One guest and one input: one of the two is no block of RISC0's, and nothing says which. */
const differs = (first: Counted, other: Counted): string =>
  `RISC0 counted ${first.user} user cycles in ${first.segments} segments when it executed, and ` +
  `${other.user} in ${other.segments} when it executed again: what differs is not given.`
