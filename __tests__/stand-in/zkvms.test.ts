import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ZkVm } from '../../src/domain/workload.ts'
import { files } from '../../src/io/node/files.ts'
import { ethrexReplay } from '../../src/provers/ethrex-replay/ethrex-replay.ts'
import type { ReaderContext, Reading } from '../../src/provers/prover.ts'
import { findGuest } from '../../src/stages/guest.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { blockOf, contextOf, readLog } from '../provers/read-log.ts'
import type { Ended } from './workshop.ts'
import { start, Workshop } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })

const GAS = 10_000_000
/** 204,309,394 in the outermost spans. */
const CYCLES = {
  read_input: 12_868_356,
  execution: 191_414_247,
  'execution/state_trie_root': 100_000_000,
  commit_public_inputs: 26_791
}
/** What the derived rules make of block 100: 1250, 700 and 900 thousandths. */
const COUNT = { risc0: 255_386_742, zisk: 143_016_575, openvm: 183_878_454 }
/** Block 101 has figures of its own; the guest panics on 102, and the proof of 103 fails. */
const OWN = { counts: { 101: 5_000_000_000 }, seconds: { 101: 3000 } }
const PANICS = 102
const FAILS = 103

const FLAG: Readonly<Record<ZkVm, string>> = { sp1: 'sp1', risc0: 'risc0', zisk: 'zisk', openvm: 'open-vm' }

let workshop: Workshop
/** Of SP1, RISC0 and OpenVM, for a CPU. */
let cpu: string
let zisk: string

beforeAll(async () => {
  workshop = await Workshop.open({
    cycles: { 100: CYCLES },
    seconds: { 100: 1240 },
    timeScale: 100_000,
    zkvms: { risc0: OWN, zisk: OWN, openvm: OWN },
    behaviours: { [PANICS]: 'PanicsInExecution', [FAILS]: 'FailsInProving' }
  })
  for (const number of [100, 101, PANICS, FAILS]) {
    await writeWitness(workshop.path('work', 'replay_cache'), { number, gas: GAS, transactions: 3 })
  }
  cpu = await workshop.build(['sp1', 'risc0', 'openvm'])
})
afterAll(() => workshop.close())

interface Replay {
  readonly block?: number
  readonly prove?: true
  readonly more?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const replay = (binary: string, zkvm: ZkVm, options: Replay = {}): Promise<Ended> => {
  const { block = 100, prove, more = [], env = {} } = options
  const action = prove === true ? 'prove' : 'execute'
  const wanted = ['block', String(block), '--cached', '--network', 'mainnet', '--zkvm', FLAG[zkvm]]
  return start(binary, [...wanted, '--action', action, ...more], { cwd: workshop.path('work'), env }).exited
}

const messages = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.replace(/^\S+Z +/, ''))

/** What the product makes of it. */
const reading = (zkvm: ZkVm, mode: ReaderContext['mode'], log: Parameters<typeof readLog>[1]): Reading =>
  readLog(contextOf({ block: blockOf(100), zkvm, mode, benchRequired: false }), log)

const metric = (read: Reading, name: 'cycles' | 'segments' | 'steps' | 'instructions'): bigint | null => {
  expect(read.outcome).toMatchObject({ kind: 'measured' })
  const value = read.outcome.kind === 'measured' ? read.outcome.sample.metrics[name]?.value : undefined
  return typeof value === 'bigint' ? value : null
}

const guest = (zkvm: ZkVm): ReturnType<typeof findGuest> =>
  findGuest(workshop.standIn.ethrex, ethrexReplay.guestArtefacts(zkvm), files)

describe('a build', () => {
  it('leaves the guests of its zkVMs, of which none is another, with their keys', async () => {
    const built = await Promise.all((['sp1', 'risc0', 'openvm'] as const).map(guest))
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(built).toEqual([
      { elf: sha256, key: sha256 },
      { elf: sha256, key: sha256 },
      { elf: sha256, key: null }
    ])
    expect(new Set(built.map((one) => one?.elf)).size).toBe(3)
    expect(await guest('zisk')).toBeNull()
  })
})

const SESSION = 'INFO risc0_zkvm::host::server::session: '
const EXECUTION_TIME = /INFO risc0_zkvm::host::server::exec::executor: execution time: [\d.]+\S*s$/gm

describe('RISC0', () => {
  const info = { RISC0_INFO: '1', RUST_LOG: 'info' }
  let gpu: string
  beforeAll(async () => {
    gpu = await workshop.build(['risc0', 'gpu'])
  })

  it('sums up an execution', async () => {
    const { code, stdout } = await replay(cpu, 'risc0', { env: info })
    expect(code).toBe(0)
    const lines = messages(stdout).filter((line) => line.startsWith(SESSION))
    expect(lines.slice(0, 7).map((line) => line.slice(SESSION.length))).toEqual([
      'number of segments: 288',
      '301203456 total cycles',
      `${COUNT.risc0} user cycles (84.79%)`,
      '43415746 paging cycles (14.41%)',
      '2400968 reserved cycles (0.80%)',
      'ecalls',
      '\t456047 BigInt calls, 28376304 cycles, (9.42%)'
    ])
    expect(COUNT.risc0 + 43_415_746 + 2_400_968).toBe(301_203_456)
    expect(stdout.match(EXECUTION_TIME)).toHaveLength(1)
  })

  it('sums it up once more inside a proof', async () => {
    const { stdout } = await replay(cpu, 'risc0', { prove: true, env: info })
    expect(stdout.split(`${COUNT.risc0} user cycles`)).toHaveLength(3)
    expect(stdout.match(EXECUTION_TIME)).toHaveLength(2)
    expect(stdout).toContain(', Proving Time: 41m 20s | ')
    const read = reading('risc0', 'prove', { stdout })
    expect([metric(read, 'cycles'), metric(read, 'segments')]).toEqual([BigInt(COUNT.risc0), 288n])
  })

  it('may have figures of its own', async () => {
    const { stdout } = await replay(cpu, 'risc0', { block: 101, prove: true, env: info })
    expect(stdout).toContain('5000000000 user cycles')
    expect(stdout).toContain(', Proving Time: 50m 00s | ')
  })

  const shown: readonly (readonly [string, Readonly<Record<string, string>>, boolean, boolean])[] = [
    ['cpu', {}, false, false],
    ['cpu', { RISC0_INFO: '1' }, false, false],
    ['cpu', { RUST_LOG: 'info' }, true, false],
    ['cpu', { RISC0_INFO: '', RUST_LOG: 'risc0_zkvm=info' }, true, true],
    ['cpu', { RISC0_INFO: '1', RUST_LOG: 'info,risc0_zkvm::host::server::session=warn' }, true, false],
    ['gpu', {}, true, false],
    ['gpu', { RISC0_INFO: '1' }, true, true]
  ]
  it.each(shown)(
    'on a %s with %o shows its time: %s, its cycles: %s',
    async (resource, env, time, cycles) => {
      const { stdout } = await replay(resource === 'cpu' ? cpu : gpu, 'risc0', { env })
      expect([stdout.match(EXECUTION_TIME) !== null, stdout.includes(SESSION)]).toEqual([time, cycles])
      expect(stdout).not.toContain('sp1_cuda')
    }
  )

  it('has no session where the guest panics', async () => {
    const { code, stdout } = await replay(cpu, 'risc0', { block: PANICS, prove: true, env: info })
    expect(code).toBe(0)
    expect(stdout).toContain(', Execution Error: Execution failed: Execution error: Guest panicked: called ')
    expect(stdout).toContain(', Proving Error: Proving failed: Proving error: Guest panicked: called ')
    expect(stdout).not.toContain(SESSION)
  })
})

const SEGMENT =
  /^\S+Z {2}INFO app_prove\{group="app_proof"\}:execute_metered: openvm_circuit::arch::execution_mode::metered::segment_ctx: Segment +(\d+) \| instret +(\d+) \| +(\d+) instructions \| +\d+ cells \| +\d+ interactions \| +\d+ max height \(.+?\)(?: \[TERMINATED\])?$/gm

describe('OpenVM', () => {
  it('says nothing of an execution', async () => {
    const { code, stdout } = await replay(cpu, 'openvm')
    expect([code, messages(stdout).length]).toEqual([0, 3])
    expect(stdout).not.toContain('instructions')
  })

  it('tells the segments of a proof, which hold all instructions', async () => {
    const { stdout } = await replay(cpu, 'openvm', { prove: true })
    const segments = [...stdout.matchAll(SEGMENT)].map((found) => found.slice(1).map(Number))
    expect(segments.map(([number]) => number)).toEqual(Array.from({ length: 44 }, (_, at) => at))
    expect(segments[2]).toEqual([2, 2 * 2 ** 22, 2 ** 22])
    expect(segments.reduce((sum, [, , held]) => sum + held!, 0)).toBe(COUNT.openvm)
    expect(stdout.match(/\[TERMINATED\]$/gm)).toHaveLength(1)
    expect(stdout).toContain('INFO agg_layer{group="leaf"}: openvm_sdk::prover::agg: num_leaf_proofs=44\n')
    expect(stdout).toContain(', Proving Time: 31m 00s | ')
    const read = reading('openvm', 'prove', { stdout })
    const instructions = BigInt(COUNT.openvm)
    expect([metric(read, 'cycles'), metric(read, 'instructions')]).toEqual([instructions, instructions])
  })

  it('colours spans with fields', async () => {
    const { stdout } = await replay(cpu, 'openvm', { prove: true, env: { NO_COLOR: '' } })
    expect(stdout).toContain(
      '\u001b[1mapp_prove\u001b[0m\u001b[1m{\u001b[0m\u001b[3mgroup\u001b[0m\u001b[2m=\u001b[0m"app_proof"' +
        '\u001b[1m}\u001b[0m\u001b[2m:\u001b[0m\u001b[1mexecute_metered\u001b[0m\u001b[2m:\u001b[0m \u001b[2mopenvm_circuit'
    )
  })

  it('proves nothing for a contract, and no guest that panics, though it has run it to its end', async () => {
    const groth16 = await replay(cpu, 'openvm', { prove: true, more: ['--proof', 'groth16'] })
    expect(groth16.stdout).toContain('Proving failed: Not implemented: Groth16 is not supported')
    const { stdout } = await replay(cpu, 'openvm', { block: PANICS, prove: true })
    expect(stdout).toContain(
      'Proving failed: Proving error: VM error: execution error: program exit code 1 | '
    )
    expect(stdout).toContain('instructions |')
  })
})

describe('ZisK', () => {
  const left = (...names: readonly string[]): string =>
    workshop.standIn.ethrex + ['/crates/prover', ...names].join('/')
  const result = (): string => left('zisk_output', 'result.json')

  beforeAll(async () => {
    zisk = await workshop.build(['zisk'])
  })

  const ziskemu = (...args: readonly string[]): Promise<Ended> => workshop.ziskemu(args)
  const both = (): readonly string[] => ['-e', left('zkvm-zisk-program'), '-i', left('zisk_input.bin')]

  it('leaves a guest that is run from its own target, and a copy of it', async () => {
    const [own, copy] = await Promise.all(
      ['target/riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk', 'out/riscv64ima-zisk-elf'].map((path) =>
        readFile(`${workshop.standIn.ethrex}/crates/guest-program/bin/zisk/${path}`, 'utf8')
      )
    )
    expect(own).toBe(copy)
    expect(await guest('zisk')).toMatchObject({ key: expect.any(String) as string })
  })

  it('says nothing of an execution, whose guest and input it leaves for ziskemu', async () => {
    const { code, stdout } = await replay(zisk, 'zisk')
    expect([code, messages(stdout).length]).toEqual([0, 3])
    const counted = await ziskemu(...both(), '-m')
    expect(counted.stdout).toContain(
      `\nprocess_rom() steps=${COUNT.zisk} duration=3.5754 tp=40.0000 Msteps/s `
    )
    expect(counted.stdout).not.toContain('STEPS')
    const report = await ziskemu(...both(), '-X')
    expect(report.stdout).toContain('\nSTEPS                        143,016,575\n')
    expect(report.stdout).toContain('\nTOTAL                     16,740,507,405 100.00%\n')
    const read = reading('zisk', 'execute', { stdout, emulator: report.stdout })
    expect([metric(read, 'cycles'), metric(read, 'steps')]).toEqual([BigInt(COUNT.zisk), BigInt(COUNT.zisk)])
    expect(read.outcome).toMatchObject({ sample: { costs: { length: 6 } } })
  })

  it('is counted by ziskemu only as it was left, and only when asked', async () => {
    const { code, stdout } = await ziskemu(...both())
    expect([code, /\d/.test(stdout)]).toEqual([0, false])
    expect(await ziskemu('-i', left('zisk_input.bin'), '-m')).toMatchObject({ code: 1, stdout: '' })
    expect(await ziskemu('-e', left('none'), '-i', left('zisk_input.bin'), '-m')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('ELF file does not exist') as string
    })
    expect(await ziskemu('-e', left('zkvm-zisk-program'), '-i', left('none'), '-m')).toMatchObject({
      code: 101
    })
    expect(await ziskemu(...both(), '-m', '-n', '1000')).toMatchObject({
      code: 1,
      stderr: 'Error during emulation: EmulationNoCompleted\n'
    })
    const other = workshop.path('other_input.bin')
    await writeFile(other, Buffer.alloc(64))
    expect(await ziskemu('-e', left('zkvm-zisk-program'), '-i', other, '-m')).toMatchObject({ code: 1 })
    expect(await ziskemu(...both(), '-x')).toMatchObject({ code: 2 })
  })

  it('proves without an execution, and leaves time and steps in a file', async () => {
    await rm(left('zisk_output'), { recursive: true, force: true })
    const { code, stdout } = await replay(zisk, 'zisk', { prove: true })
    expect(code).toBe(0)
    expect(stdout).toContain('#Txs: 3, Proving Time: 10m 20s | ')
    const text = await readFile(result(), 'utf8')
    expect(JSON.parse(text)).toEqual({ cycles: COUNT.zisk, id: '0000000000000064', time: 620 })
    expect(metric(reading('zisk', 'prove', { stdout, result: text }), 'cycles')).toBe(BigInt(COUNT.zisk))
    const verbose = await replay(zisk, 'zisk', { prove: true, more: ['-v'] })
    expect(verbose.stdout).toContain('\nExecution Result: Not executed\n')
  })

  it('fails without saying why, which is on stderr', async () => {
    const failed = await replay(zisk, 'zisk', { block: FAILS, prove: true })
    expect(failed.stdout).toContain(
      'Proving Error: Proving failed: Proving error: ZisK proof generation failed:  | '
    )
    expect(failed.stderr).toContain('Error: no shard shape fits')
    const panicked = await replay(zisk, 'zisk', { block: PANICS })
    expect(panicked.stdout).toContain('Execution failed: Execution error: ZisK execution failed:  | ')
  })

  describe('from version 16 on', () => {
    let before: Awaited<ReturnType<typeof guest>>
    beforeAll(async () => {
      before = await guest('zisk')
      zisk = await workshop.build(['zisk'], { zisk: 'V16', zkvms: { zisk: { perMille: 800 } } })
    })

    it('fails to prove where no file of an older proof lies', async () => {
      await rm(result(), { force: true })
      const { stdout } = await replay(zisk, 'zisk', { prove: true })
      expect(stdout).toContain('Proving failed: Proving error: No such file or directory (os error 2) | ')
    })

    it('reports the time of an older proof where its file lies', async () => {
      await writeFile(result(), '{ "cycles": 1, "id": "", "time": 7.5 }')
      const { stdout } = await replay(zisk, 'zisk', { prove: true })
      expect(stdout).toContain(', Proving Time: 07s 500ms | ')
    })

    it('is counted by ziskemu, whose input tells its length', async () => {
      expect((await readFile(left('zisk_input.bin'))).length % 8).toBe(0)
      expect((await ziskemu(...both(), '-m')).stdout).toContain('steps=163447515 ')
    })

    it('is as old as build.rs where its sources are changed in place', async () => {
      expect(await guest('zisk')).toEqual(before)
    })
  })
})

describe('SP1 6', () => {
  const debug = { RUST_LOG: 'sp1_prover::worker::prover::execute=debug' }
  const total =
    'DEBUG execute: sp1_prover::worker::prover::execute: minimal executor finished in 204312806 cycles'
  let sp1: string
  beforeAll(async () => {
    sp1 = await workshop.build(['sp1'], { sp1: 'V6' })
  })

  it('echoes its spans on stderr, and tells neither gas nor cycles', async () => {
    const { stdout, stderr } = await replay(sp1, 'sp1', { prove: true })
    expect(stdout).not.toMatch(/[┌└]╴|gas:|clk|cycles/)
    expect(stdout).toContain(
      'INFO execute: sp1_prover::worker::prover::execute: public_value_stream: [100, 0, 0, 0, 0, 0, 0, 0]\n'
    )
    expect(stderr).toMatch(
      /^stdout: cycle-tracker-report-start: read_input\nstdout: cycle-tracker-report-end: read_input\n/
    )
  })

  it('tells the exact total at DEBUG, once', async () => {
    const { stdout } = await replay(sp1, 'sp1', { prove: true, env: debug })
    expect(messages(stdout).filter((line) => line.includes('cycles'))).toEqual([total])
    expect(metric(reading('sp1', 'prove', { stdout }), 'cycles')).toBe(204_312_806n)
  })

  it('knows its spans in a build for profiling', async () => {
    const profiling = await workshop.build(['sp1', 'profiling'])
    const { stdout, stderr } = await replay(profiling, 'sp1', { env: debug })
    expect(stdout).toContain('INFO execute: sp1_core_executor::minimal::write: └╴191,414,247 cycles\n')
    expect(messages(stdout)).toContain(total)
    expect(stderr).not.toContain('cycle-tracker')
  })
})

describe('a zkVM that is not built in', () => {
  it.each(['risc0', 'zisk', 'openvm'] as const)('%s: the block is loaded, and nothing run', async (zkvm) => {
    const { code, stdout } = await replay(zkvm === 'zisk' ? cpu : zisk, zkvm)
    expect(code).toBe(1)
    expect(messages(stdout).slice(0, 2)).toEqual([
      'INFO ethrex_replay::fetcher: Getting block 100 data from cache',
      `ERROR ethrex_replay: ${zkvm} feature not enabled`
    ])
  })
})
