import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { bytes, MEBIBYTE, type Milliseconds } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import { CHAIN_ID, type Network } from '../../domain/workload.ts'
import { parseCall, rpcError, rpcResult, type RpcCall } from './rpc-call.ts'
import { createUpstream, readBody, type Upstream } from './rpc-upstream.ts'

export interface RpcForwarderOptions {
  readonly network: Network
  /** A secret: it is in no error, no header and no answer. */
  readonly upstream: URL
  readonly backoff?: Milliseconds
  readonly timeout?: Milliseconds
  /** Aborted: the endpoint is asked no more. */
  readonly signal?: AbortSignal
}

/** An endpoint on this machine that stands for the user's, and knows no more calls than a witness takes. */
export interface RpcForwarder {
  /** `http://127.0.0.1:<port>/<token>`: what a child may know. */
  readonly url: string
  /** What did not go well since the last asking, as ends of a sentence about the endpoint. */
  takeTroubles(): readonly string[]
  /** Calls passed on, by method. */
  counts(): ReadonlyMap<string, number>
  /** Ends it and every connection. */
  close(): Promise<void>
}

/** Read-only calls by which ethrex-replay makes a witness, and rsp its input. */
const FORWARDED = new Set([
  'eth_blockNumber',
  'eth_getBlockByNumber',
  'eth_getHeaderByNumber',
  'eth_getHeaderByHash',
  'eth_getProof',
  'eth_getCode',
  'eth_getStorageAt',
  'debug_executionWitness'
])

const REQUEST_LIMIT = bytes(4 * MEBIBYTE)

/** Checks that the endpoint serves the network, then listens. The error is a sentence without the URL. */
export const startRpcForwarder = async (
  options: RpcForwarderOptions
): Promise<Result<RpcForwarder, string>> => {
  const { upstream: url, network, signal, ...limits } = options
  const upstream = createUpstream({ url, ...limits })
  signal?.addEventListener('abort', () => upstream.close(), { once: true })
  if (signal?.aborted === true) upstream.close()
  const chain = await checkChain(upstream, network)
  if (chain !== null) {
    upstream.close()
    return failure(chain)
  }
  return success(await openDesk(network, upstream))
}

/**
 * An endpoint with nothing behind it. It says which chain it is of and that the chain is longer than any block
 * asked for, which is all that ethrex-replay wants to know where it has the block's cache file.
 */
export const startOfflineEndpoint = (network: Network): Promise<RpcForwarder> => openDesk(network, null)

const openDesk = async (network: Network, upstream: Upstream | null): Promise<RpcForwarder> => {
  const token = randomBytes(24).toString('base64url')
  const desk: Desk = { upstream, chainId: CHAIN_ID[network], token, troubles: [], counts: new Map() }
  const server = createServer((request, response) => void serve(desk, request, response))
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/${token}`,
    takeTroubles: () => desk.troubles.splice(0),
    counts: () => desk.counts,
    close: () => close(server, upstream)
  }
}

interface Desk {
  /** Null: offline. */
  readonly upstream: Upstream | null
  readonly chainId: number
  readonly token: string
  readonly troubles: string[]
  readonly counts: Map<string, number>
}

const checkChain = async (upstream: Upstream, network: Network): Promise<string | null> => {
  const sent = await upstream.send(
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
  )
  if (!sent.ok) return `the RPC endpoint does not answer: ${sent.error}`
  const { status, body } = sent.value
  const answer = parseCall(body.toString('utf8'))
  const id = answer?.result
  if (typeof id !== 'string' || !/^0x[0-9a-f]{1,12}$/i.test(id)) {
    return `the RPC endpoint does not say which chain it serves (HTTP ${status})`
  }
  if (Number(id) === CHAIN_ID[network]) return null
  return `the RPC endpoint serves the chain ${Number(id)}, not ${network} (${CHAIN_ID[network]})`
}

const listen = async (server: Server): Promise<number> => {
  const listening = Promise.withResolvers<undefined>()
  server.once('error', listening.reject)
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a forwarder listens on a port')
  return address.port
}

const close = async (server: Server, upstream: Upstream | null): Promise<void> => {
  upstream?.close()
  const closed = Promise.withResolvers<undefined>()
  server.close(() => closed.resolve(undefined))
  server.closeAllConnections()
  await closed.promise
}

const serve = async (desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    const { status, body } = await answer(desk, request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  } catch (error) {
    // The child went away, or we are closing: there is nobody left to tell.
    desk.troubles.push(`a connection broke (${error instanceof Error ? error.name : 'unknown'})`)
    response.destroy()
  }
}

interface Answer {
  readonly status: number
  readonly body: string | Buffer
}

const answer = async (desk: Desk, request: IncomingMessage): Promise<Answer> => {
  if (!isToken((request.url ?? '').slice(1), desk.token)) return { status: 404, body: '' }
  if (request.method !== 'POST') return { status: 405, body: '' }
  // By its header first: an answer in words, where cutting the body off would only break the connection.
  const isLong = Number(request.headers['content-length'] ?? 0) > REQUEST_LIMIT
  const text = isLong ? null : await readBody(request, REQUEST_LIMIT)
  if (text === null) return { status: 413, body: '' }
  const call = parseCall(text.toString('utf8'))
  if (call === null) return ok(rpcError(null, -32600, 'one call at a time, as a JSON object: no batch'))
  if (call.method === 'eth_chainId') return ok(rpcResult(call.id, `0x${desk.chainId.toString(16)}`))
  if (desk.upstream === null) return ok(answerOffline(desk, call))
  if (!FORWARDED.has(call.method)) return ok(rpcError(call.id, -32601, `${call.method} is not forwarded`))
  return forward({ ...desk, upstream: desk.upstream }, call, text.toString('utf8'))
}

/** No block has more digits (`BlockNumber`); the host counts how far a block is behind it, and not below zero. */
const LATEST_OFFLINE = 10_000_000_000

const answerOffline = ({ troubles }: Desk, { id, method }: RpcCall): string => {
  if (method === 'eth_blockNumber') return rpcResult(id, `0x${LATEST_OFFLINE.toString(16)}`)
  const call = FORWARDED.has(method) ? method : 'a call'
  troubles.push(`${call} was made, and nobody is there to answer it`)
  return rpcError(id, -32601, 'there is no endpoint behind this one')
}

const ok = (body: string): Answer => ({ status: 200, body })

/** Compares digests, so that neither the time nor the length says how much of a guess was right. */
const isToken = (guess: string, token: string): boolean => {
  const [one, other] = [guess, token].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

const forward = async (
  desk: Desk & { readonly upstream: Upstream },
  call: RpcCall,
  text: string
): Promise<Answer> => {
  desk.counts.set(call.method, (desk.counts.get(call.method) ?? 0) + 1)
  const sent = await desk.upstream.send(text)
  if (!sent.ok) return give(desk, `${call.method} failed: ${sent.error}`)
  const { status, body } = sent.value
  const head = body.length > MEBIBYTE ? null : parseCall(body.toString('utf8'))
  if (head?.error !== undefined) {
    // Passed on, since the child tries another call where one is not known; a key in its words is not.
    const { code, message } = errorOf(head.error)
    const words = desk.upstream.redact(message).slice(0, 300)
    desk.troubles.push(`${call.method}: ${words}`)
    return ok(rpcError(call.id, code, words))
  }
  if (status !== 200) return give(desk, `${call.method} failed: HTTP ${status}`)
  if (head?.result === null) desk.troubles.push(`${call.method} found nothing (null)`)
  return { status: 200, body }
}

const errorOf = (error: unknown): { readonly code: number; readonly message: string } => {
  const parts: Readonly<Record<string, unknown>> =
    typeof error === 'object' && error !== null ? { ...error } : {}
  const { code, message } = parts
  return {
    code: typeof code === 'number' ? code : -32000,
    message: typeof message === 'string' ? message : 'an error without words'
  }
}

/** A 502 is no answer of an endpoint, so the child does not mistake it for a call that is not known. */
const give = (desk: Desk, trouble: string): Answer => {
  desk.troubles.push(trouble)
  return { status: 502, body: '' }
}
