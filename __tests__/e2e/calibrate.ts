import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCalibration } from '../../src/documents/calibration.ts'
import type { Calibration } from '../../src/domain/calibration.ts'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { journalLines, runCli, start, until, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({}, { secondsPerGigagas: 3, noise: { sd: 0.003, seed: 11 } })
})

afterAll(() => laboratory.remove())

const reportDir = (): string => join(laboratory.directory, 'machine')

/** Base against itself: what the other runs of a laboratory say of head is left out. */
const flags = (more: readonly string[] = []): readonly string[] => {
  const all = laboratory.flags('100-101', reportDir(), ['--effort', 'quick', ...more])
  const head = all.indexOf('--head')
  return ['run', '--mode', 'calibrate', ...all.toSpliced(head, 2)]
}

const calibrate = (more?: readonly string[]): Promise<Ended> =>
  runCli(flags(more), { cwd: laboratory.directory })

const read = (text: string): Calibration => {
  const calibration = readCalibration(text)
  if (!calibration.ok) throw new Error(calibration.error)
  return calibration.value
}

const kept = (): readonly string[] => {
  const root = join(laboratory.cacheDir, 'calibrations')
  return readdirSync(root).flatMap((key) => readdirSync(join(root, key)).map((name) => join(root, key, name)))
}

const reportOf = (session: string): unknown =>
  JSON.parse(readFileSync(join(reportDir(), session, 'report.json'), 'utf8'))

test('a head is refused, and nothing is begun', async () => {
  const { code, stderr } = await runCli([...flags(), '--head', 'all-opts'], { cwd: laboratory.directory })
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^--head: "all-opts" cannot go together with mode/)
  ])
})

test('killed in its second session, it keeps the first and goes on in the second', async () => {
  const [first, second] = ['same-build', 'rebuild'].map((name) => join(reportDir(), name))
  const started = start(flags(), { cwd: laboratory.directory })
  await until(() => journalLines(second!).length >= 9, 'trials of the second session')
  started.child.kill('SIGKILL')
  await started.ended
  const before = { first: journalLines(first!), second: journalLines(second!) }
  const { code, stderr, stdout } = await calibrate()
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining('that session was finished before, and is kept')
  ])
  expect(journalLines(first!)).toEqual(before.first)
  expect(journalLines(second!).slice(0, before.second.length)).toEqual(before.second)
  expect(stderr).toContain('head: binary of an earlier run reused')
  expect(stdout).toMatch(/^## 📏 Calibration: times scatter by \d\.\d\d% from pair to pair\n/)
  expect(stdout).toBe(readFileSync(join(reportDir(), 'comment.md'), 'utf8'))
  expect(processesWith(laboratory.directory)).toEqual([])
})

test('what it found is in its document, and kept for the machine', () => {
  const text = readFileSync(join(reportDir(), 'calibration.json'), 'utf8')
  const calibration = read(text)
  expect(calibration).toMatchObject({
    effort: 'quick',
    timing: { blocks: [100, 101], looks: [3] },
    falseAlarms: { here: { sessions: 2 }, kept: { sessions: 2 } },
    sessions: { sameBuild: { df: 4, pairs: 6, proofs: 12 }, rebuild: { df: 4, pairs: 6, proofs: 12 } }
  })
  expect(calibration.noise?.df).toBe(8)
  expect(kept().map((path) => readFileSync(path, 'utf8'))).toEqual([text])
})

test('one build stood on both sides, then base was built twice, each in its own place', () => {
  const same = reportOf('same-build') as {
    readonly legs: readonly [Record<'builds', Record<'base' | 'head', { binary: string }>>]
  }
  expect(same.legs[0].builds.head).toEqual(same.legs[0].builds.base)
  const twice = reportOf('rebuild') as typeof same
  expect(twice.legs[0].builds.base.binary).toBe(same.legs[0].builds.base.binary)
  expect(twice.legs[0].builds.head.binary).toContain(join(laboratory.cacheDir, 'rebuild'))
})

test('a finished one is not continued: base is built anew, and both are kept', async () => {
  const { code, stderr, stdout } = await calibrate(['--json'])
  expect(code).toBe(0)
  expect(stderr).toMatch(/base: binary of an earlier run reused.*head: built in /s)
  const calibration = read(stdout)
  expect(calibration.falseAlarms).toMatchObject({ here: { sessions: 2 }, kept: { sessions: 4 } })
  expect(kept()).toHaveLength(2)
  expect(readdirSync(join(reportDir(), 'previous'))).toEqual(
    expect.arrayContaining(['calibration.json', 'same-build', 'rebuild'])
  )
})

test('a thorough verdict where building twice was never checked as thoroughly says so', async () => {
  const sides = ['--base', 'main', '--head', 'main', '--effort', 'thorough']
  const run = laboratory.flags('100', join(laboratory.directory, 'thorough'), sides)
  const { code, stdout } = await runCli(['run', ...run], { cwd: laboratory.directory })
  expect([code, stdout]).toEqual([0, expect.stringContaining('No build-bias check was made on this machine')])
})
