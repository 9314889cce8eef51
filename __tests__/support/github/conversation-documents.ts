import { associationOf, personOf, repositoryOf, repositoryUrl, rollupOf } from './documents.ts'
import type { JsonObject } from './json.ts'
import {
  fullName,
  type Branches,
  type Conversation,
  type Person,
  type Repository,
  type State
} from './state.ts'

/** The labels of a repository have no state of their own here. */
export const labelOf = (state: State, repository: Repository, name: string): JsonObject => ({
  id: 5_000_000_000 + [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0),
  node_id: Buffer.from(`05:Label${name}`).toString('base64'),
  url: `${repositoryUrl(state, repository)}/labels/${encodeURIComponent(name)}`,
  name,
  color: 'ededed',
  default: false,
  description: 'Prove this pull request'
})

/** What the documents of an issue and of a pull request have in common. */
const bothOf = (state: State, conversation: Conversation): JsonObject => {
  const { id, number, author, title, body, closedAt, isLocked, repository } = conversation
  return {
    id,
    number,
    state: closedAt === null ? 'open' : 'closed',
    locked: isLocked,
    active_lock_reason: null,
    title,
    user: personOf(state, author),
    body,
    labels: conversation.labels.map((label) => labelOf(state, repository, label)),
    milestone: null,
    assignee: null,
    assignees: [],
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    closed_at: closedAt,
    author_association: associationOf(state, author, repository),
    draft: conversation.isDraft
  }
}

/** One side of a pull request; its repository is null where the fork is gone. */
const sideOf = (
  state: State,
  repository: Repository | null,
  side: { readonly owner: Person; readonly ref: string; readonly sha: string }
): JsonObject => ({
  label: `${side.owner.login}:${side.ref}`,
  ref: side.ref,
  sha: side.sha,
  user: personOf(state, side.owner),
  repo: repository === null ? null : repositoryOf(state, repository)
})

/** A pull request as in lists. */
export const pullRequestInListOf = (
  state: State,
  conversation: Conversation,
  branches: Branches
): JsonObject => {
  const { repository, number } = conversation
  const url = `${repositoryUrl(state, repository)}/pulls/${number}`
  const issue = `${repositoryUrl(state, repository)}/issues/${number}`
  const page = `${state.serverUrl}/${fullName(repository)}/pull/${number}`
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(state, repository)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl(state, repository)}/statuses/${branches.headSha}`
  }
  const head = { ref: branches.headBranch, sha: branches.headSha, owner: branches.headOwner }
  const base = { ref: branches.baseBranch, sha: branches.baseSha, owner: repository.owner }
  return {
    ...bothOf(state, conversation),
    url,
    node_id: Buffer.from(`011:PullRequest${conversation.id}`).toString('base64'),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    merged_at: branches.mergedAt,
    merge_commit_sha: null,
    requested_reviewers: [],
    requested_teams: [],
    head: sideOf(state, branches.headRepository, head),
    base: sideOf(state, repository, base),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    auto_merge: null
  }
}

/** A pull request where it is asked for alone. */
export const pullRequestOf = (state: State, conversation: Conversation, branches: Branches): JsonObject => ({
  ...pullRequestInListOf(state, conversation, branches),
  merged: branches.mergedAt !== null,
  mergeable: null,
  rebaseable: null,
  mergeable_state: 'unknown',
  merged_by: null,
  comments: conversation.comments.length,
  review_comments: 0,
  maintainer_can_modify: false,
  commits: branches.pushed.length,
  additions: 1,
  deletions: 1,
  changed_files: 1
})

/** Every pull request is an issue too. */
export const issueOf = (state: State, conversation: Conversation): JsonObject => {
  const { repository, number, branches } = conversation
  const url = `${repositoryUrl(state, repository)}/issues/${number}`
  const page = `${state.serverUrl}/${fullName(repository)}/${branches === null ? 'issues' : 'pull'}/${number}`
  const pullRequest = {
    url: `${repositoryUrl(state, repository)}/pulls/${number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: branches?.mergedAt ?? null
  }
  return {
    ...bothOf(state, conversation),
    url,
    repository_url: repositoryUrl(state, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    node_id: Buffer.from(`05:Issue${conversation.id}`).toString('base64'),
    comments: conversation.comments.length,
    reactions: rollupOf(url, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
    ...(branches === null ? {} : { pull_request: pullRequest })
  }
}
