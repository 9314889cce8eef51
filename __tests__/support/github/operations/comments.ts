import {
  invalid,
  refuse,
  withComment,
  withConversation,
  type Call,
  type Handler,
  type Reply
} from '../call.ts'
import { commentOf } from '../documents.ts'
import { page } from '../pages.ts'
import { commentScopes, denyReading, denyWriting, isShutOut, mayTouch } from '../rights.ts'

/** Counted the strictest way, by UTF-16 units: what passes here passes by code points too. */
const LONGEST = 65_536

const list: Handler = (call) =>
  withConversation(call, (conversation) => {
    const denied = denyReading(call, conversation.repository, commentScopes(conversation))
    if (denied !== null) return denied
    const since = Date.parse(String(call.query['since'] ?? '1970-01-01T00:00:00Z'))
    const found = conversation.comments.filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
    return page(
      call,
      conversation.repository,
      found.map((comment) => commentOf(call.state, comment))
    )
  })

/** The body, or why it is no comment. */
const bodyOf = (call: Call): string | Reply => {
  const body = call.body['body']
  const error = { resource: 'IssueComment', field: 'body' }
  if (typeof body !== 'string' || body.trim() === '')
    return invalid(call, [{ ...error, code: 'missing_field' }])
  if (body.length <= LONGEST) return body
  return invalid(call, [
    { ...error, code: 'custom', message: `body is too long (maximum is ${LONGEST} characters)` }
  ])
}

const create: Handler = (call) =>
  withConversation(call, (conversation) => {
    const denied = denyWriting(call, conversation.repository, commentScopes(conversation))
    if (denied !== null) return denied
    if (isShutOut(call, conversation)) {
      const why = 'https://docs.github.com/articles/locking-conversations/'
      return refuse(403, 'Unable to create comment because issue is locked.', why)
    }
    const body = bodyOf(call)
    if (typeof body !== 'string') return body
    const comment = commentOf(call.state, call.state.addComment(conversation, call.token.owner, body))
    return { status: 201, body: comment, headers: { location: String(comment['url']) } }
  })

const get: Handler = (call) =>
  withComment(call, (comment) => {
    const { conversation } = comment
    const denied = denyReading(call, conversation.repository, commentScopes(conversation))
    return denied ?? { status: 200, body: commentOf(call.state, comment) }
  })

/** Whether this token may change this comment. */
const denyTouching = (call: Call, comment: Parameters<typeof commentOf>[1]): Reply | null => {
  const { conversation, author } = comment
  const denied = denyWriting(call, conversation.repository, commentScopes(conversation))
  if (denied !== null || mayTouch(call, author, conversation.repository)) return denied
  return refuse(403, 'Must have admin rights to Repository.', call.operation.documentation)
}

const update: Handler = (call) =>
  withComment(call, (comment) => {
    const denied = denyTouching(call, comment)
    if (denied !== null) return denied
    const body = bodyOf(call)
    if (typeof body !== 'string') return body
    call.state.editComment(comment, body)
    return { status: 200, body: commentOf(call.state, comment) }
  })

const remove: Handler = (call) =>
  withComment(call, (comment) => {
    const denied = denyTouching(call, comment)
    if (denied !== null) return denied
    call.state.deleteComment(comment)
    return { status: 204 }
  })

export const COMMENTS: Readonly<Record<string, Handler>> = {
  'issues/list-comments': list,
  'issues/create-comment': create,
  'issues/get-comment': get,
  'issues/update-comment': update,
  'issues/delete-comment': remove
}
