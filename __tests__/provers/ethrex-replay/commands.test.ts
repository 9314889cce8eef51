import { describe, expect, test } from 'vitest'
import { RESOURCES, ZKVMS, type Mode, type Resource, type ZkVm } from '../../../src/domain/workload.ts'
import {
  buildCommand,
  buildFeatures,
  inputCommand,
  trialCommand
} from '../../../src/provers/ethrex-replay/commands.ts'
import { blockOf } from '../read-log.ts'

const MODES: readonly Mode[] = ['execute', 'prove']

const workload = {
  block: blockOf(23769083),
  network: 'mainnet',
  zkvm: 'sp1',
  resource: 'gpu',
  proofType: 'compressed'
} as const

const trialOf = (zkvm: ZkVm, mode: Mode, resource: Resource = 'gpu') =>
  trialCommand({ workload: { ...workload, zkvm, resource }, mode, witnessDir: '/w', checkout: '/c' })

test('a proof of SP1 runs without RUST_LOG, with its proof type', () => {
  const { args, env, keepFiles } = trialOf('sp1', 'prove')
  expect(args.join(' ')).toBe(
    'block 23769083 --zkvm sp1 --resource gpu --action prove --proof compressed --cached --network mainnet' +
      ' --cache-dir /w --bench'
  )
  expect(env).toEqual({ NO_COLOR: '1' })
  expect(keepFiles).toEqual([{ name: 'bench', paths: ['bench_latest.json'] }])
})

test('an execution asks SP1 for its clock (v5) and its total (v6)', () => {
  const { args, env } = trialOf('sp1', 'execute')
  expect(args).not.toContain('--proof')
  expect(env['RUST_LOG']).toBe('sp1_core_executor::executor=info,sp1_prover::worker::prover::execute=debug')
})

test.each(MODES)(
  'RISC0 is always asked for its cycles, and r0vm for its log where it does the work: %s',
  (mode) => {
    expect(trialOf('risc0', mode, 'gpu').env).toEqual({ NO_COLOR: '1', RISC0_INFO: '1' })
    expect(trialOf('risc0', mode, 'cpu').env).toEqual({ NO_COLOR: '1', RISC0_INFO: '1', RUST_LOG: 'info' })
  }
)

test.each(['zisk', 'openvm'] as const)('%s prints no more for being asked', (zkvm) => {
  const all = MODES.flatMap((mode) => RESOURCES.map((resource) => trialOf(zkvm, mode, resource).env))
  for (const env of all) expect(env).toEqual({ NO_COLOR: '1' })
})

test('the zkVM is spelled as clap spells it', () => {
  const spelled = ZKVMS.map((zkvm) => trialOf(zkvm, 'execute').args[3])
  expect(spelled).toEqual(['sp1', 'risc0', 'zisk', 'open-vm'])
})

test.each(ZKVMS.filter((zkvm) => zkvm !== 'zisk'))(
  '%s leaves nothing outside the working directory',
  (zkvm) => {
    for (const mode of MODES) {
      expect(trialOf(zkvm, mode)).toMatchObject({ directories: [], removeFirst: [], after: [] })
    }
  }
)

describe('ZisK, whose files are where ethrex was when it was built', () => {
  const [OLD, NEW] = ['/c/crates/l2/prover', '/c/crates/prover']

  test.each(MODES)('its directory is there and holds nothing of an earlier trial: %s', (mode) => {
    const { directories, removeFirst } = trialOf('zisk', mode)
    expect(directories).toEqual([OLD, NEW])
    for (const directory of directories) {
      expect(removeFirst).toEqual(
        expect.arrayContaining([
          `${directory}/zisk_output`,
          `${directory}/zisk_input.bin`,
          `${directory}/zkvm-zisk-program`
        ])
      )
    }
  })

  test('its steps are counted after an execution, by the emulator', () => {
    const { after, keepFiles } = trialOf('zisk', 'execute')
    expect(keepFiles.map(({ name }) => name)).toEqual(['bench'])
    const files = ['/c/crates/l2/prover/zkvm-zisk-program', '/c/crates/l2/prover/zisk_input.bin']
    expect(after[0]).toEqual({
      program: 'ziskemu',
      args: ['-e', files[0], '-i', files[1], '-X'],
      env: {},
      keeps: 'emulator',
      needs: files
    })
    expect(after[1]?.needs).toEqual(['/c/crates/prover/zkvm-zisk-program', '/c/crates/prover/zisk_input.bin'])
  })

  test('its steps are in a file after a proof', () => {
    const { after, keepFiles } = trialOf('zisk', 'prove')
    expect(after).toEqual([])
    expect(keepFiles).toEqual([
      { name: 'bench', paths: ['bench_latest.json'] },
      { name: 'result', paths: [`${OLD}/zisk_output/result.json`, `${NEW}/zisk_output/result.json`] }
    ])
  })
})

test.each(ZKVMS)('%s has a feature of its name, and the GPU one of its own', (zkvm) => {
  expect(buildFeatures({ zkvm, resource: 'cpu' })).toEqual([zkvm])
  expect(buildFeatures({ zkvm, resource: 'gpu' })).toEqual([zkvm, 'gpu'])
})

test('a build names its features, its patch and its target directory', () => {
  const { args, env, binary } = buildCommand(
    { zkvm: 'sp1', resource: 'gpu' },
    { targetDir: '/t', patchFile: '/patch.toml' }
  )
  expect(args.join(' ')).toBe(
    'build --release --bin ethrex-replay --features sp1,gpu --config /patch.toml --target-dir /t'
  )
  expect(Object.keys(env)).not.toContain('CARGO_TARGET_DIR')
  expect(binary).toBe('release/ethrex-replay')
})

test('the input of a block comes from the endpoint', () => {
  const { args, cacheFile } = inputCommand({
    block: workload.block,
    network: 'mainnet',
    rpcUrl: 'http://127.0.0.1:9/x',
    outputDir: '/o'
  })
  expect(args.join(' ')).toBe(
    'generate-input --block 23769083 --output-dir /o --rpc-url http://127.0.0.1:9/x'
  )
  expect(cacheFile).toBe('replay_cache/cache_mainnet_23769083.json')
})
