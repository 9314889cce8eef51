import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { startNode } from './node.ts'
import type { Ended, StartOptions } from './workshop.ts'
import { start, Workshop, ROOT } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })
const SOON = 10_000

const GAS = 10_000_000
/** What proving a block takes; the last is slept long enough to be interrupted. */
const SECONDS = {
  20: 0.0071239,
  21: 7.8904,
  22: 59.9999,
  23: 60,
  24: 744.999,
  25: 3600.0015,
  100: 1240,
  900: 1_000_000
}
const CYCLES = {
  read_input: 12_868_356,
  execution: 191_414_247,
  'execution/state_trie_root': 100_000_000,
  'execution/state_trie_root/hash': 1_000,
  'execution/execute_block': 90_000_000,
  commit_public_inputs: 26_791
}

let workshop: Workshop
let cpu: string
let gpu: string
let bare: string

beforeAll(async () => {
  const blocks = Object.keys(SECONDS).map(Number)
  workshop = await Workshop.open({ seconds: SECONDS, cycles: { 100: CYCLES }, timeScale: 10_000 })
  cpu = await workshop.build(['sp1'])
  gpu = await workshop.build(['sp1', 'gpu'])
  bare = await workshop.build([])
  for (const number of blocks) {
    await writeWitness(workshop.path('work', 'replay_cache'), { number, gas: GAS, transactions: 3 })
  }
})
afterAll(() => workshop.close())
beforeEach(() => rm(workshop.path('work', 'bench_latest.json'), { force: true }))

const CACHED = ['--cached', '--network', 'mainnet']
const SP1 = [...CACHED, '--zkvm', 'sp1']
const PROVE = [...SP1, '--action', 'prove']

const run = (program: string, args: readonly string[], options: StartOptions = {}): Promise<Ended> =>
  start(program, args, { cwd: workshop.path('work'), ...options }).exited

const bench = (): Promise<string> => readFile(workshop.path('work', 'bench_latest.json'), 'utf8')
const messages = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.replace(/^\S+Z +/, ''))

describe('usage errors', () => {
  const usage: readonly (readonly [string, string])[] = [
    ['', 'Usage: ethrex-replay <COMMAND>'],
    ['cache', "unrecognized subcommand 'cache'"],
    ['l2 block 1', "unrecognized subcommand 'l2'"],
    ['block 100 --frob', "unexpected argument '--frob' found"],
    ['block 100 101 --cached --network mainnet', "unexpected argument '101' found"],
    ['block 100', '<--rpc-url <RPC_URL>|--cached>'],
    ['block 100 --cached', 'not provided:\n  --network <NETWORK>'],
    ['block 100 --cached --network mainnet --rpc-url http://x', "cannot be used with '--cached'"],
    [
      'block 100 --cached --network mainnet --cache-level on',
      "cannot be used with '--cache-level <CACHE_LEVEL>'"
    ],
    ['block 100 --cached --network mainnet --bench', 'not provided:\n  --zkvm <ZKVM>'],
    ['block 100 --cached --network mainnet --no-zkvm --zkvm sp1', "cannot be used with '--zkvm <ZKVM>'"],
    [
      'block 100 --cached --network mainnet --no-zkvm --proof groth16',
      "cannot be used with '--proof <PROOF_TYPE>'"
    ],
    ['block 100 --cached --network mainnet --repeat 3', 'not provided:\n  --no-zkvm'],
    [
      'block 100 --cached --network mainnet --no-zkvm --repeat x',
      "invalid value 'x' for '--repeat <REPEAT>'"
    ],
    ['block 100 --cached --network mainnet --zkvm openvm', '[possible values: jolt, nexus, open-vm, '],
    ['block 100 --cached --network mainnet --action fly', '[possible values: execute, prove]'],
    ['block 100 --cached --network mainnet --notification-level off', 'SLACK_WEBHOOK_URL'],
    [
      'block 1e3 --cached --network mainnet',
      "invalid value '1e3' for '[BLOCK]': invalid digit found in string"
    ],
    ['block 100 --cached --cached --network mainnet', "'--cached' cannot be used multiple times"],
    ['block 100 --cached --network', "a value is required for '--network <NETWORK>'"],
    ['blocks --rpc-url http://x', '<BLOCKS|--from <FROM>|--endless|--cached>'],
    ['blocks --to 3 --cached --network mainnet', 'not provided:\n  --from <FROM>'],
    ['generate-input --block 1', 'not provided:\n  --rpc-url <RPC_URL>'],
    ['generate-input --rpc-url http://x', '<--block <BLOCK>|--blocks <BLOCKS>|--from <FROM>>'],
    ['generate-input --rpc-url http://x --block 1 --from 2', 'only one of']
  ]
  it.each(usage)('%s', async (line, text) => {
    const { code, stdout, stderr } = await run(
      cpu,
      line.split(' ').filter((word) => word !== '')
    )
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(text)
  })

  it('knows its version and its help', async () => {
    expect(await run(cpu, ['--version'])).toMatchObject({
      code: 0,
      stdout: 'ethrex-replay 7.0.0\n',
      stderr: ''
    })
    expect((await run(cpu, ['--help'])).stdout).toContain('generate-input')
  })
})

describe('exits (failures of the measured code are in behaviours.test.ts)', () => {
  const data: readonly (readonly [string, readonly string[], string])[] = [
    ['no cache file', ['block', '1', ...SP1], "Cache wasn't found for block 1 of mainnet in ./replay_cache"],
    ['no number', ['block', ...SP1], 'A block number is required with --cached'],
    ['another network', ['block', '100', '--cached', '--network', 'hoodi'], "Cache wasn't found"],
    ['a name that is no network', ['block', '100', '--cached', '--network', 'Mainnet'], "Cache wasn't found"],
    ['no node', ['block', '100', '--rpc-url', 'http://127.0.0.1:1'], 'eth_chainId failed'],
    [
      'a zkVM that was not built',
      ['block', '100', ...CACHED, '--zkvm', 'risc0'],
      'risc0 feature not enabled'
    ],
    [
      'a zkVM that nobody builds',
      ['block', '100', ...CACHED, '--zkvm', 'jolt'],
      'Only SP1, Risc0, ZisK, and OpenVM backends are supported currently'
    ],
    ['a range that ends before it begins', ['blocks', '--from', '5', '--to', '4', ...SP1], 'starting point'],
    ['half a range', ['blocks', '--from', '5', ...SP1], 'Either both `from` and `to` must be specified'],
    [
      'no Slack',
      ['block', '100', ...SP1, '--slack-webhook-url', 'http://127.0.0.1:1'],
      'Failed to send Slack message'
    ]
  ]
  it.each(data)('%s: 1', async (_, args, message) => {
    const { code, stdout } = await run(cpu, args)
    expect(code).toBe(1)
    expect(stdout).toContain(`ERROR ethrex_replay: ${message}`)
    expect(stdout).toMatch(/\n\nLocation:\n {4}src\/\S+\.rs:\d+:\d+\n$/)
  })

  it('names the causes in their order', async () => {
    const { stdout } = await run(cpu, ['block', '100', '--rpc-url', 'http://127.0.0.1:1'])
    expect(stdout).toMatch(/\n\nCaused by:\n {3}0: error sending request\n {3}1: Connection refused/)
  })

  it('loads the block before it asks for the feature', async () => {
    const missing = await run(bare, ['block', '1', ...SP1])
    expect(missing.stdout).toContain("Cache wasn't found")
    const { code, stdout } = await run(bare, ['block', '100', ...SP1])
    expect([code, messages(stdout)[1]]).toEqual([1, 'ERROR ethrex_replay: sp1 feature not enabled'])
  })

  it('refuses a cache of another block, of another network, without keys, or cut short', async () => {
    const caches = workshop.path('other')
    const file = await writeWitness(caches, { number: 5, gas: GAS, transactions: 1 })
    const text = await readFile(file, 'utf8')
    const wrong: readonly (readonly [string, string])[] = [
      [text.replace('"number": "0x5"', '"number": "0x6"'), 'holds block 6, not 5'],
      [text.replace('Mainnet', 'Hoodi'), 'is of hoodi, not of mainnet'],
      [text.replace('"keys"', '"kees"'), 'missing field `keys`'],
      [text.slice(0, 300), 'EOF while parsing']
    ]
    for (const [content, message] of wrong) {
      await writeFile(file, content)
      const { code, stdout } = await run(cpu, ['block', '5', ...SP1, '--cache-dir', caches])
      expect([code, stdout]).toEqual([1, expect.stringContaining(message)])
    }
  })

  it('ends by TERM as any process, but by INT with 0 once there is a GPU client', async () => {
    for (const [program, signal, code] of [
      [cpu, 'SIGTERM', null],
      [gpu, 'SIGTERM', null],
      [cpu, 'SIGINT', null],
      [gpu, 'SIGINT', 0]
    ] as const) {
      const replay = start(program, ['block', '900', ...PROVE], { cwd: workshop.path('work') })
      await vi.waitFor(() => expect(replay.output.stdout).toContain('sp1_prover: gas'), SOON)
      process.kill(replay.pid, signal)
      const ended = await replay.exited
      expect(ended).toMatchObject(code === null ? { code, signal } : { code, signal: null })
      expect(ended.stdout.includes('received Ctrl+C, cleaning up...')).toBe(code === 0)
      expect(ended.stdout).not.toContain('ethrex_replay::report')
    }
  })
})

describe('the report', () => {
  it.each([
    [20, '00s 007ms'],
    [21, '07s 890ms'],
    [22, '59s 999ms'],
    [23, '01m 00s'],
    [24, '12m 24s'],
    [25, '01h 00m 00s 001ms']
  ])(
    'of block %i floors its proving time to %s, and the benchmark file has all of it',
    async (block, text) => {
      const { code, stdout } = await run(cpu, ['block', String(block), ...PROVE, '--bench'])
      expect(code).toBe(0)
      expect(messages(stdout).at(-2)).toBe(
        `INFO ethrex_replay::report: [mainnet] Block: ${block}, Gas: ${GAS}, #Txs: 3, ` +
          `Execution Time: 00s 041ms, Proving Time: ${text} | https://etherscan.io/block/${block}`
      )
      const [entry] = JSON.parse(await bench()) as { name: string; unit: string; value: number }[]
      expect(entry).toMatchObject({ name: expect.stringMatching(/^SP1, /) as string, unit: 'Mgas/s' })
      expect(GAS / 1e6 / entry!.value).toBeCloseTo(SECONDS[block as keyof typeof SECONDS], 9)
    }
  )

  it('shows both pages of every hundredth block, and no proving time where nothing was proved', async () => {
    const { stdout } = await run(cpu, ['block', '100', ...SP1, '--bench', '--resource', 'gpu'])
    expect(messages(stdout).at(-2)).toMatch(
      /#Txs: 3, Execution Time: 00s 020ms \| https:\/\/etherscan\.io\/block\/100 \| https:\/\/ethproofs\.org\/blocks\/100$/
    )
    expect(await bench()).toMatch(/^\[\{"name":"SP1, [^"]*","unit":"Mgas\/s","value":[\d.]+\}\]$/)
  })

  it('is printed in full, and not as a log line, with --verbose', async () => {
    const { stdout } = await run(cpu, ['block', '100', ...PROVE, '-v'])
    expect(stdout).not.toContain('ethrex_replay::report')
    expect(stdout).toMatch(
      /✅ Succeeded to Prove Block with SP1 on CPU\nNetwork: mainnet\nBlock: 100\nGas: 10000000\n#Txs: 3\nExecution Result: Succeeded\nGPU: .*\nCPU: .*\nRAM: .*\nBranch & Commit: .* \(.*\)\nExecution Time: .*\nProving Time: 20m 40s\nEtherscan: .*\nEthProofs: .*\n\n$/
    )
  })

  it('leaves an old benchmark file in place without --bench', async () => {
    await writeFile(workshop.path('work', 'bench_latest.json'), 'old')
    await run(cpu, ['block', '100', ...PROVE])
    expect(await bench()).toBe('old')
  })
})

describe('several blocks', () => {
  it('run in ascending order, announced one by one, and leave the last benchmark', async () => {
    const { code, stdout } = await run(cpu, ['blocks', '22,20', '21', ...PROVE, '--bench'])
    expect(code).toBe(0)
    const announced = messages(stdout).filter((line) => line.startsWith('INFO ethrex_replay::cli'))
    expect(announced).toEqual([20, 21, 22].map((block) => `INFO ethrex_replay::cli: Proving block: ${block}`))
    const [entry] = JSON.parse(await bench()) as { value: number }[]
    expect(GAS / 1e6 / entry!.value).toBeCloseTo(SECONDS[22], 9)
  })

  it('run from one to another, or all that are cached', async () => {
    const range = await run(cpu, ['blocks', '--from', '20', '--to', '21', ...SP1])
    expect(range.stdout.match(/ethrex_replay::report/g)).toHaveLength(2)
    expect(range.stdout).not.toContain('ethrex_replay::cli')
    const copies = workshop.path('copies')
    await mkdir(copies)
    for (const name of ['cache_mainnet_20.json', 'cache_mainnet_100.json']) {
      await copyFile(workshop.path('work', 'replay_cache', name), join(copies, name))
    }
    const all = await run(cpu, ['blocks', ...SP1, '--cache-dir', copies])
    expect([...all.stdout.matchAll(/Block: (\d+)/g)].map(([, block]) => block)).toEqual(['20', '100'])
    const told = messages(all.stdout).filter((line) => line.startsWith('INFO ethrex_replay::cli: '))
    expect(told.map((line) => line.replace('INFO ethrex_replay::cli: ', ''))).toEqual([
      `Running all mainnet blocks inside \`${copies}\``,
      'Found 2 cached blocks: [20, 100]',
      'Executing block: 20',
      'Executing block: 100'
    ])
  })

  it('stop at data that is missing', async () => {
    const { code, stdout } = await run(cpu, ['blocks', '19', '20', ...SP1])
    expect(code).toBe(1)
    expect(stdout).not.toContain('ethrex_replay::report')
  })
})

describe('the log', () => {
  it('is coloured also into a pipe, unless NO_COLOR says something', async () => {
    const coloured = await run(cpu, ['block', '100', ...SP1], { env: { NO_COLOR: '' } })
    expect(coloured.stdout).toMatch(
      // eslint-disable-next-line no-control-regex -- colours are control characters
      /^\u001b\[2m\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\u001b\[0m \u001b\[32m INFO\u001b\[0m \u001b\[1mexecute\u001b\[0m\u001b\[2m:\u001b\[0m \u001b\[2msp1_core_executor::syscalls::write\u001b\[0m\u001b\[2m:\u001b\[0m ┌╴read_input$/m
    )
    expect((await run(cpu, ['block', '100', ...SP1])).stdout).not.toContain('\u001b')
  })

  it('tracks cycles by span, then prints the prover gas', async () => {
    const { stdout, stderr } = await run(cpu, ['block', '100', ...SP1])
    const write = 'INFO execute: sp1_core_executor::syscalls::write: '
    expect(messages(stdout).slice(1, -2)).toEqual([
      `${write}┌╴read_input`,
      `${write}└╴12,868,356 cycles`,
      `${write}┌╴execution`,
      `${write}│ ┌╴state_trie_root`,
      `${write}│ │ ┌╴hash`,
      `${write}│ │ └╴1,000 cycles`,
      `${write}│ └╴100,000,000 cycles`,
      `${write}│ ┌╴execute_block`,
      `${write}│ └╴90,000,000 cycles`,
      `${write}└╴191,414,247 cycles`,
      `${write}┌╴commit_public_inputs`,
      `${write}└╴26,791 cycles`,
      'INFO execute: sp1_prover: gas: 233500349'
    ])
    expect(stderr).toMatch(/^WARNING: Using insecure random number generator\.\nstdout: /)
  })

  it('shows the spans again where a CPU proves, and only its server where a GPU does', async () => {
    const onCpu = (await run(cpu, ['block', '100', ...PROVE])).stdout
    expect(onCpu.match(/INFO prove_core: \S+ (?:│ )*┌╴/g)).toHaveLength(8)
    expect(onCpu.match(/sp1_prover: gas/g)).toHaveLength(1)
    const onGpu = (await run(gpu, ['block', '100', ...PROVE])).stdout
    expect(onGpu.match(/INFO execute: \S+ (?:│ )*┌╴/g)).toHaveLength(6)
    expect(onGpu).not.toContain('prove_core')
    expect(onGpu).toContain('INFO sp1_cuda: waiting for proving server to be ready')
    expect(onGpu).toContain(
      'INFO sp1_cuda: Response { url: "http://localhost:3000/twirp/api.ProverService/Setup"'
    )
  })

  it.each([
    [undefined, false, false],
    ['', false, false],
    ['info', true, false],
    ['off', true, false],
    ['debug', true, false],
    ['=x', false, false],
    ['sp1_core_executor::executor=info', true, false],
    ['sp1_core_executor::executor=off,sp1_core_machine::utils::prove=debug', false, true]
  ])('with RUST_LOG=%s shows the clock: %s, the totals: %s', async (filter, clock, totals) => {
    const env: Record<string, string> = filter === undefined ? {} : { RUST_LOG: filter }
    const { stdout } = await run(cpu, ['block', '100', ...PROVE], { env })
    expect(stdout.includes('INFO execute: sp1_core_executor::executor: clk = 200000000 pc = 0x')).toBe(clock)
    expect(
      stdout.includes('DEBUG prove_core: sp1_core_machine::utils::prove: summary: cycles=204312806')
    ).toBe(totals)
    expect(stdout).toContain('INFO ethrex_replay::report')
  })
})

describe('data from a node', () => {
  const cacheFile = (): string => workshop.path('work', 'replay_cache', 'cache_mainnet_21.json')

  it('becomes an input, always the same bytes, and a cache file that saves the next request', async () => {
    const node = await startNode(cacheFile())
    const cwd = workshop.path('fetch')
    await mkdir(cwd)
    const args = ['generate-input', '--block', '21', '--rpc-url', node.url, '--output-dir', 'inputs']
    const first = await run(cpu, args, { cwd })
    expect(first.code).toBe(0)
    expect(messages(first.stdout).slice(0, -1)).toEqual([
      'INFO ethrex_replay::fetcher: Retrieving execution data for block 21 (11 block behind latest)',
      'INFO ethrex_replay::cli: Generated input for block 21 in directory inputs'
    ])
    expect(node.calls).toEqual([
      'eth_chainId',
      'eth_blockNumber',
      'eth_getBlockByNumber',
      'debug_executionWitness'
    ])
    const input = await readFile(join(cwd, 'inputs', 'ethrex_mainnet_21_input.bin'))
    expect(await readFile(join(cwd, 'replay_cache', 'cache_mainnet_21.json'), 'utf8')).toBe(
      await readFile(cacheFile(), 'utf8')
    )
    await run(cpu, args, { cwd })
    expect(node.calls).toHaveLength(6)
    expect(await readFile(join(cwd, 'inputs', 'ethrex_mainnet_21_input.bin'))).toEqual(input)
    node.close()
  })

  it('is fetched again where the cache file cannot be read, and not kept where it is not wanted', async () => {
    const node = await startNode(cacheFile())
    const caches = workshop.path('broken')
    await mkdir(caches)
    await writeFile(join(caches, 'cache_mainnet_21.json'), '{')
    const flags = ['--rpc-url', node.url, '--zkvm', 'sp1', '--cache-dir', caches, '--cache-level', 'failed']
    const { code, stdout } = await run(cpu, ['block', '21', ...flags])
    expect(code).toBe(0)
    expect(stdout).toContain('WARN ethrex_replay::fetcher: Failed to load cache: ')
    await expect(stat(join(caches, 'cache_mainnet_21.json'))).rejects.toThrow('ENOENT')
    node.close()
  })

  it('fails where the node has no witness', async () => {
    const node = await startNode(cacheFile(), ['debug_executionWitness'])
    const args = ['generate-input', '--block', '31', '--rpc-url', node.url]
    const { code, stdout } = await run(cpu, args, { cwd: workshop.directory })
    expect(code).toBe(1)
    expect(stdout).toContain('WARN ethrex_replay::fetcher: debug_executionWitness endpoint not implemented')
    expect(stdout).toContain(
      'ERROR ethrex_replay: debug_executionWitness failed\n\nCaused by:\n    RPC error: no such'
    )
    node.close()
  })

  it('may be a real cache file', async () => {
    const packed = await readFile(join(ROOT, '__tests__/fixtures/cache_hoodi_1265656.json.gz'))
    await writeFile(workshop.path('work', 'replay_cache', 'cache_hoodi_1265656.json'), gunzipSync(packed))
    const { stdout } = await run(cpu, ['block', '1265656', '--cached', '--network', 'hoodi', '--zkvm', 'sp1'])
    expect(stdout).toContain('[hoodi] Block: 1265656, Gas: 4402947, #Txs: 11, Execution Time: 00s 018ms')
    expect(stdout).toContain(' | https://hoodi.etherscan.io/block/1265656')
  })
})
