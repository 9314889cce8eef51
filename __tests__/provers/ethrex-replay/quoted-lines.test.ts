import { describe, expect, test } from 'vitest'
import { explainLines, parseResult } from '../../../src/provers/parse-result.ts'
import type { ReaderContext, Reading } from '../../../src/provers/prover.ts'
import { blockOf, contextOf, readLog, type Log } from '../read-log.ts'

/**
 * Lines that ethrex-replay is known to print, one by one, with what is made of each. Those that stand for a whole log
 * are read to figures; of the others the word of `parse --explain` is asked.
 */
const AT = '2026-03-07T10:00:41.123456Z'
const N = 23769083
const LINK = `https://etherscan.io/block/${N}`
const HEAD = `[mainnet] Block: ${N}, Gas: 44943006, #Txs: 312`
const INFO = `${AT}  INFO ethrex_replay::report:`
const ERROR = `${AT} ERROR ethrex_replay::report:`
const CLI = `${AT}  INFO ethrex_replay::cli:`
const FETCHER = `${AT}  INFO ethrex_replay::fetcher:`
const EXECUTED = `${INFO} ${HEAD}, Execution Time: 45s 123ms | ${LINK}`

const saved = (changes: Partial<ReaderContext> = {}): ReaderContext =>
  contextOf({ benchRequired: false, ...changes })
const read = (context: ReaderContext, log: Log): Reading => readLog(context, { exit: null, ...log })

/** Gas, transactions and the times with their exactness, or the reason and what was said. */
const seen = (reading: Reading) => {
  const { reason, gas, transactions, metrics } = parseResult(reading)
  const time = (name: 'execution-time' | 'proving-time') =>
    metrics[name] === undefined ? null : `${metrics[name].value} ${metrics[name].exactness}`
  return reason === null
    ? { gas, transactions, execution: time('execution-time'), proving: time('proving-time') }
    : { gas, transactions, reason, said: (explainLines(reading).at(-1) ?? '').replace(/^[\w-]+: /, '') }
}

describe('the report line', () => {
  const counts = { gas: 44_943_006, transactions: 312 }
  test.each([
    [
      `${INFO} ${HEAD}, Execution Time: 45s 123ms, Proving Time: 12m 24s | ${LINK}`,
      saved({ mode: 'prove' }),
      { ...counts, execution: '45.123 floor', proving: '744 rounded-seconds' }
    ],
    [EXECUTED, saved(), { ...counts, execution: '45.123 floor', proving: null }],
    [
      `${INFO} ${HEAD}, Proving Time: 12m 24s | ${LINK}`,
      saved({ mode: 'prove', zkvm: 'zisk' }),
      { ...counts, execution: null, proving: '744 rounded-seconds' }
    ],
    [
      `${ERROR} [mainnet] Block: 23769084, Gas: 27075543, #Txs: 201, Execution Error: Execution failed: Execution error: execution failed with exit code 1, Proving Error: Proving panicked: called \`Result::unwrap()\` on an \`Err\` value: … | https://etherscan.io/block/23769084`,
      saved({ mode: 'prove', block: blockOf(23769084) }),
      {
        gas: 27_075_543,
        transactions: 201,
        reason: 'execution-failed',
        said: 'Executing block 23769084 failed: Execution failed: Execution error: execution failed with exit code 1'
      }
    ],
    [
      `${ERROR} ${HEAD}, Execution Result: ⚠️ Failed with Execution failed: x, Proving Error: Proving failed: y | ${LINK}`,
      saved({ mode: 'prove' }),
      { ...counts, reason: 'execution-failed', said: `Executing block ${N} failed: Execution failed: x` }
    ],
    [
      `${ERROR} ${HEAD}, Execution Result: Succeeded, Proving Error: Proving failed: y | ${LINK}`,
      saved({ mode: 'prove' }),
      { ...counts, reason: 'proving-failed', said: `Proving block ${N} failed: Proving failed: y` }
    ],
    [
      `${INFO} [local-devnet] Block: 1, Gas: 9934290, #Txs: 10, Execution Time: 00s 174ms`,
      saved({ zkvm: null, network: null, block: blockOf(1) }),
      { gas: 9_934_290, transactions: 10, execution: '0.174 floor', proving: null }
    ],
    [
      `${INFO} [hoodi] Block: 1265656, Gas: 4390659, #Txs: 21, Execution Time: 01s 002ms | https://hoodi.etherscan.io/block/1265656`,
      saved({ network: 'hoodi', block: blockOf(1265656) }),
      { gas: 4_390_659, transactions: 21, execution: '1.002 floor', proving: null }
    ],
    [
      `${INFO} [mainnet] Block: 23769000, Gas: 1, #Txs: 0, Execution Time: 01h 02m 03s 004ms | https://etherscan.io/block/23769000 | https://ethproofs.org/blocks/23769000`,
      saved({ block: blockOf(23769000) }),
      { gas: 1, transactions: 0, execution: '3723.004 floor', proving: null }
    ]
  ])('%s', (line, context, expected) => {
    expect(seen(read(context, { stdout: `${line}\n` }))).toEqual(expected)
  })

  test.each([
    'Execution failed: a',
    'Execution panicked: a',
    'Unknown panic occurred',
    'Execution failed: Serialization error: a',
    'Execution failed: Verification error: a',
    'Execution failed: Not implemented: a',
    'Execution failed: a, b | c | https://example.org',
    'Execution failed: a\n\nb | https://etherscan.io/block/1\nc'
  ])('an error is taken whole: %j', (error) => {
    const stdout = `${ERROR} ${HEAD}, Execution Error: ${error} | ${LINK}\n`
    const reading = read(saved(), { stdout })
    expect(reading.outcome).toMatchObject({
      reason: 'execution-failed',
      message: `Executing block ${N} failed: ${error.replaceAll(/\s+/g, ' ')}`
    })
    expect(reading.unread).toEqual([])
  })
})

describe('the verbose form', () => {
  const machine = [
    'GPU: NVIDIA L40S',
    'NVIDIA L40S',
    'CPU: AMD EPYC',
    'RAM: 251G',
    'Branch & Commit: main (4561304)'
  ]
  const head = ['Network: mainnet', `Block: ${N}`, 'Gas: 44943006', '#Txs: 312']
  const counts = { gas: 44_943_006, transactions: 312 }
  test.each([
    [
      ['✅ Succeeded to Prove Block with SP1 on GPU', ...head, 'Execution Result: Succeeded', ...machine],
      ['Execution Time: 45s 123ms', 'Proving Time: 12m 24s'],
      { ...counts, execution: '45.123 floor', proving: '744 rounded-seconds' }
    ],
    [
      [
        '⚠️ Failed to Prove Block with SP1 on GPU',
        ...head,
        'Execution Result: Succeeded',
        'Proving Error: y',
        ...machine
      ],
      ['Execution Time: 45s 123ms'],
      { ...counts, reason: 'proving-failed', said: `Proving block ${N} failed: y` }
    ],
    [
      [
        '⚠️ Failed to Prove Block with SP1 on GPU',
        ...head,
        'Execution Result: ⚠️ Failed with x',
        'Proving Error: y',
        ...machine
      ],
      [],
      { ...counts, reason: 'execution-failed', said: `Executing block ${N} failed: x` }
    ],
    [
      [
        '⚠️ Failed to Prove Block with SP1 on GPU',
        ...head,
        'Execution Result: Not executed',
        'Proving Error: y',
        ...machine
      ],
      [],
      { ...counts, reason: 'proving-failed', said: `Proving block ${N} failed: y` }
    ]
  ])('%j', (beginning, times, expected) => {
    const stdout = [...beginning, ...times, `Etherscan: ${LINK}`, '', ''].join('\n')
    const reading = read(saved({ mode: 'prove' }), { stdout })
    expect(seen(reading)).toEqual(expected)
    expect(reading.unread).toEqual([])
  })
})

/** What `--explain` says of the line before the report line; null: nothing, it is not ours to read. */
const SAYS: readonly (readonly [string, string | null])[] = [
  [`${FETCHER} Getting block ${N} data from cache`, `Getting block ${N} data from cache`],
  [
    `${FETCHER} Retrieving execution data for block ${N} (3 block behind latest)`,
    `Retrieving execution data for block ${N} (3 block behind`
  ],
  [`${CLI} Executing block: ${N}`, `Executing block: ${N}`],
  [`${CLI} Proving block: ${N}`, `Proving block: ${N}`],
  [`${AT}  WARN ethrex_replay::fetcher: Failed to load cache: No such file or directory (os error 2)`, null],
  [
    `${AT}  WARN ethrex_replay::fetcher: debug_executionWitness endpoint not implemented, using fallback eth_getProof`,
    'the witness is made with eth_getProof'
  ],
  [`${CLI} Generated input for block ${N} in directory ./generated_inputs`, null],
  [`${CLI} Generated inputs for 2 blocks in directory ./generated_inputs`, null],
  [
    `${AT}  INFO ethrex_prover_lib::backend::sp1: Successfully executed SP1 program in 12.34s`,
    'ignored, a clock of ethrex, rounded'
  ],
  [
    `${AT}  INFO ethrex_prover_lib::backend::sp1: Successfully proved SP1 program in 512.34s`,
    'ignored, a clock of ethrex, rounded'
  ]
]

const SAYS_NATIVELY: typeof SAYS = [
  [`${CLI} Storage preparation finished in 812.44ms`, null],
  [`${CLI} add_block_pipeline execution time: 1.23s`, 'ignored, the time of the report line, rounded'],
  [`${CLI} add_block execution time: 128.46ms`, 'ignored, the time of the report line, rounded'],
  [`${CLI} add_block execution time: 128.46`, 'not understood, a native execution time that is not whole'],
  ['  median: 128.46ms', 'ignored, a row of the statistics of repeated runs'],
  [`${AT}  INFO ethrex_replay::profiling:   # 1: prep=   1.21s exec=128.46ms total=   1.34s`, null]
]

const saysOf = (context: ReaderContext, line: string): string | null => {
  const reading = read(context, { stdout: `${line}\n${EXECUTED}\n` })
  expect(parseResult(reading).outcome).toBe('measured')
  const said = explainLines(reading).find((one) => one.startsWith('stdout:1: ')) ?? null
  return said === null ? null : (said.slice('stdout:1: '.length).split(': 2026')[0] ?? null)
}

test.each(SAYS)('%s', (line, says) => {
  expect(saysOf(saved(), line)).toBe(says)
})

test.each(SAYS_NATIVELY)('without a zkVM: %s', (line, says) => {
  expect(saysOf(saved({ zkvm: null }), line)).toBe(says)
})

describe('how a process says that it ended', () => {
  const code = (value: number) => ({ kind: 'exited', code: value }) as const
  test.each<readonly [string, Log, string]>([
    [
      `${AT} ERROR ethrex_replay: Cannot create benchmark file: Execution failed: x`,
      { exit: code(1) },
      'report-line-missing'
    ],
    [
      `${AT} ERROR ethrex_replay: Cache wasn't found for block ${N}: No such file\n\nCaused by:\n    0: a\n\nLocation:\n    src/fetcher.rs:41:13`,
      { exit: code(1) },
      'data-error'
    ],
    [`${AT} ERROR ethrex_replay: sp1 feature not enabled`, { exit: code(1) }, 'usage-error'],
    [
      '',
      {
        exit: code(2),
        stderr: "error: the argument '--cached' cannot be used with '--cache-level <CACHE_LEVEL>'\n"
      },
      'usage-error'
    ],
    [
      '',
      { exit: code(101), stderr: "thread 'main' panicked at src/cli.rs:1:1:\nno genesis\n" },
      'execution-failed'
    ],
    ['', { exit: code(0), stderr: 'received Ctrl+C, cleaning up...\n' }, 'report-line-missing'],
    ['', { exit: code(143) }, 'killed']
  ])('%j %j: %s', (line, log, reason) => {
    expect(parseResult(read(saved(), { stdout: `${line}\n`, ...log })).reason).toBe(reason)
  })
})

describe('colours, streams and the bench file', () => {
  test('the coloured form is the plain one', () => {
    const dim = (text: string) => `\u001b[2m${text}\u001b[0m`
    const coloured = `${dim(AT)} \u001b[32m INFO\u001b[0m ${dim('ethrex_replay::report')}${dim(':')} ${EXECUTED.slice(INFO.length + 1)}\n`
    expect(seen(read(saved(), { stdout: coloured }))).toEqual(
      seen(read(saved(), { stdout: `${EXECUTED}\n` }))
    )
  })

  test('a report line on stderr is none, nor is what SP1 forwards of a guest', () => {
    const stderr = `${EXECUTED}\nstdout: ${EXECUTED}\n`
    expect(parseResult(read(saved(), { stderr })).reason).toBe('report-line-missing')
  })

  test('the rate in the bench file gives the time in full', () => {
    const value = 44_943_006 / 1e6 / 45.1239
    const bench = `[{"name":"SP1, NVIDIA GeForce RTX 4090\\nNVIDIA L40S","unit":"Mgas/s","value":${value}}]`
    const { metrics } = parseResult(read(saved(), { stdout: `${EXECUTED}\n`, bench }))
    expect(metrics['execution-time']?.exactness).toBe('derived')
    expect(Number(metrics['execution-time']?.value)).toBeCloseTo(45.1239, 12)
  })
})
