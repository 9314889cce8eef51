/** What a user may do in a repository: GitHub's roles. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

export interface Person {
  readonly id: number
  readonly login: string
  readonly isBot: boolean
}

export interface Repository {
  readonly id: number
  readonly owner: Person
  readonly name: string
  readonly isPrivate: boolean
  readonly defaultBranch: string
  /** A local repository whose commits this one has; null: none can be fetched. */
  readonly git: string | null
  readonly parent: Repository | null
  readonly roles: Map<string, Role>
  /** Nobody finds it any more; what it had, its parent still has. */
  isDeleted: boolean
}

export interface Reaction {
  readonly id: number
  readonly author: Person
  readonly content: string
  readonly createdAt: string
}

export interface Comment {
  readonly id: number
  readonly conversation: Conversation
  readonly author: Person
  readonly createdAt: string
  body: string
  updatedAt: string
  reactions: Reaction[]
}

/** What makes a conversation that of a pull request. */
export interface Branches {
  /** Null once the fork is gone. */
  headRepository: Repository | null
  readonly headOwner: Person
  readonly headBranch: string
  headSha: string
  readonly baseBranch: string
  baseSha: string
  /** Every commit that head ever was, oldest first. */
  readonly pushed: string[]
  mergedAt: string | null
}

/** An issue or a pull request. */
export interface Conversation {
  readonly id: number
  readonly number: number
  readonly repository: Repository
  readonly author: Person
  readonly title: string
  readonly body: string | null
  readonly createdAt: string
  readonly isDraft: boolean
  readonly branches: Branches | null
  updatedAt: string
  labels: string[]
  closedAt: string | null
  isLocked: boolean
  comments: Comment[]
}

export type Scope = 'contents' | 'issues' | 'pull_requests'
export type Scopes = Readonly<Partial<Record<Scope, 'read' | 'write'>>>

export interface Token {
  readonly value: string
  readonly owner: Person
  readonly scopes: Scopes
  /** Where an app's token is good for more than what is public. */
  readonly repository: Repository
  /** Requests that are allowed until `resetAt`, milliseconds since 1970, and how many were made. */
  readonly limit: number
  readonly window: number
  resetAt: number
  used: number
}

/** The bot whose token a job is given. */
const ACTIONS_BOT: Person = { id: 41898282, login: 'github-actions[bot]', isBot: true }

/** Ids are beyond 2^31, as GitHub's are. */
const FIRST_ID = 3_000_000_001

export const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`

/** All that the server knows. Names are found whatever their case, as on GitHub. */
export class State {
  readonly repositories: Repository[] = []
  readonly conversations: Conversation[] = []
  readonly people: Person[] = [ACTIONS_BOT]
  readonly tokens = new Map<string, Token>()
  /** Addresses, for documents: `…/api/v3` and the site. */
  readonly apiUrl: string
  readonly serverUrl: string
  /** The server's clock where it is not the real one. */
  clock: Date | null = null
  #lastId = FIRST_ID

  constructor(serverUrl: string) {
    this.serverUrl = serverUrl
    this.apiUrl = `${serverUrl}/api/v3`
  }

  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  now(): Date {
    return this.clock ?? new Date()
  }

  /** GitHub tells times by the second. */
  timestamp(): string {
    return this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
  }

  repository(name: string): Repository | undefined {
    return this.repositories.find(
      (one) => !one.isDeleted && fullName(one).toLowerCase() === name.toLowerCase()
    )
  }

  person(login: string): Person | undefined {
    return this.people.find((one) => one.login.toLowerCase() === login.toLowerCase())
  }

  conversation(repository: Repository, number: number): Conversation | undefined {
    return this.conversations.find((one) => one.repository === repository && one.number === number)
  }

  comment(id: number): Comment | undefined {
    return this.conversations.flatMap(({ comments }) => comments).find((one) => one.id === id)
  }

  /** What anybody has who was given nothing: to read what is public. */
  role(person: Person, repository: Repository): Role {
    const given = repository.roles.get(person.login.toLowerCase())
    if (given !== undefined) return given
    if (person === repository.owner) return 'admin'
    return repository.isPrivate ? 'none' : 'read'
  }

  addComment(conversation: Conversation, author: Person, body: string): Comment {
    const now = this.timestamp()
    const id = this.nextId()
    const comment: Comment = { id, conversation, author, body, createdAt: now, updatedAt: now, reactions: [] }
    conversation.comments.push(comment)
    return comment
  }

  editComment(comment: Comment, body: string): void {
    comment.body = body
    comment.updatedAt = this.timestamp()
  }

  deleteComment({ id, conversation }: Comment): void {
    conversation.comments = conversation.comments.filter((one) => one.id !== id)
  }
}

export const mayPush = (role: Role): boolean => ['admin', 'maintain', 'write'].includes(role)
