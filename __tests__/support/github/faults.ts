import type { Reply } from './call.ts'
import { isMeant } from './gates.ts'

/** What goes wrong with a request. */
export type Fault =
  /** An answer of the test's own; `after`: what was asked is done all the same. */
  | (Reply & { readonly after?: 'before' | 'after' })
  /** The connection is cut, before or after what was asked is done. */
  | 'drop-before'
  | 'drop-after'
  /** Somebody else answers: GitHub's page of apology (502), or the sign-in page of a proxy (200). */
  | 'html'
  | 'html-200'
  /** No answer ever; it is not done. */
  | 'hang'
  /** No answer ever; it is done. */
  | 'hang-after'

export interface FaultRule {
  /** An operationId, or `*` for all; `git/info/refs` and `git/git-upload-pack` for git's. */
  readonly operation: string
  /** Which such request from now on: 1 is the next. */
  readonly nth?: number | 'always'
  /** Only requests with this token. */
  readonly token?: string
  readonly kind: Fault
}

/** A rule that was made, to see whether it was met and to end it. */
export interface Trap {
  readonly hits: number
  readonly clear: () => void
}

const LIMITS = 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api'

/** All requests of the hour are used up. */
export const primaryLimit = (secondsLeft: number, status: 403 | 429 = 403): Fault => ({
  status,
  headers: {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': '1000',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + secondsLeft)
  },
  body: {
    message: 'API rate limit exceeded for installation ID 41898282.',
    documentation_url: LIMITS,
    status: String(status)
  }
})

/** Too much at once. */
export const secondaryLimit = (retryAfter: number, status: 403 | 429 = 403): Fault => ({
  status,
  headers: { 'retry-after': String(retryAfter) },
  body: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: `${LIMITS}#about-secondary-rate-limits`,
    status: String(status)
  }
})

interface Counted {
  readonly rule: FaultRule
  seen: number
  hits: number
}

/** The rules that hold. The first that is met decides; all of them count. */
export class Faults {
  #rules: Counted[] = []

  add(rule: FaultRule): Trap {
    const counted: Counted = { rule, seen: 0, hits: 0 }
    this.#rules.push(counted)
    return {
      get hits() {
        return counted.hits
      },
      clear: () => (this.#rules = this.#rules.filter((one) => one !== counted))
    }
  }

  /** Counts the request, and says what goes wrong with it. */
  meet(operation: string, token: string | null): Fault | null {
    const meant = this.#rules.filter(
      ({ rule }) => isMeant(rule.operation, operation) && (rule.token === undefined || rule.token === token)
    )
    for (const one of meant) one.seen += 1
    const met = meant.find(({ rule, seen }) => rule.nth === 'always' || seen === (rule.nth ?? 1))
    if (met === undefined) return null
    met.hits += 1
    return met.rule.kind
  }
}
