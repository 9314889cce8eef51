import { expect, test } from 'vitest'
import { readWorkflowRun, type RunnerContext } from '../../../src/io/github/workflow-run.ts'

const CONTEXT: RunnerContext = {
  eventName: 'issue_comment',
  payload: { action: 'created' },
  sha: 'a'.repeat(40),
  runId: 16_000_000_000,
  runAttempt: 2,
  actor: 'writer',
  serverUrl: 'https://github.example.com'
}
const ENVIRONMENT = { GITHUB_REPOSITORY: 'acme/ethrex', GITHUB_TRIGGERING_ACTOR: 'mona_acme' }

test('what the runner set, in one record that does not change', async () => {
  const read = await readWorkflowRun(ENVIRONMENT, CONTEXT)
  expect(read).toEqual({
    ok: true,
    value: {
      eventName: 'issue_comment',
      payload: { action: 'created' },
      sha: 'a'.repeat(40),
      repository: 'acme/ethrex',
      run: { id: 16_000_000_000, attempt: 2 },
      runUrl: 'https://github.example.com/acme/ethrex/actions/runs/16000000000',
      actor: 'writer',
      triggeringActor: 'mona_acme'
    }
  })
  expect(read.ok && Object.isFrozen(read.value)).toBe(true)
})

test('who began is who triggered, where an old runner does not tell', async () => {
  const read = await readWorkflowRun({ GITHUB_REPOSITORY: 'acme/ethrex' }, CONTEXT)
  expect(read).toMatchObject({ value: { triggeringActor: 'writer' } })
})

const odd = (change: Partial<Record<keyof RunnerContext, unknown>>): RunnerContext =>
  ({ ...CONTEXT, ...change }) as RunnerContext

test.each([
  ['GITHUB_EVENT_NAME', { eventName: undefined }],
  ['GITHUB_SHA', { sha: undefined }],
  ['GITHUB_SHA', { sha: 'main' }],
  ['GITHUB_RUN_ID', { runId: NaN }],
  ['GITHUB_RUN_ATTEMPT', { runAttempt: NaN }],
  ['GITHUB_RUN_ATTEMPT', { runAttempt: 0 }],
  ['GITHUB_ACTOR', { actor: 'a b' }],
  ['GITHUB_SERVER_URL', { serverUrl: 'https://user:secret@github.com' }]
])('%s is named where it is %j', async (name, change) => {
  expect(await readWorkflowRun(ENVIRONMENT, odd(change))).toEqual({
    ok: false,
    error: `${name} is not set as GitHub's runner sets it`
  })
})

test.each([
  ['GITHUB_REPOSITORY', { GITHUB_REPOSITORY: 'acme' }],
  ['GITHUB_REPOSITORY', { GITHUB_REPOSITORY: undefined }],
  ['GITHUB_TRIGGERING_ACTOR', { GITHUB_TRIGGERING_ACTOR: '<b>' }]
])('%s is named where it is %j', async (name, change) => {
  expect(await readWorkflowRun({ ...ENVIRONMENT, ...change }, CONTEXT)).toMatchObject({
    error: `${name} is not set as GitHub's runner sets it`
  })
})
