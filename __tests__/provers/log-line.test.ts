import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLogLine } from '../../src/provers/log-line.ts'

const AT = '2026-03-07T10:00:41.123456Z'

test.each([
  ['INFO ethrex_replay::report: [mainnet] Block: 1', [], 'ethrex_replay::report', '[mainnet] Block: 1'],
  ['INFO execute: sp1_prover: gas: 1687294509', ['execute'], 'sp1_prover', 'gas: 1687294509'],
  ['INFO sp1_prover: gas: 7', [], 'sp1_prover', 'gas: 7'],
  ['ERROR ethrex_replay: Error: no such block', [], 'ethrex_replay', 'Error: no such block'],
  ['INFO a:b{x=1 y="}: q\\" {"}:execute: sp1_a::b: m', ['a', 'b', 'execute'], 'sp1_a::b', 'm'],
  ['INFO execute{z}: sp1_a::b: m: n', ['execute'], 'sp1_a::b', 'm: n']
])('%s', (text, spans, target, message) => {
  expect(parseLogLine(`${AT}  ${text}`)).toMatchObject({ spans, target, message })
})

test('the line of an older SP1 has no target of ours (real, raiko issue 280, 2024-08-01)', () => {
  const line = '2024-08-01T03:45:53.228409Z  INFO execute: clk = 10000000 pc = 0x218d04'
  expect(parseLogLine(line)).toMatchObject({
    spans: [],
    target: 'execute',
    message: 'clk = 10000000 pc = 0x218d04'
  })
})

test.each([
  '',
  'INFO ethrex_replay::report: x',
  `stdout: ${AT}  INFO a: b`,
  `${AT}  INFO`,
  `${AT}  INFO no target here`,
  `${AT}  INFO a{b: c: d`,
  `${AT}  NOTICE a: b`,
  `${AT}  INFO a::: b`
])('is no log line: %j', (text) => {
  expect(parseLogLine(text)).toBeNull()
})

test('fields that never close cost linear time', () => {
  expect(parseLogLine(`${AT}  INFO ${'a{}:'.repeat(20_000)}b{`)).toBeNull()
})

test.each(['TRACE', 'DEBUG', ' INFO', ' WARN', 'ERROR'])('level %s', (level) => {
  const parts = { level: level.trim(), spans: ['execute'], target: 'sp1_prover', message: 'gas: 7' }
  expect(parseLogLine(`${AT} ${level} execute: sp1_prover: gas: 7`)).toEqual(parts)
})

test.each(['2026-03-07T10:00:41Z', '2026-03-07T10:00:41.1Z', '2026-03-07T10:00:41.123456789Z'])(
  'at %s',
  (time) => {
    const parts = { level: 'INFO', spans: [], target: 'a::b', message: 'm' }
    expect(parseLogLine(`${time}  INFO a::b: m`)).toEqual(parts)
  }
)

test.each([
  '2026-3-07T10:00:41Z',
  '2026-03-07T10:00:41.Z',
  '2026-03-07T10:00:41.1234567890Z',
  '2026-03-07 10:00:41Z'
])('no time: %s', (time) => {
  expect(parseLogLine(`${time}  INFO a::b: m`)).toBeNull()
})

/** Usual lines are read at once, all others step by step; a shorter time makes a line one of the others. */
test('both ways of reading come to the same', () => {
  const word = fc.constantFrom(
    'a',
    'execute',
    'a.b-c',
    'sp1_x',
    'risc0_zkvm',
    'a::b',
    'sp1_a::b',
    '',
    'ü',
    'a{x=1}'
  )
  const mark = fc.constantFrom(': ', ':', '::', ' ', ': └╴1,234 cycles', ': \u001b[0m')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, mark), { maxLength: 5 }),
      fc.constantFrom(' INFO', 'ERROR', 'INFO'),
      (pairs, level) => {
        const rest = `${level} ${pairs.flat().join('')}`
        expect(parseLogLine(`${AT} ${rest}`)).toEqual(parseLogLine(`2026-03-07T10:00:41.12345Z ${rest}`))
      }
    ),
    { seed: 20260307, numRuns: 3000 }
  )
})
