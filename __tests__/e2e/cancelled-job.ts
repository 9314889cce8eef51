import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { processesWith } from '../support/laboratory.ts'
import { ourStep, type Said, type Scenario, type Where } from '../support/scenario.ts'
import type { StageResult } from '../support/runner/job.ts'
import { sharedScenario } from '../support/shared-scenario.ts'
import { until } from '../support/terminal.ts'

let scenario: Scenario
let where: Where

beforeAll(async () => {
  scenario = await sharedScenario()
  const { github, headBranch } = scenario
  const headSha = await scenario.commitOn(headBranch, { cyclesPerGas: { read_input: 1, execution: 45 } })
  where = github.pullRequest({ number: 30, headBranch, headSha, author: 'author' })
})

const isRunning = (text: string): boolean =>
  processesWith(scenario.directory).some((line) => line.includes(text))

/** Seven seconds from the one signal that it got: half a second later it would have had another. */
const expectPrompt = ({ sent, seconds }: Pick<StageResult, 'sent' | 'seconds'>): void => {
  expect(sent.map(({ signal }) => signal)).toEqual(['SIGINT'])
  expect(seconds - (sent[0]?.at ?? 0)).toBeLessThan(7)
}

/** Cancels a job as the runner does, and says what came of it. */
const cancel = async (said: Said) => {
  said.cancel()
  const ended = await said.ended
  const { main, post } = ourStep(ended)
  expect([main.outcome, main.exitCode, main.signal, post.exitCode]).toEqual(['cancelled', 130, null, 0])
  expectPrompt(main)
  expect(processesWith(scenario.directory)).toEqual([])
  const [comment = '', ...others] = scenario.ours(where).map(({ body }) => body)
  expect(others).toEqual([])
  expect(scenario.github.violations).toEqual([])
  return comment
}

const report = (): unknown => JSON.parse(readFileSync(join(scenario.reportDir, 'report.json'), 'utf8'))

test.each([
  [
    'building',
    'blocks=100',
    () => isRunning('/usr/bin/rustc') || isRunning('rustc --'),
    /after 0 of at most 39 trials/
  ],
  // Base's execution of the block is over in a moment; head's is the one that hangs.
  [
    'executing',
    'blocks=101',
    () => scenario.journal().length >= 2 && isRunning(' 101 '),
    /after 1 of at most 39 trials/
  ],
  [
    'proving',
    'blocks=102',
    () => scenario.journal().length >= 5 && isRunning(' 102 '),
    /after \d of at most \d+ trials/
  ]
] as const)('while %s', async (_, request, isThere, words) => {
  const said = scenario.say(where, 'maintainer', `/prove ${request}`)
  await until(isThere, 'that')
  const comment = await cancel(said)
  expect(comment).toMatch(/## .*Cancelled/)
  expect(comment).toMatch(words)
  expect(report()).toMatchObject({ verdict: 'cancelled' })
  expect(existsSync(join(scenario.reportDir, 'measurements.json'))).toBe(true)
})

test('while publishing, nothing of what was found out is lost', async () => {
  const { github, headBranch, headSha } = scenario
  const other = github.pullRequest({ number: 31, headBranch, headSha, author: 'author' })
  // Of a run this short the first edit is the last word.
  const gate = github.hold({ operation: 'issues/update-comment' })
  const said = scenario.say(other, 'maintainer', '/prove blocks=100')
  await scenario.meanwhile(said.ended, () => gate.isReached)
  said.cancel()
  const { main } = ourStep(await said.ended)
  gate.release()
  expectPrompt(main)
  expect([main.outcome, main.signal, main.outputs['verdict']]).toEqual(['cancelled', null, 'regression'])
  expect(main.summary).toContain('## ❌ Regression')
  // An edit was under way, so that the part afterwards makes sure of what the comment says.
  expect(scenario.ours(other).map(({ body }) => body)).toEqual([
    expect.stringMatching(/Cancelled: no verdict after 15 of at most 39 trials[^]*\| 100 +\|/)
  ])
  expect(report()).toMatchObject({ verdict: 'regression' })
})

test('killed, the part after it finishes the comment and the files', async () => {
  const { github, headBranch, headSha } = scenario
  const other = github.pullRequest({ number: 32, headBranch, headSha, author: 'author' })
  const said = scenario.say(other, 'maintainer', '/prove blocks=102')
  await until(() => scenario.journal().length >= 4 && isRunning(' 102 '), 'the trial that hangs')
  const [running = ''] = processesWith('dist/action.js').filter((line) => line.includes(scenario.directory))
  process.kill(Number.parseInt(running, 10), 'SIGKILL')
  const { main, post } = ourStep(await said.ended)
  expect([main.signal, post.exitCode]).toEqual(['SIGKILL', 0])
  expect(scenario.ours(other).map(({ body }) => body)).toEqual([
    expect.stringMatching(/## .*Infrastructure: no verdict[^]*killed/)
  ])
  expect(report()).toMatchObject({ verdict: 'infrastructure' })
  expect(processesWith(scenario.directory)).toEqual([])
})
