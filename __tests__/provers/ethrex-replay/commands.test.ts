import { expect, test } from 'vitest'
import {
  buildCommand,
  buildFeatures,
  inputCommand,
  trialCommand
} from '../../../src/provers/ethrex-replay/commands.ts'
import { blockOf } from '../read-log.ts'

const workload = {
  block: blockOf(23769083),
  network: 'mainnet',
  zkvm: 'sp1',
  resource: 'gpu',
  proofType: 'compressed'
} as const

test('a proof runs without RUST_LOG, with its proof type', () => {
  const { args, env, keepFiles } = trialCommand({ workload, mode: 'prove', witnessDir: '/w', checkout: '/c' })
  expect(args.join(' ')).toBe(
    'block 23769083 --zkvm sp1 --resource gpu --action prove --proof compressed --cached --network mainnet' +
      ' --cache-dir /w --bench'
  )
  expect(env).toEqual({ NO_COLOR: '1' })
  expect(keepFiles).toEqual([{ name: 'bench', paths: ['bench_latest.json'] }])
})

test('an execution asks SP1 for its clock (v5) and its total (v6)', () => {
  const { args, env } = trialCommand({ workload, mode: 'execute', witnessDir: '/w', checkout: '/c' })
  expect(args).not.toContain('--proof')
  expect(env['RUST_LOG']).toBe('sp1_core_executor::executor=info,sp1_prover::worker::prover::execute=debug')
})

test('the zkVM is spelled as clap spells it', () => {
  const { args } = trialCommand({
    workload: { ...workload, zkvm: 'openvm' },
    mode: 'execute',
    witnessDir: '/w',
    checkout: '/c'
  })
  expect(args).toContain('open-vm')
})

test('a build names its features, its patch and its target directory', () => {
  expect(buildFeatures({ zkvm: 'sp1', resource: 'cpu' })).toEqual(['sp1'])
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
