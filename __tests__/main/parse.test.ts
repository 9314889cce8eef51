import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readParseRequest } from '../../src/inputs/parse-request.ts'
import { parse } from '../../src/main/parse.ts'
import type { Terminal } from '../../src/main/terminal.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'proving-regression-parse-'))
})
afterAll(() => {
  rmSync(directory, { recursive: true })
})

const AT = '2026-03-07T10:00:41.123456Z'
const log = (rest: string, level = ' INFO'): string => `${AT} ${level} ${rest}`
const report = (gas: bigint | number = 44_943_006, times = ', Execution Time: 45s 123ms'): string =>
  log(
    `ethrex_replay::report: [mainnet] Block: 7, Gas: ${gas}, #Txs: 312${times} | https://etherscan.io/block/7`
  )
const PROVED = ', Execution Time: 45s 123ms, Proving Time: 12m 24s'
const write = (text: string): string => log(`execute: sp1_core_executor::syscalls::write: ${text}`)

interface Files {
  readonly stdout?: readonly string[]
  readonly stderr?: readonly string[]
  readonly bench?: string
  readonly result?: string
  readonly csv?: string
}

const NAMES = { stdout: 'out.log', stderr: 'err.log', bench: 'b.json', result: 'r', csv: 'r.csv' } as const

/** Runs `parse` on these files, and gives what it printed. */
const run = async (flags: Readonly<Record<string, string>>, given: Files = {}) => {
  const texts: Record<string, string> = {
    host: 'ethrex-replay',
    zkvm: 'sp1',
    mode: 'execute',
    block: '7',
    stdout: NAMES.stdout
  }
  for (const name of ['stdout', 'stderr', 'bench', 'result', 'csv'] as const) {
    const content = given[name]
    if (content === undefined) continue
    const text = typeof content === 'string' ? content : content.map((line) => `${line}\n`).join('')
    writeFileSync(join(directory, NAMES[name]), text)
    texts[name] = NAMES[name]
  }
  const read = readParseRequest({ ...texts, ...flags })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const [printed, logged]: [string[], string[]] = [[], []]
  const say = (line: string): void => void logged.push(line)
  const terminal: Terminal = {
    environment: {},
    workingDirectory: directory,
    cancellation: { signal: new AbortController().signal, hardSignal: new AbortController().signal },
    redact: (text) => text,
    log: { info: say, warn: say, progress: say },
    print: (text) => {
      printed.push(text)
      return Promise.resolve()
    }
  }
  const exit = await parse(read.value, terminal)
  return { exit, printed: printed.join(''), logged }
}

/** The JSON that it prints. */
const json = async (flags: Readonly<Record<string, string>>, given: Files): Promise<unknown> =>
  JSON.parse((await run({ ...flags, json: '' }, given)).printed)

describe('files', () => {
  test('every problem is told at once, by the name that was given', async () => {
    mkdirSync(join(directory, 'folder'), { recursive: true })
    writeFileSync(join(directory, 'large'), '')
    truncateSync(join(directory, 'large'), 1024 * 1024 + 1)
    const flags = { stdout: 'nowhere', stderr: 'folder', bench: 'large', result: '/dev/null' }
    const { exit, printed, logged } = await run({ ...flags, zkvm: 'zisk' })
    expect({ exit, printed }).toEqual({ exit: 2, printed: '' })
    expect(logged).toEqual([
      '--stdout: "nowhere" cannot be read (ENOENT); allowed: a file with saved output',
      '--stderr: "folder" is not a file; allowed: a file with saved output',
      '--bench: "large" is too large; allowed: at most 1 MiB',
      '--result: "/dev/null" is not a file; allowed: a file with saved output'
    ])
  })

  test('a pipe is not waited for', async () => {
    const pipe = join(directory, 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const { exit, logged } = await run({ stdout: 'pipe' })
    expect(exit).toBe(2)
    expect(logged).toEqual(['--stdout: "pipe" is not a file; allowed: a file with saved output'])
  })

  test('a log may be of any size', async () => {
    const { exit } = await run({}, { stdout: [...Array<string>(30_000).fill('x'.repeat(100)), report()] })
    expect(exit).toBe(0)
  })

  test('`-` reads our standard input', () => {
    const cli = resolve(import.meta.dirname, '../../src/main/cli.ts')
    const flags = '--host ethrex-replay --zkvm none --mode execute --block 7 --stdout - --json'.split(' ')
    const { status, stdout } = spawnSync(process.execPath, [cli, 'parse', ...flags], {
      input: `${report()}\n`,
      encoding: 'utf8'
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'measured', gas: 44_943_006 })
  })
})

describe('the exit status', () => {
  test.each([
    ['measured', [report()], 0],
    ['failed', [log('ethrex_replay: Error: Cache was not found', 'ERROR')], 1],
    ['unreadable', [report().slice(0, -3)], 1]
  ])('%s', async (outcome, stdout, status) => {
    const { exit, printed } = await run({ json: '' }, { stdout })
    expect(exit).toBe(status)
    expect(JSON.parse(printed)).toMatchObject({ outcome })
  })

  test('of the process counts, where it is known', async () => {
    const stdout = [report()]
    expect(await json({ exit: '0' }, { stdout })).toMatchObject({ outcome: 'measured' })
    expect(await json({ exit: '137' }, { stdout })).toMatchObject({ outcome: 'failed', reason: 'killed' })
  })
})

describe('the document', () => {
  test('has all of its keys, whatever it came to', async () => {
    const keys = ['outcome', 'reason', 'gas', 'transactions', 'metrics', 'spans', 'costs']
    for (const stdout of [[report()], []]) {
      expect(Object.keys((await json({}, { stdout })) as object)).toEqual(keys)
    }
  })

  test('the bench file gives the time in full', async () => {
    const bench = JSON.stringify([{ name: 'SP1, x', unit: 'Mgas/s', value: 44.943006 / 744.5 }])
    expect(await json({ mode: 'prove' }, { stdout: [report(44_943_006, PROVED)], bench })).toMatchObject({
      metrics: { 'proving-time': { value: 744.5, unit: 's', exactness: 'derived' } }
    })
  })

  test('what is given as --result is told apart by its content', async () => {
    const stdout = [report(44_943_006, ', Proving Time: 12m 24s')]
    const steps = { value: 12_345_678, unit: 'steps', exactness: 'exact' }
    const flags = { zkvm: 'zisk', mode: 'prove' }
    const ofResult = await json(flags, { stdout, result: '\n{"cycles": 12345678, "id": "x", "time": 744.5}' })
    expect(ofResult).toMatchObject({ metrics: { cycles: steps, steps }, costs: [] })
    const printed = 'process_rom() steps=12345678 duration=0.0009 tp=89.8565 Msteps/s freq=1 2 clocks/step\n'
    expect(await json(flags, { stdout, result: printed })).toMatchObject({
      metrics: { cycles: steps, steps }
    })
  })

  test('of rsp, with its CSV', async () => {
    const stdout = [
      'Execution report:',
      'opcode counts (5 total instructions):',
      'syscall counts (1 total syscall instructions):'
    ]
    const csv =
      'chain_id,block_number,gas_used,tx_count,total_cycles_count,prover_gas\n1,7,44943006,312,5,0\n'
    expect(await json({ host: 'rsp' }, { stdout, csv })).toMatchObject({
      outcome: 'measured',
      gas: 44_943_006,
      transactions: 312,
      metrics: { cycles: { value: 5, unit: 'cycles', exactness: 'exact' } }
    })
  })

  test('of native execution there are no cycles', async () => {
    const stdout = [log('ethrex_replay::cli: Preparing Storage for execution without zkVM'), report()]
    expect(await json({ zkvm: 'none' }, { stdout })).toMatchObject({
      outcome: 'measured',
      metrics: { 'execution-time': { value: 45.123, unit: 's', exactness: 'floor' } }
    })
  })
})

/** How a count gets into a log or a file, and where in the document it is. */
interface Way {
  readonly what: string
  readonly flags: Readonly<Record<string, string>>
  readonly files: (count: bigint) => Files
  readonly found: (shown: unknown) => object
}

const grouped = (value: bigint): string => value.toLocaleString('en-US')
const metric = (name: string) => (value: unknown) => ({ metrics: { [name]: { value } } })
const session = (rest: string): string => log(`risc0_zkvm::host::server::session: ${rest}`)
const SEGMENT = 'openvm_circuit::arch::execution_mode::metered::segment_ctx'
const RSP_END = 'syscall counts (1 total syscall instructions):'

const WAYS: readonly Way[] = [
  {
    what: 'gas of the block',
    flags: {},
    files: (count) => ({ stdout: [report(count)] }),
    found: (gas) => ({ gas })
  },
  {
    what: 'a span of SP1 v5 and their sum',
    flags: {},
    files: (count) => ({ stdout: [write('┌╴a'), write(`└╴${grouped(count)} cycles`), report()] }),
    found: (value) => ({
      metrics: { cycles: { value, exactness: 'tracked-spans' } },
      spans: [{ path: ['a'], cycles: value, calls: 1 }]
    })
  },
  {
    what: 'prover gas of SP1 v5',
    flags: {},
    files: (count) => ({ stdout: [log(`execute: sp1_prover: gas: ${count}`), report()] }),
    found: metric('prover-gas')
  },
  {
    what: 'the total of SP1 v6',
    flags: {},
    files: (count) => ({
      stdout: [
        log(`sp1_prover::worker::prover::execute: minimal executor finished in ${count} cycles`, 'DEBUG'),
        report()
      ]
    }),
    found: metric('cycles')
  },
  {
    what: 'user cycles of RISC0',
    flags: { zkvm: 'risc0' },
    files: (count) => ({
      stdout: [
        session('number of segments: 1'),
        session(`${count} total cycles`),
        session(`${count} user cycles (100.00%)`),
        session('0 paging cycles (0.00%)'),
        session('0 reserved cycles (0.00%)'),
        report()
      ]
    }),
    found: metric('cycles')
  },
  {
    what: 'segments of RISC0',
    flags: { zkvm: 'risc0' },
    files: (count) => ({
      stdout: [
        session(`number of segments: ${count}`),
        ...['total', 'user', 'paging', 'reserved'].map((kind) => session(`0 ${kind} cycles (0.00%)`)),
        report()
      ]
    }),
    found: metric('segments')
  },
  {
    what: 'instructions of OpenVM',
    flags: { zkvm: 'openvm', mode: 'prove' },
    files: (count) => ({
      stdout: [
        log(
          `${SEGMENT}: Segment   0 | instret          0 | ${count} instructions |   1 cells | 1 interactions |` +
            '  1 max height (ProgramAir) [TERMINATED]'
        ),
        report(44_943_006, PROVED)
      ]
    }),
    found: metric('instructions')
  },
  {
    what: 'steps in result.json of ZisK',
    flags: { zkvm: 'zisk', mode: 'prove' },
    files: (count) => ({
      stdout: [report(44_943_006, ', Proving Time: 12m 24s')],
      result: `{"cycles": ${count}, "id": "x", "time": 744.5}`
    }),
    found: metric('steps')
  },
  {
    what: 'steps that ziskemu prints',
    flags: { zkvm: 'zisk' },
    files: (count) => ({
      stdout: [report()],
      result: `process_rom() steps=${count} duration=0.1 tp=1.0 Msteps/s freq=1.0 1.0 clocks/step\n`
    }),
    found: metric('steps')
  },
  {
    what: 'instructions of rsp',
    flags: { host: 'rsp' },
    files: (count) => ({
      stdout: ['Execution report:', `opcode counts (${count} total instructions):`, RSP_END]
    }),
    found: metric('cycles')
  },
  {
    what: 'prover gas of rsp',
    flags: { host: 'rsp' },
    files: (count) => ({
      stdout: ['Execution report:', `gas: ${count}`, 'opcode counts (5 total instructions):', RSP_END]
    }),
    found: metric('prover-gas')
  }
]

describe.each(WAYS.map((way) => [way.what, way] as const))('%s', (_, { flags, files, found }) => {
  test.each([
    [2n ** 31n + 1n, 2_147_483_649],
    [2n ** 53n, 9_007_199_254_740_992],
    [2n ** 53n + 1n, '9007199254740993'],
    [2n ** 64n - 1n, '18446744073709551615']
  ])('%d is kept in full', async (count, shown) => {
    expect(await json(flags, files(count))).toMatchObject({ outcome: 'measured', ...found(shown) })
  })

  test.each([2n ** 64n, 10n ** 20n, 10n ** 30n])('%d is no u64, and is not read', async (count) => {
    const { printed, logged } = await run({ ...flags, explain: '', json: '' }, files(count))
    expect(JSON.parse(printed)).not.toMatchObject(found(expect.anything()))
    expect(printed).not.toContain(String(count).slice(0, 15))
    expect(logged.length).toBeGreaterThan(1)
  })
})

describe('one damaged line', () => {
  const SOUND = [
    log('ethrex_replay::fetcher: Getting block 7 data from cache'),
    write('┌╴read_input'),
    write('└╴34,125,436 cycles'),
    write('┌╴execution'),
    write('└╴1,458,794,351 cycles'),
    log('execute: sp1_prover: gas: 1687294509'),
    report()
  ]

  test.each([
    [3, write('└╴34,125,\u0000436 cycles'), 'not understood, a cycle-tracker line'],
    [6, log('execute: sp1_prover: gas: 16872docker: pulling'), 'prover gas without a whole number'],
    [7, report().slice(0, 90), 'a report that is not whole']
  ])('line %d is pointed at', async (number, text, why) => {
    const stdout = SOUND.with(number - 1, text)
    const { logged } = await run({ explain: '' }, { stdout })
    expect(logged).toContainEqual(expect.stringMatching(new RegExp(`^stdout:${number}: .*${why}`)))
  })

  test('a file that could not be read is named', async () => {
    const { logged, exit } = await run({ explain: '' }, { stdout: SOUND, bench: '[{"name":"x"' })
    expect(exit).toBe(1)
    expect(logged.at(-1)).toMatch(/^unreadable-output: bench_latest\.json is not one result/)
  })
})
