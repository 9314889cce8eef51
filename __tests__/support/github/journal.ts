import type { Understood } from './api.ts'
import type { Token } from './state.ts'

/** A request to the API, as it was and how it ended. */
export interface LoggedRequest {
  readonly method: string
  /** Below the root of the API, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Null where there is no such operation. */
  readonly operationId: string | null
  /** The parsed body; undefined where there was none. */
  readonly body: unknown
  readonly token: string | null
  /** Login of the token's owner. */
  readonly owner: string | null
  /** By the server's clock. */
  readonly at: Date
  /** Null until it is answered, and where it never is. */
  readonly status: number | null
}

/** A request of git's. */
export interface LoggedGitRequest {
  readonly repository: string
  readonly path: string
  readonly owner: string | null
  readonly at: Date
  readonly status: number | null
}

type Open<T> = Omit<T, 'status'> & { status: number | null }

interface Waiting {
  readonly condition: () => boolean
  readonly resolve: () => void
}

/** What was asked, what was wrong with it, and who waits for something to come about. */
export class Journal {
  readonly requests: Open<LoggedRequest>[] = []
  readonly gitRequests: Open<LoggedGitRequest>[] = []
  readonly violations: string[] = []
  #waiting: Waiting[] = []

  begin(request: {
    readonly method: string
    readonly url: URL
    readonly understood: Understood
    readonly at: Date
  }): Open<LoggedRequest> {
    const { operation, token, body } = request.understood
    const entry = {
      method: request.method,
      path: request.url.pathname,
      query: Object.fromEntries(request.url.searchParams),
      operationId: operation?.id ?? null,
      body,
      token: token?.value ?? null,
      owner: token?.owner.login ?? null,
      at: request.at,
      status: null
    }
    this.requests.push(entry)
    return entry
  }

  beginGit(request: {
    readonly name: string
    readonly path: string
    readonly token: Token | null
    readonly at: Date
  }): Open<LoggedGitRequest> {
    const { name, path, token, at } = request
    const entry = { repository: name, path, owner: token?.owner.login ?? null, at, status: null }
    this.gitRequests.push(entry)
    return entry
  }

  accuse({ method, path }: { readonly method: string; readonly path: string }, problem: string): void {
    this.complain(`${method} ${path}: ${problem}`)
  }

  complain(problem: string): void {
    this.violations.push(problem)
  }

  /** Something may have come about. */
  changed(): void {
    const met = this.#waiting.filter(({ condition }) => condition())
    this.#waiting = this.#waiting.filter((one) => !met.includes(one))
    for (const { resolve } of met) resolve()
  }

  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }))
  }
}
