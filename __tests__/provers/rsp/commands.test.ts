import { expect, test } from 'vitest'
import type { Mode, Resource } from '../../../src/domain/workload.ts'
import { rsp } from '../../../src/provers/rsp/rsp.ts'
import { blockOf } from '../read-log.ts'

const block = blockOf(23426993)

const trial = (mode: Mode, resource: Resource, network: 'mainnet' | 'sepolia' = 'mainnet') =>
  rsp.trialCommand({
    workload: { block, network, zkvm: 'sp1', resource, proofType: 'compressed' },
    mode,
    witnessDir: '/cache/input',
    checkout: '/cache/build/host'
  })

test('a build is of the one package, and asks for the GPU by name', () => {
  const paths = { targetDir: '/t', patchFile: null }
  const command = ['build', '--release', '--package', 'rsp', '--bin', 'rsp']
  expect(rsp.buildCommand({ zkvm: 'sp1', resource: 'gpu' }, paths)).toMatchObject({
    program: 'cargo',
    args: [...command, '--features', 'sp1-sdk/cuda', '--target-dir', '/t'],
    binary: 'release/rsp'
  })
  const cpu = rsp.buildCommand({ zkvm: 'sp1', resource: 'cpu' }, { ...paths, patchFile: '/p.toml' })
  expect(cpu.args).toEqual([...command, '--config', '/p.toml', '--target-dir', '/t'])
  expect(cpu.env).not.toHaveProperty('SP1_PROVER')
})

test('a trial is offline: a chain, a directory of inputs, and no endpoint', () => {
  const { args, env, keepFiles } = trial('prove', 'gpu')
  expect(args).toEqual([
    ...['--block-number', '23426993', '--chain-id', '1', '--cache-dir', '/cache/input'],
    ...['--prove', '--report-path', 'report.csv']
  ])
  expect(env).toEqual({ NO_COLOR: '1', SP1_PROVER: 'cuda' })
  expect(keepFiles).toEqual([{ name: 'csv', paths: ['report.csv'] }])
  expect(trial('execute', 'cpu', 'sepolia').args).toContain('11155111')
})

test.each<readonly [Mode, Resource, string]>([
  ['prove', 'gpu', 'cuda'],
  ['prove', 'cpu', 'cpu'],
  // No server is started where nothing is proven.
  ['execute', 'gpu', 'cpu'],
  ['execute', 'cpu', 'cpu']
])('to %s on a %s SP1_PROVER is %s', (mode, resource, prover) => {
  const { args, env } = trial(mode, resource)
  expect(env['SP1_PROVER']).toBe(prover)
  expect(args.includes('--prove')).toBe(mode === 'prove')
})

test('an input is made by way of an endpoint, below the working directory', () => {
  const options = { block, network: 'hoodi', rpcUrl: 'http://127.0.0.1:1/token', outputDir: '/out' } as const
  const { args, env, cacheFile } = rsp.inputCommand(options)
  expect(args.join(' ')).toBe(
    '--block-number 23426993 --chain-id 560048 --rpc-url http://127.0.0.1:1/token --cache-dir . --report-path report.csv'
  )
  expect(env).toEqual({ NO_COLOR: '1', SP1_PROVER: 'cpu' })
  expect(cacheFile).toBe('input/560048/23426993.bin')
})

test('it has a guest of its own, which is compared with nothing', () => {
  expect(rsp.guestArtefacts('sp1')).toEqual([])
  expect(rsp.abilities).toMatchObject({
    zkvms: ['sp1'],
    modes: ['execute', 'prove'],
    resources: ['gpu', 'cpu']
  })
})
