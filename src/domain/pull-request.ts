import type { Sha } from './revision.ts'

/** A pull request, as the forge has it at one moment. Names of branches are text of whoever made them. */
export interface PullRequest {
  readonly number: number
  readonly isOpen: boolean
  readonly head: {
    readonly sha: Sha
    readonly branch: string
    /** `owner/name`; null where the fork is gone. */
    readonly repository: string | null
  }
  readonly base: { readonly branch: string; readonly repository: string }
}

/** Whether head is from another repository than base: code that nobody here has let in. */
export const isFork = ({ head, base }: PullRequest): boolean =>
  head.repository?.toLowerCase() !== base.repository.toLowerCase()
