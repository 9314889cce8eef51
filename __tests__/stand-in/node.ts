import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ChainNode {
  readonly url: string
  /** The methods that were called, in order. */
  readonly calls: string[]
  close(): void
}

interface Request {
  readonly id: number
  readonly method: string
}

interface CacheFile {
  readonly blocks: readonly { readonly header: object; readonly body: object }[]
  readonly witness: object
}

/** A node that knows one block: that of a cache file. A method that is refused answers with an error. */
export const startNode = async (cacheFile: string, refused: readonly string[] = []): Promise<ChainNode> => {
  const cache = JSON.parse(await readFile(cacheFile, 'utf8')) as CacheFile
  const [block] = cache.blocks
  const answers: Readonly<Record<string, unknown>> = {
    eth_chainId: '0x1',
    eth_blockNumber: '0x20',
    eth_getBlockByNumber: { hash: '0x00', size: '0x1', ...block?.header, ...block?.body },
    debug_executionWitness: cache.witness
  }
  const calls: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { id, method } = JSON.parse(body) as Request
      calls.push(method)
      const failed = refused.includes(method) ? { error: { code: -32601, message: 'no such method' } } : null
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(failed ?? { result: answers[method] }) }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/token`, calls, close: () => server.close() }
}
