import type { Seconds } from '../../domain/quantity.ts'
import { seconds } from '../../domain/quantity.ts'
import { parseU64 } from '../u64.ts'

/** Digits after the point that a unit may have: all nanoseconds are printed, and none twice. */
const FRACTION = { s: 9, ms: 6, µs: 3, ns: 0 } as const
const EXPONENT = { s: 0, ms: -3, µs: -6, ns: -9 } as const

const DURATION = /^(\d{1,20})(?:\.(\d{1,9}))?(s|ms|µs|ns)$/

const isUnit = (text: string | undefined): text is keyof typeof FRACTION =>
  text !== undefined && text in FRACTION

/**
 * A `std::time::Duration` as `{:?}` prints it (Rust 1.88, `library/core/src/time.rs`): `469.1s`, `950ms`, `12.3µs`,
 * `7ns`, in the largest unit that it fills, to the nanosecond. Null where the text is anything else; a text that was
 * cut has lost its unit, and `12m` is none.
 */
export const parseRustDuration = (text: string): Seconds | null => {
  const [, whole, fraction = '', unit] = DURATION.exec(text) ?? []
  if (whole === undefined || parseU64(whole) === null) return null
  if (!isUnit(unit) || fraction.length > FRACTION[unit]) return null
  // Read as one decimal number: a product of two would round twice.
  return seconds(Number(`${whole}.${fraction}0e${EXPONENT[unit]}`))
}
