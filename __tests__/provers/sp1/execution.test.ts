import { expect, test } from 'vitest'
import type { GuestFigures } from '../../../src/provers/guest-fold.ts'
import type { LineEnd } from '../../../src/provers/line.ts'
import { parseLogLine } from '../../../src/provers/log-line.ts'
import { createSp1Fold } from '../../../src/provers/sp1/execution.ts'
import { NO_FILES } from '../../../src/provers/prover.ts'

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const write = (message: string, span = 'execute') =>
  `${AT} ${span}: sp1_core_executor::syscalls::write: ${message}`
const clock = (value: number) => `${AT} execute: sp1_core_executor::executor: clk = ${value} pc = 0x21f4e4`
const GAS = `${AT} execute: sp1_prover: gas: 1687294509`
const total = (value: number) =>
  `${AT} sp1_prover::worker::prover::execute: minimal executor finished in ${value} cycles`
const SPAN = [write('┌╴execution'), write('└╴25,000,000 cycles')]

/** Lines end with a newline, but for the last where `end` says so. */
const read = (lines: readonly string[], end: LineEnd = 'newline'): GuestFigures => {
  const fold = createSp1Fold()
  for (const [index, text] of lines.entries()) {
    const line = { text, number: index + 1, end: index === lines.length - 1 ? end : 'newline' }
    const log = parseLogLine(text)
    if (log === null) fold.damaged(line)
    else fold.accept(log, line)
  }
  return fold.figures(NO_FILES)
}

test('v5: the sum of the outermost spans, and prover gas', () => {
  expect(read([...SPAN, GAS]).metrics).toEqual({
    cycles: { value: 25_000_000n, unit: 'cycles', exactness: 'tracked-spans' },
    'prover-gas': { value: 1_687_294_509n, unit: 'gas', exactness: 'exact' }
  })
})

test('v6: the exact total wins over the sum, whatever the clock says', () => {
  const { metrics, remarks } = read([...SPAN, clock(90_000_000), total(25_004_321), total(1)])
  expect(metrics.cycles).toEqual({ value: 25_004_321n, unit: 'cycles', exactness: 'exact' })
  expect(remarks).toEqual([])
})

test.each(['return', 'none', 'cut'] as const)('prover gas is not believed before %s', (end) => {
  const { metrics } = read([...SPAN, GAS], end)
  expect(metrics['prover-gas']).toBeUndefined()
  expect(metrics.cycles?.value).toBe(25_000_000n)
})

test.each(['return', 'none', 'cut'] as const)('the name of a span is not believed before %s', (end) => {
  expect(read([...SPAN, write('┌╴exec')], end)).toMatchObject({ metrics: {}, spans: [] })
})

test('a number that is followed by its unit is whole, whatever comes after', () => {
  expect(read(SPAN, 'none').metrics.cycles?.value).toBe(25_000_000n)
})

test.each([
  write('└╴1,23'),
  write('└╴1,2345 cycles'),
  write('└╴ cycles'),
  write('└╴\u001b[1234567 cycles'),
  write('┌╴exec\ufffdution'),
  write('│┌╴a'),
  `docker: ${write('┌╴a')}`,
  write('┌╴a').replace('sp1_core', 'sp1_c0re')
])('a damaged line takes all spans with it: %s', (line) => {
  const { metrics, spans, remarks } = read([...SPAN, line, GAS])
  expect([metrics.cycles, spans]).toEqual([undefined, []])
  expect(remarks).toEqual([expect.stringContaining('line 3')])
  expect(metrics['prover-gas']).toBeDefined()
})

test('after prover gas, and outside the span execute, the work is done again and not counted', () => {
  const again = [...SPAN, write('┌╴execution', 'prove_core'), write('└╴7 cycles', 'prove_core'), 'x ┌╴y']
  expect(read([...SPAN, GAS, ...again]).metrics.cycles?.value).toBe(25_000_000n)
  expect(read([write('┌╴a', 'prove_core'), write('└╴7 cycles', 'prove_core'), ...SPAN]).spans).toHaveLength(1)
})

test.each([
  [20_000_000, true],
  [25_100_000, true],
  [25_100_001, false],
  [15_000_001, true],
  [15_000_000, false]
])('the clock at %d agrees with 25,000,000 cycles: %s', (value, agrees) => {
  const { metrics, remarks } = read([clock(0), ...SPAN, clock(value), GAS])
  expect(metrics.cycles !== undefined).toBe(agrees)
  expect(remarks).toHaveLength(agrees ? 0 : 1)
})

test('without any count it says so', () => {
  expect(read([clock(10_000_000)]).remarks).toEqual(['SP1 printed no cycle count.'])
})
