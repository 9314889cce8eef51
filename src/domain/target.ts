import type { PullRequest } from './pull-request.ts'
import type { Sha } from './revision.ts'

/** What an event asks to be measured, after rights were checked. */
export interface Target {
  /** Where the comment goes; null where there is no pull request. */
  readonly pullRequest: PullRequest | null
  /** Null where it is named by a ref that is not resolved yet. */
  readonly head: Sha | null
  /** A ref or SHA; null: derived from head and `baseBranch`. */
  readonly base: string | null
  /** Branch that head is compared with; null: the default branch. */
  readonly baseBranch: string | null
  /** Branch of the host to take if the host has it and no `host-ref` is given. */
  readonly hostBranch: string | null
  /** True where head is a fork's, run only at exactly the SHA that somebody with rights approved. */
  readonly isApprovedFork: boolean
  /** The comment that asked, if one did. */
  readonly command: {
    readonly comment: number
    readonly author: string
    /** ISO 8601, by the forge's clock. */
    readonly createdAt: string
  } | null
}
