import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentOfLog } from '../../src/statistics/interval.ts'
import { summarize } from '../../src/statistics/strata.ts'
import { anySessions, each, reversed, session, swapped } from './sessions.ts'

/** Equal but for the last digits; null only where the other is. */
const nearly = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b))

const negative = (value: number | null): number | null => (value === null ? null : 0 - value)

describe('times that are none', () => {
  test.each([
    ['missing base', [null, 100]],
    ['missing head', [100, null]],
    ['both missing', [null, null]],
    ['zero', [100, 0]],
    ['negative', [-1, 100]],
    ['not a number', [NaN, 100]],
    ['endless', [100, Infinity]]
  ] as const)('%s: the pair is dropped', (_, pair) => {
    const { dropped, blocks, missing } = summarize(session({ a: [[100, 101], pair], b: [pair] }))
    expect({ dropped, missing }).toEqual({ dropped: 2, missing: ['b'] })
    expect(blocks).toMatchObject([{ pairs: 1 }, { block: 'b', pairs: 0, meanLog: null, ratio: null }])
  })

  test('the shortest and the longest have a ratio', () => {
    const { estimate } = summarize(session({ a: [[Number.MIN_VALUE, Number.MAX_VALUE]] }))
    expect(estimate).toBeCloseTo(Math.log(Number.MAX_VALUE) - Math.log(Number.MIN_VALUE), 9)
  })
})

describe('where the noise is read from', () => {
  test.each([
    ['nothing', {}, null, 0],
    ['one pair', { a: [[1, 1]] }, null, 0],
    ['one pair a block', { a: [[1, 1]], b: [[1, 2]], c: [[1, 3]] }, 'across', 2],
    [
      'two pairs of one block',
      {
        a: [[1, 1]],
        b: [
          [1, 2],
          [1, 3]
        ]
      },
      'within',
      1
    ],
    [
      'a block without any',
      {
        a: [],
        b: [
          [1, 2],
          [1, 3]
        ]
      },
      'within',
      1
    ]
  ] as const)('%s', (_, blocks, basis, df) => {
    expect(summarize(session(blocks))).toMatchObject({ basis, df })
  })
})

test('blocks weigh the same, however many pairs they have', () => {
  const { estimate } = summarize(
    session({ a: [[100, 110]], b: Array.from({ length: 9 }, () => [100, 100] as const) })
  )
  expect(estimate).toBeCloseTo(Math.log(1.1) / 2, 12)
})

test('noise that is too small to be true is not believed', () => {
  const { pairSd, se } = summarize(
    session({
      a: [
        [100, 101],
        [100, 101]
      ],
      b: [
        [50, 51],
        [50, 51]
      ]
    })
  )
  expect(pairSd).toBe(0)
  expect(se).toBeCloseTo((0.001 / 2) * Math.sqrt(1 / 2 + 1 / 2), 15)
})

describe('for any times', () => {
  test('swapping the sides negates the estimate and leaves the noise', () => {
    fc.assert(
      fc.property(anySessions, (blocks) => {
        const [there, back] = [summarize(blocks), summarize(swapped(blocks))]
        expect(back).toEqual({
          ...there,
          blocks: there.blocks.map((one) => ({
            ...one,
            meanLog: negative(one.meanLog),
            ratio: one.meanLog === null ? null : Math.exp(-one.meanLog)
          })),
          estimate: negative(there.estimate)
        })
      })
    )
  })

  test('neither the order of blocks nor that of pairs matters', () => {
    fc.assert(
      fc.property(anySessions, (blocks) => {
        const [there, back] = [summarize(blocks), summarize(reversed(blocks))]
        for (const key of ['estimate', 'ss', 'df', 'pairSd', 'se'] as const) {
          expect(nearly(there[key], back[key]), key).toBe(true)
        }
        expect(back.missing.toReversed()).toEqual(there.missing)
        expect(back.dropped).toBe(there.dropped)
      })
    )
  })

  test('the unit of time does not matter', () => {
    fc.assert(
      fc.property(anySessions, (blocks) => {
        const inMinutes = each(blocks, ([base, head]) => [base && base / 60, head && head / 60])
        expect(nearly(summarize(blocks).estimate, summarize(inMinutes).estimate)).toBe(true)
      })
    )
  })
})

test.each([
  [0, 0],
  [-0, 0],
  [Math.log(2), 100],
  [Math.log(0.5), -50],
  [1e-12, 1e-10]
])('ln ratio %d is %d percent', (log, wanted) => {
  expect(percentOfLog(log)).toBeCloseTo(wanted, 12)
  expect(Object.is(percentOfLog(log), -0)).toBe(false)
})
