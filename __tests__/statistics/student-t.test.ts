import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tQuantile, tTwoSidedP } from '../../src/statistics/student-t.ts'

const shares = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
const degrees = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.5, max: 500, noNaN: true }))

const relative = (got: number, wanted: number): number => Math.abs(got / wanted - 1)

/** From the two-sided chance of |t|, without cancelling in the lower tail. */
const shareBelow = (t: number, df: number): number =>
  t < 0 ? tTwoSidedP(t, df) / 2 : 1 - tTwoSidedP(t, df) / 2

describe('in closed form', () => {
  const SHARES = [1e-12, 1e-6, 0.005, 0.1, 0.3, 0.4999, 0.5001, 0.7, 0.75, 0.9, 0.995, 1 - 1e-9]

  test.each(SHARES)('one degree of freedom is Cauchy, at %d', (p) => {
    const wanted = p < 0.5 ? -1 / Math.tan(Math.PI * p) : 1 / Math.tan(Math.PI * (1 - p))
    expect(relative(tQuantile(p, 1), wanted)).toBeLessThan(1e-12)
  })

  test.each(SHARES)('two degrees of freedom, at %d', (p) => {
    const wanted = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)))
    expect(relative(tQuantile(p, 2), wanted)).toBeLessThan(1e-12)
  })

  test.each([0.01, 0.5, 2, 20])('four degrees of freedom, beyond %d', (t) => {
    const u = t / Math.sqrt(4 + t * t)
    expect(tTwoSidedP(t, 4)).toBeCloseTo(1 - u * (1.5 - u * u * 0.5), 14)
  })

  test('many degrees of freedom are nearly normal', () => {
    expect(tQuantile(0.975, 1e6)).toBeCloseTo(1.959966, 6)
  })
})

test.each([
  ['nothing below', 0, 4, -Infinity],
  ['all below', 1, 4, Infinity],
  ['half below', 0.5, 4, 0],
  ['no share', -0.1, 4, NaN],
  ['no share either', 1.1, 4, NaN],
  ['no number', NaN, 4, NaN],
  ['no degrees of freedom', 0.9, 0, NaN],
  ['fewer than none', 0.9, -3, NaN],
  ['unknown degrees of freedom', 0.9, NaN, NaN]
])('%s', (_, p, df, wanted) => {
  expect(tQuantile(p, df)).toBe(wanted)
})

test('the quantile is the inverse of the distribution', () => {
  fc.assert(
    fc.property(shares, degrees, (p, df) => {
      expect(shareBelow(tQuantile(p, df), df) / p).toBeCloseTo(1, 11)
    })
  )
})

test('the distribution is symmetric', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 - 1 }), degrees, (numerator, df) => {
      // A dyadic share, so that one minus it is exact.
      const p = numerator / 2 ** 40
      expect(tQuantile(1 - p, df)).toBe(-tQuantile(p, df) + 0)
    })
  )
  expect(tTwoSidedP(-2.5, 8)).toBe(tTwoSidedP(2.5, 8))
})

test('a larger share lies below a larger t', () => {
  fc.assert(
    fc.property(shares, shares, degrees, (p, q, df) => {
      fc.pre(q - p > 1e-9)
      expect(tQuantile(p, df)).toBeLessThan(tQuantile(q, df))
    })
  )
})

test('what is remembered is bounded, and stays right', () => {
  const before = tQuantile(0.995, 8)
  for (let index = 1; index <= 10_000; index++) tQuantile(index / 10_001, 8 + (index % 3))
  expect(tQuantile(0.995, 8)).toBe(before)
})
