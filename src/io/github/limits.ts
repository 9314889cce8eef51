import type { retry } from '@octokit/plugin-retry'

/** An answer, as far as it tells of limits. */
export interface LimitSigns {
  readonly status: number
  /** What the answer says. */
  readonly message: string
  readonly headers: Readonly<Record<string, unknown>>
}

/**
 * Whether a request was turned away because there were too many, not for good: GitHub says so by 429, or by 403
 * with a header, or by 403 with a sentence alone.
 * See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export const isLimit = ({ status, message, headers }: LimitSigns): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers['retry-after'] !== undefined || isSpent(headers) || /\brate limit\b/i.test(message)))

const isSpent = (headers: LimitSigns['headers']): boolean => headers['x-ratelimit-remaining'] === '0'

/** By these words the throttling plugin knows a secondary limit; it goes by nothing else. */
const KNOWN_WORDS = /\bsecondary rate\b/i

/**
 * A plugin of Octokit, to stand before the throttling one: a limit that is known by its status or headers alone
 * is put into the words that plugin looks for, so that it is waited for too.
 */
export const nameLimits = (octokit: Parameters<typeof retry>[0]): void => {
  octokit.hook.error('request', (error) => {
    if ('response' in error && error.response !== undefined) {
      const { status, message } = error
      const { headers } = error.response
      if (isLimit({ status, message, headers }) && !isSpent(headers) && !KNOWN_WORDS.test(message)) {
        error.message = `${message} (a secondary rate limit)`
      }
    }
    throw error
  })
}
