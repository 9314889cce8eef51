import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeWitness } from '../../stand-in/witnesses.ts'
import type { HostDialect } from '../../stand-in/sources.ts'
import type { Ended } from './workshop.ts'
import { start, Workshop } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })

const DIALECTS: readonly HostDialect[] = ['2693e01', '372aa07', '6fae6c2', '4561304']
const FAILS = 101
const PANICS = 102

let workshop: Workshop
/** With SP1, by what it speaks. */
const hosts = new Map<HostDialect, string>()

beforeAll(async () => {
  workshop = await Workshop.open({
    timeScale: 100_000,
    behaviours: { [FAILS]: 'FailsInProving', [PANICS]: 'PanicsInExecution' }
  })
  for (const number of [100, FAILS, PANICS]) {
    await writeWitness(workshop.path('replay_cache'), { number, gas: 10_000_000, transactions: 3 })
  }
  for (const dialect of DIALECTS) {
    hosts.set(dialect, await workshop.buildAs(dialect, ['sp1']))
  }
})
afterAll(() => workshop.close())

const CACHED = ['--cached', '--network', 'mainnet']

const replay = (dialect: HostDialect, ...args: readonly string[]): Promise<Ended> =>
  start(hosts.get(dialect) ?? '', args, { cwd: workshop.directory }).exited

const block = (dialect: HostDialect, number: number, ...flags: readonly string[]): Promise<Ended> =>
  replay(dialect, 'block', String(number), ...CACHED, ...flags)

const messages = ({ stdout }: Ended): readonly string[] =>
  stdout.split('\n').map((line) => line.replace(/^\S+Z +/, ''))

/** The last line of the log, without the block. */
const reported = (ended: Ended): string => messages(ended).at(-2)?.split('#Txs: 3')[1] ?? ''

const PROVE = ['--zkvm', 'sp1', '--action', 'prove']
const SHAPE = 'Proving failed: Proving error: no shard shape fits, of 47 tried'
const GUEST = 'Execution failed: Execution error: execution failed with exit code 1'
const PROOF = 'Proving failed: Proving error: execution failed with exit code 1'

describe('the report line', () => {
  it.each(DIALECTS)('of %s is the same where all goes well', async (dialect) => {
    const link = 'https://etherscan.io/block/100 | https://ethproofs.org/blocks/100'
    expect(reported(await block(dialect, 100, ...PROVE))).toMatch(
      new RegExp(`^, Execution Time: 00s 041ms, Proving Time: 00s 010ms \\| ${link.replace('|', '\\|')}$`)
    )
  })

  it.each(['2693e01', '372aa07'] as const)('of %s tells a failure as a result', async (dialect) => {
    const fails = await block(dialect, FAILS, ...PROVE)
    expect([fails.code, reported(fails)]).toEqual([
      0,
      `, Execution Result: Succeeded, Proving Error: ${SHAPE} | https://etherscan.io/block/101`
    ])
    expect(reported(await block(dialect, PANICS, ...PROVE))).toBe(
      `, Execution Result: ⚠️ Failed with ${GUEST}, Proving Error: ${PROOF} | https://etherscan.io/block/102`
    )
    expect(reported(await block(dialect, PANICS, '--zkvm', 'sp1'))).toBe(
      `, Execution Result: ⚠️ Failed with ${GUEST} | https://etherscan.io/block/102`
    )
  })

  it.each(['6fae6c2', '4561304'] as const)('of %s tells a failure as an error', async (dialect) => {
    expect(reported(await block(dialect, FAILS, ...PROVE))).toBe(
      `, Proving Error: ${SHAPE} | https://etherscan.io/block/101`
    )
    expect(reported(await block(dialect, PANICS, ...PROVE))).toBe(
      `, Execution Error: ${GUEST}, Proving Error: ${PROOF} | https://etherscan.io/block/102`
    )
  })
})

describe('the zkVMs', () => {
  it.each([
    ['372aa07', true],
    ['6fae6c2', false]
  ] as const)('with ZisK among them are executed by %s before a proof: %s', async (dialect, isExecuted) => {
    const binary = await workshop.buildAs(dialect, ['sp1', 'zisk'])
    for (const zkvm of ['zisk', 'sp1']) {
      const args = ['block', '100', ...CACHED, '--zkvm', zkvm, '--action', 'prove']
      const { stdout } = await start(binary, args, { cwd: workshop.directory }).exited
      expect(stdout.includes('Execution Time: ')).toBe(isExecuted)
      expect(stdout).toContain(`Proving Time: 00s 0${zkvm === 'zisk' ? '05' : '10'}ms`)
    }
  })

  it('of 2693e01 are two, and newer flags and commands are unknown to it', async () => {
    const zisk = await block('2693e01', 100, '--zkvm', 'zisk')
    expect([zisk.code, zisk.stdout]).toEqual([
      1,
      expect.stringContaining('ERROR ethrex_replay: Only SP1 and RISC0 backends are supported currently')
    ])
    const risc0 = await block('2693e01', 100, '--zkvm', 'risc0')
    expect(risc0.stdout).toContain('ERROR ethrex_replay: RISC0 feature not enabled')
    const proof = await block('2693e01', 100, ...PROVE, '--proof', 'compressed')
    expect([proof.code, proof.stderr]).toEqual([2, expect.stringContaining("unexpected argument '--proof'")])
    const input = await replay('2693e01', 'generate-input', '--block', '1', '--rpc-url', 'http://x')
    expect([input.code, input.stderr]).toEqual([2, expect.stringContaining('unrecognized subcommand')])
    expect((await block('6fae6c2', 100, '--no-zkvm', '--repeat', '2')).code).toBe(2)
  })
})

describe('without a zkVM', () => {
  const logged = async (dialect: HostDialect, ...flags: readonly string[]): Promise<readonly string[]> =>
    messages(await block(dialect, 100, '--no-zkvm', ...flags)).slice(1, -2)

  it.each([
    ['6fae6c2', 'add_block'],
    ['4561304', 'add_block_pipeline']
  ] as const)('%s runs %s', async (dialect, call) => {
    expect(await logged(dialect)).toEqual(
      [
        'Preparing Storage for execution without zkVM',
        'Storage preparation finished in 2.30ms',
        'Executing block 100 on mainnet',
        `${call} execution time: 10.00ms`
      ].map((message) => `INFO ethrex_replay::cli: ${message}`)
    )
  })

  it('sums up several runs, and reports their median', async () => {
    const ended = await block('4561304', 100, '--no-zkvm', '--repeat', '3')
    expect(messages(ended).slice(9, -2)).toEqual([
      'INFO ethrex_replay::cli: --- Run 3/3 ---',
      'INFO ethrex_replay::cli: Preparing Storage for execution without zkVM',
      'INFO ethrex_replay::cli: Storage preparation finished in 2.30ms',
      'INFO ethrex_replay::cli: Executing block 100 on mainnet',
      'INFO ethrex_replay::cli: === Profiling Results (3 runs) ===',
      'INFO ethrex_replay::cli: Preparation:',
      '  min:      2.30ms',
      '  max:      2.30ms',
      '  mean:     2.30ms',
      '  median:   2.30ms',
      '  stddev:     0.00ms',
      '  p95:      2.30ms',
      '  p99:      2.30ms',
      'INFO ethrex_replay::cli: Execution (add_block_pipeline):',
      '  min:     10.00ms',
      '  max:     12.00ms',
      '  mean:    11.00ms',
      '  median:  11.00ms',
      '  stddev:     0.82ms',
      '  p95:     12.00ms',
      '  p99:     12.00ms',
      'INFO ethrex_replay::cli: Individual runs:',
      'INFO ethrex_replay::profiling:   # 1: prep=  2.30ms exec= 10.00ms total= 12.30ms',
      'INFO ethrex_replay::profiling:   # 2: prep=  2.30ms exec= 11.00ms total= 13.30ms',
      'INFO ethrex_replay::profiling:   # 3: prep=  2.30ms exec= 12.00ms total= 14.30ms'
    ])
    expect(reported(ended)).toContain('Execution Time: 00s 011ms | ')
    expect(ended.stdout).not.toContain('execution time:')
  })

  it('proves nothing, and exits with 0', async () => {
    const ended = await block('4561304', 100, '--no-zkvm', '--action', 'prove')
    expect([ended.code, reported(ended)]).toEqual([
      0,
      expect.stringContaining(', Execution Error: Proving not enabled without backend | ')
    ])
    const verbose = await block('4561304', 100, '--no-zkvm', '--action', 'prove', '-v')
    expect(verbose.stdout).toMatch(
      /⚠️ Failed to Prove Block on CPU\n[^]*\nExecution Error: Proving not enabled without backend\n/
    )
  })

  it('runs the guest natively where nothing is asked for, also in place of a proof', async () => {
    const ended = await block('4561304', 100, '--action', 'prove')
    const target = 'ethrex_prover::backend::exec'
    const ran = `INFO ${target}: Successfully executed program in 41.00ms`
    expect(messages(ended).slice(1, -2)).toEqual([
      ran,
      `WARN ${target}: "exec" prover backend generates no proof, only executes`,
      ran
    ])
    expect(reported(ended)).toContain(', Execution Time: 00s 041ms, Proving Time: 00s 041ms | ')
  })
})
