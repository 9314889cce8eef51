import { randomInt } from 'node:crypto'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { bytes, MEBIBYTE, milliseconds, type Bytes, type Milliseconds } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import { errorCode } from './errors.ts'
import { pause } from './pause.ts'
import { createRedactor } from './secrets.ts'

/** An endpoint's answer, whole. */
export interface UpstreamAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface Upstream {
  /** Tries again where that may help. The error is words that never hold anything of the URL. */
  send(body: string): Promise<Result<UpstreamAnswer, string>>
  /** The text without any part of the URL that may be a secret: endpoints repeat keys in their errors. */
  redact(text: string): string
  /** Ends what is under way. */
  close(): void
}

export interface UpstreamOptions {
  readonly url: URL
  /** Before the second try; doubled before each further one. */
  readonly backoff?: Milliseconds
  /** Without a byte from the endpoint. */
  readonly timeout?: Milliseconds
  readonly bodyLimit?: Bytes
}

const TRIES = 5
const LONGEST_WAIT = 60_000
const DEFAULTS = {
  backoff: milliseconds(1000),
  timeout: milliseconds(120_000),
  bodyLimit: bytes(1024 * MEBIBYTE)
}

export const createUpstream = (options: UpstreamOptions): Upstream => {
  const settings = { ...DEFAULTS, ...options }
  const closed = new AbortController()
  return {
    send: (body) => sendPatiently(body, settings, closed.signal),
    redact: createRedactor([options.url.href]),
    close: () => closed.abort()
  }
}

type Settings = Required<UpstreamOptions>

interface Attempt {
  readonly result: Result<UpstreamAnswer, string>
  /** Null where trying again is no use; 0 where the endpoint names no time. */
  readonly retryAfter: number | null
}

const sendPatiently = async (
  body: string,
  settings: Settings,
  signal: AbortSignal
): Promise<Result<UpstreamAnswer, string>> => {
  for (let attempt = 1; ; attempt++) {
    const { result, retryAfter } = await sendOnce(body, settings, signal)
    if (retryAfter === null || signal.aborted) return result
    if (attempt === TRIES)
      return result.ok
        ? failure(`HTTP ${result.value.status}, ${TRIES} times`)
        : failure(`${result.error}, ${TRIES} times`)
    const grown = settings.backoff * 2 ** (attempt - 1)
    const jitter = randomInt(Math.max(1, Math.ceil(grown / 2)))
    await pause(Math.min(LONGEST_WAIT, Math.max(retryAfter, grown + jitter)), signal)
  }
}

const sendOnce = async (body: string, settings: Settings, signal: AbortSignal): Promise<Attempt> => {
  try {
    const response = await open(body, settings, signal)
    const status = response.statusCode ?? 0
    const read = await readBody(response, settings.bodyLimit)
    if (read === null) return { result: failure('an answer that is too large'), retryAfter: null }
    const isTrouble = status === 429 || status === 408 || status >= 500
    return { result: success({ status, body: read }), retryAfter: isTrouble ? waitWished(response) : null }
  } catch (error) {
    // Only the code: the message of a system error names the host.
    const code = errorCode(error)
    if (code === null) throw error
    return { result: failure(code), retryAfter: 0 }
  }
}

const open = (body: string, { url, timeout }: Settings, signal: AbortSignal): Promise<IncomingMessage> => {
  const answer = Promise.withResolvers<IncomingMessage>()
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(withoutUserinfo(url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...authorization(url)
    },
    timeout,
    signal
  })
  request.on('response', answer.resolve)
  request.on('error', answer.reject)
  request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
  request.end(body)
  return answer.promise
}

const withoutUserinfo = (url: URL): URL => {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

const authorization = ({ username, password }: URL): Readonly<Record<string, string>> => {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** Null where the body is larger than the limit. */
export const readBody = async (message: IncomingMessage, limit: Bytes): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a body is read as bytes')
    size += chunk.length
    if (size > limit) {
      message.destroy()
      return null
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Milliseconds that `Retry-After` asks for, as seconds or as a date. */
const waitWished = ({ headers }: IncomingMessage): number => {
  const wish = headers['retry-after']
  if (wish === undefined) return 0
  if (/^\d+$/.test(wish)) return Number(wish) * 1000
  const date = Date.parse(wish)
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now())
}
