import { expect, test } from 'vitest'
import {
  parseDuration,
  parseErrors,
  parseReportHeader,
  parseTimes
} from '../../../src/provers/ethrex-replay/report-line.ts'

test.each([
  ['07s 890ms', 7.89, 0.001],
  ['00s 174ms', 0.174, 0.001],
  ['12m 24s', 744, 1],
  ['01h 02m 03s 004ms', 3723.004, 0.001],
  ['100h 00m 00s 000ms', 360_000, 0.001]
])('%s is %d s', (text, seconds, resolution) => {
  expect(parseDuration(text)).toEqual({ seconds, resolution })
})

test.each(['', '45s', '45s 1ms', '12m', '12m 2', '1m 02s', '01h 02m 03s', '45s 123', '12m 24s 000ms'])(
  'is no whole duration: %j',
  (text) => {
    expect(parseDuration(text)).toBeNull()
  }
)

const LINE =
  '[mainnet] Block: 23769083, Gas: 44943006, #Txs: 312, Execution Time: 45s 123ms, Proving Time: 12m 24s' +
  ' | https://etherscan.io/block/23769083'

test('no prefix of a report is a report', () => {
  for (let length = 0; length < LINE.length; length += 1) {
    const parsed = parseReportHeader(LINE.slice(0, length))
    if (parsed !== null) expect(parseTimes(parsed.header, parsed.rest, 'none')).toBeNull()
  }
  const whole = parseReportHeader(LINE)!
  expect(parseTimes(whole.header, whole.rest, 'none')).not.toBeNull()
})

test.each([
  [
    ', Execution Error: a, b | c | https://x.y | https://etherscan.io/block/1',
    'a, b | c | https://x.y',
    null
  ],
  [
    ', Execution Error: a, Proving Error: b | https://etherscan.io/block/1 | https://ethproofs.org/blocks/1',
    'a',
    'b'
  ],
  [', Execution Result: Succeeded, Proving Error: b', null, 'b'],
  [', Execution Result: ⚠️ Failed with a\nb', 'a\nb', null],
  [', Proving Error: b', null, 'b']
])('%j', (text, execution, proving) => {
  expect(parseErrors(text)).toEqual({ execution, proving })
})

test('an unknown form of failure is not guessed at', () => {
  expect(parseErrors(', Verification Error: a')).toBeNull()
})
