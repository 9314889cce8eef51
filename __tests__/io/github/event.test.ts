import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSha } from '../../../src/domain/revision.ts'
import { readEvent } from '../../../src/io/github/event.ts'
import type { JsonObject } from '../../support/github/json.ts'
import { aPlace, HEAD, PULL, type Place } from './place.ts'

const ZEROS = '0'.repeat(40)
const BEFORE = 'b'.repeat(40)
const sha = parseSha('c'.repeat(40))!
const read = (name: string, payload: unknown, repository = 'acme/ethrex') =>
  readEvent({ name, payload, repository, sha })

test('a pull request, of a branch and of a fork that is gone', async () => {
  const { github } = await aPlace()
  const opened = github.eventPayload('pull_request', { action: 'labeled', pullRequest: PULL, label: 'prove' })
  expect(read('pull_request', opened, 'Acme/Ethrex')).toEqual({
    kind: 'pull-request',
    action: 'labeled',
    pullRequest: {
      number: PULL,
      isOpen: true,
      head: { sha: HEAD, branch: 'faster', repository: 'acme/ethrex' },
      base: { branch: 'main', repository: 'acme/ethrex' }
    }
  })
  const head = { headRepository: 'stranger/ethrex', headBranch: '</details>', headSha: HEAD }
  const where = github.pullRequest({ number: 8, author: 'stranger', ...head })
  github.deleteFork(where)
  const closed = github.eventPayload('pull_request', { action: 'closed', pullRequest: where })
  expect(read('pull_request', closed)).toMatchObject({
    kind: 'pull-request',
    pullRequest: { head: { branch: '</details>', repository: null } }
  })
})

const commented = ({ github }: Place, where: number, action = 'created'): JsonObject =>
  github.eventPayload('issue_comment', {
    action,
    comment: github.comment(where, 'writer', '/prove\r\n```'),
    sender: 'reader'
  })

test('a comment on a pull request, and on an issue that is none', async () => {
  const place = await aPlace()
  const author = { id: place.github.user('writer').id, login: 'writer', isBot: false }
  expect(read('issue_comment', commented(place, PULL, 'edited'))).toMatchObject({
    kind: 'comment',
    action: 'edited',
    pullRequest: PULL,
    comment: { author, body: '/prove\r\n```' }
  })
  place.github.issue({ number: 9, author: 'reader' })
  expect(read('issue_comment', commented(place, 9))).toMatchObject({ kind: 'comment', pullRequest: null })
})

test('a comment of a bot', async () => {
  const { github } = await aPlace()
  const comment = github.comment(PULL, 'renovate[bot]', '/prove')
  const payload = github.eventPayload('issue_comment', { action: 'created', comment })
  expect(read('issue_comment', payload)).toMatchObject({
    comment: { author: { login: 'renovate[bot]', isBot: true } }
  })
})

test('a dispatch is for the commit that the runner names', async () => {
  const { github } = await aPlace()
  const payload = github.eventPayload('workflow_dispatch', { inputs: { head: 'x' } })
  expect(read('workflow_dispatch', payload)).toEqual({ kind: 'dispatch', sha })
})

test('a push, to a branch that is there and to a new one', async () => {
  const { github } = await aPlace()
  const ref = 'refs/heads/main'
  const push = (before?: string) =>
    read(
      'push',
      github.eventPayload('push', { ref, after: HEAD, ...(before === undefined ? {} : { before }) })
    )
  expect(push(BEFORE)).toEqual({ kind: 'push', before: BEFORE, after: HEAD, ref })
  expect(push()).toEqual({ kind: 'push', before: null, after: HEAD, ref })
})

test('a push that deletes a branch has nothing to measure', async () => {
  const { github } = await aPlace()
  const payload = github.eventPayload('push', { ref: 'refs/heads/gone', before: BEFORE, after: ZEROS })
  // Whoever admits events sees it by the commit.
  expect(read('push', payload)).toEqual({
    kind: 'push',
    before: BEFORE,
    after: ZEROS,
    ref: 'refs/heads/gone'
  })
})

test.each([
  ['pull_request_target', /token that may write.*stranger's code/],
  ['workflow_run', /token that may write.*stranger's/],
  ['schedule', /^only pull_request, issue_comment, workflow_dispatch and push are served$/],
  ['toString', /^only /]
])('%s is not served, and it is said why', (name, why) => {
  expect(read(name, {})).toEqual({ kind: 'unsupported', name, why: expect.stringMatching(why) as unknown })
})

test('the name of an event is shown as a printable line', () => {
  expect(read('a\r\n::error::b', {})).toMatchObject({ name: 'a ::error::b' })
})

const changed = (payload: JsonObject, path: string, value: unknown): JsonObject => {
  const copy = structuredClone(payload)
  const keys = path.split('.')
  let at: Record<string, unknown> = copy
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[keys.at(-1)!] = value
  return copy
}

test.each([
  ['pull_request', 'pull_request.head.sha', 'A'.repeat(40)],
  ['pull_request', 'pull_request.head.sha', '--upload-pack=x'],
  ['pull_request', 'pull_request.number', '7'],
  ['pull_request', 'pull_request.number', 1e300],
  ['pull_request', 'pull_request.state', 'ajar'],
  ['pull_request', 'pull_request.base.repo', null],
  ['pull_request', 'action', 'opened\n'],
  ['issue_comment', 'comment.id', -1],
  ['issue_comment', 'comment.html_url', 'javascript:alert(1)'],
  ['issue_comment', 'comment.html_url', 'https://x/")'],
  ['issue_comment', 'issue.number', 1.5],
  ['issue_comment', 'repository', undefined],
  ['push', 'ref', 'refs/heads/a\nb'],
  ['push', 'ref', '-x'],
  ['push', 'before', 'abc']
])('%s with %s as %j is not understood, and that is said', async (name, path, value) => {
  const place = await aPlace()
  const { github } = place
  const payloads: Record<string, JsonObject> = {
    pull_request: github.eventPayload('pull_request', { action: 'opened', pullRequest: PULL }),
    issue_comment: commented(place, PULL),
    push: github.eventPayload('push', { ref: 'refs/heads/main', before: BEFORE, after: HEAD })
  }
  const payload = payloads[name]!
  expect(read(name, payload).kind).not.toBe('unsupported')
  expect(read(name, changed(payload, path, value))).toEqual({
    kind: 'unsupported',
    name,
    why: `its payload is not what GitHub describes: ${path} is missing or of another form`
  })
})

test.each([
  ['pull_request', 'pull_request.base.repo.full_name'],
  ['pull_request', 'repository.full_name'],
  ['issue_comment', 'repository.full_name']
])('%s with %s of elsewhere is not ours', async (name, path) => {
  const place = await aPlace()
  const payload =
    name === 'pull_request'
      ? place.github.eventPayload('pull_request', { action: 'opened', pullRequest: PULL })
      : commented(place, PULL)
  expect(read(name, changed(payload, path, 'evil/ethrex'))).toMatchObject({
    kind: 'unsupported',
    why: "it is of a repository other than the workflow's"
  })
})

test('whatever comes is an event, and what is not understood is one line', () => {
  const names = fc.constantFrom('pull_request', 'issue_comment', 'workflow_dispatch', 'push', 'release')
  fc.assert(
    fc.property(names, fc.anything({ withNullPrototype: true }), (name, payload) => {
      const event = read(name, payload)
      if (event.kind === 'unsupported') expect(event.why).toMatch(/^[\x20-\x7e]+$/)
      else expect(event.kind).toBe('dispatch')
    })
  )
})
