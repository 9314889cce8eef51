import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

/** Answers as an Ethereum node of mainnet would, with the blocks that a folder of cache files holds. */
export const serveBlocks =
  (witnesses: string) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => (text += part))
    request.on('end', () => {
      const call = JSON.parse(text) as { id: unknown; method: string; params: readonly unknown[] }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, result: answer(witnesses, call) }))
    })
  }

const answer = (witnesses: string, call: { method: string; params: readonly unknown[] }): unknown => {
  if (call.method === 'eth_chainId') return '0x1'
  if (call.method === 'eth_blockNumber') return '0xffffff'
  const file = join(witnesses, `cache_mainnet_${Number(call.params[0])}.json`)
  const cache = JSON.parse(readFileSync(file, 'utf8')) as {
    blocks: [{ header: object; body: object }]
    witness: unknown
  }
  const [{ header, body }] = cache.blocks
  return call.method === 'debug_executionWitness' ? cache.witness : { ...header, ...body }
}
