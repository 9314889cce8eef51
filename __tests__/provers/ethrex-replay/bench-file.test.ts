import { expect, test } from 'vitest'
import { gas } from '../../../src/domain/quantity.ts'
import { parseBench } from '../../../src/provers/ethrex-replay/bench-file.ts'

const GAS = gas(44_943_006n)
const EXPECTED = { gas: GAS, zkvm: 'sp1' } as const
const file = (value: unknown, unit = 'Mgas/s') => JSON.stringify([{ name: 'SP1, a GPU\na GPU', unit, value }])

test.each([744.987654321, 0.000123, 86_400.5])('%d s comes back in full', (seconds) => {
  const time = parseBench(file(Number(GAS) / 1e6 / seconds), EXPECTED)
  expect(time.ok && Math.abs(time.value / seconds - 1)).toBeLessThan(1e-14)
})

test.each([
  [file(0), 'implausible-time'],
  [file(-1), 'implausible-time'],
  [file(null), 'implausible-time'],
  [file(1).replace(':1}', ':1e999}'), 'implausible-time'],
  [file('1'), 'unreadable-output'],
  [file(1, 'Ggas/s'), 'unreadable-output'],
  [file(1).replace('SP1', 'RISC0'), 'unreadable-output'],
  [file(1).slice(0, -1), 'unreadable-output'],
  [file(1).replace('}', ',"value":2}'), 'unreadable-output'],
  ['[]', 'unreadable-output'],
  ['', 'unreadable-output'],
  [`[${file(1).slice(1, -1)},${file(1).slice(1, -1)}]`, 'unreadable-output']
])('%j: %s', (text, reason) => {
  expect(parseBench(text, EXPECTED)).toMatchObject({ ok: false, error: { reason } })
})
