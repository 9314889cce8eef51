import type { ReferencePlan } from '../domain/plan.ts'
import { failure, success, type Problem, type Result } from '../domain/problem.ts'
import { shortSha, type BySide, type Repository, type Revision } from '../domain/revision.ts'
import type { Sides } from '../domain/standing.ts'
import { defaultBranch, type NamedCommit } from '../plan/refs.ts'
import type { Mirror, Repositories, Unresolved } from './repositories.ts'
import { findUnknown, lookUpIn, unreachable, type Wanted } from './resolve-refs.ts'

/** What is compared, as commits: no ref is looked up again after this. */
export interface Resolved {
  readonly revisions: BySide<Revision>
  /** In the order of the settings. */
  readonly variants: readonly NamedRevision[]
  readonly host: Revision
  readonly reference: ResolvedReference | null
  readonly mirrors: { readonly ethrex: Mirror; readonly host: Mirror }
  /** Sentences for the report. */
  readonly notes: readonly string[]
}

/** A variant. */
export interface NamedRevision {
  readonly name: string
  readonly revision: Revision
}

export interface ResolvedReference extends ReferencePlan {
  readonly mirror: Mirror
}

export const sidesOf = ({ revisions: { base, head } }: Pick<Resolved, 'revisions'>): Sides => ({
  base: base.sha,
  head: head.sha
})

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
  const reference = await resolveReference(settings, repositories)
  if (!reference.ok && reference.error.kind === 'failure') return reference
  const lookUp = lookUpIn(repositories)
  const head = await lookUp('head', settings.head ?? 'HEAD', mirrors.ethrex)
  const base = settings.base === null ? null : await lookUp('base', settings.base, mirrors.ethrex)
  const hostRevision = await lookUp('host-ref', hostRefOf(settings, branches, mirrors.host), mirrors.host)
  const derived =
    base ?? (head.ok ? await deriveBase(settings, head.value, { mirrors, repositories, branches }) : null)
  const variants = await resolveVariants(settings, mirrors.ethrex, repositories)
  const problems = [derived, head, ...variants.problems, hostRevision].flatMap((found) =>
    found?.ok === false ? [found.error] : []
  )
  if (!reference.ok) problems.push(...problemsIn(reference.error))
  if (problems.length > 0 || !head.ok || !hostRevision.ok || derived?.ok !== true || !reference.ok) {
    return failure({ kind: 'problems', problems })
  }
  const notes = await dirtyNotes([settings.repository, settings.hostRepository], repositories)
  const revisions = { base: derived.value, head: head.value }
  const others = { variants: variants.found, reference: reference.value }
  return success({ revisions, ...others, host: hostRevision.value, mirrors, notes })
}

const problemsIn = (unresolved: Unresolved): readonly Problem[] =>
  unresolved.kind === 'problems' ? unresolved.problems : []

const resolveVariants = async (
  { variants }: Wanted,
  mirror: Mirror,
  repositories: Repositories
): Promise<{
  readonly found: readonly NamedRevision[]
  readonly problems: readonly Result<never, Problem>[]
}> => {
  const found: NamedRevision[] = []
  const problems: Result<never, Problem>[] = []
  for (const { name, ref } of variants) {
    const revision = await lookUpIn(repositories)('variants', ref, mirror)
    if (revision.ok) found.push({ name, revision: revision.value })
    else problems.push(revision)
  }
  return { found, problems }
}

const resolveReference = async (
  { reference, referenceRepository }: Wanted,
  repositories: Repositories
): Promise<Result<ResolvedReference | null, Unresolved>> => {
  if (reference === null) return success(null)
  const mirror = await repositories.mirror(referenceRepository)
  if (!mirror.ok) return failure(unreachable(referenceRepository, mirror.error))
  const revision = await lookUpIn(repositories)('reference', reference.ref, mirror.value)
  return revision.ok
    ? success({ prover: reference.prover, revision: revision.value, mirror: mirror.value })
    : failure({ kind: 'problems', problems: [revision.error] })
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
