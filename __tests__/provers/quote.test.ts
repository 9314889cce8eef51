import { expect, test } from 'vitest'
import { printable } from '../../src/provers/quote.ts'

test.each([
  ['a\nb\tc\u0000d', 'a b c d'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u202eabc\u200b', 'abc'],
  ['  a  ', 'a']
])('%j', (text, shown) => {
  expect(printable(text, 20)).toBe(shown)
})

test('is cut at characters, not inside them', () => {
  expect(printable('😀'.repeat(10), 4)).toBe('😀😀😀…')
  expect(printable('x'.repeat(1_000_000), 300)).toHaveLength(300)
})
