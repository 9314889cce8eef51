import { checkPayload } from './check.ts'
import { issueOf, labelOf, pullRequestOf } from './conversation-documents.ts'
import { commentOf, personOf, repositoryOf } from './documents.ts'
import type { JsonObject } from './json.ts'
import {
  fullName,
  type Comment,
  type Conversation,
  type Person,
  type Repository,
  type State
} from './state.ts'

/** A pull request or issue: its number in the first repository, or in another. */
export type Where = number | { readonly repository: string; readonly number: number }

/** What a test says of an event; the rest is as the server knows it. */
export interface EventDetails {
  readonly pull_request: {
    readonly action: string
    readonly pullRequest: Where
    /** With `labeled` and `unlabeled`. */
    readonly label?: string
    /** With `synchronize`: what head was before. */
    readonly before?: string
    /** Login; default: the author's. */
    readonly sender?: string
  }
  readonly issue_comment: {
    readonly action: string
    /** Id of the comment. */
    readonly comment: number
    /** With `edited`: the body before. */
    readonly before?: string
    readonly sender?: string
  }
  readonly workflow_dispatch: {
    readonly inputs?: Readonly<Record<string, string>> | null
    /** In full; default: the default branch. */
    readonly ref?: string
    /** Path of the workflow's file. */
    readonly workflow?: string
    readonly repository?: string
    readonly sender?: string
  }
  readonly push: {
    readonly ref: string
    /** Default: all zeros, as for a new branch. */
    readonly before?: string
    readonly after: string
    readonly isForced?: boolean
    readonly repository?: string
    readonly sender?: string
  }
}

export type EventName = keyof EventDetails

/** Finds what a test names; throws where there is none. */
export interface Lookup {
  readonly state: State
  readonly repository: (name?: string) => Repository
  readonly conversation: (where: Where) => Conversation
  readonly comment: (id: number) => Comment
  readonly user: (login: string) => Person
}

/** A payload without what all of them have. */
interface Draft {
  readonly repository: Repository
  readonly sender: string
  readonly own: JsonObject
}

type Makers = { readonly [N in EventName]: (lookup: Lookup, details: EventDetails[N]) => Draft }

const MAKERS: Makers = {
  pull_request: ({ state, conversation }, { action, pullRequest, label, before, sender }) => {
    const found = conversation(pullRequest)
    const { repository, number, branches, author } = found
    if (branches === null) throw new Error(`#${number} is no pull request`)
    const own = {
      action,
      number,
      pull_request: pullRequestOf(state, found, branches),
      ...(label === undefined ? {} : { label: labelOf(state, repository, label) }),
      ...(before === undefined ? {} : { before, after: branches.headSha })
    }
    return { repository, sender: sender ?? author.login, own }
  },

  issue_comment: ({ state, comment }, { action, comment: id, before, sender }) => {
    const found = comment(id)
    const own = {
      action,
      issue: issueOf(state, found.conversation),
      comment: commentOf(state, found),
      ...(before === undefined ? {} : { changes: { body: { from: before } } })
    }
    return { repository: found.conversation.repository, sender: sender ?? found.author.login, own }
  },

  workflow_dispatch: ({ repository: find }, { inputs = null, ref, workflow, repository, sender }) => {
    const found = find(repository)
    const own = {
      inputs,
      ref: ref ?? `refs/heads/${found.defaultBranch}`,
      workflow: workflow ?? '.github/workflows/prove.yml'
    }
    return { repository: found, sender: sender ?? found.owner.login, own }
  },

  push: (lookup, { repository, sender, ...details }) => {
    const found = lookup.repository(repository)
    const pusher = sender ?? found.owner.login
    return { repository: found, sender: pusher, own: pushOf(lookup.state, found, { ...details, pusher }) }
  }
}

const NO_SHA = '0'.repeat(40)

const pushOf = (
  state: State,
  repository: Repository,
  details: Omit<EventDetails['push'], 'repository' | 'sender'> & { readonly pusher: string }
): JsonObject => {
  const { ref, before = NO_SHA, after, isForced = false, pusher } = details
  const page = `${state.serverUrl}/${fullName(repository)}`
  const author = { name: pusher, email: 'somebody@users.noreply.example.org', username: pusher }
  const commit = {
    id: after,
    tree_id: [...after].reverse().join(''),
    distinct: true,
    message: 'Change',
    timestamp: state.timestamp(),
    url: `${page}/commit/${after}`,
    author,
    committer: author,
    added: [],
    removed: [],
    modified: ['Cargo.toml']
  }
  const isDeleted = after === NO_SHA
  return {
    ref,
    before,
    after,
    base_ref: null,
    compare: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    created: before === NO_SHA,
    deleted: isDeleted,
    forced: isForced,
    commits: isDeleted ? [] : [commit],
    head_commit: isDeleted ? null : commit,
    pusher: { name: author.name, email: author.email }
  }
}

/** The description that fits each event, and the keys that other actions of it have. */
const DESCRIBED: Readonly<Record<EventName, readonly [string, ...string[]]>> = {
  pull_request: ['pull-request-opened', 'label', 'before', 'after'],
  issue_comment: ['issue-comment-created', 'changes'],
  workflow_dispatch: ['workflow-dispatch'],
  push: ['push']
}

/** What GITHUB_EVENT_PATH holds, and where that deviates from GitHub's description. */
export const payloadOf = <N extends EventName>(
  lookup: Lookup,
  name: N,
  details: EventDetails[N]
): { readonly payload: JsonObject; readonly problems: readonly string[] } => {
  const { repository, sender, own } = MAKERS[name](lookup, details)
  const payload = {
    ...own,
    repository: { ...repositoryOf(lookup.state, repository), ...(name === 'push' ? IN_PUSHES : {}) },
    sender: personOf(lookup.state, lookup.user(sender))
  }
  const [webhook, ...otherKeys] = DESCRIBED[name]
  return { payload, problems: checkPayload(webhook, payload, otherKeys) }
}

/** Seconds since 1970, in pushes only. */
const IN_PUSHES = { created_at: 1_625_491_918, pushed_at: 1_625_491_918 }
