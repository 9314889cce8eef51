import type { ForgeComment, Identity } from '../domain/forge-comment.ts'
import type { Result } from '../domain/problem.ts'
import type { PullRequest } from '../domain/pull-request.ts'
import type { Milliseconds } from '../domain/quantity.ts'
import type { Sha } from '../domain/revision.ts'

/** Why the forge did not do as asked. */
export interface Refusal {
  readonly kind:
    /** The token may not: 401, 403 without a limit. */
    | 'forbidden'
    /** 404, 410: gone, or not to be seen by this token. */
    | 'missing'
    /** 422: the forge does not take it, such as a body that is too long. */
    | 'invalid'
    /** A rate limit that did not end within our patience. */
    | 'limited'
    /** No answer, or none that makes sense: 5xx, a dropped connection, HTML. What was asked may have been done. */
    | 'unreachable'
  /** One printable line without a secret. */
  readonly message: string
}

export type Answer<T> = Promise<Result<T, Refusal>>

/** How long to try. */
export interface Asking {
  /** `patient` repeats what may be repeated and waits for limits to end, minutes at most; `once` asks once. */
  readonly patience: 'patient' | 'once'
  /** For one request. */
  readonly timeout: Milliseconds
}

export type Reaction = 'eyes' | 'confused'

/** The place where the pull request lives. Nothing here throws for what the forge answers. */
export interface Forge {
  /** `bot` is the login of the `comment-author` input, if there is one. */
  identity(bot: string | null, asking?: Asking): Answer<Identity>
  pullRequest(number: number, asking?: Asking): Answer<PullRequest>
  /** Open pull requests of this repository whose head is the commit. */
  pullRequestsAt(head: Sha, asking?: Asking): Answer<readonly PullRequest[]>
  /** Whether the user may write to the repository, by the permission API. A refusal is a no. */
  mayWrite(login: string, asking?: Asking): Answer<boolean>
  /** All pages. `since` (ISO 8601) leaves out what was last changed before. */
  comments(pullRequest: number, since: string | null, asking?: Asking): Answer<readonly ForgeComment[]>
  /** Asks once whatever `asking` says: a second request could make a second comment. */
  createComment(pullRequest: number, body: string, asking?: Asking): Answer<ForgeComment>
  editComment(id: number, body: string, asking?: Asking): Answer<ForgeComment>
  deleteComment(id: number, asking?: Asking): Answer<null>
  /** `isNew` is false where the token's owner had reacted so before: the forge decides, so two runs cannot both be told true. */
  react(
    comment: number,
    reaction: Reaction,
    asking?: Asking
  ): Answer<{ readonly id: number; readonly isNew: boolean }>
  unreact(comment: number, reactionId: number, asking?: Asking): Answer<null>
}
