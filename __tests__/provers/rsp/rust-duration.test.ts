import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRustDuration } from '../../../src/provers/rsp/rust-duration.ts'

test.each([
  ['469.1s', 469.1],
  ['1.5s', 1.5],
  ['469s', 469],
  ['86400.000000001s', 86400.000000001],
  ['950ms', 0.95],
  ['950.25ms', 0.95025],
  ['12.3µs', 0.0000123],
  ['7ns', 7e-9],
  ['0ns', 0]
])('%s', (text, seconds) => {
  expect(parseRustDuration(text)).toBe(seconds)
})

test.each([
  '',
  '469',
  '469.',
  '469.1',
  '12m',
  '18446744073709551616s',
  '5us',
  '1.5 s',
  '-1s',
  '1e3s',
  '1.5ns',
  '1.2345µs',
  '1h',
  '.5s',
  '1,5s'
])('is none: %j', (text) => {
  expect(parseRustDuration(text)).toBeNull()
})

/** `fmt_decimal` of Rust's standard library, for a number of nanoseconds. */
const printed = (nanoseconds: bigint): string => {
  const units = [
    ['s', 10n ** 9n],
    ['ms', 10n ** 6n],
    ['µs', 10n ** 3n],
    ['ns', 1n]
  ] as const
  const [unit, size] = units.find(([, least]) => nanoseconds >= least) ?? ['ns', 1n]
  const digits = String(nanoseconds % size).padStart(String(size).length - 1, '0')
  const fraction = size === 1n ? '' : digits.replace(/0+$/, '')
  return `${nanoseconds / size}${fraction === '' ? '' : `.${fraction}`}${unit}`
}

const durations = fc.bigInt({ min: 0n, max: 10n ** 15n })

test('whatever Rust prints is read to the nanosecond', () => {
  fc.assert(
    fc.property(durations, (nanoseconds) => {
      const text = printed(nanoseconds)
      expect(parseRustDuration(text)).toBe(Number(`${nanoseconds}e-9`))
    }),
    { seed: 3, numRuns: 500 }
  )
})

test('and is no duration when it is cut', () => {
  fc.assert(
    fc.property(durations, fc.nat(20), (nanoseconds, cut) => {
      const text = printed(nanoseconds)
      if (cut < text.length) expect(parseRustDuration(text.slice(0, cut))).toBeNull()
    }),
    { seed: 3, numRuns: 500 }
  )
})
