import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLaboratory, type Laboratory } from '../support/laboratory.ts'
import { runCli, start, until } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({ behaviours: { 101: 'Hangs' } })
})

afterAll(() => laboratory.remove())

const untouched = (reportDir: string): void => {
  for (const name of ['builds', 'mirrors', 'build'])
    expect(existsSync(join(laboratory.cacheDir, name))).toBe(false)
  expect(existsSync(reportDir)).toBe(false)
}

test('every bad input is told at once, and nothing is fetched or built', async () => {
  const reportDir = join(laboratory.directory, 'bad')
  const flags = laboratory.flags('5-1,500abc', reportDir, [
    '--gpu-minutes',
    '1e3',
    '--fail-on',
    'ture',
    '--zkvm',
    'sp1,jolt',
    '--isolation',
    'user'
  ])
  const { code, stdout, stderr } = await runCli(['run', ...flags], { cwd: laboratory.directory })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  const lines = stderr.trimEnd().split('\n')
  for (const part of ['"5-1"', '"500abc"', '"1e3"', '"ture"', '"jolt"', 'not supported yet']) {
    expect(lines.filter((line) => line.includes(part))).toHaveLength(1)
  }
  untouched(reportDir)
})

test('an unknown ref and uncovered blocks are told together, and nothing is fetched or built', async () => {
  const reportDir = join(laboratory.directory, 'unknown')
  const flags = laboratory.flags('100,7,8', reportDir, ['--base', 'no-such-branch', '--host-ref', 'nor-this'])
  const { code, stdout, stderr } = await runCli(['run', ...flags], { cwd: laboratory.directory })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('"no-such-branch"')
  expect(stderr).toContain('"nor-this"')
  expect(stderr).toMatch(/blocks 7, 8/)
  untouched(reportDir)
})

test.each([
  ['--cache-dir', 'build/thesis.txt'],
  ['--report-dir', 'previous/thesis.txt'],
  ['--report-dir', 'logs/thesis.txt']
])('%s with %s, which is not ours, is refused and left as it is', async (flag, file) => {
  const root = join(laboratory.directory, file.replace('/', '-'))
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), 'years of work')
  const flags = laboratory.flags('100', join(laboratory.directory, 'unused'))
  const args = flags.map((word, index) => (flags[index - 1] === flag ? root : word))
  const { code, stderr } = await runCli(['run', ...args], { cwd: laboratory.directory })
  expect(code).toBe(2)
  expect(stderr).toMatch(/not (of a run of )?ours/)
  expect(readFileSync(join(root, file), 'utf8')).toBe('years of work')
})

test.each([
  ['--cache-dir', '/proc/nowhere'],
  ['--report-dir', '/proc/nowhere/report'],
  ['--report-dir', '/dev/null'],
  ['--witnesses', '/nowhere'],
  ['--head', ''],
  ['--repository', '/nowhere'],
  ['--repository', '/']
])('%s %j is refused in one line', async (flag, value) => {
  const all = laboratory.flags(
    '100',
    join(laboratory.directory, 'unused'),
    flag === '--head' ? ['--head', 'x'] : []
  )
  const args = all.map((word, index) => (all[index - 1] === flag ? value : word))
  const { code, stdout, stderr } = await runCli(['run', ...args], { cwd: laboratory.directory })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^${flag}: .*\\n$`))
})

test('two runs on one machine wait for each other, and the second says for whom', async () => {
  const first = start(['run', ...laboratory.flags('101', join(laboratory.directory, 'first'))], {
    cwd: laboratory.directory
  })
  let said = ''
  first.child.stderr?.on('data', (text: string) => (said += text))
  await until(() => said.includes('building base'), 'the first run')
  const second = start(['run', ...laboratory.flags('100', join(laboratory.directory, 'second'))], {
    cwd: laboratory.directory
  })
  let heard = ''
  second.child.stderr?.on('data', (text: string) => (heard += text))
  await until(() => heard.includes('waiting for the machine'), 'the second run')
  expect(heard).toContain(`pid ${first.child.pid}`)
  first.child.kill('SIGKILL')
  await first.ended
  expect((await second.ended).code).toBe(0)
})
