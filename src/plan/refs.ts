import { failure, success, type Result } from '../domain/problem.ts'
import { parseSha, type Sha } from '../domain/revision.ts'

/** A ref of a mirror and the commit it leads to, tags peeled. */
export interface NamedCommit {
  /** In full: `refs/heads/main`. */
  readonly name: string
  readonly sha: Sha
}

/** What a mirror knows that may be meant by the text. */
export interface RefCandidates {
  readonly refs: readonly NamedCommit[]
  /** Commit that the repository's HEAD is at, null where it is unborn. */
  readonly head: Sha | null
  /** Commits whose id is the text or begins with it; empty where the text is no commit id. */
  readonly commits: readonly Sha[]
}

const ABBREVIATION = /^[0-9a-f]{7,39}$/

/** The text as the beginning of a commit id, or null where it cannot be one. */
export const commitPrefix = (text: string): string | null => {
  const lower = text.toLowerCase()
  return ABBREVIATION.test(lower) || parseSha(lower) !== null ? lower : null
}

/** Namespaces in the order in which a name is looked up. */
const NAMESPACES = ['refs/heads/', 'refs/tags/', 'refs/remotes/'] as const

/**
 * The commit that a user means: a full id, else a branch, else a tag, else a branch of a remote (of a local
 * repository), else `HEAD`, else an abbreviated id that only one commit has. The error ends a sentence.
 */
export const resolveRef = (text: string, candidates: RefCandidates): Result<Sha, string> => {
  const full = parseSha(text.toLowerCase())
  if (full !== null)
    return candidates.commits.includes(full) ? success(full) : failure('is not a commit of it')
  const named = findNamed(text, candidates.refs)
  if (named !== null) return success(named)
  if (text === 'HEAD' && candidates.head !== null) return success(candidates.head)
  return resolveAbbreviation(text, candidates.commits)
}

const findNamed = (text: string, refs: readonly NamedCommit[]): Sha | null => {
  const byName = new Map(refs.map((ref) => [ref.name, ref.sha]))
  if (text.startsWith('refs/')) return byName.get(text) ?? null
  for (const namespace of NAMESPACES) {
    const sha = byName.get(namespace + text)
    if (sha !== undefined) return sha
  }
  return null
}

const resolveAbbreviation = (text: string, commits: readonly Sha[]): Result<Sha, string> => {
  const nothing = 'is no branch, no tag and no commit of it'
  const prefix = commitPrefix(text)
  if (prefix === null) return failure(nothing)
  const [first, ...others] = commits.filter((commit) => commit.startsWith(prefix))
  if (first === undefined) return failure(nothing)
  if (others.length > 0) return failure(`is the beginning of ${others.length + 1} commits: give more digits`)
  return success(first)
}

/**
 * The branch that changes go into. A local repository's HEAD is whatever is being worked on, so there its
 * remote's default branch comes first, then the usual names.
 */
export const defaultBranch = (
  refs: readonly NamedCommit[],
  heads: { readonly head: string | null; readonly remoteHead: string | null; readonly isLocal: boolean }
): NamedCommit | null => {
  const usual = ['refs/heads/main', 'refs/heads/master']
  const names = heads.isLocal ? [heads.remoteHead, ...usual, heads.head] : [heads.head, ...usual]
  for (const name of names) {
    const found = refs.find((ref) => ref.name === name)
    if (found !== undefined) return found
  }
  return null
}
