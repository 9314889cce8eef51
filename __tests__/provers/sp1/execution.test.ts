import { expect, test } from 'vitest'
import type { GuestFigures } from '../../../src/provers/guest-fold.ts'
import type { LineEnd } from '../../../src/provers/line.ts'
import { parseLogLine } from '../../../src/provers/log-line.ts'
import { createSp1Fold } from '../../../src/provers/sp1/execution.ts'
import { NO_FILES } from '../../../src/provers/prover.ts'
import { readFold } from '../read-fold.ts'

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const write = (message: string, span = 'execute') =>
  `${AT} ${span}: sp1_core_executor::syscalls::write: ${message}`
const clock = (value: number) => `${AT} execute: sp1_core_executor::executor: clk = ${value} pc = 0x21f4e4`
const VALUES = `${AT} sp1_prover::worker::prover::execute: public_value_stream: [1, 2, 3]`
const GAS = `${AT} execute: sp1_prover: gas: 1687294509`
const total = (value: number) =>
  `${AT} sp1_prover::worker::prover::execute: minimal executor finished in ${value} cycles`
const proofTotal = (message: string) =>
  `${AT.replace('INFO', 'DEBUG')} prove_core: sp1_core_machine::utils::prove: ${message}`
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

test('v6: the exact total wins over the sum', () => {
  const { metrics, remarks } = read([...SPAN, total(25_004_321), total(25_004_321)])
  expect(metrics.cycles).toEqual({ value: 25_004_321n, unit: 'cycles', exactness: 'exact' })
  expect(remarks).toEqual([])
})

test.each([
  [total(1), 'and 1 as well'],
  [proofTotal('summary: cycles=1, e2e=1.5s'), 'and 1 as well'],
  [clock(90_000_000), 'but the clock was last seen at 90000000'],
  [clock(10_000_000), 'but the clock was last seen at 10000000']
])('a total that something contradicts is none: %s', (line, why) => {
  expect(read([...(line.includes('clk') ? [line] : []), ...SPAN, total(25_004_321), line])).toMatchObject({
    metrics: {},
    remarks: [`SP1 counted 25004321 cycles, ${why}: no total is given.`]
  })
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
  write('┌╴exec\u0000ution'),
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

test('the warning of a proof on a CPU bounds the spans as well', () => {
  const high = (millions: number) =>
    `${AT.replace('INFO', 'WARN')} sp1_prover: High cycle count detected (${millions}M cycles). For better`
  expect(read([...SPAN, high(25)]).metrics.cycles?.value).toBe(25_000_000n)
  for (const millions of [24, 26]) {
    expect(read([...SPAN, high(millions)])).toMatchObject({
      metrics: {},
      remarks: [
        `The outermost spans sum to 25000000 cycles, but SP1 warned of ${millions}000000: no total is given.`
      ]
    })
  }
})

test('v6 says at which level it counts', () => {
  expect(read([VALUES]).remarks).toEqual([
    'SP1 printed no cycle count: v6 does so at level DEBUG of sp1_prover::worker::prover::execute.'
  ])
})

test('without any count it says so', () => {
  expect(read([])).toMatchObject({ metrics: {}, remarks: ['SP1 printed no cycle count.'] })
  expect(read([clock(0)])).toMatchObject({ metrics: {}, remarks: ['SP1 printed no cycle count.'] })
})

const HIGH = `${AT.replace('INFO', 'WARN')} sp1_prover: High cycle count detected (1492M cycles). For better`

test.each([
  [[clock(0), clock(1_490_000_000)], 1_490_000_000n, 1_500_000_000],
  [[clock(1_490_000_000), HIGH], 1_492_000_000n, 1_493_000_000],
  [[HIGH, clock(1_490_000_000)], 1_492_000_000n, 1_493_000_000]
])('where nothing else counts, bounds give a floor and no more: %#', (lines, floor, below) => {
  expect(read(lines)).toMatchObject({
    metrics: { cycles: { value: floor, unit: 'cycles', exactness: 'floor' } },
    remarks: [`SP1 printed no cycle count, only that there are at least ${floor} and fewer than ${below}.`]
  })
})

test.each([
  ['that have no end', [write('┌╴execution')]],
  ['that do not add up', [write('└╴7 cycles')]],
  ['that the clock contradicts', SPAN],
  ['that are damaged', [`x ${write('┌╴execution')}`]]
])('spans %s leave no floor either: the reason is worth more', (_, lines) => {
  const { metrics, remarks } = read([...lines, clock(90_000_000)])
  expect(metrics).toEqual({})
  expect(remarks).not.toEqual([])
})

test('the exact total of a proof on a CPU wins over the spans and the clock', () => {
  const lines = [
    ...SPAN,
    GAS,
    proofTotal('execution report (totals): total_cycles=25004321, total_syscall_cycles=1, touched'),
    proofTotal('summary: cycles=25004321, e2e=1.5s, khz=1.00')
  ]
  expect(read(lines).metrics.cycles).toEqual({ value: 25_004_321n, unit: 'cycles', exactness: 'exact' })
  const cut = readFold(createSp1Fold(), [proofTotal('summary: cycles=25004')])
  expect([cut.figures.metrics, cut.lines[0]?.kind]).toEqual([{}, 'unread'])
})

const v6 = (message: string) => `${AT} sp1_core_executor::minimal::write: ${message}`
const V6_SPAN = [v6('┌╴execution'), v6('└╴25,000,000 cycles')]
test.each([
  ['the public values', VALUES],
  ['the total', total(25_004_321)],
  ['public values that are damaged', `x ${VALUES}`],
  ['a total that is damaged', `x ${total(25_004_321)}`]
])('v6 prints the same again in a proof; %s end the execution', (_, end) => {
  const { metrics, spans } = read([...V6_SPAN, end, ...V6_SPAN])
  expect(metrics.cycles?.value).toBe(end === total(25_004_321) ? 25_004_321n : 25_000_000n)
  expect(spans).toEqual([{ path: ['execution'], cycles: 25_000_000n, calls: 1 }])
})

test.each([
  GAS,
  total(25_004_321),
  clock(20_000_000),
  proofTotal('summary: cycles=25004321, e2e=1.5s'),
  proofTotal('execution report (totals): total_cycles=25004321, total'),
  VALUES
])('a count inside another line does not count, and is pointed at: %s', (line) => {
  const { figures, lines } = readFold(createSp1Fold(), [`docker: ${line}`])
  expect([figures.metrics, lines[0]?.kind]).toEqual([{}, 'unread'])
})

test('counts above 2^31 and above 2^53 keep every digit', () => {
  const large = 2n ** 53n + 1n
  expect(read([write('┌╴a'), write(`└╴${large.toLocaleString('en-US')} cycles`)]).metrics.cycles?.value).toBe(
    large
  )
  expect(read([write('┌╴a'), write('└╴2,147,483,649 cycles')]).metrics.cycles?.value).toBe(2_147_483_649n)
  const [gas, exact] = [GAS.replace(/\d+$/, String(large)), total(0).replace(' 0 ', ` ${large} `)]
  expect(read([gas]).metrics['prover-gas']?.value).toBe(large)
  expect(read([exact]).metrics.cycles?.value).toBe(large)
})
