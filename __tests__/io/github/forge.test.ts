import { describe, expect, test } from 'vitest'
import { parseSha } from '../../../src/domain/revision.ts'
import { aPlace, asked, BOT, HEAD, PULL } from './place.ts'

const sha = (digit: string) => parseSha(digit.repeat(40))!

describe('who we are', () => {
  test('a user is known by id', async () => {
    const { github, forge } = await aPlace({ token: { as: 'writer', scopes: { pull_requests: 'write' } } })
    expect(await forge.identity(null)).toEqual({
      ok: true,
      value: { kind: 'user', id: github.user('writer').id }
    })
  })

  test.each([
    [null, 'github-actions[bot]'],
    ['acme-bench[bot]', 'acme-bench[bot]']
  ])('a token that does not tell is one of the bots (%j)', async (bot, login) => {
    const { forge } = await aPlace()
    expect(await forge.identity(bot)).toEqual({ ok: true, value: { kind: 'bots', logins: [login] } })
  })

  test.each([
    ['an expired token', { status: 401, body: { message: 'Bad credentials' } }, 'forbidden'],
    ['a bad day', { status: 500, body: { message: 'Oops' } }, 'unreachable'],
    ['a limit', { status: 403, headers: { 'retry-after': '900' }, body: { message: 'Slow down' } }, 'limited']
  ])('%s does not make us a bot', async (_name, kind, expected) => {
    const { github, forge } = await aPlace()
    github.fault({ operation: '*', nth: 'always', kind })
    expect(await forge.identity(null)).toMatchObject({ ok: false, error: { kind: expected } })
  })
})

describe('who may write', () => {
  test.each([
    ['owner', 'admin', true],
    ['keeper', 'maintain', true],
    ['author', 'write', true],
    ['helper', 'triage', false],
    ['reviewer', 'read', false],
    ['outsider', 'none', false],
    ['mona_acme', 'write', true],
    // No bot is a collaborator; its name arrives whole.
    ['renovate[bot]', 'write', false]
  ] as const)('%s with %s: %s', async (login, permission, expected) => {
    const { github, forge } = await aPlace()
    github.user(login, { permission })
    expect(await forge.mayWrite(login)).toEqual({ ok: true, value: expected })
  })

  test('nobody whom the forge does not know', async () => {
    const { forge } = await aPlace()
    expect(await forge.mayWrite('nobody')).toEqual({ ok: true, value: false })
  })

  test.each([
    '',
    '../../user',
    'a/b',
    'writer ',
    'writer?x=1',
    'writer%2f',
    '[bot]',
    'ｗriter',
    'a'.repeat(101)
  ])('nobody by the name %j, and nobody is asked', async (login) => {
    const place = await aPlace()
    expect(await place.forge.mayWrite(login)).toEqual({ ok: true, value: false })
    expect(asked(place)).toEqual([])
  })

  test('a role of an organisation counts for what it comes down to, whatever its name', async () => {
    const { github, forge } = await aPlace()
    const answer = (permission: string, role_name: string) => ({
      operation: '*',
      kind: { status: 200, body: { permission, role_name, user: null } }
    })
    github.fault(answer('read', 'write'))
    github.fault({ ...answer('write', 'gardener'), nth: 2 })
    expect(await forge.mayWrite('reader')).toEqual({ ok: true, value: false })
    expect(await forge.mayWrite('reader')).toEqual({ ok: true, value: true })
  })

  test.each([
    ['a refusal', { status: 403, body: { message: 'Must have push access' } }],
    ['a failure', { status: 502, body: { message: 'Bad gateway' } }],
    ['a page', 'html-200']
  ] as const)('%s is no yes', async (_name, kind) => {
    const { github, forge } = await aPlace()
    github.fault({ operation: '*', nth: 'always', kind })
    expect((await forge.mayWrite('writer')).ok).toBe(false)
  })
})

describe('pull requests', () => {
  test('one of a branch of the repository', async () => {
    const { forge } = await aPlace()
    expect(await forge.pullRequest(PULL)).toEqual({
      ok: true,
      value: {
        number: PULL,
        isOpen: true,
        head: { sha: HEAD, branch: 'faster', repository: 'acme/ethrex' },
        base: { branch: 'main', repository: 'acme/ethrex' }
      }
    })
  })

  test('one of a fork that is gone, closed', async () => {
    const { github, forge } = await aPlace()
    const head = { headRepository: 'stranger/ethrex', headBranch: 'x', headSha: HEAD }
    const where = github.pullRequest({ number: 8, author: 'reader', ...head })
    github.closePullRequest(where)
    github.deleteFork(where)
    expect(await forge.pullRequest(8)).toMatchObject({
      ok: true,
      value: { isOpen: false, head: { repository: null } }
    })
  })

  test('none of that number', async () => {
    const { forge } = await aPlace()
    expect(await forge.pullRequest(404)).toEqual({
      ok: false,
      error: expect.objectContaining({
        kind: 'missing',
        message: 'GitHub does not have it (404): Not Found'
      }) as unknown
    })
  })

  test('those whose head is a commit: open, of this repository, and not merely holding it', async () => {
    const { github, forge } = await aPlace()
    const author = 'writer'
    github.pullRequest({ number: 8, headBranch: 'same', headSha: HEAD, author })
    github.pullRequest({ number: 9, headBranch: 'shut', headSha: HEAD, author, state: 'closed' })
    github.push(github.pullRequest({ number: 10, headBranch: 'on', headSha: HEAD, author }), 'c'.repeat(40))
    github.pullRequest({
      number: 11,
      repository: 'stranger/ethrex',
      headBranch: 'y',
      headSha: HEAD,
      author
    })
    const found = await forge.pullRequestsAt(sha('a'))
    expect(found.ok && found.value.map(({ number }) => number).toSorted()).toEqual([7, 8])
  })
})

describe('comments', () => {
  test('are made, read, edited and deleted', async () => {
    const { github, forge } = await aPlace()
    const made = await forge.createComment(PULL, 'one\r\n<b>two</b>')
    if (!made.ok) throw new Error(made.error.message)
    const { id } = made.value
    const author = { id: 41898282, login: 'github-actions[bot]', isBot: true }
    expect(made.value).toMatchObject({ author, body: 'one\r\n<b>two</b>' })
    expect(made.value.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/acme\/ethrex\/pull\/7#issuecomment-\d+$/)
    expect(await forge.editComment(id, 'three')).toMatchObject({ ok: true, value: { id, body: 'three' } })
    expect(await forge.comments(PULL, null)).toMatchObject({ ok: true, value: [{ id, body: 'three' }] })
    expect(await forge.deleteComment(id)).toEqual({ ok: true, value: null })
    expect(github.comments(PULL)).toEqual([])
    expect(await forge.deleteComment(id)).toEqual({ ok: true, value: null })
  })

  test('of all pages, in order, or since a moment', async () => {
    const place = await aPlace()
    const { github, forge } = place
    github.now = new Date('2026-01-01T00:00:00Z')
    for (let i = 0; i < 249; i += 1) github.comment(PULL, 'reader', `before ${i}`)
    github.now = new Date('2026-01-02T00:00:00Z')
    github.comment(PULL, 'writer', 'last')
    const all = await forge.comments(PULL, null)
    expect(all.ok && all.value.length).toBe(250)
    expect(all.ok && all.value.at(-1)?.body).toBe('last')
    expect(asked(place)).toEqual(Array(3).fill('issues/list-comments'))
    const late = await forge.comments(PULL, '2026-01-01T12:00:00Z')
    expect(late.ok && late.value.map(({ body }) => body)).toEqual(['last'])
  })

  test('by somebody whose account is gone are by a ghost, who is nobody', async () => {
    const { github, forge } = await aPlace()
    github.comment(PULL, 'reader', 'bye')
    const [whole] = github.comments(PULL)
    const page = { user: null, body: 'bye', id: whole!.id, html_url: 'https://x/1' }
    const times = { created_at: whole!.createdAt, updated_at: whole!.updatedAt }
    github.fault({ operation: '*', kind: { status: 200, body: [{ ...page, ...times }] } })
    expect(await forge.comments(PULL, null)).toMatchObject({
      ok: true,
      value: [{ author: { id: 0, login: 'ghost', isBot: false } }]
    })
  })

  test('a list without an end is a refusal', async () => {
    const place = await aPlace()
    const link = { link: '<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last"' }
    place.github.fault({ operation: '*', nth: 'always', kind: { status: 200, headers: link, body: [] } })
    expect(await place.forge.comments(PULL, null)).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    expect(asked(place)).toHaveLength(100)
  })
})

describe('reactions', () => {
  test('one of two who react at once is told that it is new', async () => {
    const { github, as } = await aPlace()
    const comment = github.comment(PULL, 'writer', '/prove')
    const forges = [as(github.token(BOT)), as(github.token(BOT))]
    const told = await Promise.all(forges.map((forge) => forge.react(comment, 'eyes')))
    expect(told.map((one) => one.ok && one.value.isNew).toSorted()).toEqual([false, true])
    expect(github.reactions(comment)).toEqual([{ login: 'github-actions[bot]', content: 'eyes' }])
  })

  test('are taken back, twice if need be', async () => {
    const { github, forge } = await aPlace()
    const comment = github.comment(PULL, 'writer', '/prove')
    const reacted = await forge.react(comment, 'confused')
    if (!reacted.ok) throw new Error(reacted.error.message)
    for (let i = 0; i < 2; i += 1) {
      expect(await forge.unreact(comment, reacted.value.id)).toEqual({ ok: true, value: null })
    }
    expect(github.reactions(comment)).toEqual([])
  })
})
