import { createServer, request as open, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import {
  startOfflineEndpoint,
  startRpcForwarder,
  type RpcForwarder
} from '../../../src/io/node/rpc-forwarder.ts'
import { milliseconds } from '../../../src/domain/quantity.ts'

interface Words {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
type Reply = (method: string, body: string) => Words | 'hang' | 'drop'

const CANARY = 'canary-key-0123456789'
const servers: Server[] = []
const forwarders: RpcForwarder[] = []

afterEach(async () => {
  await Promise.all(forwarders.splice(0).map((forwarder) => forwarder.close()))
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const result = (value: unknown): Words => ({ body: JSON.stringify({ jsonrpc: '2.0', id: 1, result: value }) })

/** An endpoint whose URL holds three canaries; `seen` are the calls it got. */
const endpoint = async (reply: Reply, chain = '0x1') => {
  const seen: {
    readonly method: string
    readonly authorization: string | undefined
    readonly url: string | undefined
  }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { method } = JSON.parse(body) as { method: string }
      seen.push({ method, authorization: request.headers.authorization, url: request.url })
      const answer = method === 'eth_chainId' && chain !== '' ? result(chain) : reply(method, body)
      if (answer === 'hang') return
      if (answer === 'drop') return void request.socket.destroy()
      response.writeHead(answer.status ?? 200, { ...answer.headers }).end(answer.body)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    seen,
    url: new URL(`http://user-canary:pass-canary@127.0.0.1:${port}/v2/${CANARY}?token=query-canary`)
  }
}

const start = async (upstream: URL) => {
  const started = await startRpcForwarder({
    network: 'mainnet',
    upstream,
    backoff: milliseconds(1),
    timeout: milliseconds(300)
  })
  if (started.ok) forwarders.push(started.value)
  return started
}

const running = async (reply: Reply) => {
  const { seen, url } = await endpoint(reply)
  const started = await start(url)
  if (!started.ok) throw new Error(started.error)
  seen.splice(0)
  return { seen, forwarder: started.value }
}

const post = (url: string, body: string, method = 'POST') =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const request = open(url, { method }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })

const call = async (forwarder: RpcForwarder, method: string, id: unknown = 7) => {
  const { status, body } = await post(
    forwarder.url,
    JSON.stringify({ jsonrpc: '2.0', id, method, params: [] })
  )
  return { status, answer: body === '' ? null : (JSON.parse(body) as unknown) }
}

describe('a forwarder', () => {
  test('passes on the calls of a witness, with the userinfo as a header', async () => {
    const { seen, forwarder } = await running(() => result({ state: [] }))
    expect(await call(forwarder, 'debug_executionWitness')).toEqual({
      status: 200,
      answer: { jsonrpc: '2.0', id: 1, result: { state: [] } }
    })
    expect(seen).toEqual([
      {
        method: 'debug_executionWitness',
        authorization: `Basic ${Buffer.from('user-canary:pass-canary').toString('base64')}`,
        url: `/v2/${CANARY}?token=query-canary`
      }
    ])
    expect([...forwarder.counts()]).toEqual([['debug_executionWitness', 1]])
    expect(forwarder.takeTroubles()).toEqual([])
  })

  test('answers for the chain itself, and passes nothing else on', async () => {
    const { seen, forwarder } = await running(() => result(1))
    expect((await call(forwarder, 'eth_chainId')).answer).toEqual({ jsonrpc: '2.0', id: 7, result: '0x1' })
    for (const method of ['eth_sendRawTransaction', 'eth_accounts', 'debug_traceTransaction', '']) {
      expect((await call(forwarder, method)).answer).toMatchObject({ error: { code: -32601 } })
    }
    const batch = await post(forwarder.url, JSON.stringify([{ id: 1, method: 'eth_getCode' }]))
    expect(batch.body).toContain('one call at a time')
    expect((await post(forwarder.url, 'not json')).body).toContain('-32600')
    expect(seen).toEqual([])
  })

  test.each(['eth_getBlockByNumber', 'eth_getProof', 'eth_getCode', 'eth_getStorageAt'])(
    'passes on what rsp asks for: %s',
    async (method) => {
      const { forwarder } = await running(() => result('0x60'))
      expect((await call(forwarder, method)).answer).toMatchObject({ result: '0x60' })
    }
  )

  test('knows its own by the token in the path', async () => {
    const { seen, forwarder } = await running(() => result(1))
    const { origin, pathname } = new URL(forwarder.url)
    expect(pathname.length).toBeGreaterThan(30)
    const body = JSON.stringify({ id: 1, method: 'eth_getCode' })
    for (const path of ['/', pathname.slice(0, -1), `${pathname}x`, `${pathname}/`]) {
      expect((await post(origin + path, body)).status).toBe(404)
    }
    expect((await post(forwarder.url, '', 'GET')).status).toBe(405)
    expect((await post(forwarder.url, ' '.repeat(5 << 20))).status).toBe(413)
    expect(seen).toEqual([])
  })

  test('tries again after 429, 5xx, a timeout and a lost connection', async () => {
    const replies: ReturnType<Reply>[] = [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 503 },
      'hang',
      'drop',
      result('0x60')
    ]
    const { seen, forwarder } = await running(() => replies.shift() ?? result('again'))
    expect((await call(forwarder, 'eth_getCode')).answer).toMatchObject({ result: '0x60' })
    expect(seen).toHaveLength(5)
    expect(forwarder.takeTroubles()).toEqual([])
  })

  test('waits as long as it is asked to', async () => {
    const replies: ReturnType<Reply>[] = [{ status: 429, headers: { 'retry-after': '1' } }, result(1)]
    const { forwarder } = await running(() => replies.shift() ?? 'drop')
    const before = performance.now()
    await call(forwarder, 'eth_getCode')
    expect(performance.now() - before).toBeGreaterThan(900)
  })

  test('gives up in a way that is no answer of an endpoint', async () => {
    const { seen, forwarder } = await running((method) =>
      method === 'eth_getCode' ? { status: 500, body: CANARY } : { status: 403, body: CANARY }
    )
    expect(await call(forwarder, 'eth_getCode')).toEqual({ status: 502, answer: null })
    expect(seen).toHaveLength(5)
    expect(await call(forwarder, 'eth_getProof')).toEqual({ status: 502, answer: null })
    expect(seen).toHaveLength(6)
    expect(forwarder.takeTroubles()).toEqual([
      'eth_getCode failed: HTTP 500, 5 times',
      'eth_getProof failed: HTTP 403'
    ])
    expect(forwarder.takeTroubles()).toEqual([])
  })

  test('passes errors on without what they repeat of the URL, and notes a block that is not there', async () => {
    const message = `key ${CANARY} of user-canary, ${encodeURIComponent(`/v2/${CANARY}`)}, query-canary`
    const { forwarder } = await running((method) =>
      method === 'eth_getBlockByNumber'
        ? result(null)
        : { status: 401, body: JSON.stringify({ id: 7, error: { code: -32601, message, data: CANARY } }) }
    )
    const { status, answer } = await call(forwarder, 'debug_executionWitness')
    expect(status).toBe(200)
    expect(answer).toMatchObject({ id: 7, error: { code: -32601 } })
    await call(forwarder, 'eth_getBlockByNumber')
    const troubles = forwarder.takeTroubles()
    expect(troubles[1]).toBe('eth_getBlockByNumber found nothing (null)')
    expect(JSON.stringify([answer, troubles])).not.toMatch(/canary/)
  })

  test('ends with its connections', async () => {
    const { forwarder } = await running(() => 'hang')
    const waiting = post(forwarder.url, JSON.stringify({ id: 1, method: 'eth_getCode' })).catch(
      (error: unknown) => error
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    await forwarder.close()
    expect(await waiting).toBeInstanceOf(Error)
    await expect(post(forwarder.url, '{}')).rejects.toThrow('ECONNREFUSED')
  })
})

describe('an endpoint with nothing behind it', () => {
  test('knows its chain, longer than any block has a number, and says what else it was asked', async () => {
    const endpoint = await startOfflineEndpoint('hoodi')
    forwarders.push(endpoint)
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/)
    expect((await call(endpoint, 'eth_chainId')).answer).toEqual({ jsonrpc: '2.0', id: 7, result: '0x88bb0' })
    const { answer } = await call(endpoint, 'eth_blockNumber')
    expect(Number((answer as { result: string }).result)).toBeGreaterThan(9_999_999_999)
    expect(endpoint.takeTroubles()).toEqual([])
    for (const method of ['debug_executionWitness', 'a\u001bforged']) {
      expect((await call(endpoint, method)).answer).toMatchObject({ error: { code: -32601 } })
    }
    expect(endpoint.takeTroubles()).toEqual([
      'debug_executionWitness was made, and nobody is there to answer it',
      'a call was made, and nobody is there to answer it'
    ])
    expect((await post(endpoint.url.slice(0, -1), '{}')).status).toBe(404)
    await endpoint.close()
    await expect(post(endpoint.url, '{}')).rejects.toThrow(/ECONNREFUSED|hang up/)
  })
})

describe('an endpoint', () => {
  test.each<readonly [string, Reply, string, string]>([
    [
      'of another chain',
      () => 'drop',
      '0xaa36a7',
      'the RPC endpoint serves the chain 11155111, not mainnet (1)'
    ],
    [
      'that wants another key',
      () => ({ status: 401, body: CANARY }),
      '',
      'the RPC endpoint does not say which chain it serves (HTTP 401)'
    ],
    [
      'that is no endpoint',
      () => ({ body: '<html>' }),
      '',
      'the RPC endpoint does not say which chain it serves (HTTP 200)'
    ],
    ['that fails', () => ({ status: 502 }), '', 'the RPC endpoint does not answer: HTTP 502, 5 times'],
    ['that is silent', () => 'hang', '', 'the RPC endpoint does not answer: ETIMEDOUT, 5 times']
  ])('%s is refused at once', async (_, reply, chain, expected) => {
    const { url } = await endpoint(reply, chain)
    expect(await start(url)).toEqual({ ok: false, error: expected })
  })

  test('that cannot be reached is not named', async () => {
    const started = await start(new URL(`https://canary-host.invalid/${CANARY}`))
    expect(started.ok ? '' : started.error).toMatch(/^the RPC endpoint does not answer: E[A-Z_]+, 5 times$/)
  })
})
