import * as v from 'valibot'
import type { ForgeEvent } from '../../domain/event.ts'
import type { Sha } from '../../domain/revision.ts'
import { printableName } from '../text/printable.ts'
import { commentField, idField, isLogin, isSameName, pullRequestField, shaField } from './answers.ts'

export interface RawEvent {
  /** GITHUB_EVENT_NAME. */
  readonly name: string
  /** What GITHUB_EVENT_PATH holds: strangers' text in GitHub's form. */
  readonly payload: unknown
  /** `owner/name` of the repository whose workflow runs. */
  readonly repository: string
  /** GITHUB_SHA: the tip of the branch that a dispatch was for. */
  readonly sha: Sha
}

/**
 * Understands what set the run off. An event that we do not serve, and one whose payload is not what GitHub
 * describes, are `unsupported` with a sentence for people.
 */
export const readEvent = (event: RawEvent): ForgeEvent => {
  switch (event.name) {
    case 'pull_request':
      return readPullRequest(event)
    case 'issue_comment':
      return readComment(event)
    case 'workflow_dispatch':
      return { kind: 'dispatch', sha: event.sha }
    case 'push':
      return readPush(event)
    default:
      return unsupported(event, WHY_NOT.get(event.name) ?? `only ${SERVED} are served`)
  }
}

const SERVED = 'pull_request, issue_comment, workflow_dispatch and push'

/** Both run with the base repository's rights beside code that nobody there has seen. */
const WHY_NOT: ReadonlyMap<string, string> = new Map([
  [
    'pull_request_target',
    "pull_request_target gives a token that may write, and secrets, to a run over a stranger's code: use " +
      'pull_request, and /prove in a comment for forks'
  ],
  [
    'workflow_run',
    "workflow_run gives a token that may write, and secrets, to a run after a stranger's: use pull_request, and " +
      '/prove in a comment for forks'
  ]
])

const unsupported = ({ name }: RawEvent, why: string): ForgeEvent => ({
  kind: 'unsupported',
  name: printableName(name, 100),
  why
})

/** `action` is a word of GitHub's own. */
const actionField = v.pipe(v.string(), v.regex(/^[a-z_]{1,50}$/))
const repositoryField = v.object({ full_name: v.string() })

const pullRequestPayload = v.object({
  action: actionField,
  pull_request: pullRequestField,
  repository: repositoryField
})

const readPullRequest = (event: RawEvent): ForgeEvent => {
  const read = v.safeParse(pullRequestPayload, event.payload)
  if (!read.success) return unsupported(event, notAsDescribed(read.issues))
  const { action, pull_request: pullRequest, repository } = read.output
  if (![repository.full_name, pullRequest.base.repository].every((name) => isOfOurs(event, name))) {
    return unsupported(event, ELSEWHERE)
  }
  return { kind: 'pull-request', action, pullRequest }
}

const commentPayload = v.object({
  action: actionField,
  comment: commentField,
  issue: v.object({ number: idField, pull_request: v.optional(v.object({})) }),
  repository: repositoryField
})

const readComment = (event: RawEvent): ForgeEvent => {
  const read = v.safeParse(commentPayload, event.payload)
  if (!read.success) return unsupported(event, notAsDescribed(read.issues))
  const { action, comment, issue, repository } = read.output
  if (!isOfOurs(event, repository.full_name)) return unsupported(event, ELSEWHERE)
  if (!isLogin(comment.author.login))
    return unsupported(event, 'its comment is by a login that GitHub has not')
  return {
    kind: 'comment',
    action,
    comment,
    pullRequest: issue.pull_request === undefined ? null : issue.number
  }
}

const NOTHING = '0'.repeat(40)

const pushPayload = v.object({
  ref: v.pipe(v.string(), v.regex(/^refs\/[^\p{Cc}\s]{1,1000}$/u)),
  before: shaField,
  after: shaField,
  repository: repositoryField
})

const readPush = (event: RawEvent): ForgeEvent => {
  const read = v.safeParse(pushPayload, event.payload)
  if (!read.success) return unsupported(event, notAsDescribed(read.issues))
  const { ref, before, after, repository } = read.output
  if (!isOfOurs(event, repository.full_name)) return unsupported(event, ELSEWHERE)
  return { kind: 'push', before: before === NOTHING ? null : before, after, ref }
}

const isOfOurs = ({ repository }: RawEvent, name: string): boolean => isSameName(name, repository)

const ELSEWHERE = "it is of a repository other than the workflow's"

/** Names the first field that is wrong by our own name for it; what it holds is not repeated. */
const notAsDescribed = ([issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string =>
  `its payload is not what GitHub describes: ${v.getDotPath(issue) ?? 'it'} is missing or of another form`
