import { describe, expect, test } from 'vitest'
import { explainLines, parseResult } from '../../../src/provers/parse-result.ts'
import { contextOf, gasOf, readLog } from '../read-log.ts'

const AT = '2026-03-07T10:00:41.123456Z'
const LINK = 'https://etherscan.io/block/23769083'
const report = (times: string) =>
  `${AT}  INFO ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312${times} | ${LINK}\n`
const EXECUTED = report(', Execution Time: 10s 000ms')
const PROVED = report(', Execution Time: 10s 000ms, Proving Time: 20s 000ms')
const bench = (seconds: number) =>
  JSON.stringify([{ name: 'SP1, x', unit: 'Mgas/s', value: 44.943006 / seconds }])
const proving = contextOf({ mode: 'prove' })

const reasonOf = (reading: ReturnType<typeof readLog>): string | null => parseResult(reading).reason

test.each([
  [30.01, 1, null],
  [29.99, 1, null],
  [29.9, 1, 'implausible-time'],
  [0.07, 500, null],
  [0.03, 500, 'implausible-time'],
  [null, 1, null]
])('execution and proving in %d s at scale %d: %s', (wall, timeScale, reason) => {
  const log = { stdout: PROVED, bench: bench(20.0004), wall }
  expect(reasonOf(readLog({ ...proving, timeScale }, log))).toBe(reason)
})

test('the last report line of the block counts', () => {
  const failed = `${AT} ERROR ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312`
  const error = `${failed}, Execution Error: Execution failed: x | ${LINK}\n`
  expect(reasonOf(readLog(contextOf(), { stdout: EXECUTED + error, bench: bench(10.0002) }))).toBe(
    'execution-failed'
  )
  const saved = contextOf({ benchRequired: false })
  expect(reasonOf(readLog(saved, { stdout: error + EXECUTED, bench: bench(10.0002) }))).toBeNull()
})

/** A guest's span may hold newlines, and so anything that the log may hold. */
describe('lines that a guest slips into the log of a trial', () => {
  const write = `${AT}  INFO execute: sp1_core_executor::syscalls::write:`
  const span = (name: string, cycles: number) => `${write} ┌╴${name}\n${write} └╴${cycles} cycles\n`
  const log = (slipped: string) => ({
    stdout: span('read_input', 1) + slipped + span('execution', 20) + EXECUTED,
    bench: bench(10.0002)
  })
  const cyclesOf = (slipped: string) =>
    parseResult(readLog(contextOf(), log(slipped))).metrics.cycles?.value ?? null

  test.each([
    '',
    `${AT}  INFO ethrex_replay::cli: Executing block: 23769083\n`,
    `${AT}  INFO ethrex_replay::fetcher: Getting block 23769083 data from cache\n`,
    `${AT}  INFO ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006\n`
  ])('make nothing forgotten: %j', (slipped) => {
    expect(cyclesOf(slipped)).toBe(21)
  })

  test.each([EXECUTED, EXECUTED.replaceAll('23769083', '23769084')])('are no second report', (slipped) => {
    expect(readLog(contextOf(), log(slipped)).outcome).toMatchObject({
      reason: 'unreadable-output',
      message: 'Block 23769083 was run once and alone, but 2 reports came.'
    })
  })
})

test.each([
  ['the other mode', proving, EXECUTED],
  ['a proof where an execution was asked for', contextOf(), PROVED],
  ['another network', contextOf({ network: 'hoodi' }), EXECUTED],
  ['other gas', contextOf({ gasOfWitness: gasOf(1) }), EXECUTED]
])('unreadable: %s', (_, context, stdout) => {
  expect(reasonOf(readLog(context, { stdout, bench: bench(10.0002) }))).toBe('unreadable-output')
})

test.each([
  [0, null],
  [1, 'unreadable-output'],
  [3, 'unreadable-output'],
  [137, 'killed'],
  [143, 'killed']
])('a success that exits with %d: %s', (code, reason) => {
  const log = { stdout: EXECUTED, bench: bench(10.0002), exit: { kind: 'exited', code } as const }
  expect(reasonOf(readLog(contextOf(), log))).toBe(reason)
})

test('an error longer than a line may be is still a failure', () => {
  const header = `${AT} ERROR ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312`
  const stdout = `${header}, Proving Error: ${'x'.repeat(200_000)} | ${LINK}\n`
  const { outcome } = readLog(proving, { stdout })
  expect(outcome).toMatchObject({ reason: 'proving-failed' })
  expect(outcome.kind === 'failed' && outcome.message).toHaveLength(300)
})

test('one damaged line among many is pointed at', () => {
  const write = `${AT}  INFO execute: sp1_core_executor::syscalls::write:`
  const many = `${write} ┌╴a\n${write} └╴1 cycles\n`.repeat(3000)
  const reading = readLog(contextOf(), { stdout: `${many}${write} └╴1,\n${EXECUTED}`, bench: bench(10.0002) })
  expect(reading.unread).toEqual([expect.objectContaining({ stream: 'stdout', line: 6001 })])
  expect(explainLines(reading).filter((line) => line.includes('not understood'))).toEqual([
    expect.stringMatching(/^stdout:6001: not understood, .*└╴1,$/)
  ])
})

test('unread lines are counted, and the first are kept', () => {
  const { unread, unreadCount } = readLog(contextOf(), {
    stdout: `${AT}  INFO ethrex_replay::report: ?\n`.repeat(100)
  })
  expect([unread.length, unreadCount]).toEqual([20, 100])
})

test('integers up to 2^53 are numbers, above they are strings', () => {
  const gasLine = (value: bigint) => `${AT}  INFO execute: sp1_prover: gas: ${value}\n`
  const valueOf = (value: bigint) => {
    const reading = readLog(contextOf(), { stdout: gasLine(value) + EXECUTED, bench: bench(10.0002) })
    return parseResult(reading).metrics['prover-gas']?.value
  }
  expect(valueOf(2n ** 31n + 1n)).toBe(2_147_483_649)
  expect(valueOf(2n ** 53n)).toBe(9_007_199_254_740_992)
  expect(valueOf(2n ** 53n + 1n)).toBe('9007199254740993')
})

test.each(['constructor', 'toString', '__proto__', 'ethrex_replay'])('a log line of %s is read', (name) => {
  const verbose = ['✅ Succeeded to Execute Block with constructor on CPU', 'Network: mainnet', ''].join('\n')
  const stdout = `${AT}  INFO ${name}: x, Gas: y\n${verbose}${EXECUTED}`
  const reading = readLog(contextOf({ benchRequired: false }), { stdout })
  expect(reasonOf(reading)).toBeNull()
})

test('what a process leaves is of the block that was reported last', () => {
  const other = EXECUTED.replaceAll('23769083', '23769084')
  const reading = readLog(contextOf({ benchRequired: false }), {
    stdout: EXECUTED + other,
    bench: bench(10.0002)
  })
  expect(parseResult(reading).metrics['execution-time']).toEqual({ value: 10, unit: 's', exactness: 'floor' })
  expect(reading.remarks).toContainEqual(expect.stringContaining('block 23769084, which was reported last'))
  const ours = readLog(contextOf(), { stdout: EXECUTED + other, bench: bench(10.0002) })
  expect(reasonOf(ours)).toBe('unreadable-output')
})

test('a verbose report counts in saved output, never in a trial of ours', () => {
  const stdout = [
    '✅ Succeeded to Execute Block with SP1 on CPU',
    'Network: mainnet',
    'Block: 23769083',
    'Gas: 44943006',
    '#Txs: 312',
    'Execution Time: 10s 000ms',
    `Etherscan: ${LINK}`,
    '',
    ''
  ].join('\n')
  const log = { stdout, bench: bench(10.0002) }
  expect(reasonOf(readLog(contextOf({ benchRequired: false }), log))).toBeNull()
  expect(reasonOf(readLog(contextOf(), log))).toBe('report-line-missing')
})

test('a failure of endless lines takes no more memory than a short one', () => {
  const error = `${AT} ERROR ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312, Proving Error: `
  const stdout = `${error}x\n${`${'y'.repeat(1000)}\n`.repeat(5000)}end | ${LINK}\n`
  const { outcome, unreadCount } = readLog(proving, { stdout })
  expect([outcome, unreadCount]).toEqual([expect.objectContaining({ reason: 'proving-failed' }), 0])
})
