import { count, type Count } from '../domain/quantity.ts'

/** All that is counted is counted in `u64`; what is larger was printed by none of the tools. */
const LARGEST = 2n ** 64n - 1n

/** A count from its digits, grouped by commas or not; null where it is none of a tool's. Never rounded. */
export const parseU64 = (digits: string): Count | null => {
  if (!/^(?:\d{1,20}|\d{1,3}(?:,\d{3}){1,6})$/.test(digits)) return null
  const value = BigInt(digits.replaceAll(',', ''))
  return value <= LARGEST ? count(value) : null
}
