import { expect, test } from 'vitest'
import { count } from '../../../src/domain/quantity.ts'
import type { TrackerResult } from '../../../src/provers/sp1/tracker.ts'
import { createTracker } from '../../../src/provers/sp1/tracker.ts'

/** `+name` and `-cycles`, with the printed depth: `0+a 1+b 1-5 0-9`. */
const track = (script: string): TrackerResult => {
  const tracker = createTracker()
  for (const step of script.split(' ').filter((word) => word !== '')) {
    const [, depth, sign, rest] = /^(\d+)([+-])(.+)$/.exec(step)!
    if (sign === '+') tracker.start(Number(depth), rest!)
    else tracker.end(Number(depth), count(BigInt(rest!)))
  }
  return tracker.result()
}

const shown = ({ total, spans }: TrackerResult) => ({
  total,
  spans: spans.map(({ path, cycles, calls }) => `${path.join('/')} ${cycles} ${calls}`)
})

test.each([
  ['', null, []],
  ['0+a 0-5 0+b 0-7', 12n, ['a 5 1', 'b 7 1']],
  ['0+a 1+b 1-2 1+b 1-3 0-9', 9n, ['a 9 1', 'a/b 5 2']],
  ['0+a 1+b 2+c 2-1 1-2 0-3', 3n, ['a 3 1', 'a/b 2 1', 'a/b/c 1 1']]
])('sums repeats and nests: %s', (script, total, spans) => {
  expect(shown(track(script))).toEqual({ total, spans })
})

test('a name nested in itself: the outer one never ends, its parent still does', () => {
  expect(shown(track('0+a 1+b 2+b 2-3 0-9'))).toEqual({ total: 9n, spans: ['a 9 1', 'a/b/b 3 1'] })
  expect(shown(track('0+b 1+b 1-3 0+a 0-9'))).toEqual({ total: null, spans: ['b/b 3 1', 'a 9 1'] })
})

test('a span that overlaps its parent leaves cycles outside the sum', () => {
  expect(track('0+a 1+b 0-9 1-5').total).toBeNull()
})

test.each([
  ['0+b 1+b 1+c 1-3', null],
  ['0+a 1+b 0-9 1+c 1-3 1-4', null],
  ['0+a 1+b 2+b 2+c 2-3 2-4 0-9', 9n]
])('an end that fits two spans is nobody’s, and no name can be trusted after it: %s', (script, total) => {
  const result = track(script)
  expect(shown(result)).toEqual({ total, spans: [] })
  expect(result.remarks[0]).toMatch(/^No span is shown: two that were open had the same depth/)
})

test.each(['0+a', '0+a 1+b 1-2', '0+a 0-1 0+b'])('an open span gives no total: %s', (script) => {
  const { total, remarks } = track(script)
  expect(total).toBeNull()
  expect(remarks.join(' ')).toMatch(/without an end/)
})

test.each(['0-5', '1+a', '0+a 1-5', '0+a 0+b', '0+a 2+b'])(
  'lines that do not add up give nothing: %s',
  (script) => {
    expect(shown(track(`0+first 0-1 ${script}`))).toEqual({ total: null, spans: [] })
  }
)

test('what a guest can make us remember is bounded', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `0+n${index} 0-1`).join(' ')
  const { total, spans, remarks } = track(many)
  expect([total, spans, remarks]).toEqual([5000n, [], ['More than 4096 different spans: none is shown.']])
  const deep = Array.from({ length: 100 }, (_, index) => `${index}+n${index}`).join(' ')
  expect(track(deep).remarks.join()).toMatch(/do not add up/)
})

test('names are shown in one line, and those that look the same are one', () => {
  const tracker = createTracker()
  for (const name of ['a  b', 'a b', 'a\tb', 'a b ', 'ünï', 'x'.repeat(300)]) {
    tracker.start(0, name)
    tracker.end(0, count(1n))
  }
  expect(shown(tracker.result()).spans).toEqual(['a b 4 4', 'ünï 1 1', `${'x'.repeat(199)}… 1 1`])
})
