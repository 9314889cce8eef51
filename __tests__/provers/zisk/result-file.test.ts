import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseResultFile } from '../../../src/provers/zisk/result-file.ts'

/** `serde_json::to_string_pretty` of cargo-zisk v0.15.0 (`common/src/proof_log.rs`). */
const resultText = (cycles: string, time = '262.123456789'): string =>
  `{\n  "cycles": ${cycles},\n  "id": "0d5b9a1e7c",\n  "time": ${time}\n}`

test('steps and time of a proof', () => {
  expect(parseResultFile(resultText('428779328'))).toEqual({ steps: 428_779_328n, time: 262.123456789 })
})

test.each([0n, 2n ** 31n + 1n, 2n ** 53n + 1n, 2n ** 64n - 1n])('%d steps are not rounded', (steps) => {
  expect(parseResultFile(resultText(String(steps)))?.steps).toBe(steps)
})

test.each([
  ['no JSON', 'cycles: 1'],
  ['a list', '[1]'],
  ['nothing', ''],
  ['null', 'null'],
  ['steps as a fraction', resultText('1.0')],
  ['steps with an exponent', resultText('1e3')],
  ['steps below zero', resultText('-1')],
  ['steps as text', resultText('"7"')],
  ['steps in an object', resultText('{"digits":"7"}')],
  ['more steps than u64 holds', resultText('18446744073709551616')],
  ['steps inside something else alone', '{"id":{"cycles":7},"time":1}'],
  ['no time', '{"cycles":7,"id":"x"}'],
  ['a time without end', resultText('7', '1e999')],
  ['steps twice', '{"cycles":7,"cycles":8,"id":"x","time":1}'],
  ['steps twice, once in other letters', '{"cycles":7,"cycl\\u0065s":8,"id":"x","time":1}'],
  ['a mark before it', `\ufeff${resultText('7')}`],
  ['a time below zero', resultText('7', '-1')]
])('%s is no result', (_, text) => {
  expect(parseResultFile(text)).toBeNull()
})

test('what a later version adds does no harm', () => {
  expect(
    parseResultFile('{"cycles":7,"id":"a \\"cycles\\": 9","time":1,"stats":[{"cycles":8}, "b"]}')?.steps
  ).toBe(7n)
})

test('cut at any byte it is none', () => {
  const steps = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
  fc.assert(
    fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const text = resultText(String(of))
      expect(parseResultFile(text)?.steps).toBe(of)
      expect(parseResultFile(text.slice(0, Math.floor(share * (text.length - 1))))).toBeNull()
    })
  )
})
