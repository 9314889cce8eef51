import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blursOf, meanBlur, SHARP, widened } from '../../src/statistics/blur.ts'

const time = fc.integer({ min: 1, max: 5000 })
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('what cutting times off hides', () => {
  test('is nothing where they are whole', () => {
    const blurs = blursOf([{ block: 1, base: 20, head: 21, cut: 0 }])
    expect(meanBlur(blurs.values())).toEqual(SHARP)
    expect(meanBlur([])).toEqual(SHARP)
  })

  test('is each block\u2019s own, and blocks weigh the same', () => {
    const blurs = blursOf([
      { block: 1, base: 10, head: 20, cut: 1 },
      { block: 1, base: 20, head: 20, cut: 1 },
      { block: 2, base: 100, head: 50, cut: 0 }
    ])
    expect(blurs.get(1)?.below).toBeCloseTo((Math.log(1.1) + Math.log(1.05)) / 2, 14)
    expect(blurs.get(1)?.above).toBeCloseTo(Math.log(1.05), 14)
    expect(blurs.get(2)).toEqual(SHARP)
    expect(meanBlur(blurs.values()).above).toBeCloseTo(Math.log(1.05) / 2, 14)
  })

  test('has no bound where nobody knows after how many seconds', () => {
    expect(meanBlur(blursOf([{ block: 1, base: 60, head: 60, cut: Infinity }]).values())).toEqual({
      below: Infinity,
      above: Infinity
    })
  })

  test('whatever was cut off, the widened interval of a point holds the truth', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(time, part, time, part), { minLength: 1, maxLength: 5 }), (pairs) => {
        const mean = (logs: readonly number[]): number =>
          logs.reduce((sum, log) => sum + log, 0) / logs.length
        const seen = mean(pairs.map(([base, , head]) => Math.log(head / base)))
        const truth = mean(pairs.map(([base, b, head, h]) => Math.log((head + h) / (base + b))))
        const blurs = blursOf(pairs.map(([base, , head]) => ({ block: 1, base, head, cut: 1 })))
        const { lo, hi } = widened({ lo: seen, hi: seen }, meanBlur(blurs.values()))
        expect(lo).toBeLessThanOrEqual(truth + 1e-12)
        expect(hi).toBeGreaterThanOrEqual(truth - 1e-12)
      })
    )
  })
})
