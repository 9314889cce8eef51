import type { ForgeComment } from './forge-comment.ts'
import type { PullRequest } from './pull-request.ts'
import type { Sha } from './revision.ts'

/** What set a run off, as far as we understand it. */
export type ForgeEvent =
  | { readonly kind: 'pull-request'; readonly action: string; readonly pullRequest: PullRequest }
  | {
      readonly kind: 'comment'
      readonly action: string
      readonly comment: ForgeComment
      /** Null where the comment is on an issue that is no pull request. */
      readonly pullRequest: number | null
    }
  | { readonly kind: 'dispatch'; readonly sha: Sha }
  | {
      readonly kind: 'push'
      /** Null where the branch is new. */
      readonly before: Sha | null
      readonly after: Sha
      /** In full: `refs/heads/main`. */
      readonly ref: string
    }
  /** An event that we do not serve, or one whose payload is not what the forge's description says. */
  | { readonly kind: 'unsupported'; readonly name: string; readonly why: string }
