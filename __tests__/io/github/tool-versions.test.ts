import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { milliseconds } from '../../../src/domain/quantity.ts'
import { readToolVersions } from '../../../src/io/github/tool-versions.ts'

let directory = ''

const program = async (name: string, body: string): Promise<void> => {
  await writeFile(join(directory, name), `#!/bin/sh\n${body}\n`)
  await chmod(join(directory, name), 0o755)
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tool-versions-'))
  await program('git', 'echo "$CANARY$GIVEN"; echo second')
  await program('cargo', 'printf "cargo 1.\\033[31m95 \\r##[error]x"')
  await program('rustc', 'echo broken >&2; exit 7')
})
afterAll(() => rm(directory, { recursive: true }))

test('one printable line each, in the environment given, and nothing printed', async () => {
  vi.stubEnv('PATH', directory)
  vi.stubEnv('CANARY', 'canary')
  const write = vi.spyOn(process.stdout, 'write')
  const env = { PATH: directory, GIVEN: 'given' }
  expect(await readToolVersions({ env, deadline: milliseconds(20_000) })).toEqual([
    'git: given',
    'cargo: cargo 1.95',
    'rustc: does not say (exit 7)',
    'docker: not found'
  ])
  expect(write).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test('a tool that takes its time is not waited for', async () => {
  vi.stubEnv('PATH', `${directory}:${process.env['PATH'] ?? ''}`)
  await program('git', 'exec sleep 3')
  const began = performance.now()
  const [git] = await readToolVersions({
    env: { PATH: process.env['PATH'] ?? '' },
    deadline: milliseconds(50)
  })
  expect(git).toBe('git: did not say in time')
  expect(performance.now() - began).toBeLessThan(2000)
  vi.unstubAllEnvs()
})
