import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBlocks,
  formatBound,
  formatChange,
  formatCount,
  formatCycles,
  formatDuration,
  formatFixed,
  formatGas,
  formatGibibytes,
  formatMinutes,
  formatRange,
  formatShare,
  formatThroughput,
  plural,
  trialsOf
} from '../../src/render/format.ts'

describe('a change', () => {
  test.each([
    [-29.19, 1, '-29.2%'],
    [0.13, 2, '+0.13%'],
    [0, 1, '+0.0%'],
    [-0, 1, '+0.0%'],
    [-0.04, 1, '+0.0%'],
    [-0.05, 1, '-0.1%'],
    [0.05, 1, '+0.1%'],
    [0.25, 1, '+0.3%'],
    [-0.25, 1, '-0.3%'],
    [1.005, 2, '+1.01%'],
    [-1.005, 2, '-1.01%'],
    [1e-9, 2, '+0.00%'],
    [-1e-9, 2, '+0.00%'],
    [100, 2, '+100.00%'],
    [1234.5, 1, '+1234.5%']
  ] as const)('%s with %s decimals is %s', (value, decimals, wanted) => {
    expect(formatChange(value, decimals)).toBe(wanted)
  })

  test('always has a sign, and never minus zero', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(1 as const, 2 as const),
        (value, decimals) => {
          const text = formatChange(value, decimals)
          expect(text).toMatch(decimals === 1 ? /^[+-]\d+\.\d%$/ : /^[+-]\d+\.\d\d%$/)
          expect(text).not.toMatch(/^-0\.0+%$/)
          expect(Math.abs(Number.parseFloat(text) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-9)
        }
      )
    )
  })

  test('is mirrored by its sign', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.06, max: 1e6, noNaN: true }), (value) => {
        expect(formatChange(-value, 1)).toBe(formatChange(value, 1).replace('+', '-'))
      })
    )
  })
})

test.each([
  [0, '0.0s'],
  [0.04, '0.0s'],
  [45.12, '45.1s'],
  [59.94, '59.9s'],
  [59.96, '01m 00s'],
  [60, '01m 00s'],
  [87, '01m 27s'],
  [519, '08m 39s'],
  [1240, '20m 40s'],
  [3599.4, '59m 59s'],
  [3599.6, '1h 00m 00s'],
  [3723, '1h 02m 03s'],
  [360_000, '100h 00m 00s']
])('%s seconds are %s', (seconds, wanted) => {
  expect(formatDuration(seconds)).toBe(wanted)
})

test.each([
  [0n, '0'],
  [21_000n, '21,000'],
  [99_999n, '99,999'],
  [100_000n, '0.1M'],
  [949_999n, '0.9M'],
  [950_000n, '1.0M'],
  [35_700_000n, '35.7M'],
  [44_943_006n, '44.9M'],
  [1_234_567_890_123n, '1,234,567.9M']
])('%s gas is %s', (gas, wanted) => {
  expect(formatGas(gas)).toBe(wanted)
})

test.each([
  [0n, '0'],
  [999_999n, '999,999'],
  [1_000_000n, '1.000M'],
  [218_999_499n, '218.999M'],
  [218_999_500n, '219.000M'],
  [64_435_000n, '64.435M']
])('%s cycles are %s', (cycles, wanted) => {
  expect(formatCycles(cycles)).toBe(wanted)
})

test.each([
  [1n, '1'],
  [999n, '999'],
  [1000n, '1,000'],
  [6_812_344_190n, '6,812,344,190'],
  [9_007_199_254_740_993n, '9,007,199,254,740,993']
])('%s is grouped as %s', (count, wanted) => {
  expect(formatCount(count)).toBe(wanted)
})

test('block numbers are written as the input takes them', () => {
  expect(formatBlocks([])).toBe('')
  expect(formatBlocks([7])).toBe('7')
  expect(formatBlocks([5, 7, 8, 9, 11, 12])).toBe('5,7-9,11-12')
})

test('the rest', () => {
  expect(formatShare(41.25)).toBe('41.3%')
  expect(formatShare(-3.04)).toBe('-3.0%')
  expect(formatShare(-0.01)).toBe('0.0%')
  expect(formatMinutes(240)).toBe('240')
  expect(formatMinutes(12.34)).toBe('12.3')
  expect(formatGibibytes(128 * 1024 ** 3)).toBe('128.0 GiB')
  expect(formatThroughput(0.02879)).toBe('0.0288')
  expect(formatThroughput(1234.5)).toBe('1235')
  expect(formatFixed(1e21, 1)).toMatch(/^1/)
  expect([plural(1, 'block'), plural(0, 'block'), plural(1024, 'block')]).toEqual([
    '1 block',
    '0 blocks',
    '1,024 blocks'
  ])
})

test.each([
  [1.25, '1.3%'],
  [0.04, '0.1%'],
  [0, '0.1%']
])('a change of %d percent that would be seen is never none', (percent, text) => {
  expect(formatBound(percent)).toBe(text)
})

test('bounds have signs and no signs of percent', () => {
  expect(formatRange({ lo: -0.04, hi: 1.96 }, 1)).toBe('+0.0 to +2.0')
  expect(formatRange({ lo: -0.24, hi: -0.1 }, 2)).toBe('-0.24 to -0.10')
})

test.each([
  [27, 51, '27 of at most 51 trials'],
  [51, 51, '51 trials'],
  [53, 51, '53 trials']
])(
  '%i trials of %i planned: what was made again is never said to be more than there could be',
  (done, planned, text) => {
    expect(trialsOf({ done, planned })).toBe(text)
  }
)
