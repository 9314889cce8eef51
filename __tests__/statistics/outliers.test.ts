import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findOutliers } from '../../src/statistics/outliers.ts'
import { anySessions, session, swapped } from './sessions.ts'

const QUIET = {
  b: [
    [200, 201],
    [201, 200]
  ],
  c: [
    [300, 301],
    [301, 303]
  ],
  d: [
    [400, 402],
    [399, 401]
  ]
} as const

describe('made again', () => {
  test.each([
    [
      'a slow head',
      [
        [100, 101],
        [100.4, 116]
      ],
      [{ block: 'a', pair: 1, side: 'head' }]
    ],
    [
      'a slow base',
      [
        [120, 101],
        [100, 100.4]
      ],
      [{ block: 'a', pair: 0, side: 'base' }]
    ],
    [
      'counted among all pairs',
      [
        [100, null],
        [100, 101],
        [100, 116]
      ],
      [{ block: 'a', pair: 2, side: 'head' }]
    ],
    [
      'not both of a pair',
      [
        [100, 101],
        [115, 116]
      ],
      []
    ],
    [
      'not what is faster',
      [
        [100, 101],
        [101, 100],
        [100, 80]
      ],
      []
    ],
    [
      'not what is 4 % slower',
      [
        [100, 101],
        [104, 101]
      ],
      []
    ],
    ['not the only one of its block', [[100, 200]], []]
  ] as const)('%s', (_, pairs, flagged) => {
    expect(findOutliers(session({ a: pairs, ...QUIET }))).toMatchObject({ flagged, tooMany: false })
  })
})

describe('where more than a quarter of the runs would be made again', () => {
  const unstable = [
    [100, 100],
    [140, 140],
    [100, 300]
  ] as const

  test('none is', () => {
    expect(findOutliers(session({ a: unstable }))).toMatchObject({ flagged: [], tooMany: true })
  })

  test('a quarter is not more', () => {
    const quiet = [100, 100] as const
    const { flagged, tooMany } = findOutliers(session({ a: unstable, b: [quiet] }))
    expect(flagged).toHaveLength(2)
    expect(tooMany).toBe(false)
  })
})

test('a noisy machine is allowed more', () => {
  const noisy = [
    [100, 104],
    [100, 96],
    [100, 105],
    [100, 95],
    [107, 100]
  ] as const
  const { tau, flagged } = findOutliers(session({ a: noisy }))
  expect(tau).toBeGreaterThan(0.2)
  expect(flagged).toEqual([])
})

test('nothing has no outliers', () => {
  const found = { tau: Math.log1p(0.05), flagged: [], tooMany: false }
  expect(findOutliers(new Map())).toEqual(found)
  expect(findOutliers(session({ a: [[null, 1]] }))).toEqual(found)
})

test('either side is treated alike', () => {
  fc.assert(
    fc.property(anySessions, (blocks) => {
      const [there, back] = [findOutliers(blocks), findOutliers(swapped(blocks))]
      const other = { base: 'head', head: 'base' } as const
      expect(back.flagged).toEqual(there.flagged.map((one) => ({ ...one, side: other[one.side] })))
      expect(back.tau).toBeCloseTo(there.tau, 12)
      expect(back.tooMany).toBe(there.tooMany)
    })
  )
})
