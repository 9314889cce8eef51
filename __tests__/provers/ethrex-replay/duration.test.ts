import { expect, test } from 'vitest'
import { parseDuration } from '../../../src/provers/ethrex-replay/duration.ts'

test.each([
  ['07s 890ms', 7.89, 0.001],
  ['00s 174ms', 0.174, 0.001],
  ['12m 24s', 744, 1],
  ['01h 02m 03s 004ms', 3723.004, 0.001],
  ['100h 00m 00s 000ms', 360_000, 0.001],
  ['999999999h 59m 59s 999ms', 3_599_999_999_999.999, 0.001]
])('%s is %d s', (text, seconds, resolution) => {
  expect(parseDuration(text)).toEqual({ seconds, resolution })
})

test.each([
  '',
  '45s',
  '45s 1ms',
  '12m',
  '12m 2',
  '1m 02s',
  '01h 02m 03s',
  '45s 123',
  '12m 24s 000ms',
  '60s 000ms',
  '12m 60s',
  '00m 24s',
  '00h 02m 03s 004ms',
  '1000000000h 00m 00s 000ms'
])('is no whole duration: %j', (text) => {
  expect(parseDuration(text)).toBeNull()
})
