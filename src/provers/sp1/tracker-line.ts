import { parseU64 } from '../u64.ts'

/** What SP1's cycle tracker says in one line: a span begins, a span ends, or a name ends that never began. */
export type TrackerLine =
  | { readonly kind: 'start'; readonly depth: number; readonly name: string }
  | { readonly kind: 'end'; readonly depth: number; readonly cycles: bigint; readonly digits: string }
  | { readonly kind: 'stray-end' }

const BAR = '│'.charCodeAt(0)
const BEGIN = '┌'.charCodeAt(0)
const END = '└'.charCodeAt(0)
const DASH = '╴'.charCodeAt(0)
const BLANK = 0x20
const COMMA = 0x2c
const ZERO = 0x30

const UNIT = ' cycles'
const NO_START = ' (no matching start)'
const STRAY_END: TrackerLine = { kind: 'stray-end' }

/** Digits that a number holds exactly, and that a count of 64 bits may have. */
const EXACT_DIGITS = 15
const MOST_DIGITS = 20
/** V8 copies a slice that is shorter than 13; a longer one keeps all that it was cut from. */
const COPIED = 12

/**
 * The message of a line of the tracker, or null where it is none or not whole: `│ ` for each open span, then
 * `┌╴name` or `└╴1,234 cycles` (v5.0.8 `core/executor/src/syscalls/write.rs:213-230`; v6.0.0 and v6.4.0
 * `core/executor/src/minimal/write.rs`, with `└╴name (no matching start)` besides). Walked by hand and not
 * matched: a log may hold millions of these lines.
 */
export const parseTrackerLine = (message: string): TrackerLine | null => {
  let at = 0
  while (message.charCodeAt(at) === BAR && message.charCodeAt(at + 1) === BLANK) at += 2
  if (message.charCodeAt(at + 1) !== DASH) return null
  const depth = at / 2
  const from = at + 2
  const corner = message.charCodeAt(at)
  if (corner === BEGIN) {
    return from < message.length ? { kind: 'start', depth, name: message.slice(from) } : null
  }
  return corner === END ? parseEnd(message, depth, from) : null
}

const parseEnd = (message: string, depth: number, from: number): TrackerLine | null => {
  const to = message.length - UNIT.length
  if (message.endsWith(UNIT) && isGrouped(message, from, to)) {
    const digits = copyOf(message, from, to)
    const cycles = countOf(digits)
    return cycles === null ? null : { kind: 'end', depth, cycles, digits }
  }
  return message.endsWith(NO_START) ? STRAY_END : null
}

/** Whether the text between is a count with a comma before each group of three digits, and nothing else. */
const isGrouped = (text: string, from: number, to: number): boolean => {
  const length = to - from
  const groups = Math.floor(length / 4)
  if (length < 1 || length % 4 === 0 || length - groups > MOST_DIGITS) return false
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    const isRight = (to - at) % 4 === 0 ? code === COMMA : code >= ZERO && code <= ZERO + 9
    if (!isRight) return false
  }
  return true
}

/** Null: more than SP1 counts to. */
const countOf = (digits: string): bigint | null => {
  if (digits.length > EXACT_DIGITS) return parseU64(digits)
  let value = 0
  for (let at = 0; at < digits.length; at += 1) {
    const code = digits.charCodeAt(at)
    if (code !== COMMA) value = value * 10 + (code - ZERO)
  }
  return BigInt(value)
}

/** The digits are kept in notes, which must not keep the log. */
const copyOf = (text: string, from: number, to: number): string =>
  to - from <= COPIED ? text.slice(from, to) : text.slice(from, from + COPIED) + text.slice(from + COPIED, to)
