import type { Failure } from '../domain/failure.ts'
import type { Problem, Result } from '../domain/problem.ts'
import type { Repository, Sha } from '../domain/revision.ts'
import type { NamedCommit } from '../plan/refs.ts'

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

/** Bad input, every bit of it, or a repository that could not be reached. */
export type Unresolved =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failure'; readonly failure: Failure }
