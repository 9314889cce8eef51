import { refuse, type Call, type Reply } from './call.ts'
import { mayPush, type Conversation, type Repository, type Scope, type Token } from './state.ts'

const refusal = (call: Call): Reply =>
  refuse(
    403,
    call.token.owner.isBot
      ? 'Resource not accessible by integration'
      : 'Resource not accessible by personal access token',
    call.operation.documentation
  )

/** An app's token is good for the repositories where the app is installed, a user's wherever the user is. */
const reaches = ({ owner, repository }: Token, wanted: Repository): boolean =>
  !owner.isBot || repository === wanted

/** Null, or why the token may not read. What is public anybody may. */
export const denyReading = (call: Call, repository: Repository, scopes: readonly Scope[]): Reply | null =>
  !repository.isPrivate ||
  (reaches(call.token, repository) && scopes.some((scope) => call.token.scopes[scope] !== undefined))
    ? null
    : refusal(call)

/** Null, or why the token may not write: one of the scopes must be granted in full. */
export const denyWriting = (call: Call, repository: Repository, scopes: readonly Scope[]): Reply | null =>
  reaches(call.token, repository) && scopes.some((scope) => call.token.scopes[scope] === 'write')
    ? null
    : refusal(call)

/** What a comment of this conversation needs: issues or pull requests for the one of a pull request. */
export const commentScopes = ({ branches }: Conversation): readonly Scope[] =>
  branches === null ? ['issues'] : ['issues', 'pull_requests']

/**
 * What a reaction needs. Described as for comments, but `issues` alone was refused on pull requests:
 * https://github.com/NOFireAI/ravel/pull/347, https://github.com/eneo-ai/eneo/pull/512.
 */
export const reactionScopes = ({ branches }: Conversation): readonly Scope[] =>
  branches === null ? ['issues'] : ['pull_requests']

/** Apps are no collaborators: https://github.com/hashicorp/terraform-github-actions/issues/100. */
export const isShutOut = (call: Call, { isLocked, repository }: Conversation): boolean => {
  const { owner } = call.token
  return isLocked && (owner.isBot || !mayPush(call.state.role(owner, repository)))
}

/** Others' comments are edited by whoever may write: an app by its scopes, a user by the role. */
export const mayTouch = (call: Call, author: { readonly id: number }, repository: Repository): boolean =>
  call.token.owner.isBot ||
  author.id === call.token.owner.id ||
  mayPush(call.state.role(call.token.owner, repository))
