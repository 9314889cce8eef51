import { describe, expect, test } from 'vitest'
import { commitPrefix, defaultBranch, resolveRef, type RefCandidates } from '../../src/plan/refs.ts'
import { parseSha } from '../../src/domain/revision.ts'
import { sha } from '../support/plans.ts'

const candidates: RefCandidates = {
  refs: [
    { name: 'refs/heads/main', sha: sha('a') },
    { name: 'refs/heads/v1.0', sha: sha('b') },
    { name: 'refs/tags/v1.0', sha: sha('c') },
    { name: 'refs/tags/v2.0', sha: sha('d') },
    { name: 'refs/remotes/origin/topic', sha: sha('e') },
    { name: 'refs/heads/deadbee', sha: sha('1') }
  ],
  head: sha('f'),
  commits: [parseSha(`abcdef0${'1'.repeat(33)}`)!, parseSha(`abcdef0${'2'.repeat(33)}`)!]
}

describe('a ref', () => {
  test.each([
    ['main', sha('a')],
    ['v1.0', sha('b')],
    ['refs/tags/v1.0', sha('c')],
    ['v2.0', sha('d')],
    ['origin/topic', sha('e')],
    ['HEAD', sha('f')],
    ['deadbee', sha('1')],
    [`abcdef0${'1'.repeat(33)}`, candidates.commits[0]],
    [`ABCDEF0${'1'.repeat(33)}`, candidates.commits[0]],
    ['abcdef01', candidates.commits[0]]
  ])('%s is looked up in the fixed order', (text, expected) => {
    expect(resolveRef(text, candidates)).toEqual({ ok: true, value: expected })
  })

  test.each([
    ['nowhere', 'is no branch, no tag and no commit of it'],
    ['abcdef', 'is no branch, no tag and no commit of it'],
    ['abcdef0', 'is the beginning of 2 commits: give more digits'],
    ['9'.repeat(40), 'is not a commit of it'],
    ['--upload-pack=touch x', 'is no branch, no tag and no commit of it'],
    ['main~1', 'is no branch, no tag and no commit of it'],
    ['', 'is no branch, no tag and no commit of it']
  ])('%j is refused', (text, error) => {
    expect(resolveRef(text, candidates)).toEqual({ ok: false, error })
  })

  test('asks git for nothing but hex digits', () => {
    expect(['abcdef0', 'ABCDEF0', 'abcdef', '--all', 'main'].map(commitPrefix)).toEqual([
      'abcdef0',
      'abcdef0',
      null,
      null,
      null
    ])
  })
})

describe('the default branch', () => {
  const heads = { head: 'refs/heads/v1.0', remoteHead: 'refs/remotes/origin/topic', isLocal: true }

  test("of a local repository is its remote's, then main", () => {
    expect(defaultBranch(candidates.refs, heads)?.name).toBe('refs/remotes/origin/topic')
    expect(defaultBranch(candidates.refs, { ...heads, remoteHead: null })?.name).toBe('refs/heads/main')
  })

  test('of a remote repository is what its HEAD names', () => {
    expect(defaultBranch(candidates.refs, { ...heads, isLocal: false })?.name).toBe('refs/heads/v1.0')
  })

  test('may be missing', () => {
    expect(defaultBranch([], heads)).toBeNull()
  })
})
