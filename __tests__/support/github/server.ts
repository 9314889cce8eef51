import { mkdtemp } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { checkReply, headersOf, understand, type Understood } from './api.ts'
import { refuse, type Reply } from './call.ts'
import { Faults, type Fault } from './faults.ts'
import { Gates, type Phase } from './gates.ts'
import { GitSite, parseGitAddress, type Exchange, type GitAddress } from './git-site.ts'
import { GitHub, type GitHubParts, type RepositorySetup } from './github.ts'
import { Journal } from './journal.ts'
import { State, type Repository, type Token } from './state.ts'

const API = '/api/v3'

/** The page of whoever stands between us and GitHub, or of GitHub itself on a bad day. */
const HTML =
  '<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>Please try again.</body></html>\n'

interface Parts extends GitHubParts {
  readonly site: GitSite
}

/** Where the connection is gone, nothing is sent. */
const send = ({ response }: Exchange, reply: Reply, headers: Readonly<Record<string, string>>): void => {
  const type = { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(reply.status, {
    ...(reply.body === undefined ? {} : type),
    ...headers,
    ...reply.headers
  })
  response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
}

const sendHtml = ({ response }: Exchange, status: number): number => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(HTML)
  return status
}

const isDoneFirst = (fault: Fault): boolean =>
  typeof fault === 'string' ? fault.endsWith('-after') : fault.after === 'after'

/** What is answered in place of what should be; the status, null where nothing is. */
const sendFault = (
  exchange: Exchange,
  fault: Fault,
  headers: Readonly<Record<string, string>>
): number | null => {
  if (fault === 'html') return sendHtml(exchange, 502)
  if (fault === 'html-200') return sendHtml(exchange, 200)
  if (fault === 'drop-before' || fault === 'drop-after') exchange.request.socket.destroy()
  if (typeof fault === 'string') return null
  send(exchange, fault, headers)
  return fault.status
}

/** Null where whoever asks was gone before all was said: nothing was asked then. */
const readText = (request: IncomingMessage): Promise<string | null> =>
  text(request).catch((error: unknown) => {
    if (request.complete) throw error
    return null
  })

const answerApi = async (parts: Parts, exchange: Exchange, url: URL): Promise<void> => {
  const { request } = exchange
  const method = request.method ?? 'GET'
  const said = await readText(request)
  if (said === null) return
  const incoming = { method, url, headers: request.headers, text: said }
  const understood = understand(parts.state, incoming)
  const entry = parts.journal.begin({ method, url, understood, at: parts.state.now() })
  for (const problem of understood.problems) parts.journal.accuse(entry, problem)
  entry.status = await carryOut(parts, exchange, understood, (problem) =>
    parts.journal.accuse(entry, problem)
  )
  parts.journal.changed()
}

/** Waits where it is held up, which a test may wait for in turn. */
const pass = async (
  { gates, journal }: Parts,
  step: { readonly operation: string; readonly token: Token | null; readonly phase: Phase }
): Promise<void> => {
  const passing = gates.pass({ ...step, token: step.token?.value ?? null })
  journal.changed()
  await passing
}

/** Does what was asked, with what goes wrong and whoever holds it up; the status that was sent. */
const carryOut = async (
  parts: Parts,
  exchange: Exchange,
  understood: Understood,
  accuse: (problem: string) => void
): Promise<number | null> => {
  const { operation, token } = understood
  const name = operation?.id ?? 'unknown'
  const fault = parts.faults.meet(name, token?.value ?? null)
  await pass(parts, { operation: name, token, phase: 'before' })
  if (fault !== null && !isDoneFirst(fault)) return sendFault(exchange, fault, headersOf(token))
  const reply = understood.perform()
  for (const problem of checkReply(operation, reply)) accuse(problem)
  await pass(parts, { operation: name, token, phase: 'after' })
  if (fault !== null) return sendFault(exchange, fault, headersOf(token))
  send(exchange, reply, headersOf(token))
  return reply.status
}

const isServed = ({ git, isPrivate }: Repository, token: Token | null): boolean =>
  git !== null && (!isPrivate || token !== null)

const answerGit = async (parts: Parts, exchange: Exchange, address: GitAddress): Promise<void> => {
  const { state, journal, faults, site } = parts
  const credentials = Buffer.from(
    exchange.request.headers.authorization?.split(' ')[1] ?? '',
    'base64'
  ).toString()
  const token = state.tokens.get(credentials.slice(credentials.indexOf(':') + 1)) ?? null
  const entry = journal.beginGit({ name: address.name, path: address.rest, token, at: state.now() })
  const operation = `git${address.rest}`
  const fault = faults.meet(operation, token?.value ?? null)
  await pass(parts, { operation, token, phase: 'before' })
  const repository = state.repository(address.name)
  if (fault !== null) {
    entry.status = sendFault(exchange, fault, {})
  } else if (repository === undefined || !isServed(repository, token)) {
    // Whether there is none or it is not to be seen, GitHub asks who wants to know.
    const headers = { 'www-authenticate': 'Basic realm="GitHub"', 'content-type': 'text/plain' }
    exchange.response.writeHead(token === null ? 401 : 404, headers).end('Repository not found.\n')
    entry.status = exchange.response.statusCode
  } else {
    entry.status = await site.answer(repository, address, exchange)
  }
  journal.changed()
}

const answer = async (parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', parts.state.serverUrl)
  const exchange = { request, response }
  // Whoever asked may have hung up; what was asked is done all the same.
  response.on('error', () => response.destroy())
  const address = parseGitAddress(url)
  if (url.pathname.startsWith(`${API}/`)) {
    await answerApi(parts, exchange, new URL(url.href.replace(API, '')))
  } else if (address !== null) {
    await answerGit(parts, exchange, address)
  } else {
    parts.journal.complain(`${request.method ?? ''} ${url.pathname}: neither the API nor git`)
    send(exchange, refuse(404, 'Not Found', ''), headersOf(null))
  }
}

/**
 * Starts a GitHub of the test's own on 127.0.0.1: a small part of the API, with state, that checks each request and
 * each of its own answers against GitHub's description, and git over HTTP. The first repository is the one that is
 * meant where none is named.
 */
export const startGitHub = async (setup: {
  readonly repositories: readonly [RepositorySetup, ...RepositorySetup[]]
}): Promise<GitHub> => {
  const directory = await mkdtemp(join(tmpdir(), 'proving-regression-github-'))
  // Longer than any test pauses: a connection that ends just as it is used again is a fault nobody scripted.
  const server = createServer({ keepAliveTimeout: 300_000 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const state = new State(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const site = new GitSite(state, directory)
  const parts: Parts = { state, site, journal: new Journal(), faults: new Faults(), gates: new Gates() }
  server.on('request', (request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      parts.journal.complain(
        `the server itself: ${error instanceof Error ? (error.stack ?? '') : String(error)}`
      )
      response.destroy()
    })
  })
  const stop = async (): Promise<void> => {
    parts.gates.releaseAll()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await site.remove()
  }
  return new GitHub(parts, setup.repositories, stop)
}
