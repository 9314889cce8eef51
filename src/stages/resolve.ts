import type { Failure } from '../domain/failure.ts'
import { failure, success, type Problem, type Result } from '../domain/problem.ts'
import {
  parseSha,
  shortSha,
  type BySide,
  type Repository,
  type Revision,
  type Sha
} from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { Sides } from '../domain/standing.ts'
import { commitPrefix, defaultBranch, resolveRef, type NamedCommit } from '../plan/refs.ts'

/** What a repository has by name. */
export interface Listing {
  readonly refs: readonly NamedCommit[]
  readonly headBranch: string | null
  readonly head: Sha | null
  readonly remoteHeadBranch: string | null
}

/** A bare copy of a repository, ours to read. */
export interface Mirror extends Listing {
  readonly directory: string
  readonly repository: Repository
}

/** Repositories, read by way of mirrors. */
export interface Repositories {
  /** As it is now; fetches nothing. The error is a line for people. */
  readonly list: (repository: Repository) => Promise<Result<Listing, string>>
  /** Up to date with the repository; the error is a line for people. */
  readonly mirror: (repository: Repository) => Promise<Result<Mirror, string>>
  /** Fetches the commit by its id where no branch or tag leads to it. */
  hasCommit(mirror: Mirror, sha: Sha): Promise<boolean>
  commitsBeginningWith(mirror: Mirror, prefix: string): Promise<readonly Sha[]>
  mergeBase(mirror: Mirror, one: Sha, other: Sha): Promise<Sha | null>
  /** Whether a branch of the repository leads to the commit, as far as the mirror knows; tags do not count. */
  isOnBranch(mirror: Mirror, sha: Sha): Promise<boolean>
  /** Whether a local repository has changes that no commit holds. */
  isDirty(path: string): Promise<boolean>
}

/** What is compared, as commits: no ref is looked up again after this. */
export interface Resolved {
  readonly revisions: BySide<Revision>
  readonly host: Revision
  readonly mirrors: { readonly ethrex: Mirror; readonly host: Mirror }
  /** Sentences for the report. */
  readonly notes: readonly string[]
}

export const sidesOf = ({ revisions: { base, head } }: Pick<Resolved, 'revisions'>): Sides => ({
  base: base.sha,
  head: head.sha
})

/** Bad input, every bit of it, or a repository that could not be reached. */
export type Unresolved =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failure'; readonly failure: Failure }

type Wanted = Pick<Settings, 'repository' | 'hostRepository' | 'base' | 'head' | 'baseFrom' | 'hostRef'>

/** Branches that stand for a ref that the settings leave open. */
export interface Branches {
  /** What head will be merged into; null: the default branch. */
  readonly base: string | null
  /** The host's, taken if the host has it; null: `main`. */
  readonly host: string | null
}

export const NO_BRANCHES: Branches = { base: null, host: null }

/** Turns the refs of the settings into commits, once. */
export const resolveRevisions = async (
  settings: Wanted,
  repositories: Repositories,
  branches: Branches = NO_BRANCHES
): Promise<Result<Resolved, Unresolved>> => {
  const unknown = await findUnknown(settings, repositories)
  if (unknown !== null) return failure(unknown)
  // Both could be listed, so what fails from here on is on the way: the disk, the network.
  const ethrex = await repositories.mirror(settings.repository)
  const host = await repositories.mirror(settings.hostRepository)
  if (!ethrex.ok) return failure(unreachable(settings.repository, ethrex.error))
  if (!host.ok) return failure(unreachable(settings.hostRepository, host.error))
  const mirrors = { ethrex: ethrex.value, host: host.value }
  const lookUp = lookUpIn(repositories)
  const head = await lookUp('head', settings.head ?? 'HEAD', mirrors.ethrex)
  const base = settings.base === null ? null : await lookUp('base', settings.base, mirrors.ethrex)
  const hostRevision = await lookUp('host-ref', hostRefOf(settings, branches, mirrors.host), mirrors.host)
  const derived =
    base ?? (head.ok ? await deriveBase(settings, head.value, { mirrors, repositories, branches }) : null)
  const problems = [derived, head, hostRevision].flatMap((found) =>
    found?.ok === false ? [found.error] : []
  )
  if (problems.length > 0 || !head.ok || !hostRevision.ok || derived?.ok !== true) {
    return failure({ kind: 'problems', problems })
  }
  const notes = await dirtyNotes([settings.repository, settings.hostRepository], repositories)
  const revisions = { base: derived.value, head: head.value }
  return success({ revisions, host: hostRevision.value, mirrors, notes })
}

/**
 * Names that a repository does not have, found without fetching it. What may be a commit id cannot be told
 * from a listing, and is looked up in the mirror.
 */
const findUnknown = async (settings: Wanted, repositories: Repositories): Promise<Unresolved | null> => {
  const ethrex = await reach('repository', settings.repository, repositories.list)
  const host = await reach('host-repository', settings.hostRepository, repositories.list)
  if (!ethrex.ok || !host.ok) return firstFailure([ethrex, host])
  const problemOf = (
    input: string,
    ref: string,
    { refs, head, name }: Listing & { readonly name: string }
  ): readonly Problem[] => {
    const found = commitPrefix(ref) === null ? resolveRef(ref, { refs, head, commits: [] }) : null
    return found?.ok === false ? [unknownRef(input, ref, { name, error: found.error })] : []
  }
  const inEthrex = { ...ethrex.value, name: settings.repository.name }
  const problems = [
    ...(settings.base === null ? [] : problemOf('base', settings.base, inEthrex)),
    ...problemOf('head', settings.head ?? 'HEAD', inEthrex),
    ...problemOf('host-ref', settings.hostRef ?? 'main', {
      ...host.value,
      name: settings.hostRepository.name
    })
  ]
  return problems.length > 0 ? { kind: 'problems', problems } : null
}

const unknownRef = (
  input: string,
  ref: string,
  { name, error }: { readonly name: string; readonly error: string }
): Problem => ({ input, message: `${JSON.stringify(ref)} of ${name} ${error}` })

/** Asks a repository; one that does not answer is bad input where it is a path, else trouble on the way. */
const reach = async <T>(
  input: string,
  repository: Repository,
  ask: (repository: Repository) => Promise<Result<T, string>>
): Promise<Result<T, Unresolved>> => {
  const answer = await ask(repository)
  if (answer.ok) return answer
  if (repository.kind === 'path') {
    const message = `"${repository.name}" cannot be read as a git repository: ${answer.error}`
    return failure({ kind: 'problems', problems: [{ input, message }] })
  }
  return failure(unreachable(repository, answer.error))
}

const unreachable = ({ name }: Repository, tail: string): Unresolved => {
  const reason = /no space left on device/i.test(tail) ? 'disk-full' : 'repository-unreachable'
  const told = { side: null, stage: 'fetch', block: null, reason } as const
  return { kind: 'failure', failure: { ...told, message: `${name} could not be fetched`, tail } }
}

const firstFailure = (opened: readonly Result<unknown, Unresolved>[]): Unresolved => {
  const errors = opened.flatMap((mirror) => (mirror.ok ? [] : [mirror.error]))
  const problems = errors.flatMap((error) => (error.kind === 'problems' ? error.problems : []))
  return problems.length === 0 && errors[0] !== undefined ? errors[0] : { kind: 'problems', problems }
}

const lookUpIn =
  (repositories: Repositories) =>
  async (input: string, ref: string, mirror: Mirror): Promise<Result<Revision, Problem>> => {
    const commits = await commitsOf(ref, mirror, repositories)
    const found = resolveRef(ref, { refs: mirror.refs, head: mirror.head, commits })
    const { name } = mirror.repository
    if (!found.ok) return failure(unknownRef(input, ref, { name, error: found.error }))
    if (await repositories.hasCommit(mirror, found.value))
      return success({ repository: name, ref, sha: found.value })
    return failure({ input, message: `${JSON.stringify(ref)} of ${name} cannot be fetched` })
  }

const commitsOf = async (
  ref: string,
  mirror: Mirror,
  repositories: Repositories
): Promise<readonly Sha[]> => {
  const prefix = commitPrefix(ref)
  if (prefix === null) return []
  const full = await repositories.commitsBeginningWith(mirror, prefix)
  if (full.length > 0 || prefix.length < 40) return full
  // Not in the mirror: a commit of a pull request is on no branch, but is given out when asked for by its id.
  const sha = parseSha(prefix)
  return sha !== null && (await repositories.hasCommit(mirror, sha)) ? [sha] : []
}

interface Sources {
  readonly branches: Branches
  readonly mirrors: Resolved['mirrors']
  readonly repositories: Repositories
}

/** The merge base of head and the branch it goes into, or that branch's tip. */
const deriveBase = async (
  settings: Wanted,
  head: Revision,
  { mirrors, repositories, branches }: Sources
): Promise<Result<Revision, Problem>> => {
  const mirror = mirrors.ethrex
  const repository = mirror.repository.name
  const branch = branches.base === null ? defaultBranchOf(mirror) : branchOf(mirror, branches.base)
  if (branch === null) {
    const which = branches.base === null ? 'default branch' : `branch ${JSON.stringify(branches.base)}`
    return failure({ input: 'base', message: `is not given, and ${repository} has no ${which}: name one` })
  }
  const name = branch.name.replace(/^refs\/(heads|remotes)\//, '')
  if (settings.baseFrom === 'branch') return success({ repository, ref: name, sha: branch.sha })
  const sha = await repositories.mergeBase(mirror, head.sha, branch.sha)
  if (sha !== null)
    return success({ repository, ref: `merge-base of ${name} and ${shortSha(head.sha)}`, sha })
  const message = `is not given, and ${name} and ${head.ref} of ${repository} have no commit in common: name one`
  return failure({ input: 'base', message })
}

const dirtyNotes = async (
  sources: readonly Repository[],
  repositories: Repositories
): Promise<readonly string[]> => {
  const notes: string[] = []
  for (const { kind, name, source } of sources) {
    if (kind !== 'path' || !(await repositories.isDirty(source))) continue
    notes.push(`${name} has changes that are not committed: commits are measured, the working tree is not`)
  }
  return notes
}

const defaultBranchOf = ({ refs, headBranch, remoteHeadBranch, repository }: Mirror): NamedCommit | null =>
  defaultBranch(refs, {
    head: headBranch,
    remoteHead: remoteHeadBranch,
    isLocal: repository.kind === 'path'
  })

const branchOf = ({ refs }: Mirror, branch: string): NamedCommit | null =>
  refs.find(({ name }) => name === `refs/heads/${branch}`) ?? null

const hostRefOf = ({ hostRef }: Wanted, { host }: Branches, mirror: Mirror): string => {
  if (hostRef !== null) return hostRef
  return host !== null && branchOf(mirror, host) !== null ? `refs/heads/${host}` : 'main'
}
