import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { FaultRule, Faults, Trap } from './faults.ts'
import type { Gate, Gates, HoldRule, Pace } from './gates.ts'
import type { Journal, LoggedGitRequest, LoggedRequest } from './journal.ts'
import type { JsonObject } from './json.ts'
import { payloadOf, type EventDetails, type EventName, type Where } from './payloads.ts'
import {
  fullName,
  type Branches,
  type Comment,
  type Conversation,
  type Person,
  type Repository,
  type Role,
  type Scopes,
  type State,
  type Token
} from './state.ts'

export interface RepositorySetup {
  readonly owner: string
  readonly name: string
  /** A local repository, bare or not, that git is served from; it is only read. */
  readonly git?: string
  readonly defaultBranch?: string
  readonly isPrivate?: boolean
  /** `owner/name` of one that stands before it in the list. */
  readonly forkOf?: string
}

export interface PullRequestSetup {
  readonly number: number
  /** `owner/name`; default: the first. */
  readonly repository?: string
  /** `owner/name`; default: the same. */
  readonly headRepository?: string
  readonly headBranch: string
  readonly headSha: string
  /** Default: the repository's default branch. */
  readonly baseBranch?: string
  /** Default: what the branch is in the local repository. */
  readonly baseSha?: string
  readonly author: string
  readonly title?: string
  readonly body?: string | null
  readonly state?: 'open' | 'closed' | 'merged'
  readonly labels?: readonly string[]
  readonly isDraft?: boolean
}

export interface IssueSetup {
  readonly number: number
  readonly repository?: string
  readonly author: string
  readonly title?: string
}

export interface TokenSetup {
  /** A login. A bot's is an app's token: it does not tell whose it is, and is good for one repository. */
  readonly as: string
  /** What is not named is not granted; metadata may always be read. */
  readonly scopes: Scopes
  /** `owner/name`; default: the first. */
  readonly repository?: string
  /** Requests in an hour. */
  readonly limit?: number
  readonly windowSeconds?: number
}

export interface Snapshot {
  readonly id: number
  readonly login: string
  readonly body: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface GitHubParts {
  readonly state: State
  readonly journal: Journal
  readonly faults: Faults
  readonly gates: Gates
}

const snapshotOf = ({ id, author, body, createdAt, updatedAt }: Comment): Snapshot => ({
  id,
  login: author.login,
  body,
  createdAt,
  updatedAt
})

/** The hands of a test on its GitHub: whoever else uses it does so over HTTP. */
export class GitHub {
  /** For GITHUB_API_URL and GITHUB_SERVER_URL; `${serverUrl}/owner/name(.git)` is served to git. */
  readonly apiUrl: string
  readonly serverUrl: string
  /** Stops it; what is held is let go, what hangs is cut. */
  readonly close: () => Promise<void>
  readonly #parts: GitHubParts
  readonly #state: State

  constructor(parts: GitHubParts, repositories: readonly RepositorySetup[], stop: () => Promise<void>) {
    this.#parts = parts
    this.#state = parts.state
    this.apiUrl = parts.state.apiUrl
    this.serverUrl = parts.state.serverUrl
    this.close = stop
    for (const repository of repositories) this.repository(repository)
  }

  /** Every request to the API, in the order in which they came. */
  get requests(): readonly LoggedRequest[] {
    return this.#parts.journal.requests
  }

  get gitRequests(): readonly LoggedGitRequest[] {
    return this.#parts.journal.gitRequests
  }

  /** Where requests, our own answers or payloads deviate from GitHub's description: to be empty at a test's end. */
  get violations(): readonly string[] {
    return this.#parts.journal.violations
  }

  /** Null: the real clock. */
  set now(now: Date | null) {
    this.#state.clock = now
  }

  get now(): Date {
    return this.#state.now()
  }

  /** Resolves once it holds; looked at after each request and each act of the test's. */
  until(condition: () => boolean): Promise<void> {
    return this.#parts.journal.until(condition)
  }

  fault(rule: FaultRule): Trap {
    return this.#parts.faults.add(rule)
  }

  hold(rule: HoldRule): Gate {
    return this.#parts.gates.add(rule)
  }

  /** Called for each request before and after it is done, and waited for: who comes when is the test's to say. */
  pace(pace: Pace | null): void {
    this.#parts.gates.pace = pace
  }

  repository(setup: RepositorySetup): void {
    this.#state.repositories.push({
      id: 1000 + this.#state.repositories.length,
      owner: this.user(setup.owner),
      name: setup.name,
      isPrivate: setup.isPrivate ?? false,
      defaultBranch: setup.defaultBranch ?? 'main',
      git: setup.git ?? null,
      parent: setup.forkOf === undefined ? null : this.#repository(setup.forkOf),
      roles: new Map(),
      isDeleted: false
    })
  }

  /** Makes somebody known, or changes what they may do. */
  user(
    login: string,
    options: { readonly permission?: Role; readonly repository?: string; readonly isBot?: boolean } = {}
  ): Person {
    const known = this.#state.person(login)
    const isBot = options.isBot ?? login.endsWith('[bot]')
    const person = known ?? { id: 2000 + this.#state.people.length, login, isBot }
    if (known === undefined) this.#state.people.push(person)
    if (options.permission !== undefined) {
      this.#repository(options.repository).roles.set(login.toLowerCase(), options.permission)
    }
    return person
  }

  token(setup: TokenSetup): string {
    const owner = this.user(setup.as)
    const value = `${owner.isBot ? 'ghs' : 'ghp'}_${randomBytes(18).toString('hex')}`
    const window = (setup.windowSeconds ?? 3600) * 1000
    const token: Token = {
      value,
      owner,
      scopes: setup.scopes,
      repository: this.#repository(setup.repository),
      limit: setup.limit ?? (owner.isBot ? 1000 : 5000),
      window,
      resetAt: this.#state.now().getTime() + window,
      used: 0
    }
    this.#state.tokens.set(value, token)
    return value
  }

  /** As at the end of a job. */
  revoke(token: string): void {
    this.#state.tokens.delete(token)
  }

  pullRequest(setup: PullRequestSetup): Where {
    const repository = this.#repository(setup.repository)
    const headRepository = this.#repository(setup.headRepository ?? fullName(repository))
    const { state = 'open' } = setup
    const baseBranch = setup.baseBranch ?? repository.defaultBranch
    const branches: Branches = {
      headRepository,
      headOwner: headRepository.owner,
      headBranch: setup.headBranch,
      headSha: setup.headSha,
      baseBranch,
      baseSha: setup.baseSha ?? tipOf(repository, baseBranch),
      pushed: [setup.headSha],
      mergedAt: state === 'merged' ? this.#state.timestamp() : null
    }
    return this.#converse(setup, branches, state !== 'open')
  }

  issue(setup: IssueSetup): Where {
    return this.#converse(setup, null, false)
  }

  #converse(setup: PullRequestSetup | IssueSetup, branches: Branches | null, isClosed: boolean): Where {
    const { body = null, labels = [], isDraft = false }: Partial<PullRequestSetup> = setup
    const now = this.#state.timestamp()
    const repository = this.#repository(setup.repository)
    this.#state.conversations.push({
      id: this.#state.nextId(),
      number: setup.number,
      repository,
      author: this.user(setup.author),
      title: setup.title ?? 'Faster',
      body,
      createdAt: now,
      isDraft,
      branches,
      updatedAt: now,
      labels: [...labels],
      closedAt: isClosed ? now : null,
      isLocked: false,
      comments: []
    })
    return { repository: fullName(repository), number: setup.number }
  }

  /** Somebody pushes to head. */
  push(where: Where, sha: string): void {
    const branches = this.#branches(where)
    branches.headSha = sha
    branches.pushed.push(sha)
    this.#touch(where)
  }

  closePullRequest(where: Where): void {
    this.#conversation(where).closedAt = this.#state.timestamp()
    this.#touch(where)
  }

  lock(where: Where): void {
    this.#conversation(where).isLocked = true
    this.#touch(where)
  }

  label(where: Where, name: string): void {
    this.#conversation(where).labels.push(name)
    this.#touch(where)
  }

  /** The fork is gone; its commits can still be fetched from the base repository. */
  deleteFork(where: Where): void {
    const branches = this.#branches(where)
    if (branches.headRepository !== null) branches.headRepository.isDeleted = true
    branches.headRepository = null
    this.#touch(where)
  }

  /** Somebody comments; the id. */
  comment(where: Where, login: string, body: string): number {
    const { id } = this.#state.addComment(this.#conversation(where), this.user(login), body)
    this.#parts.journal.changed()
    return id
  }

  editComment(id: number, body: string): void {
    this.#state.editComment(this.#comment(id), body)
    this.#parts.journal.changed()
  }

  deleteComment(id: number): void {
    this.#state.deleteComment(this.#comment(id))
    this.#parts.journal.changed()
  }

  /** Oldest first. */
  comments(where: Where): readonly Snapshot[] {
    return this.#conversation(where).comments.map(snapshotOf)
  }

  reactions(comment: number): readonly { readonly login: string; readonly content: string }[] {
    return this.#comment(comment).reactions.map(({ author, content }) => ({ login: author.login, content }))
  }

  /** What GITHUB_EVENT_PATH holds; checked against the description too. */
  eventPayload<N extends EventName>(name: N, details: EventDetails[N]): JsonObject {
    const lookup = {
      state: this.#state,
      repository: (wanted?: string) => this.#repository(wanted),
      conversation: (where: Where) => this.#conversation(where),
      comment: (id: number) => this.#comment(id),
      user: (login: string) => this.user(login)
    }
    const { payload, problems } = payloadOf(lookup, name, details)
    for (const problem of problems) this.#parts.journal.complain(problem)
    return payload
  }

  #touch(where: Where): void {
    this.#conversation(where).updatedAt = this.#state.timestamp()
    this.#parts.journal.changed()
  }

  #repository(name?: string): Repository {
    const found = name === undefined ? this.#state.repositories[0] : this.#state.repository(name)
    if (found === undefined) throw new Error(`the test has no repository ${name ?? ''}`)
    return found
  }

  #conversation(where: Where): Conversation {
    const { repository, number } =
      typeof where === 'number' ? { number: where, repository: undefined } : where
    const found = this.#state.conversation(this.#repository(repository), number)
    if (found === undefined) throw new Error(`the test has no #${number}`)
    return found
  }

  #branches(where: Where): Branches {
    const { branches, number } = this.#conversation(where)
    if (branches === null) throw new Error(`#${number} is no pull request`)
    return branches
  }

  #comment(id: number): Comment {
    const found = this.#state.comment(id)
    if (found === undefined) throw new Error(`the test has no comment ${id}`)
    return found
  }
}

/** A commit that no repository has, where there is none to ask. */
const NO_COMMIT = 'b'.repeat(40)

const tipOf = ({ git }: Repository, branch: string): string =>
  git === null
    ? NO_COMMIT
    : execFileSync('git', ['-C', git, 'rev-parse', '--verify', `refs/heads/${branch}`], {
        encoding: 'utf8'
      }).trim()
