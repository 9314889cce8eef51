import { expect, test } from 'vitest'
import { renderParsed } from '../../src/render/parsed.ts'

const NOTHING = {
  outcome: 'measured',
  reason: null,
  gas: null,
  transactions: null,
  metrics: {},
  spans: [],
  costs: []
}

test('figures with their exactness in words, spans with their share', () => {
  const text = renderParsed({
    ...NOTHING,
    gas: 44_943_006,
    transactions: 312,
    metrics: {
      cycles: { value: 1_000_000, unit: 'cycles', exactness: 'tracked-spans' },
      'prover-gas': { value: '18446744073709551615', unit: 'gas', exactness: 'exact' },
      'execution-time': { value: 45.123, unit: 's', exactness: 'floor' },
      'proving-time': { value: 744, unit: 's', exactness: 'rounded-seconds' }
    },
    spans: [
      { path: ['execution'], cycles: 999_950, calls: 1 },
      { path: ['execution', 'a | b'], cycles: 1234, calls: 12 }
    ]
  })
  expect(text).toBe(`| outcome      | measured   |
| ------------ | ---------- |
| gas          | 44,943,006 |
| transactions | 312        |

| metric         |                      value | unit   | exactness                                 |
| :------------- | -------------------------: | :----- | :---------------------------------------- |
| cycles         |                  1,000,000 | cycles | tracked-spans: sum of the outermost spans |
| prover-gas     | 18,446,744,073,709,551,615 | gas    | exact                                     |
| execution-time |                     45.123 | s      | floor: rounded down                       |
| proving-time   |                        744 | s      | rounded-seconds: cut to whole seconds     |

| span               |  cycles | of all | calls |
| :----------------- | ------: | -----: | ----: |
| execution          | 999,950 | 100.0% |     1 |
| execution > a \\| b |   1,234 |   0.1% |    12 |
`)
})

test('what ZisK estimates', () => {
  const text = renderParsed({
    ...NOTHING,
    costs: [
      { name: 'MAIN', cost: '27000000000000000000' },
      { name: 'TOTAL', cost: '36000000000000000000' }
    ]
  })
  expect(text).toContain(`| cost  |                   estimate | of all |
| :---- | -------------------------: | -----: |
| MAIN  | 27,000,000,000,000,000,000 |  75.0% |
| TOTAL | 36,000,000,000,000,000,000 | 100.0% |
`)
})

test('a failure is its reason, and nothing is made up for what is unknown', () => {
  expect(renderParsed({ ...NOTHING, outcome: 'failed', reason: 'report-line-missing' })).toBe(
    `| outcome      | failed: report-line-missing |
| ------------ | --------------------------- |
| gas          | unknown                     |
| transactions | unknown                     |
`
  )
})

test('no share of a total that is not there, or is zero', () => {
  const spans = [{ path: ['a'], cycles: 5, calls: 1 }]
  expect(renderParsed({ ...NOTHING, spans })).toMatch(/^\| a +\| +5 \| +– \| +1 \|$/m)
  const cycles = { value: 0, unit: 'cycles', exactness: 'exact' as const }
  expect(renderParsed({ ...NOTHING, metrics: { cycles }, spans })).toMatch(/^\| a +\| +5 \| +– \|/m)
})
