import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { serveBlocks } from '../support/rpc-endpoint.ts'
import { createRspStandIn } from '../support/rsp-stand-in.ts'
import { ROOT, runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory
let endpoint: Server
let rsp: string

beforeAll(async () => {
  laboratory = await openLaboratory({ seconds: { 100: 0.3, 101: 0.3 } }, { seconds: { 100: 0.4, 101: 0.4 } })
  const sources = { revision: 'd1d8123', seconds: { 100: 0.2 }, faults: { 101: 'GasMismatch' } } as const
  rsp = (await createRspStandIn({ root: ROOT, directory: join(laboratory.directory, 'other'), sources }))
    .repository
  endpoint = createServer(serveBlocks(laboratory.witnesses))
  await new Promise<void>((settle) => endpoint.listen(0, '127.0.0.1', settle))
})

afterAll(() => {
  endpoint.close()
  laboratory.remove()
})

interface ReferenceBlock {
  readonly block: number
  readonly seconds: number | null
  readonly failure: { readonly reason: string; readonly message: string } | null
  readonly kept: boolean
}

interface Ran extends Ended {
  readonly blocks: readonly ReferenceBlock[]
  readonly verdict: string
  readonly comment: string
}

const run = async (name: string, env: Readonly<Record<string, string>>): Promise<Ran> => {
  const reportDir = join(laboratory.directory, name)
  const more = ['--effort', 'quick', '--reference', 'rsp@main', '--reference-repository', rsp]
  const flags = laboratory.flags('100-101', reportDir, more)
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory, env })
  const report = JSON.parse(readFileSync(join(reportDir, 'report.json'), 'utf8')) as {
    readonly verdict: string
    readonly reference: { readonly blocks: readonly ReferenceBlock[] }
  }
  const comment = readFileSync(join(reportDir, 'comment.md'), 'utf8')
  return { ...ended, verdict: report.verdict, blocks: report.reference.blocks, comment }
}

describe('rsp as the reference, one of whose blocks fails', () => {
  let first: Ran

  beforeAll(async () => {
    const { port } = endpoint.address() as AddressInfo
    first = await run('first', { RPC_URL: `http://127.0.0.1:${port}/key` })
  })

  test('has the right time on one block and a reason on the other, and changes no verdict', () => {
    expect(first.blocks).toMatchObject([
      { block: 100, failure: null, kept: false },
      { block: 101, seconds: null, failure: { reason: 'execution-failed' }, kept: false }
    ])
    expect(first.blocks[0]?.seconds).toBeCloseTo(0.2, 3)
    expect(first.blocks[1]?.failure?.message).toContain('block gas used mismatch')
    expect([first.verdict, first.code]).toEqual(['improvement', 0])
  })

  test('is a column: its time, Failed, and what ethrex takes relative to it', () => {
    expect(first.comment).toMatch(/^\| 100 .*\| +0\.4s \| +0\.3s \| +0\.2s \|$/m)
    expect(first.comment).toMatch(/^\| 101 .*\| +0\.4s \| +0\.3s \| +Failed \|$/m)
    expect(first.comment).toMatch(/^\| 100 .*\| +100\.0% \| +50\.0% \|$/m)
    expect(first.comment).toMatch(/^\| 101 .*\| +- \| +- \|$/m)
    expect(first.comment).toContain('block gas used mismatch')
  })

  test('is kept by commit, block and machine: the next run proves nothing of it and needs no endpoint', async () => {
    const again = await run('again', {})
    expect(again.blocks.map(({ kept }) => kept)).toEqual([true, true])
    expect(again.blocks.map(({ seconds }) => seconds)).toEqual(first.blocks.map(({ seconds }) => seconds))
    expect(processesWith(laboratory.directory)).toEqual([])
  })
})
