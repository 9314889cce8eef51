import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory
let bin: string
let daemon: string

/** A docker whose daemon is a folder: a file is a container, with its name in it, that runs as long as `run` does. */
const docker = (directory: string): string => `#!/bin/sh
echo "$*" >> '${directory}.calls'
case "$1" in
  run)
    id=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \\n')
    printf sp1-gpu > '${directory}'/$id
    exec sleep 300 ;;
  ps)
    case "$*" in *sp1-gpu*) ;; *) exit 0 ;; esac
    for file in '${directory}'/*; do
      [ -e "$file" ] && printf '%s\\tsp1-gpu\\timage:v5\\n' "$(basename "$file")"
    done
    exit 0 ;;
  rm) rm '${directory}'/"$3" ;;
esac
`

beforeAll(async () => {
  laboratory = await openLaboratory({ behaviour: 'StartsContainer' }, { behaviour: 'StartsContainer' })
  bin = join(laboratory.directory, 'bin')
  daemon = join(laboratory.directory, 'daemon')
  for (const directory of [bin, daemon]) mkdirSync(directory)
  writeFileSync(join(bin, 'docker'), docker(daemon))
  chmodSync(join(bin, 'docker'), 0o755)
})

afterAll(() => laboratory.remove())

const runOnGpu = (name: string): Promise<Ended> => {
  const flags = laboratory.flags('100', join(laboratory.directory, name))
  const args = flags.map((flag) => (flag === 'cpu' ? 'gpu' : flag))
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
  return runCli(['run', ...args], { cwd: laboratory.directory, env })
}

test('trap 6: the container that each trial leaves is removed by its id, and nothing of it is left', async () => {
  const { code, stdout } = await runOnGpu('report')
  expect(code).toBe(0)
  expect(stdout).toContain('removed the container sp1-gpu that the prover left')
  expect(readdirSync(daemon)).toEqual([])
  const calls = readFileSync(`${daemon}.calls`, 'utf8').split('\n')
  const count = (pattern: RegExp): number => calls.filter((call) => pattern.test(call)).length
  // Two executions and their checks, the warm-up, and five pairs of one block.
  expect(count(/^run /)).toBe(15)
  // A trial may be over before its container is up: what came up was removed.
  expect(count(/^rm --force [0-9a-f]{64}$/)).toBeGreaterThan(0)
  expect(count(/^rm .*sp1-gpu/)).toBe(0)
  expect(processesWith(laboratory.directory)).toEqual([])
})

test('a container of that name that is not ours is named, with what removes it, and stays', async () => {
  const stranger = 'e'.repeat(64)
  writeFileSync(join(daemon, stranger), 'sp1-gpu')
  const { code, stdout } = await runOnGpu('stranger')
  expect(code).toBe(3)
  expect(stdout).toContain('docker rm -f sp1-gpu')
  expect(stdout).toMatch(/infrastructure/i)
  expect(readdirSync(daemon)).toEqual([stranger])
  rmSync(join(daemon, stranger))
})
