import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { join, joinAll, METRIC_VERDICTS, RUN_STATES, runVerdict } from '../../src/domain/verdict.ts'

const verdict = fc.constantFrom(...METRIC_VERDICTS)

describe('the lattice of verdicts', () => {
  test('join is associative, commutative and idempotent', () => {
    fc.assert(
      fc.property(verdict, verdict, verdict, (a, b, c) => {
        expect(join(join(a, b), c)).toBe(join(a, join(b, c)))
        expect(join(a, b)).toBe(join(b, a))
        expect(join(a, a)).toBe(a)
      })
    )
  })

  test('no-change is below everything, mixed above', () => {
    for (const one of METRIC_VERDICTS) {
      expect(join('no-change', one)).toBe(one)
      expect(join('mixed', one)).toBe('mixed')
    }
  })

  test.each([
    ['improvement', 'regression', 'mixed'],
    ['improvement', 'inconclusive', 'improvement'],
    ['regression', 'incomparable', 'regression'],
    ['no-change', 'inconclusive', 'inconclusive'],
    ['inconclusive', 'incomparable', 'incomparable']
  ] as const)('%s with %s is %s', (a, b, wanted) => {
    expect(join(a, b)).toBe(wanted)
  })

  test('nothing compared is inconclusive', () => {
    expect(joinAll([])).toBe('inconclusive')
  })
})

describe('the verdict of a run', () => {
  test('the strongest state wins over every verdict', () => {
    fc.assert(
      fc.property(fc.subarray([...RUN_STATES], { minLength: 1 }), fc.array(verdict), (states, verdicts) => {
        expect(runVerdict(new Set(states), verdicts)).toBe(RUN_STATES.find((state) => states.includes(state)))
      })
    )
  })

  test('without a state it is the join', () => {
    expect(runVerdict(new Set(), ['no-change', 'improvement'])).toBe('improvement')
  })
})
