import { randomUUID } from 'node:crypto'
import { defaults, getOctokitOptions } from '@actions/github/lib/utils'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import { milliseconds, seconds, type Milliseconds, type Seconds } from '../../domain/quantity.ts'
import { nameLimits } from './limits.ts'

export interface ClientOptions {
  /** Empty: nobody in particular, who may read what is public. */
  readonly token: string
  /** Ours, for the user agent. */
  readonly version: string
  /** Default: GITHUB_API_URL as it was when the process began. */
  readonly baseUrl?: string
  /** Default: what GitHub asks for. */
  readonly pace?: Pace
}

export interface Pace {
  /** Whether writes keep a distance of a second and limits are waited for. */
  readonly isThrottled: boolean
  /** What a second of waiting takes. */
  readonly second: Milliseconds
}

/** GitHub's API as a patient and as an impatient asker meets it; the rest is the same for both. */
export interface Client {
  /** Repeats what failed, waits for limits, keeps writes apart. */
  readonly patient: Api
  /** Every request goes out at once, and once: what is over in a second must not wait for one. */
  readonly once: Api
  /** Through the proxy, if the environment names one. */
  readonly fetch: typeof fetch
}

export type Api = InstanceType<typeof GitHubOctokit>

const GitHubOctokit = Octokit.plugin(retry, nameLimits, throttling)

/** A second look at these gives the same answer; limits (403, 429) are the business of the throttling. */
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451]
const REPEATS = 3
/** A request waits for limits so often, and so long in all. */
const MOST_WAITS = 3
const LONGEST_WAIT = seconds(600)

/**
 * The one way to GitHub. Of what it says on the way nothing is printed: its lines would hold addresses, and
 * text of strangers, where the runner looks for commands.
 */
export const createClient = (options: ClientOptions): Client => {
  const { isThrottled, second }: Pace = options.pace ?? { isThrottled: true, second: milliseconds(1000) }
  const common = commonOptions(options)
  const mayWait = createPatience()
  return {
    patient: new GitHubOctokit({
      ...common,
      retry: { doNotRetry: FINAL, retries: REPEATS, retryAfterBaseValue: second },
      throttle: isThrottled
        ? {
            // Its queues are shared by all that carry the same name.
            id: randomUUID(),
            retryAfterBaseValue: second,
            onRateLimit: mayWait,
            onSecondaryRateLimit: mayWait
          }
        : { enabled: false }
    }),
    once: new GitHubOctokit({ ...common, retry: { enabled: false }, throttle: { enabled: false } }),
    fetch: proxied(defaults.request?.fetch)
  }
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
}

const commonOptions = ({ token, version, baseUrl }: ClientOptions) => {
  const userAgent = `proving-regression/${version}`
  return {
    ...defaults,
    ...(token === '' ? { userAgent } : getOctokitOptions(token, { userAgent })),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    log: SILENT,
    // A request warns of what is deprecated without asking the client's log.
    request: { ...defaults.request, log: SILENT }
  }
}

type LimitHandler = (
  ...limit: readonly [wait: number, request: object, api: unknown, tries: number]
) => boolean

/** Says, for each limit that a request meets, whether it may wait (in seconds) and go on. */
const createPatience = (): LimitHandler => {
  const waited = new WeakMap<object, Seconds>()
  return (...[wait, request, , tries]) => {
    const total = seconds((waited.get(request) ?? 0) + wait)
    waited.set(request, total)
    return tries < MOST_WAITS && total <= LONGEST_WAIT
  }
}

const isFetch = (value: unknown): value is typeof fetch => typeof value === 'function'

const proxied = (value: unknown): typeof fetch => {
  if (!isFetch(value)) throw new Error('Internal error: @actions/github brings no fetch')
  return value
}
