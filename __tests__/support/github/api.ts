import type { IncomingMessage } from 'node:http'
import { notFound, refuse, type Call, type Handler, type Reply } from './call.ts'
import { checkAnswer, checkBody, checkParameters } from './check.ts'
import type { Operation } from './description.ts'
import { isObject, type JsonObject } from './json.ts'
import { COMMENTS } from './operations/comments.ts'
import { PEOPLE, rateOf } from './operations/people.ts'
import { PULLS } from './operations/pulls.ts'
import { REACTIONS } from './operations/reactions.ts'
import { findRoute } from './route.ts'
import { fullName, type State, type Token } from './state.ts'

const HANDLERS: Readonly<Record<string, Handler>> = { ...COMMENTS, ...REACTIONS, ...PULLS, ...PEOPLE }

const REST = 'https://docs.github.com/rest'

/** A request as it came. */
export interface Incoming {
  readonly method: string
  /** Below the root of the API. */
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** A request that was looked at: what it is, who asks, and where it deviates from the description. */
export interface Understood {
  readonly operation: Operation | null
  readonly token: Token | null
  readonly body: unknown
  readonly problems: readonly string[]
  /** Does it. To be called once. */
  readonly perform: () => Reply
}

/** `/repositories/ID/…`, which links of pages lead to, is `/repos/OWNER/NAME/…`. */
const namedPath = (state: State, path: string): readonly string[] => {
  const [, id, rest] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? []
  const repository = state.repositories.find((one) => String(one.id) === id)
  return (repository === undefined ? path : `/repos/${fullName(repository)}${rest ?? ''}`).split('/').slice(1)
}

const tokenOf = (state: State, headers: Incoming['headers']): Token | null =>
  state.tokens.get(/^(?:bearer|token) (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '') ?? null

const parseBody = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

export const understand = (state: State, incoming: Incoming): Understood => {
  const { method, url, headers } = incoming
  const token = tokenOf(state, headers)
  const body = parseBody(incoming.text)
  const route = findRoute(method, namedPath(state, url.pathname))
  const problems = [
    ...(headers.authorization === undefined ? ['no authorization'] : []),
    ...(headers['user-agent'] === undefined ? ['no user-agent'] : [])
  ]
  const early = refuseEarly(headers, token)
  if (route === null) {
    const perform = (): Reply => early ?? refuse(404, 'Not Found', REST)
    return { operation: null, token, body, problems: [...problems, 'no such operation'], perform }
  }
  const { operation } = route
  const path = checkParameters(operation, 'path', route.path)
  const query = checkParameters(operation, 'query', Object.fromEntries(url.searchParams))
  const perform = (): Reply => {
    if (token === null || early !== null) return early ?? refuse(401, 'Bad credentials', REST)
    const call = { state, token, operation, path: path.values, query: query.values, body: asObject(body) }
    return performCall(call, path.problems.length === 0)
  }
  const found = [...path.problems, ...query.problems, ...checkBody(operation, body)]
  return { operation, token, body, problems: [...problems, ...found], perform }
}

const asObject = (body: unknown): JsonObject => (isObject(body) ? body : {})

/** What is refused whatever is asked. */
const refuseEarly = (headers: Incoming['headers'], token: Token | null): Reply | null => {
  if (headers['user-agent'] === undefined) {
    return refuse(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent.',
      REST
    )
  }
  if (headers.authorization === undefined) return refuse(401, 'Requires authentication', REST)
  return token === null ? refuse(401, 'Bad credentials', REST) : null
}

const performCall = (call: Call, hasPath: boolean): Reply => {
  const { operation, token, state } = call
  const limited = operation.id === 'rate-limit/get' ? null : useUp(state, token)
  if (limited !== null) return limited
  if (token.owner.isBot && !operation.isForApps) {
    return refuse(403, 'Resource not accessible by integration', operation.documentation)
  }
  if (!hasPath) return notFound(call)
  const handler = HANDLERS[operation.id]
  if (handler === undefined) throw new Error(`described, but not built: ${operation.id}`)
  return handler(call)
}

/** Counts a request of the token's; the refusal where there are none left. */
const useUp = (state: State, token: Token): Reply | null => {
  const now = state.now().getTime()
  if (now >= token.resetAt) {
    token.used = 0
    token.resetAt = now + token.window
  }
  token.used += 1
  if (token.used <= token.limit) return null
  const { isBot, id } = token.owner
  const whose = isBot ? `installation ID ${id}` : `user ID ${id}`
  return refuse(403, `API rate limit exceeded for ${whose}.`, `${REST}/overview/rate-limits-for-the-rest-api`)
}

/** Headers that every answer has. */
export const headersOf = (token: Token | null): Readonly<Record<string, string>> => {
  const rate = token === null ? {} : rateOf(token)
  return {
    'x-github-media-type': 'github.v3; format=json',
    ...Object.fromEntries(
      Object.entries(rate).map(([name, value]) => [`x-ratelimit-${name}`, String(value)])
    ),
    'x-ratelimit-resource': 'core'
  }
}

/** Where our own answer deviates from the description. */
export const checkReply = (operation: Operation | null, { status, body }: Reply): readonly string[] =>
  operation === null ? [] : checkAnswer(operation, status, body)
