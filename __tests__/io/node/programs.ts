import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { milliseconds } from '../../../src/domain/quantity.ts'
import type { Command, RunOptions } from '../../../src/io/ports.ts'
import { createProcesses } from '../../../src/io/node/processes.ts'
import { makeTag } from '../../../src/io/node/tag.ts'

const PROGRAMS = new URL('../../fixtures/programs/', import.meta.url).pathname

export const programPath = (name: string): string => join(PROGRAMS, name)

export const PATH = process.env['PATH'] ?? ''

/** One of the small programs, each of which misbehaves in one way. */
export const program = (name: string, ...args: string[]): Command => ({
  program: name.endsWith('.sh') ? '/bin/sh' : process.execPath,
  args: [programPath(name), ...args],
  cwd: '/',
  env: { PATH }
})

/** Gone after the test. */
export const temporaryDirectory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'proving-regression-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** An argument by which the processes of one test are found, whatever they did to group and environment. */
export const newMarker = (): string => `marker-${randomUUID()}`

export const aliveWith = (marker: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(marker)
    } catch (error) {
      if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
        return false
      throw error
    }
  })

export const until = async (condition: () => boolean, within = 15_000): Promise<void> => {
  const end = performance.now() + within
  while (!condition()) {
    if (performance.now() > end) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const logsIn = (directory: string, deadline = 20_000): RunOptions => ({
  stdout: join(directory, 'stdout.log'),
  stderr: join(directory, 'stderr.log'),
  deadline: milliseconds(deadline)
})

/** Processes of a run of their own, with the two ways to stop it. */
export const newProcesses = () => {
  const [cancel, kill, tag] = [new AbortController(), new AbortController(), makeTag()]
  const processes = createProcesses({ tag, signal: cancel.signal, hardSignal: kill.signal })
  return { processes, cancel, kill, tag }
}
