import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINE_LIMIT } from '../../src/provers/line.ts'
import { linesOf } from './read-log.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const shown = (text: string) => linesOf(bytesOf(text)).map(({ text, number, end }) => [number, text, end])

test.each([
  ['', []],
  [
    'a\nb\n',
    [
      [1, 'a', 'newline'],
      [2, 'b', 'newline']
    ]
  ],
  [
    'a\n\nb',
    [
      [1, 'a', 'newline'],
      [2, '', 'newline'],
      [3, 'b', 'none']
    ]
  ],
  [
    'a\r\nb\r\r\n',
    [
      [1, 'a', 'newline'],
      [2, 'b', 'newline']
    ]
  ],
  [
    '10%\r20%\rdone\n',
    [
      [1, '10%', 'return'],
      [1, '20%', 'return'],
      [1, 'done', 'newline']
    ]
  ],
  ['gas: 12\r', [[1, 'gas: 12', 'none']]]
])('%j', (text, lines) => {
  expect(shown(text)).toEqual(lines)
})

test('bytes that are no UTF-8 are shown as such and end at their line', () => {
  const lines = linesOf(new Uint8Array([0x61, 0xe2, 0x82, 0x0a, 0xff, 0x62, 0x0a]))
  expect(lines.map(({ text }) => text)).toEqual(['a\ufffd', '\ufffdb'])
})

test('a line beyond the limit is cut, and the next one is whole', () => {
  const [long, next] = linesOf(bytesOf(`${'é'.repeat(LINE_LIMIT + 1)}\nnext\n`), 1000)
  expect([long?.text.length, long?.end]).toEqual([LINE_LIMIT, 'cut'])
  expect([next?.number, next?.text, next?.end]).toEqual([2, 'next', 'newline'])
})

test('a line of just the limit is not cut', () => {
  expect(linesOf(bytesOf(`${'x'.repeat(LINE_LIMIT)}\n`))[0]?.end).toBe('newline')
})

test('chunks do not matter', () => {
  const bytes = fc.array(
    fc.oneof(fc.constantFrom(10, 13, 0xe2, 0x95, 0xb4, 0x20), fc.integer({ min: 0, max: 255 }))
  )
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 7 }), (values, size) => {
      const whole = new Uint8Array(values)
      expect(linesOf(whole, size)).toEqual(linesOf(whole))
    }),
    { seed: 1, numRuns: 300 }
  )
})

test('what is decoded at a time does not show', () => {
  // Longer than several windows, with lines and characters across their borders.
  const texts = Array.from({ length: 900 }, (_, index) => '│ ┌╴é漢😀'.repeat(index % 37) + String(index))
  const lines = linesOf(bytesOf(`${texts.join('\n')}\n`), 131_072)
  expect(lines.map(({ text }) => text)).toEqual(texts)
  expect(lines.map(({ number }) => number)).toEqual(texts.map((_, index) => index + 1))
})
