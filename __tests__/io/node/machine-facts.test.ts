import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readMachine } from '../../../src/io/node/machine-facts.ts'
import { newProcesses, PATH, temporaryDirectory } from './programs.ts'

const factsWith = async (nvidiaSmi: string | null) => {
  const bin = temporaryDirectory()
  if (nvidiaSmi !== null) writeFileSync(join(bin, 'nvidia-smi'), `#!/bin/sh\n${nvidiaSmi}\n`, { mode: 0o755 })
  return readMachine({ processes: newProcesses().processes, env: { PATH: `${bin}:${PATH}` } }, 'rustc 1.90.0')
}

it('are known of this machine', async () => {
  const machine = await factsWith("echo 'NVIDIA H100 80GB HBM3, 550.54.15'")
  expect(machine).toMatchObject({
    gpu: 'NVIDIA H100 80GB HBM3',
    driver: '550.54.15',
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
