import { randomUUID } from 'node:crypto'

/** Something that happened on the forge, as a webhook tells it. */
export interface Happening {
  /** `pull_request`, `issue_comment`, `workflow_dispatch`, `push`, ... */
  readonly name: string
  readonly payload: Payload
  /** Login; the payload's sender if not given. */
  readonly actor?: string
  /** Who had it run again; the actor if not given. */
  readonly triggeringActor?: string
  readonly runId?: number
  readonly attempt?: number
  /** Where the payload does not tell it: the tip of the branch that the run is for. */
  readonly sha?: string
}

export type Payload = Readonly<Record<string, unknown>>

export interface ForgeSide {
  readonly apiUrl: string
  readonly serverUrl: string
  /** `owner/name`. */
  readonly repository: string
}

export type GithubContext = Readonly<Record<string, unknown>>

/** What a payload holds at a path of keys; undefined where a key on the way is missing. */
export const dig = (payload: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    payload
  )

export const digText = (payload: unknown, ...keys: readonly string[]): string | undefined => {
  const found = dig(payload, ...keys)
  return typeof found === 'string' ? found : undefined
}

const PULL_REQUEST = /^pull_request(_review|_review_comment)?$/

/** Of an event whose run sees the pull request's own files, and whose token a fork makes read-only. */
const isPullRequestEvent = ({ name }: Happening): boolean => PULL_REQUEST.test(name)

/** Whether the event comes from a fork's pull request in the sense of tokens and secrets. */
export const isFromFork = (happening: Happening, { repository }: ForgeSide): boolean =>
  isPullRequestEvent(happening) &&
  digText(happening.payload, 'pull_request', 'head', 'repo', 'full_name')?.toLowerCase() !==
    repository.toLowerCase()

const branchOf = ({ payload }: Happening): string =>
  digText(payload, 'repository', 'default_branch') ?? 'main'

const NO_SHA = '0'.repeat(40)

/** `GITHUB_REF` and `GITHUB_SHA` by event: docs.github.com, "Events that trigger workflows". */
const placeOf = (happening: Happening): { readonly ref: string; readonly sha: string } => {
  const { payload, sha = NO_SHA } = happening
  if (isPullRequestEvent(happening)) {
    const number = dig(payload, 'pull_request', 'number') ?? dig(payload, 'number')
    const merge = digText(payload, 'pull_request', 'merge_commit_sha')
    return { ref: `refs/pull/${String(number)}/merge`, sha: merge ?? sha }
  }
  if (happening.name === 'pull_request_target') {
    const base = digText(payload, 'pull_request', 'base', 'ref') ?? branchOf(happening)
    return { ref: `refs/heads/${base}`, sha: digText(payload, 'pull_request', 'base', 'sha') ?? sha }
  }
  const ref = digText(payload, 'ref')
  if (happening.name === 'push') return { ref: ref ?? '', sha: digText(payload, 'after') ?? sha }
  const isDispatch = happening.name === 'workflow_dispatch' && ref !== undefined
  return { ref: isDispatch ? fullRef(ref) : `refs/heads/${branchOf(happening)}`, sha }
}

const fullRef = (ref: string): string => (ref.startsWith('refs/') ? ref : `refs/heads/${ref}`)

const idAt = (payload: Payload, ...keys: readonly string[]): string => {
  const id = dig(payload, ...keys, 'id')
  return typeof id === 'number' ? String(id) : '1'
}

/** The `github` context of a run, without what only a job knows. */
export const githubContext = (happening: Happening, side: ForgeSide): GithubContext => {
  const { payload, name, runId = 1, attempt = 1 } = happening
  const { ref, sha } = placeOf(happening)
  const actor = happening.actor ?? digText(payload, 'sender', 'login') ?? 'somebody'
  const pull = /^pull_request/.test(name) ? dig(payload, 'pull_request') : undefined
  return {
    event: payload,
    event_name: name,
    repository: side.repository,
    repository_owner: side.repository.split('/')[0],
    repository_id: idAt(payload, 'repository'),
    repository_owner_id: idAt(payload, 'repository', 'owner'),
    actor,
    actor_id: idAt(payload, 'sender'),
    triggering_actor: happening.triggeringActor ?? actor,
    run_id: String(runId),
    run_number: String(runId),
    run_attempt: String(attempt),
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    sha,
    head_ref: digText(pull, 'head', 'ref') ?? '',
    base_ref: digText(pull, 'base', 'ref') ?? '',
    server_url: side.serverUrl,
    api_url: side.apiUrl,
    graphql_url: `${side.apiUrl}/graphql`,
    retention_days: '90',
    secret_source: isFromFork(happening, side) ? 'None' : 'Actions'
  }
}

// actions/runner `src/Runner.Worker/GitHubContext.cs`, `_contextEnvAllowlist`; the files are set apart.
const EXPOSED = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref'],
  ...[
    'event_name',
    'event_path',
    'graphql_url',
    'head_ref',
    'job',
    'ref',
    'ref_name',
    'ref_protected',
    'ref_type'
  ],
  ...[
    'repository',
    'repository_id',
    'repository_owner',
    'repository_owner_id',
    'retention_days',
    'run_attempt'
  ],
  ...[
    'run_id',
    'run_number',
    'server_url',
    'sha',
    'triggering_actor',
    'workflow',
    'workflow_ref',
    'workflow_sha'
  ],
  'workspace'
]

/** `GITHUB_*` of a step. */
export const githubVariables = (context: GithubContext): Readonly<Record<string, string>> =>
  Object.fromEntries(
    EXPOSED.flatMap((key) => {
      const value = context[key]
      if (typeof value === 'boolean') return [[`GITHUB_${key.toUpperCase()}`, value ? 'True' : 'False']]
      return typeof value === 'string' ? [[`GITHUB_${key.toUpperCase()}`, value]] : []
    })
  )

/** What steps that run JavaScript are told besides, with tokens that are secrets and good for nothing here. */
export const serviceVariables = (mayAskForIdentity: boolean): Readonly<Record<string, string>> => {
  const token = `runtime-token-${randomUUID()}`
  const nowhere = 'http://127.0.0.1:9/'
  return {
    ACTIONS_RUNTIME_URL: nowhere,
    ACTIONS_RUNTIME_TOKEN: token,
    ACTIONS_CACHE_URL: nowhere,
    ACTIONS_RESULTS_URL: nowhere,
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ...(mayAskForIdentity && {
      ACTIONS_ID_TOKEN_REQUEST_URL: nowhere,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: `identity-token-${randomUUID()}`
    })
  }
}
