import { execFile } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { slice } from '../../scripts/github-openapi/slice.ts'
import { toText } from '../../scripts/github-openapi/text.ts'
import { checkAnswer, checkPayload } from '../support/github/check.ts'
import { OPERATIONS } from '../support/github/description.ts'
import { primaryLimit, secondaryLimit, type Fault } from '../support/github/faults.ts'
import type { GitHub } from '../support/github/github.ts'
import { startGitHub } from '../support/github/server.ts'
import type { Role, Scopes } from '../support/github/state.ts'
import { commit, environment, git, scratch } from '../support/small-trees.ts'

const HEAD = 'a'.repeat(40)
const PULLS: Scopes = { pull_requests: 'write' }
const COMMENTS = '/repos/lambdaclass/ethrex/issues/7/comments'
const COMMENT = '/repos/lambdaclass/ethrex/issues/comments'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; null where there is none. */
  readonly json: unknown
}

let github: GitHub

beforeEach(async () => {
  github = await startGitHub({
    repositories: [
      { owner: 'lambdaclass', name: 'ethrex' },
      { owner: 'mallory', name: 'ethrex', forkOf: 'lambdaclass/ethrex' },
      { owner: 'lambdaclass', name: 'secret', isPrivate: true }
    ]
  })
  github.user('alice', { permission: 'write' })
  github.pullRequest({ number: 7, headBranch: 'faster', headSha: HEAD, author: 'alice' })
})

afterEach(() => github.close())

const bot = (scopes: Scopes = PULLS): string => github.token({ as: 'github-actions[bot]', scopes })

const ask = async (token: string, call: string, body?: unknown): Promise<Answer> => {
  const [method = '', path = ''] = call.split(' ')
  const response = await fetch(`${github.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === '' || !isJson ? null : JSON.parse(text)
  }
}

const idOf = ({ json }: Answer): number => (json as { id: number }).id
const messageOf = ({ json }: Answer): string => (json as { message: string }).message
const bodiesOf = ({ json }: Answer): string[] => (json as { body: string }[]).map(({ body }) => body)

test('a slice keeps what the wanted operations need, and no more', () => {
  const schema = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
  const content = (one: object): object => ({
    content: { 'application/json': { schema: one, examples: {} } }
  })
  const description = {
    openapi: '3.0.3',
    info: { title: 'API', version: '1', license: { name: 'MIT' } },
    paths: {
      '/b': { get: { operationId: 'b', tags: ['x'], responses: { 200: content(schema('outer')) } } },
      '/a': { get: { operationId: 'a' }, parameters: [] }
    },
    'x-webhooks': { push: { post: { requestBody: content(schema('pushed')) } }, ping: {} },
    components: {
      schemas: {
        outer: { description: 'gone', properties: { description: { ...schema('inner'), example: 1 } } },
        inner: { type: 'string' },
        pushed: { type: 'object' },
        other: {}
      }
    }
  }
  const cut = slice(description, { operations: ['b'], webhooks: ['push'], notice: 'MIT\n' })
  expect(cut).toMatchObject({
    info: { version: '1', 'x-notice': 'MIT' },
    paths: { '/b': { get: { operationId: 'b', responses: { 200: {} } } } },
    'x-webhooks': { push: schema('pushed') }
  })
  expect(cut['components']).toEqual({
    schemas: {
      inner: { type: 'string' },
      outer: { properties: { description: schema('inner') } },
      pushed: { type: 'object' }
    }
  })
  const text = toText(cut)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(cut)))
  expect(text).not.toMatch(/example|tags|gone/)
  expect(text).toContain('\n      "inner": {"type":"string"},\n')
  expect(() => slice(description, { operations: ['c'], webhooks: [], notice: '' })).toThrow('no operation c')
})

describe('a planted error is caught', () => {
  const reactions = (): string => `POST ${COMMENT}/${github.comment(7, 'alice', '/prove')}/reactions`

  test.each<[name: string, call: () => string, body: unknown, status: number, violation: string]>([
    ['a path', () => 'GET /repos/lambdaclass/ethrex/isues/7/comments', undefined, 404, 'no such operation'],
    ['a method', () => `PUT ${COMMENTS}`, { body: 'x' }, 404, 'no such operation'],
    ['a key', () => `POST ${COMMENTS}`, { boddy: 'x' }, 422, 'body: it has the unknown key "boddy"'],
    [
      'one more key',
      () => `POST ${COMMENTS}`,
      { body: 'x', id: 1 },
      201,
      'body: it has the unknown key "id"'
    ],
    ['a type', () => `POST ${COMMENTS}`, { body: 5 }, 422, 'body: /body must be string'],
    ['no body', () => `POST ${COMMENTS}`, undefined, 422, 'body: none, or no JSON'],
    [
      'a word',
      reactions,
      { content: 'thumbsup' },
      422,
      'body: /content must be equal to one of the allowed values'
    ],
    [
      'a number',
      () => 'GET /repos/lambdaclass/ethrex/pulls/seven',
      undefined,
      404,
      'path: /pull_number must be integer'
    ],
    ['a query', () => `GET ${COMMENTS}?perpage=5`, undefined, 200, 'query: it has the unknown key "perpage"'],
    ['a page size', () => `GET ${COMMENTS}?per_page=101`, undefined, 200, 'query: per_page is above 100'],
    [
      'a date',
      () => `GET ${COMMENTS}?since=today`,
      undefined,
      200,
      'query: /since must match format "date-time"'
    ]
  ])('%s', async (_, call, body, status, violation) => {
    const address = call()
    const answer = await ask(bot(), address, body)
    expect(answer.status).toBe(status)
    expect(github.violations.map((one) => one.slice(one.indexOf(': ') + 2))).toContain(violation)
  })

  test('who does not say who it is', async () => {
    const response = await fetch(`${github.apiUrl}${COMMENTS}`)
    expect(response.status).toBe(401)
    const bare = httpRequest(`${github.apiUrl}${COMMENTS}`, { headers: { authorization: `token ${bot()}` } })
    const status = await new Promise((resolve) => bare.on('response', (one) => resolve(one.statusCode)).end())
    expect(status).toBe(403)
    expect(github.violations).toEqual([`GET ${COMMENTS}: no authorization`, `GET ${COMMENTS}: no user-agent`])
  })

  test('the address of a repository that is neither API nor git', async () => {
    await fetch(`${github.serverUrl}/repos/lambdaclass/ethrex`)
    expect(github.violations).toEqual(['GET /repos/lambdaclass/ethrex: neither the API nor git'])
  })
})

test('every operation that is described answers as described', async () => {
  github.pullRequest({
    number: 8,
    headRepository: 'mallory/ethrex',
    headBranch: 'x',
    headSha: HEAD,
    author: 'mallory'
  })
  github.deleteFork(8)
  github.issue({ number: 9, author: 'alice' })
  github.label(7, 'prove it')
  const token = github.token({ as: 'alice', scopes: { ...PULLS, issues: 'write' } })
  const created = await ask(token, `POST ${COMMENTS}`, { body: 'line\r\nline\n' })
  const own = `${COMMENT}/${idOf(created)}`
  const reaction = await ask(token, `POST ${own}/reactions`, { content: 'eyes' })
  const calls: [string, number, unknown?][] = [
    [`GET ${COMMENTS}?since=2020-01-01T00:00:00Z`, 200],
    [`GET ${own}`, 200],
    [`PATCH ${own}`, 200, { body: 'new' }],
    [`GET ${own}/reactions?content=eyes`, 200],
    [`DELETE ${own}/reactions/${idOf(reaction)}`, 204],
    [`DELETE ${own}`, 204],
    ['GET /repos/lambdaclass/ethrex', 200],
    ['GET /repos/lambdaclass/ethrex/issues/9', 200],
    ['GET /repos/lambdaclass/ethrex/issues/7', 200],
    ['DELETE /repos/lambdaclass/ethrex/issues/7/labels/prove%20it', 200],
    ['GET /repos/lambdaclass/ethrex/pulls/7', 200],
    ['GET /repos/lambdaclass/ethrex/pulls/8', 200],
    ['GET /repos/lambdaclass/ethrex/pulls/9', 404],
    ['GET /repos/lambdaclass/ethrex/pulls?state=all&head=mallory:x', 200],
    ['GET /repos/lambdaclass/ethrex/pulls/7/files', 200],
    [`GET /repos/lambdaclass/ethrex/commits/${HEAD}/pulls`, 200],
    ['GET /repos/lambdaclass/ethrex/collaborators/alice/permission', 200],
    ['GET /rate_limit', 200],
    ['GET /user', 200],
    ['GET /users/github-actions%5Bbot%5D', 200]
  ]
  for (const [call, status, body] of calls) {
    expect((await ask(token, call, body)).status, call).toBe(status)
  }
  expect(github.violations).toEqual([])
  const answered = new Set(github.requests.map(({ operationId }) => operationId))
  expect(OPERATIONS.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([])
})

test('an answer or payload of our own that drifts from the description is caught', async () => {
  github.comment(7, 'alice', '/prove')
  const { json } = await ask(bot(), `GET ${COMMENTS}`)
  const list = OPERATIONS.find(({ id }) => id === 'issues/list-comments')!
  const [comment] = json as [{ user: object }]
  expect(checkAnswer(list, 200, [comment])).toEqual([])
  expect(checkAnswer(list, 200, [{ ...comment, id: '5' }])).toEqual(['answer 200: /0/id must be integer'])
  expect(checkAnswer(list, 200, [{ ...comment, user: { ...comment.user, nick: 'al' } }])).toEqual([
    'answer 200: /0/user has the unknown key "nick"'
  ])
  expect(checkAnswer(list, 200, [{ ...comment, created_at: 'today' }])).toHaveLength(1)
  expect(checkAnswer(list, 201, [])).toEqual(['answer: 201 is not described'])
  expect(checkAnswer(list, 503, { error: 'x' })).toEqual([
    "answer 503: it must have required property 'message'"
  ])
  const payload = github.eventPayload('workflow_dispatch', {})
  expect(checkPayload('workflow-dispatch', { ...payload, ref: 5 }, [])).toEqual([
    'workflow-dispatch: /ref must be string'
  ])
})

describe('comments', () => {
  test('pages over 250, oldest first, by links that octokit follows', async () => {
    for (let n = 0; n < 250; n += 1) github.comment(7, 'alice', `comment ${n}`)
    const octokit = new Octokit({ auth: bot(), baseUrl: github.apiUrl })
    const where = { owner: 'lambdaclass', repo: 'ethrex', issue_number: 7, per_page: 100 }
    const all = await octokit.paginate(octokit.rest.issues.listComments, where)
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, n) => `comment ${n}`))
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => a - b))
    expect(github.requests.map(({ query }) => query['page'] ?? null)).toEqual([null, '2', '3'])
    const middle = await ask(bot({}), `GET ${COMMENTS}?per_page=100&page=2`)
    expect(
      [...(middle.headers.get('link') ?? '').matchAll(/page=(\d)>; rel="(\w+)"/g)].map(
        ([, n, rel]) => rel! + n!
      )
    ).toEqual(['prev1', 'next3', 'last3', 'first1'])
    expect(bodiesOf(await ask(bot({}), `GET ${COMMENTS}`))).toHaveLength(30)
    expect(github.violations).toEqual([])
  })

  test('since is about the last change, by the clock of the server', async () => {
    github.now = new Date('2026-01-01T00:00:00.500Z')
    const [old, edited] = [github.comment(7, 'alice', 'old'), github.comment(7, 'alice', 'edited')]
    github.now = new Date('2026-01-02T00:00:00Z')
    github.editComment(edited, 'edited!')
    expect(bodiesOf(await ask(bot(), `GET ${COMMENTS}?since=2026-01-02T00:00:00Z`))).toEqual(['edited!'])
    expect(github.comments(7)).toEqual([
      {
        id: old,
        login: 'alice',
        body: 'old',
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-01T00:00:00Z'
      },
      {
        id: edited,
        login: 'alice',
        body: 'edited!',
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-02T00:00:00Z'
      }
    ])
  })

  test('a body is stored as it was sent, up to 65,536 characters', async () => {
    const body = '\ufeffline\r\nline\n'.padEnd(65_536, 'é')
    expect(await ask(bot(), `POST ${COMMENTS}`, { body })).toMatchObject({ status: 201, json: { body } })
    const tooLong = await ask(bot(), `POST ${COMMENTS}`, { body: `${body}!` })
    expect(tooLong).toMatchObject({ status: 422, json: { message: 'Validation Failed' } })
    const own = `PATCH ${COMMENT}/${github.comments(7)[0]!.id}`
    expect(await ask(bot(), own, { body: `${body}!` })).toMatchObject({ status: 422 })
    expect(await ask(bot(), own, { body: ' \n' })).toMatchObject({ status: 422 })
    expect(github.comments(7).map((one) => one.body)).toEqual([body])
    expect(github.violations).toEqual([])
  })

  test('what is deleted is gone, what is locked is shut to apps and readers', async () => {
    const token = bot()
    const id = github.comment(7, 'alice', '/prove')
    github.lock(7)
    const locked = await ask(token, `POST ${COMMENTS}`, { body: 'x' })
    expect(locked.status).toBe(403)
    expect(messageOf(locked)).toContain('locked')
    expect(
      await ask(github.token({ as: 'bob', scopes: PULLS }), `POST ${COMMENTS}`, { body: 'x' })
    ).toMatchObject({
      status: 403
    })
    expect(
      await ask(github.token({ as: 'alice', scopes: PULLS }), `POST ${COMMENTS}`, { body: 'x' })
    ).toMatchObject({
      status: 201
    })
    github.deleteComment(id)
    expect(await ask(token, `PATCH ${COMMENT}/${id}`, { body: 'x' })).toMatchObject({ status: 404 })
    expect(await ask(token, `DELETE ${COMMENT}/${id}`)).toMatchObject({ status: 404 })
    expect(
      await ask(token, 'POST /repos/lambdaclass/ethrex/issues/99/comments', { body: 'x' })
    ).toMatchObject({ status: 404 })
  })
})

describe('reactions', () => {
  test('201 for a new one, 200 for one of the same user, and only the own one can be taken back', async () => {
    const id = github.comment(7, 'alice', '/prove')
    const path = `${COMMENT}/${id}/reactions`
    const other = github.token({ as: 'alice', scopes: PULLS })
    const first = await ask(bot(), `POST ${path}`, { content: 'eyes' })
    const again = await ask(bot(), `POST ${path}`, { content: 'eyes' })
    const others = await ask(other, `POST ${path}`, { content: 'eyes' })
    expect([first.status, again.status, others.status]).toEqual([201, 200, 201])
    expect(idOf(again)).toBe(idOf(first))
    expect((await ask(other, `DELETE ${path}/${idOf(first)}`)).status).toBe(404)
    expect((await ask(bot(), `DELETE ${path}/${idOf(first)}`)).status).toBe(204)
    expect(github.reactions(id)).toEqual([{ login: 'alice', content: 'eyes' }])
    expect(github.violations).toEqual([])
  })
})

describe('rights', () => {
  test.each<[Scopes, comment: number, reaction: number]>([
    [{}, 403, 403],
    [{ contents: 'write', issues: 'read', pull_requests: 'read' }, 403, 403],
    [{ issues: 'write' }, 201, 403],
    [{ pull_requests: 'write' }, 201, 201]
  ])('an app with %j', async (scopes, comment, reaction) => {
    const id = github.comment(7, 'alice', '/prove')
    const token = bot(scopes)
    expect((await ask(token, `GET ${COMMENTS}`)).status).toBe(200)
    expect((await ask(token, `POST ${COMMENTS}`, { body: 'x' })).status).toBe(comment)
    const reacted = await ask(token, `POST ${COMMENT}/${id}/reactions`, { content: 'eyes' })
    expect(reacted.status).toBe(reaction)
    if (reaction === 403) expect(messageOf(reacted)).toBe('Resource not accessible by integration')
    // Whoever may write comments may write over others'.
    expect((await ask(token, `PATCH ${COMMENT}/${id}`, { body: 'x' })).status).toBe(
      comment === 201 ? 200 : 403
    )
    expect(github.violations).toEqual([])
  })

  test('of a private repository an app sees what it is granted, another sees nothing', async () => {
    const repository = 'lambdaclass/secret'
    github.pullRequest({ repository, number: 1, headBranch: 'x', headSha: HEAD, author: 'alice' })
    const as = 'github-actions[bot]'
    const path = `GET /repos/${repository}/issues/1/comments`
    expect((await ask(bot(), path)).status).toBe(404)
    expect((await ask(github.token({ as, repository, scopes: {} }), path)).status).toBe(403)
    expect((await ask(github.token({ as, repository, scopes: { issues: 'read' } }), path)).status).toBe(200)
    expect(
      (await ask(github.token({ as, repository, scopes: PULLS }), `POST ${COMMENTS}`, { body: 'x' })).status
    ).toBe(403)
  })

  test('who a token is', async () => {
    const app = await ask(bot(), 'GET /user')
    expect([app.status, messageOf(app)]).toEqual([403, 'Resource not accessible by integration'])
    const user = await ask(github.token({ as: 'alice', scopes: {} }), 'GET /user')
    expect(user).toMatchObject({
      status: 200,
      json: { login: 'alice', type: 'User', id: github.user('alice').id }
    })
    const token = bot()
    github.revoke(token)
    expect(await ask(token, 'GET /user')).toMatchObject({ status: 401, json: { message: 'Bad credentials' } })
    expect(github.user('github-actions[bot]').id).toBe(41898282)
  })

  test.each<[login: string, role: Role | null, status: number, permission: string | null]>([
    ['ann', 'admin', 200, 'admin'],
    ['ann', 'maintain', 200, 'write'],
    ['ann', 'write', 200, 'write'],
    ['ann', 'triage', 200, 'read'],
    ['ann', 'read', 200, 'read'],
    ['ann', 'none', 200, 'none'],
    ['stranger', null, 200, 'read'],
    ['dependabot[bot]', null, 404, null],
    ['nobody', null, 404, null]
  ])('permission of %s as %s', async (login, role, status, permission) => {
    if (role !== null) github.user(login, { permission: role })
    else if (login !== 'nobody') github.user(login)
    const path = `/repos/lambdaclass/ethrex/collaborators/${encodeURIComponent(login)}/permission`
    const answer = await ask(bot({}), `GET ${path}`)
    expect(answer.status).toBe(status)
    if (permission !== null) expect(answer.json).toMatchObject({ permission, user: { login } })
    expect((await ask(github.token({ as: 'reader', scopes: {} }), `GET ${path}`)).status).toBe(403)
    expect(github.violations).toEqual([])
  })

  test('requests are counted, and refused when they are used up until the hour is over', async () => {
    github.now = new Date('2026-01-01T00:00:00Z')
    const token = github.token({ as: 'alice', scopes: {}, limit: 2 })
    const asked = async (): Promise<[number, string | null]> => {
      const { status, headers } = await ask(token, 'GET /user')
      return [status, headers.get('x-ratelimit-remaining')]
    }
    expect([await asked(), await asked(), await asked()]).toEqual([
      [200, '1'],
      [200, '0'],
      [403, '0']
    ])
    github.now = new Date('2026-01-01T01:00:00Z')
    expect(await asked()).toEqual([200, '1'])
  })
})

test('pull requests at a commit are those that contain it', async () => {
  const at = async (sha: string): Promise<unknown> => {
    const { json } = await ask(bot(), `GET /repos/lambdaclass/ethrex/commits/${sha}/pulls`)
    return (json as { number: number; head: { sha: string } }[]).map(({ number, head }) => [
      number,
      head.sha[0]
    ])
  }
  github.pullRequest({ number: 8, headBranch: 'other', headSha: HEAD, author: 'alice', state: 'merged' })
  github.pullRequest({ number: 9, headBranch: 'gone', headSha: HEAD, author: 'alice', state: 'closed' })
  github.push(7, 'c'.repeat(40))
  expect(await at(HEAD)).toEqual([
    [8, 'a'],
    [7, 'c']
  ])
  github.closePullRequest(7)
  expect(await at('c'.repeat(40))).toEqual([])
})

describe('faults', () => {
  const operation = 'issues/create-comment'
  const post = (): Promise<Answer> => ask(bot(), `POST ${COMMENTS}`, { body: 'x' })

  test.each<[name: string, kind: Fault, status: number | null, stored: number]>([
    ['502 before storing', { status: 502 }, 502, 0],
    ['502 after storing', { status: 502, after: 'after' }, 502, 1],
    ['dropped before', 'drop-before', null, 0],
    ['dropped after', 'drop-after', null, 1],
    ['a page of apology', 'html', 502, 0],
    ['a page of a proxy', 'html-200', 200, 0],
    ['a primary limit', primaryLimit(60), 403, 0],
    ['a secondary limit', secondaryLimit(60, 429), 429, 0]
  ])('%s', async (_, kind, status, stored) => {
    const trap = github.fault({ operation, nth: 2, kind })
    expect((await post()).status).toBe(201)
    expect(trap.hits).toBe(0)
    const found = await post().catch((error: unknown) => error)
    if (status === null) expect(found).toBeInstanceOf(TypeError)
    else expect(found).toMatchObject({ status })
    expect(trap.hits).toBe(1)
    expect(github.comments(7)).toHaveLength(1 + stored)
    expect(github.requests.map((one) => one.status)).toEqual([201, status])
    expect((await post()).status).toBe(201)
    expect(github.violations).toEqual([])
  })

  test('a limit says how long', async () => {
    github.fault({ operation, kind: secondaryLimit(7) })
    expect((await post()).headers.get('retry-after')).toBe('7')
    github.fault({ operation, kind: primaryLimit(7) })
    const { headers } = await post()
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeCloseTo(7, -1)
  })

  test('always, for all, until it is cleared', async () => {
    const trap = github.fault({ operation: '*', nth: 'always', kind: { status: 500 } })
    expect([(await post()).status, (await ask(bot(), 'GET /rate_limit')).status]).toEqual([500, 500])
    trap.clear()
    expect((await post()).status).toBe(201)
    expect(trap.hits).toBe(2)
  })

  test('of one token only', async () => {
    const token = bot()
    github.fault({ operation, nth: 'always', token, kind: { status: 500 } })
    expect((await post()).status).toBe(201)
    expect((await ask(token, `POST ${COMMENTS}`, { body: 'x' })).status).toBe(500)
  })

  test.each<[Fault, number]>([
    ['hang', 0],
    ['hang-after', 1]
  ])('%s', async (kind, stored) => {
    github.fault({ operation, kind })
    const signal = new AbortController()
    const asked = fetch(`${github.apiUrl}${COMMENTS}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot()}` },
      body: '{"body":"x"}',
      signal: signal.signal
    })
    const ended = asked.then(
      () => 'answered',
      () => 'aborted'
    )
    await github.until(() => github.requests.length === 1)
    signal.abort()
    expect(await ended).toBe('aborted')
    expect(github.comments(7)).toHaveLength(stored)
    expect(github.requests[0]?.status).toBeNull()
  })
})

describe('order', () => {
  const post = (token: string, body: string): Promise<Answer> => ask(token, `POST ${COMMENTS}`, { body })

  test('a request is held before it does anything, or before it is answered', async () => {
    const [one, two] = [bot(), bot()]
    const before = github.hold({ operation: 'issues/create-comment', token: one })
    const after = github.hold({ operation: 'issues/create-comment', token: two, phase: 'after' })
    const order: string[] = []
    const first = post(one, 'first').then(() => order.push('first'))
    await before.reached
    const second = post(two, 'second').then(() => order.push('second'))
    await after.reached
    expect([before.isReached, after.isReached]).toEqual([true, true])
    expect(github.comments(7).map(({ body }) => body)).toEqual(['second'])
    before.release()
    await first
    after.release()
    await second
    expect(order).toEqual(['first', 'second'])
    expect(github.comments(7).map(({ body }) => body)).toEqual(['second', 'first'])
  })

  test('the test says who comes when', async () => {
    const release = new Map<string, () => void>()
    github.pace(({ token, phase }) =>
      phase === 'after' ? Promise.resolve() : new Promise((resolve) => release.set(token ?? '', resolve))
    )
    const tokens = [bot(), bot(), bot()]
    const asked = tokens.map((token, index) => post(token, String(index)))
    await github.until(() => release.size === 3)
    for (const index of [2, 0, 1]) {
      release.get(tokens[index]!)!()
      await asked[index]
    }
    expect(github.comments(7).map(({ body }) => body)).toEqual(['2', '0', '1'])
  })
})

describe('payloads of events', () => {
  test('are those of the description', () => {
    github.now = new Date('2026-01-01T00:00:00Z')
    const id = github.comment(7, 'mallory', '/prove')
    const labelled = github.eventPayload('pull_request', {
      action: 'labeled',
      pullRequest: 7,
      label: 'prove'
    })
    expect(labelled).toMatchObject({
      action: 'labeled',
      number: 7,
      label: { name: 'prove' },
      pull_request: {
        head: { sha: HEAD, ref: 'faster', repo: { full_name: 'lambdaclass/ethrex' } },
        base: { ref: 'main', repo: { full_name: 'lambdaclass/ethrex' } }
      },
      sender: { login: 'alice' }
    })
    expect(
      github.eventPayload('issue_comment', { action: 'edited', comment: id, before: 'x' })
    ).toMatchObject({
      issue: { number: 7, state: 'open', pull_request: { merged_at: null } },
      comment: { id, body: '/prove', user: { login: 'mallory', type: 'User' }, author_association: 'NONE' },
      sender: { login: 'mallory' }
    })
    const ref = 'refs/heads/main'
    expect(github.eventPayload('push', { ref, after: HEAD })).toMatchObject({
      ref,
      before: '0'.repeat(40),
      created: true
    })
    expect(github.eventPayload('push', { ref, before: HEAD, after: '0'.repeat(40) })).toMatchObject({
      deleted: true
    })
    expect(github.eventPayload('workflow_dispatch', { inputs: { head: 'x' } })).toMatchObject({
      inputs: { head: 'x' },
      ref
    })
    github.issue({ number: 9, author: 'alice' })
    const elsewhere = github.comment(9, 'alice', '/prove')
    const { issue } = github.eventPayload('issue_comment', { action: 'created', comment: elsewhere })
    expect(Object.keys(issue as object)).not.toContain('pull_request')
    github.deleteFork(7)
    expect(github.eventPayload('pull_request', { action: 'closed', pullRequest: 7 })).toMatchObject({
      pull_request: { head: { repo: null } }
    })
    expect(github.violations).toEqual([])
  })
})

describe('git', () => {
  const run = promisify(execFile)

  test('serves heads, tags, pull requests and whatever is named by its id, of forks too', async () => {
    const { path, dispose } = await scratch()
    const [upstream, fork] = [join(path, 'ethrex'), join(path, 'fork')]
    const main = await commit(upstream, { 'a.txt': '1' })
    await git(upstream, 'tag', 'v1')
    await git(path, 'clone', '--quiet', upstream, fork)
    const old = await commit(fork, { 'a.txt': '2' })
    await git(fork, 'reset', '--quiet', '--hard', 'HEAD^')
    const head = await commit(fork, { 'a.txt': '3' })
    const before = await git(upstream, 'for-each-ref')
    const served = await startGitHub({
      repositories: [
        { owner: 'lambdaclass', name: 'ethrex', git: upstream },
        { owner: 'mallory', name: 'ethrex', git: fork, forkOf: 'lambdaclass/ethrex' }
      ]
    })
    served.pullRequest({
      number: 7,
      headRepository: 'mallory/ethrex',
      headBranch: 'main',
      headSha: head,
      author: 'mallory'
    })
    const url = `${served.serverUrl}/lambdaclass/ethrex`
    const listed = await git(path, 'ls-remote', `${url}.git`)
    expect(listed.split('\n').map((line) => line.replace('\t', ' '))).toEqual([
      `${main} HEAD`,
      `${main} refs/heads/main`,
      `${head} refs/pull/7/head`,
      `${main} refs/tags/v1`
    ])

    const clone = join(path, 'clone')
    await run('git', ['init', '--quiet', '--bare', clone], { env: environment })
    await git(clone, 'fetch', '--quiet', '--depth=1', url, old)
    expect(await git(clone, 'show', 'FETCH_HEAD:a.txt')).toBe('2')
    served.push(7, old)
    await git(clone, 'fetch', '--quiet', '--filter=blob:none', url, 'refs/pull/7/head')
    expect(await git(clone, 'rev-parse', 'FETCH_HEAD')).toBe(old)

    await expect(git(clone, 'push', '--quiet', url, `${old}:refs/heads/evil`)).rejects.toThrow()
    served.deleteFork(7)
    await expect(git(clone, 'ls-remote', `${served.serverUrl}/mallory/ethrex`)).rejects.toThrow()
    served.fault({ operation: 'git/info/refs', kind: { status: 503 } })
    await expect(git(clone, 'ls-remote', url)).rejects.toThrow('503')
    expect(served.gitRequests.at(-1)).toMatchObject({ repository: 'lambdaclass/ethrex', status: 503 })
    expect([served.requests, served.violations]).toEqual([[], []])
    expect(await git(upstream, 'for-each-ref')).toBe(before)
    await served.close()
    await dispose()
  })
})
