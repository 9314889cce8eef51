import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bounds } from '../../src/statistics/interval.ts'
import { SHARP } from '../../src/statistics/blur.ts'
import { ALPHA_CHANGE, blockInterval, judge, type Judgement } from '../../src/statistics/judge.ts'
import { summarize, type Summary } from '../../src/statistics/strata.ts'
import { tQuantile } from '../../src/statistics/student-t.ts'
import { each, likelySessions, reversed, swapped, type Session } from './sessions.ts'

type Known = Pick<Summary<string>, 'missing' | 'estimate' | 'se' | 'df'>

const known = (changes: Partial<Known> = {}): Known => ({
  missing: [],
  estimate: 0,
  se: 0.001,
  df: 8,
  ...changes
})

const RULE = { looks: 3, margin: 0.02, isLast: false }

const judged = (blocks: Session, isLast = false): Judgement => judge(summarize(blocks), { ...RULE, isLast })

describe('a look', () => {
  // The intervals reach 4.122 and 3.016 standard errors at eight degrees of freedom and three looks.
  test.each([
    ['nothing, well known', {}, 'no-change', 'inside-margin', false],
    ['slower by 1 %: measurable, and still inside', { estimate: 0.01 }, 'no-change', 'inside-margin', true],
    ['slower by 2 %', { estimate: 0.02 }, 'regression', 'excludes-zero', true],
    ['faster by 2 %', { estimate: -0.02 }, 'improvement', 'excludes-zero', true],
    ['nothing, hardly known', { se: 0.01 }, null, 'undecided', false],
    ['slower, hardly known', { estimate: 0.02, se: 0.01 }, null, 'undecided', false],
    ['too few degrees of freedom', { estimate: 0.5, df: 3 }, null, 'too-few-pairs', null],
    ['a block without a pair', { missing: ['b'] }, null, 'too-few-pairs', null],
    ['no pair at all', { estimate: null, se: null, df: 0 }, null, 'too-few-pairs', null]
  ] as const)('%s', (_, changes, verdict, reason, isMeasurable) => {
    expect(judge(known(changes), RULE)).toMatchObject({ verdict, reason, isMeasurable })
  })

  test('is inconclusive where it is the last and nothing is decided', () => {
    expect(judge(known({ se: 0.01 }), { ...RULE, isLast: true }).verdict).toBe('inconclusive')
    expect(judge(known({ df: 3 }), { ...RULE, isLast: true }).verdict).toBe('inconclusive')
    expect(judge(known(), { ...RULE, isLast: true }).verdict).toBe('no-change')
  })

  test('gives no interval where it could not judge', () => {
    expect(judge(known({ df: 3 }), RULE)).toMatchObject({ change: null, same: null })
  })

  test('splits its error rates over the looks', () => {
    const widthAt = (looks: number): number => {
      const { change } = judge(known(), { ...RULE, looks })
      return change === null ? NaN : change.hi - change.lo
    }
    expect(widthAt(3) / widthAt(1)).toBeCloseTo(tQuantile(1 - 0.01 / 6, 8) / tQuantile(1 - 0.01 / 2, 8), 12)
  })
})

describe('for any session', () => {
  const mirrored = (bounds: Bounds | null): Bounds | null =>
    bounds === null ? null : { lo: -bounds.hi + 0, hi: -bounds.lo + 0 }
  const OTHER = {
    regression: 'improvement',
    improvement: 'regression',
    'no-change': 'no-change',
    inconclusive: 'inconclusive'
  } as const

  test('swapping the sides mirrors the intervals and turns the verdict', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(likelySessions, fc.boolean(), (blocks, isLast) => {
        const there = judged(blocks, isLast)
        met.add(String(there.verdict))
        expect(judged(swapped(blocks), isLast)).toEqual({
          ...there,
          verdict: there.verdict === null ? null : OTHER[there.verdict],
          change: mirrored(there.change),
          same: mirrored(there.same)
        })
      }),
      { numRuns: 500 }
    )
    expect([...met].toSorted()).toEqual(['improvement', 'inconclusive', 'no-change', 'null', 'regression'])
  })

  test('a side that is compared with itself is never a change', () => {
    fc.assert(
      fc.property(likelySessions, fc.boolean(), (blocks, isLast) => {
        const { verdict, isMeasurable } = judged(
          each(blocks, ([base]) => [base, base]),
          isLast
        )
        expect(['regression', 'improvement']).not.toContain(verdict)
        expect(isMeasurable).not.toBe(true)
      })
    )
  })

  test('order decides nothing', () => {
    fc.assert(
      fc.property(likelySessions, (blocks) => {
        expect(judged(reversed(blocks)).verdict).toBe(judged(blocks).verdict)
      })
    )
  })
})

describe('one block', () => {
  const noise = { meanLog: 0.03, pairSd: 0.012, pairs: 5, df: 16, blur: SHARP, blocks: 4, looks: 3 }

  test('shares the error rate with the other blocks and looks', () => {
    const reach = (tQuantile(1 - ALPHA_CHANGE / 3 / 4 / 2, 16) * 0.012) / Math.sqrt(5)
    const { lo, hi } = blockInterval(noise)
    expect(lo).toBeCloseTo(0.03 - reach, 14)
    expect(hi).toBeCloseTo(0.03 + reach, 14)
  })

  test('has noise even where its pairs agree', () => {
    expect(blockInterval({ ...noise, pairSd: 0 })).toEqual(blockInterval({ ...noise, pairSd: 0.001 }))
  })
})
