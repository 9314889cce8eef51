import * as v from 'valibot'
import type { Milliseconds } from '../../domain/quantity.ts'
import { printableName } from '../text/printable.ts'
import type { Refusal } from '../forge.ts'
import { isLimit, type LimitSigns } from './limits.ts'

/** A refusal, with the status by which some requests still mean success; null where there was no answer. */
export interface Trouble extends Refusal {
  readonly status: number | null
}

export interface Wording {
  /** Masks secrets. */
  readonly redact: (text: string) => string
  /** How long an answer was waited for. */
  readonly timeout: Milliseconds
}

/** What Octokit throws: with a response where there was one. */
const httpError = v.object({
  name: v.literal('HttpError'),
  status: v.number(),
  cause: v.optional(v.unknown()),
  response: v.optional(v.object({ headers: v.record(v.string(), v.unknown()), data: v.unknown() }))
})

/** The errors of a 422 are sentences, or objects that may have one. */
const explained = v.object({
  message: v.string(),
  errors: v.optional(v.array(v.union([v.string(), v.object({ message: v.string() }), v.unknown()])))
})

/** Puts what the client threw for an answer, or for the lack of one, into our words. Rethrows anything else. */
export const troubleOf = (error: unknown, wording: Wording): Trouble => {
  const read = v.safeParse(httpError, error)
  if (!read.success) throw error
  const { status, response, cause } = read.output
  if (response === undefined) return { kind: 'unreachable', status: null, message: noAnswer(cause, wording) }
  const said = sentenceOf(response.data)
  const kind = kindOf({ status, message: said, headers: response.headers })
  // Redacted before it is cut, and after: what is taken out of a line may have parted a secret.
  const quote = wording.redact(printableName(wording.redact(said), LONGEST_QUOTE))
  return { kind, status, message: `${OURS[kind]} (${status})${quote === '' ? '' : `: ${quote}`}` }
}

/** For an answer that came, and was not what it should be. */
export const strange = (status: number): Trouble => ({
  kind: 'unreachable',
  status,
  message: `GitHub's answer (${status}) is not what its description says`
})

const LONGEST_QUOTE = 200

const OURS: Readonly<Record<Refusal['kind'], string>> = {
  forbidden: 'GitHub does not allow it',
  missing: 'GitHub does not have it',
  invalid: 'GitHub does not take it',
  limited: 'GitHub takes no more requests for now',
  unreachable: 'GitHub failed'
}

const kindOf = (signs: LimitSigns): Refusal['kind'] => {
  const { status } = signs
  if (isLimit(signs)) return 'limited'
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404 || status === 410 || status === 451) return 'missing'
  return status >= 400 && status < 500 && status !== 408 ? 'invalid' : 'unreachable'
}

/** What GitHub says, which is JSON; a page of a proxy says nothing that we would repeat. */
const sentenceOf = (data: unknown): string => {
  const read = v.safeParse(explained, data)
  if (!read.success) return ''
  const { message, errors = [] } = read.output
  const details = errors.map(detailOf).filter((detail) => detail !== '')
  return details.length === 0 ? message : `${message}: ${details.join(', ')}`
}

const detailOf = (error: unknown): string => {
  if (typeof error === 'string') return error
  const read = v.safeParse(v.object({ message: v.string() }), error)
  return read.success ? read.output.message : ''
}

const noAnswer = (cause: unknown, { timeout }: Wording): string => {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return `GitHub did not answer within ${timeout / 1000} s`
  }
  const code = codeOf(cause)
  return `no answer from GitHub${code === null ? '' : ` (${code})`}`
}

/** The system's code, such as `ECONNRESET`, of the error or of what caused it. */
const codeOf = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : codeOf(error.cause)
}
