import { invalid, notFound, refuse, withComment, type Handler } from '../call.ts'
import { reactionOf } from '../documents.ts'
import { page } from '../pages.ts'
import { denyReading, denyWriting, isShutOut, reactionScopes } from '../rights.ts'

const CONTENTS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']

const list: Handler = (call) =>
  withComment(call, ({ conversation, reactions }) => {
    const denied = denyReading(call, conversation.repository, reactionScopes(conversation))
    if (denied !== null) return denied
    const content = call.query['content']
    const found = reactions.filter((one) => content === undefined || one.content === content)
    return page(
      call,
      conversation.repository,
      found.map((one) => reactionOf(call.state, one))
    )
  })

/** 201 for a new one, 200 where the same user has reacted so before. */
const create: Handler = (call) =>
  withComment(call, (comment) => {
    const { conversation } = comment
    const denied = denyWriting(call, conversation.repository, reactionScopes(conversation))
    if (denied !== null) return denied
    if (isShutOut(call, conversation)) {
      return refuse(403, 'Unable to create reaction because issue is locked.', call.operation.documentation)
    }
    const { content } = call.body
    if (typeof content !== 'string' || !CONTENTS.includes(content)) {
      return invalid(call, [{ resource: 'Reaction', field: 'content', code: 'invalid' }])
    }
    const author = call.token.owner
    const before = comment.reactions.find((one) => one.author.id === author.id && one.content === content)
    if (before !== undefined) return { status: 200, body: reactionOf(call.state, before) }
    const reaction = { id: call.state.nextId(), author, content, createdAt: call.state.timestamp() }
    comment.reactions.push(reaction)
    return { status: 201, body: reactionOf(call.state, reaction) }
  })

const remove: Handler = (call) =>
  withComment(call, (comment) => {
    const denied = denyWriting(call, comment.conversation.repository, reactionScopes(comment.conversation))
    if (denied !== null) return denied
    const id = Number(call.path['reaction_id'])
    const own = comment.reactions.find((one) => one.id === id && one.author.id === call.token.owner.id)
    if (own === undefined) return notFound(call)
    comment.reactions = comment.reactions.filter((one) => one !== own)
    return { status: 204 }
  })

export const REACTIONS: Readonly<Record<string, Handler>> = {
  'reactions/list-for-issue-comment': list,
  'reactions/create-for-issue-comment': create,
  'reactions/delete-for-issue-comment': remove
}
