import type { Values } from './check.ts'
import type { Operation } from './description.ts'
import type { JsonObject } from './json.ts'
import type { Comment, Conversation, Repository, State, Token } from './state.ts'

/** A request that is known to be one of the operations, by somebody who is known. */
export interface Call {
  readonly state: State
  readonly token: Token
  readonly operation: Operation
  readonly path: Values
  readonly query: Values
  readonly body: JsonObject
}

export interface Reply {
  readonly status: number
  /** Undefined: none. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What an operation does, at once: nothing comes between its reading and its writing. */
export type Handler = (call: Call) => Reply

export const refuse = (status: number, message: string, documentation: string): Reply => ({
  status,
  body: { message, documentation_url: documentation, status: String(status) }
})

export const notFound = ({ operation }: Call): Reply => refuse(404, 'Not Found', operation.documentation)

export const invalid = ({ operation }: Call, errors: readonly JsonObject[]): Reply => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    errors,
    documentation_url: operation.documentation
  }
})

/** Runs `next` with what the path names, or says that it is not there. */
export const withRepository = (call: Call, next: (repository: Repository) => Reply): Reply => {
  const repository = call.state.repository(`${call.path['owner'] ?? ''}/${call.path['repo'] ?? ''}`)
  const isSeen =
    repository !== undefined &&
    (!repository.isPrivate ||
      (call.token.owner.isBot
        ? call.token.repository === repository
        : call.state.role(call.token.owner, repository) !== 'none'))
  return isSeen ? next(repository) : notFound(call)
}

export const withConversation = (call: Call, next: (conversation: Conversation) => Reply): Reply =>
  withRepository(call, (repository) => {
    const number = Number(call.path['issue_number'] ?? call.path['pull_number'])
    const conversation = call.state.conversation(repository, number)
    return conversation === undefined ? notFound(call) : next(conversation)
  })

export const withComment = (call: Call, next: (comment: Comment) => Reply): Reply =>
  withRepository(call, (repository) => {
    const comment = call.state.comment(Number(call.path['comment_id']))
    return comment?.conversation.repository === repository ? next(comment) : notFound(call)
  })
