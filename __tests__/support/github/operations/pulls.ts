import { notFound, refuse, withConversation, withRepository, type Handler } from '../call.ts'
import { issueOf, labelOf, pullRequestInListOf, pullRequestOf } from '../conversation-documents.ts'
import { page } from '../pages.ts'
import { commentScopes, denyReading, denyWriting } from '../rights.ts'
import type { Branches, Conversation, Repository, State } from '../state.ts'

type PullRequest = Conversation & { readonly branches: Branches }

const isPullRequest = (conversation: Conversation): conversation is PullRequest =>
  conversation.branches !== null

/** Newest first, as GitHub lists them. */
const pullRequestsOf = (state: State, repository: Repository): readonly PullRequest[] =>
  state.conversations
    .filter((one) => one.repository === repository)
    .filter(isPullRequest)
    .sort((a, b) => b.number - a.number)

const get: Handler = (call) =>
  withConversation(call, (conversation) => {
    if (!isPullRequest(conversation)) return notFound(call)
    const denied = denyReading(call, conversation.repository, ['pull_requests'])
    return denied ?? { status: 200, body: pullRequestOf(call.state, conversation, conversation.branches) }
  })

const list: Handler = (call) =>
  withRepository(call, (repository) => {
    const denied = denyReading(call, repository, ['pull_requests'])
    if (denied !== null) return denied
    const { state = 'open', head, base } = call.query
    const found = pullRequestsOf(call.state, repository).filter(
      ({ branches, closedAt }) =>
        (state === 'all' || (state === 'open') === (closedAt === null)) &&
        (head === undefined || head === `${branches.headOwner.login}:${branches.headBranch}`) &&
        (base === undefined || base === branches.baseBranch)
    )
    return page(
      call,
      repository,
      found.map((one) => pullRequestInListOf(call.state, one, one.branches))
    )
  })

/** Those that contain the commit, not only those whose head it is now; closed ones only where they were merged. */
const listAt: Handler = (call) =>
  withRepository(call, (repository) => {
    const denied = denyReading(call, repository, ['pull_requests'])
    if (denied !== null) return denied
    const sha = String(call.path['commit_sha'])
    const found = pullRequestsOf(call.state, repository).filter(
      ({ branches, closedAt }) =>
        branches.pushed.includes(sha) && (closedAt === null || branches.mergedAt !== null)
    )
    return page(
      call,
      repository,
      found.map((one) => pullRequestInListOf(call.state, one, one.branches))
    )
  })

const files: Handler = (call) =>
  withConversation(call, (conversation) => {
    const denied = denyReading(call, conversation.repository, ['pull_requests'])
    return denied ?? page(call, conversation.repository, [])
  })

const getIssue: Handler = (call) =>
  withConversation(call, (conversation) => {
    const denied = denyReading(call, conversation.repository, commentScopes(conversation))
    return denied ?? { status: 200, body: issueOf(call.state, conversation) }
  })

const removeLabel: Handler = (call) =>
  withConversation(call, (conversation) => {
    const denied = denyWriting(call, conversation.repository, commentScopes(conversation))
    if (denied !== null) return denied
    const name = String(call.path['name'])
    if (!conversation.labels.includes(name)) {
      return refuse(404, 'Label does not exist', call.operation.documentation)
    }
    conversation.labels = conversation.labels.filter((label) => label !== name)
    const left = conversation.labels.map((label) => labelOf(call.state, conversation.repository, label))
    return { status: 200, body: left }
  })

export const PULLS: Readonly<Record<string, Handler>> = {
  'issues/get': getIssue,
  'issues/remove-label': removeLabel,
  'pulls/get': get,
  'pulls/list': list,
  'pulls/list-files': files,
  'repos/list-pull-requests-associated-with-commit': listAt
}
