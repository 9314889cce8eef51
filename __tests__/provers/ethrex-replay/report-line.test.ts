import { expect, test } from 'vitest'
import { parseErrors, parseReportHeader, parseTimes } from '../../../src/provers/ethrex-replay/report-line.ts'

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
