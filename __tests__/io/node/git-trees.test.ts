import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sha } from '../../../src/domain/revision.ts'
import type { TreeEntry } from '../../../src/domain/source-tree.ts'
import { createGit } from '../../../src/io/node/git.ts'
import type { Mirror } from '../../../src/stages/repositories.ts'
import type { SourceTrees } from '../../../src/stages/sources.ts'
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
const repositories = createGit({
  processes: realProcesses(),
  environment,
  cacheDir: join(place.path, 'cache')
})
const trees: SourceTrees = repositories

const HOSTILE = 'a "b\'\\\n\tc/é $(x)\n.rs'
const MODULE = '1'.repeat(40)

const found: { sha: Sha; mirror: Mirror | null } = { sha: '' as Sha, mirror: null }
const mirror = (): Mirror => found.mirror!

beforeAll(async () => {
  await git(place.path, 'init', '--quiet', '--initial-branch=main', user)
  await writeTree(user, {
    'empty.toml': '',
    'x/unended.toml': '\uFEFFone\r\ntwo',
    [HOSTILE]: 'first\ninclude!("../a\0b")\nlast\n',
    'plain.rs': 'let a = 0..1;\njoin("..")\n// ../c\n',
    'plain.md': '../x\n',
    '.gitattributes': '*.rs binary -diff\n'
  })
  await writeFile(join(user, 'latin.toml'), Buffer.from([0xe9, 0x0a]))
  await symlink('../out\nside', join(user, 'x', 'link'))
  found.sha = await commit(user, {})
  const opened = await repositories.mirror(asRepository(user))
  if (!opened.ok) throw new Error(opened.error)
  found.mirror = opened.value
})

const entries = async (): Promise<readonly TreeEntry[]> => {
  const listed = await trees.entries(mirror(), found.sha)
  if (!listed.ok) throw new Error(listed.error)
  return listed.value
}

const named = async (...paths: readonly string[]): Promise<readonly TreeEntry[]> =>
  (await entries()).filter(({ path }) => paths.includes(path))

describe('a tree', () => {
  test('is listed whole, with the ids that git gives, whatever the names', async () => {
    const listed = await entries()
    const kinds = Object.fromEntries(listed.map(({ path, kind }) => [path, kind]))
    expect(kinds).toMatchObject({
      '.': 'directory',
      x: 'directory',
      'x/link': 'link',
      [HOSTILE]: 'file',
      'empty.toml': 'file'
    })
    for (const path of ['x', 'x/link', 'plain.rs', HOSTILE]) {
      const object = await git(user, 'rev-parse', `${found.sha}:${path}`)
      expect(listed.find((entry) => entry.path === path)?.object).toBe(object)
    }
    expect(listed[0]?.object).toBe(await git(user, 'rev-parse', `${found.sha}^{tree}`))
    expect(await named('x/link', 'plain.md')).toMatchObject([
      { path: 'plain.md', size: 5 },
      { path: 'x/link', size: 11 }
    ])
  })

  test('holds submodules as the commits they are at', async () => {
    await git(user, 'update-index', '--add', '--cacheinfo', `160000,${MODULE},module`)
    await git(user, 'commit', '--quiet', '--message=module')
    const sha = (await git(user, 'rev-parse', 'HEAD')) as Sha
    await git(user, 'reset', '--quiet', '--hard', found.sha)
    expect(await repositories.hasCommit(mirror(), sha)).toBe(true)
    const listed = await trees.entries(mirror(), sha)
    expect(listed.ok && listed.value.find(({ path }) => path === 'module')).toEqual({
      path: 'module',
      kind: 'module',
      object: MODULE,
      size: 0
    })
  })

  test('that is not there is an error', async () => {
    const missing = 'f'.repeat(40) as Sha
    const search = { texts: ['x'], globs: ['**'] }
    expect(await trees.entries(mirror(), missing)).toMatchObject({ ok: false })
    expect(await trees.lines(mirror(), missing, search)).toMatchObject({ ok: false })
  })
})

describe('texts', () => {
  test('are read to the byte, of empty files, unended ones and links, each once', async () => {
    const wanted = await named('empty.toml', 'x/unended.toml', 'x/link', HOSTILE, 'plain.rs')
    const read = await trees.texts(mirror(), [...wanted, ...wanted])
    const texts = wanted.map(({ path, object }) => [path, read.ok && read.value.get(object)])
    expect(Object.fromEntries(texts)).toEqual({
      'empty.toml': '',
      'x/unended.toml': '\uFEFFone\r\ntwo',
      'x/link': '../out\nside',
      [HOSTILE]: 'first\ninclude!("../a\0b")\nlast\n',
      'plain.rs': 'let a = 0..1;\njoin("..")\n// ../c\n'
    })
    expect(await trees.texts(mirror(), [])).toEqual({ ok: true, value: new Map() })
  })

  test('of which one cannot be read are an error that names it', async () => {
    const wanted = await named('plain.rs', 'latin.toml', 'x/link')
    expect(await trees.texts(mirror(), wanted)).toEqual({
      ok: false,
      error: 'latin.toml cannot be read as UTF-8'
    })
    const [entry] = await named('plain.rs')
    expect(await trees.texts(mirror(), [{ ...entry!, object: 'f'.repeat(40) }])).toMatchObject({ ok: false })
    expect(await trees.texts(mirror(), [{ ...entry!, size: 9 * 1024 * 1024 }])).toMatchObject({
      ok: false,
      error: expect.stringMatching(/too many to read$/) as string
    })
  })
})

describe('lines', () => {
  test('are found in files of any name, also where git takes them for binary', async () => {
    const lines = await trees.lines(mirror(), found.sha, { texts: ['../', '.."'], globs: ['**/*.rs'] })
    expect(lines).toEqual({
      ok: true,
      value: [
        { path: HOSTILE, text: 'include!("../a\0b")' },
        { path: 'plain.rs', text: 'join("..")' },
        { path: 'plain.rs', text: '// ../c' }
      ]
    })
  })

  test('that nobody wrote are none', async () => {
    const search = { texts: ['nowhere'], globs: ['**/*.rs'] }
    expect(await trees.lines(mirror(), found.sha, search)).toEqual({ ok: true, value: [] })
  })
})
