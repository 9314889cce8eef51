import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readMachine } from '../../../src/io/node/machine-facts.ts'
import { installNvidiaSmi } from '../../support/nvidia-smi.ts'
import { newProcesses, PATH, temporaryDirectory } from './programs.ts'

const factsIn = (bin: string) =>
  readMachine({ processes: newProcesses().processes, env: { PATH: `${bin}:${PATH}` } }, 'rustc 1.90.0')

const factsWith = (nvidiaSmi: string) => {
  const bin = temporaryDirectory()
  writeFileSync(join(bin, 'nvidia-smi'), `#!/bin/sh\n${nvidiaSmi}\n`, { mode: 0o755 })
  return factsIn(bin)
}

it('are known of this machine', async () => {
  const machine = await factsWith("echo 'NVIDIA H100 80GB HBM3, 550.54.15'")
  expect(machine).toMatchObject({
    gpu: 'NVIDIA H100 80GB HBM3',
    driver: '550.54.15',
    clocks: null,
    rustc: 'rustc 1.90.0',
    node: process.version
  })
  expect(machine.cores).toBeGreaterThan(0)
  expect(machine.memory).toBeGreaterThan(1e8)
  expect(machine.os).not.toBe('')
})

it.for([
  ['fails', 'exit 9', null],
  ['says nothing', '', null],
  ['knows two', "printf 'A, 1\\nA, 1\\n'", '2 × A'],
  ['knows two kinds', "printf 'A, 1\\nB, 1\\n'", 'A, B'],
  ['plays tricks', "printf '\\033[31mA\\033[0m ##[x, 1\\n'", 'A ##[x']
] as const)('with an nvidia-smi that %s', async ([, script, gpu]) => {
  expect((await factsWith(script)).gpu).toBe(gpu)
})

it.for([
  ['an idle GPU that may drop its clock', '', 'not-locked'],
  ['an idle GPU that does not', 'clocks_throttle_reasons_active=0x0', 'locked'],
  ['an idle GPU that names the setting', 'clocks_throttle_reasons_active=0x2', 'locked'],
  ['an idle GPU held by something else', 'clocks_throttle_reasons_active=0x4', null],
  ['a driver that only woke up', 'clocks_throttle_reasons_active=0x0 persistence_mode=Disabled', null],
  ['a GPU in use', 'clocks_throttle_reasons_active=0x0 utilization_gpu=3', null],
  ['a GPU that somebody has open', "clocks_throttle_reasons_active=0x0 apps='12, python'", null],
  ['one that does not say', "utilization_gpu='[N/A]' clocks_throttle_reasons_active=0x0", null],
  ['one with other words', 'clocks_throttle_reasons_active=Active', null],
  ['two that are held', 'gpus=2 clocks_throttle_reasons_active=0x0', 'locked'],
  ['two of which one is free', 'gpus=2 clocks_throttle_reasons_active_1=0x0', 'not-locked'],
  ['two of which one is in use', 'gpus=2 clocks_throttle_reasons_active=0x0 utilization_gpu_1=50', null],
  ['a driver without that field', 'persistence_mode=', null],
  ['garbage', '[ "$query" = name,driver_version ] || garbage', null]
] as const)('clocks of %s', async ([, scenario, clocks]) => {
  const bin = join(temporaryDirectory(), 'bin')
  installNvidiaSmi(bin, scenario)
  expect(await factsIn(bin)).toMatchObject({ driver: '590.48.01', clocks })
})
