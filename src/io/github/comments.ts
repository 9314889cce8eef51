import * as v from 'valibot'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Forge } from '../forge.ts'
import { commentField, idField } from './answers.ts'
import { once, reading, type Answered, type Place } from './calls.ts'
import { allPages, PER_PAGE } from './pages.ts'
import { strange, type Trouble } from './refusal.ts'

type Comments = Pick<
  Forge,
  'comments' | 'createComment' | 'editComment' | 'deleteComment' | 'react' | 'unreact'
>

/** What the forge does with comments and the reactions to them. */
export const commentsOf = ({ caller, owner, repo }: Place): Comments => {
  const { ask } = caller
  const here = { owner, repo }
  return {
    comments: (pullRequest, since, asking) => {
      const list = {
        ...here,
        issue_number: pullRequest,
        per_page: PER_PAGE,
        ...(since === null ? {} : { since })
      }
      return allPages(caller, {
        item: commentField,
        asking,
        send: (page) => (api, request) => api.rest.issues.listComments({ ...list, page, request })
      })
    },
    createComment: async (pullRequest, body, asking) => {
      const comment = { ...here, issue_number: pullRequest, body }
      return reading(
        await ask((api, request) => api.rest.issues.createComment({ ...comment, request }), once(asking)),
        commentField
      )
    },
    editComment: async (id, body, asking) => {
      const comment = { ...here, comment_id: id, body }
      return reading(
        await ask((api, request) => api.rest.issues.updateComment({ ...comment, request }), asking),
        commentField
      )
    },
    deleteComment: async (id, asking) => {
      const comment = { ...here, comment_id: id }
      return gone(await ask((api, request) => api.rest.issues.deleteComment({ ...comment, request }), asking))
    },
    react: async (comment, reaction, asking) => {
      const wanted = { ...here, comment_id: comment, content: reaction }
      return reacted(
        await ask((api, request) => api.rest.reactions.createForIssueComment({ ...wanted, request }), asking)
      )
    },
    unreact: async (comment, reactionId, asking) => {
      const reaction = { ...here, comment_id: comment, reaction_id: reactionId }
      return gone(
        await ask(
          (api, request) => api.rest.reactions.deleteForIssueComment({ ...reaction, request }),
          asking
        )
      )
    }
  }
}

/** What is not there is as good as deleted. */
const gone = (answered: Result<Answered, Trouble>): Result<null, Trouble> => {
  if (answered.ok)
    return answered.value.status === 204 ? success(null) : failure(strange(answered.value.status))
  return answered.error.kind === 'missing' ? success(null) : answered
}

const CREATED = 201

/**
 * 201 for a reaction that is new, 200 for one that was there. Where an answer was lost and the next says 200, the
 * lost one may have been the 201: nobody can tell any more.
 */
const reacted = (
  answered: Result<Answered, Trouble>
): Result<{ readonly id: number; readonly isNew: boolean }, Trouble> => {
  const read = reading(answered, v.object({ id: idField }))
  if (!answered.ok) return answered
  if (!read.ok) return read
  const { status, mayBeRepeated } = answered.value
  if (status !== CREATED && mayBeRepeated) return failure(UNCLEAR)
  return success({ id: read.value.id, isNew: status === CREATED })
}

const UNCLEAR: Trouble = {
  kind: 'unreachable',
  status: null,
  message:
    'GitHub has the reaction, but its first answer was lost: the reaction may be ours or an earlier one'
}
