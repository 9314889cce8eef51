import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytes, milliseconds } from '../../../src/domain/quantity.ts'
import { aliveWith, logsIn, newMarker, newProcesses, program, temporaryDirectory, until } from './programs.ts'

const SOON = milliseconds(10_000)

describe('a program that ends by itself', { timeout: 30_000 }, () => {
  it.for([0, 1, 2, 101])('gives its status %i', async (status) => {
    const { processes } = newProcesses()
    const { finished } = await processes.capture(program('exit.sh', String(status)), SOON)
    expect(finished.end).toEqual({ kind: 'ended', exit: { kind: 'exited', code: status } })
    expect(finished.leftovers).toEqual([])
  })

  it('gives the signal that it died of', async () => {
    const { finished } = await newProcesses().processes.capture(program('crash.sh'), SOON)
    expect(finished.end).toEqual({ kind: 'ended', exit: { kind: 'signalled', signal: 'SIGSEGV' } })
  })

  it('carries a tag of its own', async () => {
    const { processes, tag } = newProcesses()
    const outputs = [
      await processes.capture(program('own-tag.sh'), SOON),
      await processes.capture(program('own-tag.sh'), SOON)
    ]
    expect(outputs.map((output) => output.stdout)).toEqual([`${tag}.1\n`, `${tag}.2\n`])
  })

  it('trap 6: is not waited for by what it leaves behind, which is ended and named', async () => {
    const [directory, marker] = [temporaryDirectory(), newMarker()]
    const finished = await newProcesses().processes.run(program('leaves-child.sh', marker), logsIn(directory))
    expect(finished.end).toEqual({ kind: 'ended', exit: { kind: 'exited', code: 0 } })
    expect(finished.leftovers.join()).toMatch(/^\d+ (sh|sleep)/)
    expect(aliveWith(marker)).toEqual([])
    expect(finished.wall).toBeLessThan(1_000)
    expect(readFileSync(join(directory, 'stdout.log'), 'utf8')).toContain('done\n')
  })

  it('leaves no daemon that moved to another session', async () => {
    const marker = newMarker()
    const { finished } = await newProcesses().processes.capture(program('daemon.sh', marker), SOON)
    expect(finished.leftovers.length).toBeGreaterThan(0)
    expect(aliveWith(marker)).toEqual([])
  })

  it('does not disturb another that runs meanwhile under the same run', async () => {
    const { processes, cancel } = newProcesses()
    const marker = newMarker()
    const long = processes.capture(program('stubborn.sh', marker, '0'), SOON)
    await until(() => aliveWith(marker).length > 0)
    await processes.capture(program('exit.sh', '0'), SOON)
    expect(aliveWith(marker)).toHaveLength(1)
    cancel.abort()
    expect((await long).finished.end).toEqual({ kind: 'cancelled' })
  })
})

describe('a program that is not there', { timeout: 30_000 }, () => {
  const { program: sh, ...rest } = program('exit.sh', '0')
  it.for([
    ['no such program', { program: 'no-such-program', ...rest }, 'no such program'],
    ['no such path', { program: '/no/such/program', ...rest }, 'no such program'],
    ['not executable', { program: '/etc/passwd', ...rest }, 'may not be executed'],
    ['no such directory', { program: sh, ...rest, cwd: '/no/such' }, '/no/such does not exist'],
    ['too many bytes', { program: sh, ...rest, args: ['x'.repeat(200_000)] }, 'longer than the system takes']
  ] as const)('%s', async ([, command, message]) => {
    const { finished } = await newProcesses().processes.capture(command, SOON)
    expect(finished.end).toMatchObject({
      kind: 'not-started',
      message: expect.stringContaining(message) as string
    })
  })

  it('is not started once the run is cancelled', async () => {
    const { processes, cancel } = newProcesses()
    cancel.abort()
    expect((await processes.capture(program('exit.sh', '0'), SOON)).finished.end).toEqual({
      kind: 'cancelled'
    })
  })
})

describe('a tree that has to be stopped', { timeout: 30_000 }, () => {
  it('ends at its deadline', async () => {
    const marker = newMarker()
    const { finished } = await newProcesses().processes.capture(
      program('sleeper.sh', marker),
      milliseconds(200)
    )
    expect(finished.end).toEqual({ kind: 'timeout' })
    expect(finished.leftovers).toEqual([])
    expect(finished.wall).toBeLessThan(600)
  })

  it('ends within three seconds of a cancel, though it ignores INT and TERM', async () => {
    const [{ processes, cancel }, marker] = [newProcesses(), newMarker()]
    const captured = processes.capture(program('stubborn.sh', marker), SOON)
    await until(() => aliveWith(marker).length === 7)
    const began = performance.now()
    cancel.abort()
    expect((await captured).finished.end).toEqual({ kind: 'cancelled' })
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(aliveWith(marker)).toEqual([])
  })

  it('ends at once of a hard cancel, before or after a soft one', async () => {
    for (const isSoftFirst of [true, false]) {
      const [{ processes, cancel, kill }, marker] = [newProcesses(), newMarker()]
      const captured = processes.capture(program('stubborn.sh', marker), SOON)
      await until(() => aliveWith(marker).length === 7)
      const began = performance.now()
      if (isSoftFirst) cancel.abort()
      kill.abort()
      expect((await captured).finished.end).toEqual({ kind: 'cancelled' })
      // A loaded machine forks slowly; all that matters is that nobody waited for the grace of a soft cancel.
      expect(performance.now() - began).toBeLessThan(1_200)
      expect(aliveWith(marker)).toEqual([])
    }
  })

  it('ends though it starts new sessions all the while', async () => {
    const [{ processes, cancel }, marker] = [newProcesses(), newMarker()]
    const captured = processes.capture(program('relay.sh', marker, 'first'), SOON)
    await until(() => aliveWith(marker).length > 3)
    cancel.abort()
    expect((await captured).finished.leftovers).toEqual([])
    expect(aliveWith(marker)).toEqual([])
  })

  it('ends when its log grows beyond the limit', async () => {
    const directory = temporaryDirectory()
    const options = { ...logsIn(directory), logLimit: bytes(1_000_000) }
    const finished = await newProcesses().processes.run(program('flood.sh'), options)
    expect(finished.end).toEqual({ kind: 'log-limit' })
    expect(finished.wall).toBeLessThan(1_500)
  })

  it('ends when a captured text grows beyond 16 MiB', async () => {
    const { finished, stdout } = await newProcesses().processes.capture(program('flood.sh'), SOON)
    expect(finished.end).toEqual({ kind: 'log-limit' })
    expect(stdout).toHaveLength(16 * 1024 * 1024)
  })
})

describe('the logs', { timeout: 30_000 }, () => {
  it('are emptied first, and are one where both streams have one path', async () => {
    const path = join(temporaryDirectory(), 'both.log')
    writeFileSync(path, 'of an earlier run')
    const command = { ...program('exit.sh'), args: ['-c', 'echo out; echo err >&2; echo out'] }
    await newProcesses().processes.run(command, { stdout: path, stderr: path, deadline: SOON })
    expect(readFileSync(path, 'utf8')).toBe('out\nerr\nout\n')
  })

  it('are never written through a link', async () => {
    const directory = temporaryDirectory()
    const target = join(directory, 'precious')
    writeFileSync(target, 'precious')
    symlinkSync(target, join(directory, 'stdout.log'))
    await expect(newProcesses().processes.run(program('exit.sh', '0'), logsIn(directory))).rejects.toThrow(
      'ELOOP'
    )
    expect(readFileSync(target, 'utf8')).toBe('precious')
  })

  it('are watched four times a second', async () => {
    const ticks: number[] = []
    const options = { ...logsIn(temporaryDirectory(), 900), onTick: (elapsed: number) => ticks.push(elapsed) }
    await newProcesses().processes.run(program('sleeper.sh', newMarker()), options)
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
  })
})
