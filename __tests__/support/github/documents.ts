import type { JsonObject } from './json.ts'
import {
  fullName,
  mayPush,
  type Comment,
  type Person,
  type Reaction,
  type Repository,
  type State
} from './state.ts'

/** As GitHub makes them: the kind and the number, in base64. */
const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}${id}`).toString('base64')

export const personOf = (state: State, { id, login, isBot }: Person): JsonObject => {
  const url = `${state.apiUrl}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId('04:User', id),
    avatar_url: `${state.serverUrl}/avatars/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: isBot ? `${state.serverUrl}/apps/${login.replace('[bot]', '')}` : `${state.serverUrl}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? 'Bot' : 'User',
    site_admin: false
  }
}

/** Addresses of a repository's parts: the name of the field before `_url`, and what follows the repository's. */
const PARTS = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}'
}

const LONG_AGO = '2021-07-05T13:31:58Z'

export const repositoryUrl = (state: State, repository: Repository): string =>
  `${state.apiUrl}/repos/${fullName(repository)}`

export const repositoryOf = (state: State, repository: Repository): JsonObject => {
  const { id, owner, name, isPrivate, parent, defaultBranch } = repository
  const url = repositoryUrl(state, repository)
  const page = `${state.serverUrl}/${fullName(repository)}`
  return {
    id,
    node_id: nodeId('010:Repository', id),
    name,
    full_name: fullName(repository),
    private: isPrivate,
    owner: personOf(state, owner),
    html_url: page,
    description: null,
    fork: parent !== null,
    url,
    ...Object.fromEntries(Object.entries(PARTS).map(([part, path]) => [`${part}_url`, `${url}/${path}`])),
    git_url: page.replace(/^\w+:/, 'git:') + '.git',
    ssh_url: `git@${new URL(page).hostname}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: 'Rust',
    license: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: 0,
    forks: 0,
    open_issues_count: 0,
    open_issues: 0,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: isPrivate ? 'private' : 'public',
    default_branch: defaultBranch,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    pushed_at: LONG_AGO
  }
}

/** Members of organisations that do not show themselves are contributors here: no sign of what they may do. */
export const associationOf = (state: State, author: Person, repository: Repository): string =>
  mayPush(state.role(author, repository)) && !author.isBot ? 'CONTRIBUTOR' : 'NONE'

const CONTENTS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes']

export const rollupOf = (url: string, reactions: readonly Reaction[]): JsonObject => ({
  url: `${url}/reactions`,
  total_count: reactions.length,
  ...Object.fromEntries(
    CONTENTS.map((content) => [content, reactions.filter((one) => one.content === content).length])
  )
})

export const reactionOf = (state: State, { id, author, content, createdAt }: Reaction): JsonObject => ({
  id,
  node_id: nodeId('08:Reaction', id),
  user: personOf(state, author),
  content,
  created_at: createdAt
})

export const commentOf = (state: State, comment: Comment): JsonObject => {
  const { id, conversation, author, body, createdAt, updatedAt, reactions } = comment
  const { repository, number, branches } = conversation
  const url = `${repositoryUrl(state, repository)}/issues/comments/${id}`
  const page = `${state.serverUrl}/${fullName(repository)}/${branches === null ? 'issues' : 'pull'}/${number}`
  return {
    url,
    html_url: `${page}#issuecomment-${id}`,
    issue_url: `${repositoryUrl(state, repository)}/issues/${number}`,
    id,
    node_id: nodeId('012:IssueComment', id),
    user: personOf(state, author),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: associationOf(state, author, repository),
    body,
    reactions: rollupOf(url, reactions),
    performed_via_github_app: null
  }
}
