import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commit } from '../../stand-in/repositories.ts'
import { openLaboratory, type Laboratory } from '../support/laboratory.ts'
import { runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({ secondsPerGigagas: 0.4 })
  const { ethrex } = laboratory
  await commit({ repository: ethrex, branch: 'broken', message: 'break it', sources: { breaks: 'ethrex' } })
  await commit({ repository: ethrex, branch: 'new-api', message: 'new API', sources: { breaks: 'host-api' } })
})

afterAll(() => laboratory.remove())

/** Everything in one report directory, as on a machine that is used again and again. */
const run = async (
  more: readonly string[]
): Promise<Ended & { readonly report: unknown; readonly comment: string }> => {
  const reportDir = join(laboratory.directory, 'report')
  const flags = laboratory.flags('100', reportDir, ['--json', ...more])
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory })
  return {
    ...ended,
    report: JSON.parse(ended.stdout),
    comment: readFileSync(join(reportDir, 'comment.md'), 'utf8')
  }
}

test('a second run of the same pair builds nothing and says so', async () => {
  const first = await run(['--head', 'all-opts'])
  expect(first.code).toBe(0)
  expect(first.stderr).toMatch(/base: built in .*head: built in /s)
  const second = await run(['--head', 'all-opts'])
  expect(second.code).toBe(0)
  expect(second.stderr).toMatch(
    /base: binary of an earlier run reused.*head: binary of an earlier run reused/s
  )
  expect(existsSync(join(laboratory.directory, 'report', 'previous', 'report.json'))).toBe(true)
})

test('an ethrex that does not build is head-failed, with the compiler\u2019s words', async () => {
  const { code, report, comment, stderr } = await run(['--head', 'broken'])
  expect(report).toMatchObject({
    verdict: 'head-failed',
    failures: [{ side: 'head', stage: 'build', block: null, reason: 'build-failed' }],
    trials: []
  })
  expect(comment).toContain('could not compile')
  expect(stderr).toContain('base: binary of an earlier run reused')
  expect(code).toBe(1)
})

test('trap 8: a host that does not build with this ethrex is said to be just that, and host-ref is named', async () => {
  const { code, report, comment } = await run(['--head', 'new-api'])
  expect(report).toMatchObject({
    verdict: 'head-failed',
    failures: [{ side: 'head', stage: 'build', reason: 'host-does-not-build' }]
  })
  expect(comment).toMatch(/does not build with this ethrex/)
  expect(comment).toContain('host-ref')
  expect(code).toBe(1)
})

test('base that does not build is base-failed, whatever fail-on says', async () => {
  const { code, report } = await run(['--head', 'all-opts', '--base', 'broken', '--fail-on', 'never'])
  expect(report).toMatchObject({ verdict: 'base-failed', failures: [{ side: 'base', stage: 'build' }] })
  expect(code).toBe(3)
})

test('fail-on decides what a failed head exits with', async () => {
  expect((await run(['--head', 'broken', '--fail-on', 'never'])).code).toBe(0)
  expect((await run(['--head', 'broken', '--fail-on', 'regression'])).code).toBe(1)
})
