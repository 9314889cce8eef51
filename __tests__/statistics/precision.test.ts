import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EFFORT } from '../../src/domain/effort.ts'
import { pairsAtLooks } from '../../src/statistics/looks.ts'
import { quantile } from '../../src/statistics/order.ts'
import { pairsNeeded, resolution } from '../../src/statistics/precision.ts'
import { tQuantile } from '../../src/statistics/student-t.ts'

describe('pairs of each block at each look', () => {
  test.each([
    [1, 'default', [5, 9, 17]],
    [2, 'default', [3, 5, 9]],
    [3, 'default', [3, 4, 7]],
    [4, 'default', [2, 3, 5]],
    [5, 'default', [1, 3, 5]],
    [6, 'default', [1, 3, 4]],
    [8, 'default', [1, 2, 3]],
    [12, 'default', [1, 3]],
    [64, 'default', [1]],
    [4, 'thorough', [3, 5, 9, 17]],
    [2, 'quick', [3]],
    [0, 'default', []]
  ] as const)('%i blocks, %s', (blocks, effort, wanted) => {
    expect(pairsAtLooks(blocks, EFFORT[effort].degreesOfFreedom)).toEqual(wanted)
  })

  test('are the fewest that are enough', () => {
    const dfOf = (blocks: number, pairs: number): number => (pairs === 1 ? blocks - 1 : blocks * (pairs - 1))
    const blocks = fc.integer({ min: 1, max: 100 })
    const wanted = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(blocks, wanted, (count, dfs) => {
        const looks = pairsAtLooks(count, dfs)
        const fewest = dfs.map((df) => {
          let pairs = 1
          while (dfOf(count, pairs) < df) pairs += 1
          return pairs
        })
        expect(looks).toEqual([...new Set(fewest)].toSorted((a, b) => a - b))
      })
    )
  })
})

describe('pairs needed', () => {
  const reach = (pairSd: number, blocks: number, pairs: number): number =>
    (tQuantile(0.975, blocks * (pairs - 1)) * Math.max(0.001, pairSd)) / Math.sqrt(blocks * pairs)

  test('are the fewest that are enough', () => {
    const spread = fc.double({ min: 0, max: 0.1, noNaN: true })
    fc.assert(
      fc.property(
        spread,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 60 }),
        (pairSd, blocks, cap) => {
          const needed = pairsNeeded({ pairSd, blocks, margin: 0.02, alpha: 0.05, cap })
          const counts = Array.from({ length: cap - 1 }, (_, index) => index + 2)
          const wanted = counts.find((pairs) => reach(pairSd, blocks, pairs) <= Math.log(1.02))
          expect(needed).toBe(wanted ?? null)
        }
      )
    )
  })

  test('are at least two', () => {
    expect(pairsNeeded({ pairSd: 0, blocks: 4, margin: 0.02, alpha: 0.05, cap: 1 })).toBe(null)
  })
})

test.each([
  [1, 4.1],
  [4, 2.0],
  [8, 1.4]
])('%i blocks, one pair each, of typical noise resolve %d %%', (blocks, wanted) => {
  expect(resolution({ pairSd: 0.012, blocks, pairs: 1, df: 8, alpha: 0.01 })).toBeCloseTo(wanted, 1)
})

test.each([
  [[], 0.5, NaN],
  [[7], 0.9, 7],
  [[3, 1, 2], 0, 1],
  [[3, 1, 2], 1, 3],
  [[4, 1, 3, 2], 0.25, 1.75]
])('of %j the quantile %d is %d', (values, q, wanted) => {
  expect(quantile(values, q)).toBe(wanted)
})
