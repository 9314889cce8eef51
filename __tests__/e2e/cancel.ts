import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { journalLines, start, until, type Started } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({
    behaviours: { 101: 'IgnoresSignals', 102: 'Hangs', 103: 'Hangs' }
  })
})

afterAll(() => laboratory.remove())

const begin = (name: string, blocks: string): Started & { readonly reportDir: string } => {
  const reportDir = join(laboratory.directory, name)
  return {
    reportDir,
    ...start(['run', ...laboratory.flags(blocks, reportDir)], { cwd: laboratory.directory })
  }
}

const cancel = async (
  run: Started,
  signal: NodeJS.Signals
): Promise<{ seconds: number; code: number | null; stdout: string }> => {
  const began = performance.now()
  run.child.kill(signal)
  const { code, stdout } = await run.ended
  return { seconds: (performance.now() - began) / 1000, code, stdout }
}

const expectCancelled = (reportDir: string, stdout: string): void => {
  expect(stdout).toMatch(/cancelled/i)
  expect(readFileSync(join(reportDir, 'comment.md'), 'utf8')).toBe(stdout)
  expect(JSON.parse(readFileSync(join(reportDir, 'report.json'), 'utf8'))).toMatchObject({
    verdict: 'cancelled'
  })
  expect(JSON.parse(readFileSync(join(reportDir, 'measurements.json'), 'utf8'))).toMatchObject({
    legs: [{ ending: 'cancelled' }]
  })
  expect(processesWith(laboratory.directory)).toEqual([])
}

describe('cancelled, it ends within seven seconds, says so, and leaves nothing', () => {
  test('while building', async () => {
    const run = begin('building', '100')
    await until(() => existsSync(join(run.reportDir, 'logs/build-base.log')), 'the build')
    const { seconds, code, stdout } = await cancel(run, 'SIGINT')
    expect(code).toBe(130)
    expect(seconds).toBeLessThan(7)
    expectCancelled(run.reportDir, stdout)
  })

  test.each([
    ['executing, the child deaf to both signals', '100,101', 4, 'SIGINT'],
    ['proving', '100,102', 6, 'SIGTERM']
  ] as const)('while %s', async (name, blocks, lines, signal) => {
    const run = begin(name.replaceAll(/\W/g, '-'), blocks)
    await until(() => journalLines(run.reportDir).length >= lines, 'the trial before')
    await until(
      () => processesWith(laboratory.directory).some((line) => line.includes(blocks.slice(4))),
      'the trial'
    )
    const { seconds, code, stdout } = await cancel(run, signal)
    expect(code).toBe(130)
    expect(seconds).toBeLessThan(7)
    expectCancelled(run.reportDir, stdout)
    expect(stdout).toMatch(new RegExp(`after ${journalLines(run.reportDir).length - 1} of at most \\d+`))
  })

  test('a second signal ends it at once', async () => {
    const run = begin('twice', '100,101')
    await until(() => journalLines(run.reportDir).length >= 4, 'the trial before')
    await until(() => processesWith(laboratory.directory).some((line) => line.includes('101')), 'the trial')
    run.child.kill('SIGINT')
    await new Promise((settle) => setTimeout(settle, 100))
    const { seconds, code } = await cancel(run, 'SIGTERM')
    expect(code).toBe(130)
    expect(seconds).toBeLessThan(1.5)
    expect(processesWith(laboratory.directory)).toEqual([])
  })
})
