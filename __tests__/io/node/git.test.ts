import { access, mkdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGit } from '../../../src/io/node/git.ts'
import type { Repositories } from '../../../src/stages/repositories.ts'
import { resolveRevisions } from '../../../src/stages/resolve.ts'
import type { Trees } from '../../../src/stages/build.ts'
import type { Sha } from '../../../src/domain/revision.ts'
import {
  asRepository,
  commit,
  environment,
  git,
  realProcesses,
  scratch,
  writeTree
} from '../../support/small-trees.ts'

const place = await scratch()
afterAll(place.dispose)

const user = join(place.path, 'user')
const cacheDir = join(place.path, 'cache')
const repositories: Repositories & Trees = createGit({ processes: realProcesses(), environment, cacheDir })

const shas: Record<'one' | 'two' | 'topic' | 'hidden', Sha> = {
  one: '' as Sha,
  two: '' as Sha,
  topic: '' as Sha,
  hidden: '' as Sha
}

const canary = join(place.path, 'canary')
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )

beforeAll(async () => {
  shas.one = await commit(user, {
    'Cargo.toml': '[package]\n\nname = "a"',
    'b c/Cargo.toml': 'é\n',
    'x.rs': '1'
  })
  shas.topic = await commit(user, { 'x.rs': 'topic' })
  await git(user, 'branch', 'topic')
  await git(user, 'tag', '--annotate', '--message=t', 'v1')
  shas.hidden = await commit(user, { 'x.rs': 'hidden' })
  await git(user, 'update-ref', 'refs/pull/7/head', shas.hidden)
  await git(user, 'reset', '--quiet', '--hard', shas.one)
  shas.two = await commit(user, { 'y.rs': 'main' })
})

const mirrorOf = async (path: string) => {
  const mirror = await repositories.mirror(asRepository(path))
  if (!mirror.ok) throw new Error(mirror.error)
  return mirror.value
}

const settings = (changes: Partial<Parameters<typeof resolveRevisions>[0]> = {}) => ({
  repository: asRepository(user, 'lambdaclass/ethrex'),
  hostRepository: asRepository(user, 'lambdaclass/ethrex-replay'),
  base: null,
  head: 'topic',
  baseFrom: 'merge-base' as const,
  hostRef: null,
  variants: [],
  reference: null,
  referenceRepository: asRepository(user, 'succinctlabs/rsp'),
  ...changes
})

describe('a mirror', () => {
  test('resolves refs to commits, base by default to the merge base with the default branch', async () => {
    const resolved = await resolveRevisions(settings(), repositories)
    expect(resolved.ok && resolved.value.revisions).toEqual({
      base: {
        repository: 'lambdaclass/ethrex',
        ref: `merge-base of main and ${shas.topic.slice(0, 7)}`,
        sha: shas.one
      },
      head: { repository: 'lambdaclass/ethrex', ref: 'topic', sha: shas.topic }
    })
    expect(resolved.ok && resolved.value.host.sha).toBe(shas.two)
    expect(resolved.ok && resolved.value.notes).toEqual([])
  })

  test('takes tags, abbreviations, HEAD, the tip of the branch, and commits on no branch', async () => {
    const resolved = await resolveRevisions(
      settings({ head: shas.hidden, base: 'v1', hostRef: shas.one.slice(0, 8) }),
      repositories
    )
    expect(
      resolved.ok && [
        resolved.value.revisions.head.sha,
        resolved.value.revisions.base.sha,
        resolved.value.host.sha
      ]
    ).toEqual([shas.hidden, shas.topic, shas.one])
    const tip = await resolveRevisions(settings({ baseFrom: 'branch', head: null }), repositories)
    expect(tip.ok && [tip.value.revisions.base.sha, tip.value.revisions.head.sha]).toEqual([
      shas.two,
      shas.two
    ])
  })

  test('knows which commits its own branches lead to', async () => {
    const mirror = await mirrorOf(user)
    await git(user, 'update-ref', 'refs/remotes/fork/topic', shas.hidden)
    expect(await repositories.hasCommit(mirror, shas.hidden)).toBe(true)
    const on = async (sha: string): Promise<boolean> => repositories.isOnBranch(mirror, sha as Sha)
    expect(await Promise.all([shas.one, shas.two, shas.topic].map(on))).toEqual([true, true, true])
    expect(await Promise.all([shas.hidden, '0'.repeat(40)].map(on))).toEqual([false, false])
    await git(user, 'update-ref', '-d', 'refs/remotes/fork/topic')
  })

  test('takes the branch that head goes into as base, and a branch of the host if the host has it', async () => {
    const branches = { base: 'topic', host: 'topic' }
    const resolved = await resolveRevisions(settings({ head: shas.hidden }), repositories, branches)
    expect(resolved.ok && [resolved.value.revisions.base.sha, resolved.value.host.sha]).toEqual([
      shas.topic,
      shas.topic
    ])
    const given = await resolveRevisions(settings({ base: 'v1', hostRef: 'main' }), repositories, branches)
    expect(given.ok && [given.value.revisions.base.sha, given.value.host.sha]).toEqual([shas.topic, shas.two])
  })

  test('without such a branch the host is at main, and there is no base', async () => {
    const nowhere = await resolveRevisions(settings(), repositories, { base: null, host: 'ethrex/topic' })
    expect(nowhere.ok && nowhere.value.host.sha).toBe(shas.two)
    const gone = await resolveRevisions(settings(), repositories, { base: 'v1', host: null })
    expect(gone).toMatchObject({
      ok: false,
      error: {
        problems: [{ input: 'base', message: expect.stringContaining('has no branch "v1"') as string }]
      }
    })
  })

  test('resolves variants where head is, and the reference in a repository of its own', async () => {
    const asked = settings({
      variants: [
        { name: 'tagged', ref: 'v1' },
        { name: 'hidden', ref: shas.hidden }
      ],
      reference: { prover: 'rsp', ref: 'topic' }
    })
    const resolved = await resolveRevisions(asked, repositories)
    const repository = 'lambdaclass/ethrex'
    expect(resolved.ok && resolved.value.variants).toEqual([
      { name: 'tagged', revision: { repository, ref: 'v1', sha: shas.topic } },
      { name: 'hidden', revision: { repository, ref: shas.hidden, sha: shas.hidden } }
    ])
    expect(resolved.ok && resolved.value.reference).toMatchObject({
      prover: 'rsp',
      revision: { repository: 'succinctlabs/rsp', ref: 'topic', sha: shas.topic }
    })
  })

  test.each([
    ['gone', 'is no branch, no tag and no commit of it'],
    ['9'.repeat(40), 'is not a commit of it']
  ])('names what no variant and no reference can be, with all else: %s', async (ref, why) => {
    const variants = [
      { name: 'right', ref: 'v1' },
      { name: 'wrong', ref }
    ]
    const asked = settings({ head: ref, variants, reference: { prover: 'rsp', ref } })
    const resolved = await resolveRevisions(asked, repositories)
    const said = JSON.stringify(ref)
    expect(resolved.ok ? null : resolved.error).toEqual({
      kind: 'problems',
      problems: [
        { input: 'head', message: `${said} of lambdaclass/ethrex ${why}` },
        { input: 'variants', message: `${said} of lambdaclass/ethrex ${why}` },
        { input: 'reference', message: `${said} of succinctlabs/rsp ${why}` }
      ]
    })
  })

  test('asks nothing of a repository whose reference nobody wants', async () => {
    const nowhere = asRepository(join(place.path, 'nothing'), 'succinctlabs/rsp')
    expect((await resolveRevisions(settings({ referenceRepository: nowhere }), repositories)).ok).toBe(true)
    const asked = settings({ referenceRepository: nowhere, reference: { prover: 'rsp', ref: 'main' } })
    const resolved = await resolveRevisions(asked, repositories)
    expect(resolved.ok ? null : resolved.error).toMatchObject({
      kind: 'problems',
      problems: [{ input: 'reference-repository' }]
    })
  })

  test('names every unknown ref at once, and runs none of them', async () => {
    const head = `--upload-pack=touch ${canary};false`
    const resolved = await resolveRevisions(settings({ head, hostRef: '--all' }), repositories)
    expect(resolved).toEqual({
      ok: false,
      error: {
        kind: 'problems',
        problems: [
          {
            input: 'head',
            message: `"${head}" of lambdaclass/ethrex is no branch, no tag and no commit of it`
          },
          {
            input: 'host-ref',
            message: '"--all" of lambdaclass/ethrex-replay is no branch, no tag and no commit of it'
          }
        ]
      }
    })
    expect(await isThere(canary)).toBe(false)
  })

  test('tells a path that is no repository from a URL that cannot be reached', async () => {
    const path = await resolveRevisions(
      settings({ repository: asRepository(join(place.path, 'nothing')) }),
      repositories
    )
    expect(path.ok ? null : path.error).toMatchObject({
      kind: 'problems',
      problems: [{ input: 'repository' }]
    })
    const repository = {
      name: 'https://127.0.0.1:1/x',
      source: 'https://me:secret@127.0.0.1:1/x',
      kind: 'url'
    } as const
    const url = await resolveRevisions(settings({ repository }), repositories)
    expect(url.ok ? null : url.error).toMatchObject({
      kind: 'failure',
      failure: { reason: 'repository-unreachable' }
    })
    expect(JSON.stringify(url)).not.toContain('secret')
    const command = { name: 'x', source: `ext::touch ${canary} ://`, kind: 'url' } as const
    expect((await repositories.mirror(command)).ok).toBe(false)
    expect(await isThere(canary)).toBe(false)
  })

  test('is asked for a commit id, which no listing can deny', async () => {
    const resolved = await resolveRevisions(settings({ base: '9'.repeat(40) }), repositories)
    const message = `"${'9'.repeat(40)}" of lambdaclass/ethrex is not a commit of it`
    expect(resolved).toMatchObject({ ok: false, error: { problems: [{ input: 'base', message }] } })
  })

  test('is not made of a shallow clone', async () => {
    const shallow = join(place.path, 'shallow')
    await git(place.path, 'clone', '--quiet', '--depth=1', `file://${user}`, shallow)
    const resolved = await resolveRevisions(settings({ repository: asRepository(shallow) }), repositories)
    expect(resolved.ok ? '' : JSON.stringify(resolved.error)).toMatch(/it is a shallow clone.*fetch-depth: 0/)
  })

  test('has the commit that a detached HEAD is at', async () => {
    const detached = join(place.path, 'detached')
    await git(place.path, 'clone', '--quiet', user, detached)
    await git(detached, 'checkout', '--quiet', '--detach')
    const sha = await commit(detached, { 'x.rs': 'on no branch' })
    const resolved = await resolveRevisions(
      settings({ repository: asRepository(detached), head: null }),
      repositories
    )
    expect(resolved.ok && resolved.value.revisions).toMatchObject({
      base: { sha: shas.two, ref: `merge-base of origin/main and ${sha.slice(0, 7)}` },
      head: { sha, ref: 'HEAD' }
    })
  })

  test('follows the repository, branches that are gone too, and mends itself', async () => {
    await git(user, 'branch', 'short-lived', shas.one)
    const before = await mirrorOf(user)
    expect(before.refs.map(({ name }) => name)).toContain('refs/heads/short-lived')
    await git(user, 'branch', '-D', 'short-lived')
    await writeFile(join(before.directory, 'packed-refs.lock'), '')
    await rm(join(before.directory, 'HEAD'))
    const after = await mirrorOf(user)
    expect(after.refs.map(({ name }) => name)).toEqual([
      'refs/heads/main',
      'refs/heads/topic',
      'refs/tags/v1'
    ])
    expect(after.refs.find(({ name }) => name === 'refs/tags/v1')?.sha).toBe(shas.topic)
  })

  test('never reads what a killed clone left', async () => {
    const other = join(place.path, 'other')
    await commit(other, { a: '1' })
    const { directory } = await mirrorOf(other)
    await rm(directory, { recursive: true })
    await mkdir(`${directory}.new/objects`, { recursive: true })
    await writeFile(`${directory}.new/HEAD`, 'half')
    expect((await mirrorOf(other)).refs).toHaveLength(1)
  })
})

describe('a checkout', () => {
  test('has nothing of what was there, is dated now, and stands alone', async () => {
    const directory = join(place.path, 'tree')
    await writeTree(directory, { 'x.rs': 'old', 'target/left': 'over' })
    const mirror = await mirrorOf(user)
    const before = Date.now()
    expect(await repositories.checkout(mirror, shas.topic, directory)).toEqual({ ok: true, value: undefined })
    expect(await readFile(join(directory, 'x.rs'), 'utf8')).toBe('topic')
    expect(await isThere(join(directory, 'target'))).toBe(false)
    expect((await stat(join(directory, 'x.rs'))).mtimeMs).toBeGreaterThan(before - 1000)
    expect(await git(directory, 'rev-parse', 'HEAD')).toBe(shas.topic)
    await git(directory, 'checkout', '--quiet', '--orphan', 'planted')
    expect((await mirrorOf(user)).refs).toHaveLength(3)
  })

  test('says what went wrong', async () => {
    const missing = await repositories.checkout(
      await mirrorOf(user),
      '9'.repeat(40) as Sha,
      join(place.path, 'tree2')
    )
    expect(missing.ok ? '' : missing.error).toMatch(/fatal/)
  })
})

test('files of a commit are read without a tree', async () => {
  const files = await repositories.files(await mirrorOf(user), shas.one, 'Cargo.toml')
  expect(files.ok && [...files.value]).toEqual([
    ['Cargo.toml', '[package]\n\nname = "a"\n'],
    ['b c/Cargo.toml', 'é\n']
  ])
})

describe("the user's repository", () => {
  test('is not written to, and what it has planted does not run', async () => {
    const repository = join(place.path, 'planted')
    await commit(repository, {
      '.gitattributes': '*.rs filter=evil\n',
      'x.rs': '1',
      '.gitignore': 'ignored\n'
    })
    const command = `touch ${canary}; cat`
    await git(repository, 'config', 'core.fsmonitor', command)
    await git(repository, 'config', 'filter.evil.clean', command)
    await git(repository, 'config', 'filter.evil.smudge', command)
    await git(repository, 'config', 'uploadpack.packObjectsHook', command)
    for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc']) {
      await writeTree(join(repository, '.git/hooks'), { [hook]: `#!/bin/sh\n${command}\n` })
    }
    await utimes(join(repository, 'x.rs'), 1, 1)
    const index = await readFile(join(repository, '.git/index'))
    const mirror = await mirrorOf(repository)
    await repositories.checkout(mirror, mirror.head!, join(place.path, 'tree3'))
    expect(await repositories.isDirty(repository)).toBe(true)
    expect(await isThere(canary)).toBe(false)
    expect(await readFile(join(repository, '.git/index'))).toEqual(index)
  })

  test('is dirty with a change, a staged one or a new file, and not with an ignored one', async () => {
    const repository = join(place.path, 'dirty')
    await commit(repository, { x: '1', '.gitignore': 'ignored\n' })
    await writeTree(repository, { ignored: '1' })
    expect(await repositories.isDirty(repository)).toBe(false)
    await writeTree(repository, { new: '1' })
    expect(await repositories.isDirty(repository)).toBe(true)
    await git(repository, 'add', 'new')
    expect(await repositories.isDirty(repository)).toBe(true)
    await git(repository, 'reset', '--quiet', '--hard')
    await writeFile(join(repository, 'x'), '22')
    expect(await repositories.isDirty(repository)).toBe(true)
    const resolved = await resolveRevisions(
      settings({ repository: asRepository(repository), head: 'main', base: 'main' }),
      repositories
    )
    expect(resolved.ok && resolved.value.notes).toEqual([
      `${repository} has changes that are not committed: commits are measured, the working tree is not`
    ])
  })

  test('may be reached through a link', async () => {
    await symlink(user, join(place.path, 'link'))
    expect((await mirrorOf(join(place.path, 'link'))).refs).toHaveLength(3)
  })
})
