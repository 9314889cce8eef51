import { describe, expect, test } from 'vitest'
import { explainLines } from '../../../src/provers/parse-result.ts'
import { contextOf, readLog, type Log } from '../read-log.ts'

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const HOST = `${AT} rsp_host_executor::full_executor:`

/** An execution report as both versions print it; `lines` stand in for its own. */
const report = (lines: readonly string[] = []): string =>
  [
    '',
    'Execution report:',
    'gas: 812345679',
    'opcode counts (702345678 total instructions):',
    '    702345678 add',
    'syscall counts (3 total syscall instructions):',
    '    3 halt',
    '',
    ...lines,
    ''
  ].join('\n')

const HEADER =
  'chain_id,block_number,gas_used,tx_count,total_cycles_count,deserialize_inputs_cycles_count,' +
  'initialize_witness_db_cycles_count,recover_senders_cycles_count,block_execution_cycles_count,' +
  'block_validation_cycles_count,state_root_computation_cycles_count,syscalls_count,prover_gas,halt'
const CSV = `${HEADER}\n1,23769083,44943006,312,702345678,1,2,3,4,5,6,3,812345679,3\n`

const execute = contextOf()
const prove = contextOf({ mode: 'prove' })
const read = (context: typeof execute, log: Log) => readLog(context, log, 'rsp')
const metricsOf = (context: typeof execute, log: Log) => {
  const { outcome } = read(context, log)
  return outcome.kind === 'measured' ? outcome.sample.metrics : outcome
}

describe('the lines of rsp', () => {
  test('gas: N and opcode counts (N total instructions): are exact', () => {
    expect(metricsOf(execute, { stdout: report(), csv: CSV })).toEqual({
      cycles: { value: 702_345_678n, unit: 'cycles', exactness: 'exact' },
      'prover-gas': { value: 812_345_679n, unit: 'gas', exactness: 'exact' }
    })
  })

  test.each([
    ['proving time: 469', 469, 'rounded-seconds'],
    [`${HOST} Proof successfully generated! duration=469.1s`, 469.1, 'exact'],
    [`${HOST} Proof successfully generated! duration=950ms`, 0.95, 'exact'],
    [`${HOST} Proof successfully generated! duration=12.3µs`, 0.0000123, 'exact'],
    [`${AT} rsp: Proof successfully generated! duration=1.5s`, 1.5, 'exact']
  ])('%s', (line, value, exactness) => {
    expect(metricsOf(prove, { stdout: report([line]), csv: CSV })).toMatchObject({
      'proving-time': { value, unit: 's', exactness }
    })
  })

  test.each([
    [`${HOST} Execution successful executed_block_hash=0x7c duration=13.5s`, 13.5],
    [`${HOST} Execution successful executed_block_hash=0x7c`, undefined]
  ])('%s', (line, value) => {
    const { outcome } = read(execute, { stdout: `${line}\n${report()}`, csv: CSV })
    const time = outcome.kind === 'measured' ? outcome.sample.metrics['execution-time'] : null
    expect(time).toEqual(value === undefined ? undefined : { value, unit: 's', exactness: 'exact' })
  })

  test('the CSV gives gas and transactions', () => {
    expect(read(execute, { stdout: report(), csv: CSV })).toMatchObject({
      gas: 44_943_006n,
      transactions: 312,
      outcome: { sample: { gas: 44_943_006n, transactions: 312 } }
    })
  })

  test('of saved output the CSV may be missing: then gas and transactions are not known', () => {
    const saved = contextOf({ benchRequired: false, network: null })
    expect(read(saved, { stdout: report(), exit: null })).toMatchObject({
      outcome: { kind: 'measured' },
      gas: null,
      transactions: null
    })
    expect(read(execute, { stdout: report() }).outcome).toMatchObject({ reason: 'bench-file-missing' })
  })

  test('an error on stderr names the gas got and expected, and leaves the list out', () => {
    const list = Array.from({ length: 500 }, (_, index) => `(${index}, ${21_000 * (index + 1)})`).join(', ')
    const stderr = [
      'Error: Failed to validate post execution state',
      '',
      'Caused by:',
      `    block gas used mismatch: got 59980552, expected 59993052; gas spent by each transaction: [${list}]`,
      '',
      'Location:',
      '    crates/executor/host/src/full_executor.rs:281:22',
      ''
    ].join('\n')
    const failed = { kind: 'exited', code: 1 } as const
    expect(read(execute, { stderr, exit: failed }).outcome).toEqual({
      kind: 'failed',
      reason: 'execution-failed',
      message: 'Executing block 23769083 failed: block gas used mismatch: got 59980552, expected 59993052'
    })
    const cut = stderr.slice(0, stderr.indexOf('052; gas'))
    expect(read(execute, { stderr: cut, exit: failed }).outcome).toMatchObject({
      reason: 'execution-failed',
      message:
        'Executing block 23769083 failed: Failed to validate post execution state: block gas used mismatch'
    })
  })

  test('an rsp that prints no proving time is told what to do about it', () => {
    const { outcome } = read(prove, { stdout: report([`${HOST} Proof successfully generated!`]), csv: CSV })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'report-line-missing' })
    expect(outcome).toHaveProperty(
      'message',
      expect.stringContaining('take rsp d1d8123 or newer, or patch it')
    )
  })
})

test('docker complains in the same words as rsp: the last error of a process that failed counts', () => {
  const complaint = 'Error: No such container: sp1-gpu\n'
  expect(read(execute, { stdout: report(), stderr: complaint, csv: CSV }).outcome.kind).toBe('measured')
  const stderr = `${complaint}Error: No cached input found\n\nLocation:\n    a.rs:1:1\n`
  expect(read(execute, { stderr, exit: { kind: 'exited', code: 1 } }).outcome).toMatchObject({
    reason: 'data-error',
    message: 'rsp stopped before block 23769083 was done: No cached input found'
  })
})

test('and of a process that ended well none does', () => {
  const stderr = 'Error: No such container: sp1-gpu\n'
  expect(read(execute, { stderr }).outcome).toMatchObject({
    reason: 'report-line-missing',
    message: 'rsp ended with exit code 0, but its log has no whole execution report of block 23769083.'
  })
})

test('a report without its end, and a proof whose line is cut before its time, are not whole', () => {
  const saved = contextOf({ benchRequired: false, mode: 'prove' })
  const half = report().slice(0, report().indexOf('syscall counts'))
  const proof = `${HOST} Proof successfully generated!`
  expect(read(execute, { stdout: half, csv: CSV }).outcome).toMatchObject({ reason: 'report-line-missing' })
  const cut = `${report()}${proof}`
  expect(read(saved, { stdout: cut, exit: null }).outcome).toMatchObject({ reason: 'unreadable-output' })
})

test('of saved output without an exit code the error is what tells', () => {
  const saved = contextOf({ benchRequired: false })
  const stderr = 'Error: execution failed with exit code 1\n'
  expect(read(saved, { stderr, exit: null }).outcome).toMatchObject({ reason: 'execution-failed' })
  expect(read(saved, { exit: null }).outcome).toMatchObject({ reason: 'report-line-missing' })
})

test.each([
  ['702345678 total', '702345679 total', '702345678 and 702345679 instructions'],
  ['gas: 812345679', 'gas: 812345678', '812345679 and 812345678 prover gas']
])('two reports that disagree are none: %s, %s', (one, another, what) => {
  const stdout = report() + report().replace(one, another)
  expect(read(execute, { stdout, csv: CSV }).outcome).toMatchObject({
    reason: 'unreadable-output',
    message: `Two lines of rsp disagree: ${what}.`
  })
})

test.each([
  ['Execution successful executed_block_hash=0x7c', 's of execution'],
  ['Proof successfully generated!', 's of proof']
])('nor are two times that disagree: %s', (message, what) => {
  const stdout = report([`${HOST} ${message} duration=1s`, `${HOST} ${message} duration=9s`])
  expect(read(prove, { stdout: `${stdout}proving time: 9\n`, csv: CSV }).outcome).toMatchObject({
    reason: 'unreadable-output',
    message: `Two lines of rsp disagree: 1 and 9 ${what}.`
  })
})

test.each([
  '469.1',
  '469.',
  '1e3s',
  '-1s',
  '0x10s',
  '1_000s',
  '469,1s',
  '4\u000069s',
  '469.1 s',
  '469.1S',
  '1m 9s'
])('is no duration, and no proof has a time of it: %j', (duration) => {
  const stdout = report([`${HOST} Proof successfully generated! duration=${duration}`])
  expect(read(prove, { stdout, csv: CSV }).outcome).toMatchObject({ reason: 'unreadable-output' })
})

test('a total that comes after the end of its report is none', () => {
  const stdout =
    'Execution report:\nsyscall counts (3 total syscall instructions):\nopcode counts (7 total instructions):\n'
  expect(read(contextOf({ benchRequired: false }), { stdout }).outcome).toMatchObject({
    reason: 'report-line-missing'
  })
})

test('without the CSV, gas and transactions are not known, and no zero stands for them', () => {
  const { outcome, gas, transactions } = read(contextOf({ benchRequired: false }), { stdout: report() })
  expect([gas, transactions]).toEqual([null, null])
  expect(outcome).toMatchObject({ sample: { gas: null, transactions: null } })
})

test('a time of nothing is no time', () => {
  const stdout = report(['proving time: 0'])
  expect(read(prove, { stdout, csv: CSV }).outcome).toMatchObject({ reason: 'implausible-time' })
})

test.each<readonly [string, string, string, number]>([
  ['the total', 'counts (702345678', 'counts (7023\u000045678', 4],
  ['the end of the report', '(3 total', '(\ufffd total', 6],
  ['its heading', 'Execution report:', 'Execution repo:', 3],
  ['a row', '    702345678 add', '    702\ufffd45678 add', 5],
  ['its middle', 'opcode counts', 'opc\ufffdde counts', 4]
])('explains which line is damaged: %s', (_, whole, damaged, line) => {
  const reading = read(execute, { stdout: report().replace(whole, damaged), csv: CSV })
  expect(reading.unread).toMatchObject([{ stream: 'stdout', line }])
  expect(explainLines(reading).filter((text) => text.includes('not understood'))).toEqual([
    expect.stringMatching(`^stdout:${line}: not understood, `)
  ])
})
