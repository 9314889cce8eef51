import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLaboratory, processesWith, textsBelow, type Laboratory } from '../support/laboratory.ts'
import { runCli } from '../support/terminal.ts'
import { serveBlocks } from '../support/rpc-endpoint.ts'

const CANARIES = {
  GITHUB_TOKEN: 'ghs_CanaryTokenOfTheRepository0123456789',
  ACTIONS_RUNTIME_TOKEN: 'canary-runtime-token-4711',
  INPUT_GITHUB_TOKEN: 'canary-input-token-4712',
  AWS_SECRET_ACCESS_KEY: 'canary-aws-key-4713',
  GITHUB_OUTPUT: '/canary/output/4714'
}
const KEY = 'CanaryKeyOfTheEndpoint4715'
const PASSWORD = 'canaryPassword4716'

let laboratory: Laboratory
let endpoint: Server
let rpcUrl: string

beforeAll(async () => {
  laboratory = await openLaboratory({ behaviour: 'DumpsEnvironment' }, { behaviour: 'DumpsEnvironment' })
  endpoint = createServer(serveBlocks(laboratory.witnesses))
  await new Promise<void>((settle) => endpoint.listen(0, '127.0.0.1', settle))
  const { port } = endpoint.address() as AddressInfo
  rpcUrl = `http://user:${PASSWORD}@127.0.0.1:${port}/v2/${KEY}?token=${KEY}x`
})

afterAll(() => {
  endpoint.close()
  laboratory.remove()
})

const withoutWitnesses = (flags: readonly string[]): readonly string[] =>
  flags.filter((flag, index) => flag !== '--witnesses' && flags[index - 1] !== '--witnesses')

test('blocks are fetched from an endpoint, and no child, file or line ever holds a secret', async () => {
  const reportDir = join(laboratory.directory, 'report')
  const flags = withoutWitnesses(laboratory.flags('100-101', reportDir))
  const env = { ...CANARIES, RPC_URL: rpcUrl, CARGO_TERM_COLOR: 'always' }
  // What is looked at is our tag: our own process has the secrets, and every child of ours the tag.
  const children = new Set<string>()
  const looking = setInterval(() => {
    for (const child of processesWith(' PROVING_REGRESSION_RUN=')) children.add(child)
  }, 2)
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory, env })
  clearInterval(looking)
  const seen = [...children].join('\n')
  // Those that live long enough to be seen whatever else the machine does; git and the trials mostly are, too.
  for (const program of ['cargo ', 'rustc ']) expect(seen).toContain(program)
  expect(ended.stderr).toContain('fetching the witness of block 101 (2 of 2)')
  expect(ended.code).toBe(0)
  const dump = readFileSync(join(reportDir, 'logs', 'cycles-100-sp1-head.stderr.log'), 'latin1')
  expect(dump).toContain('PROVING_REGRESSION_RUN=')
  const everything = new Map([
    ...textsBelow(reportDir),
    ...textsBelow(laboratory.cacheDir),
    ['environment and arguments of the children', seen],
    ['stdout', ended.stdout],
    ['stderr', ended.stderr]
  ])
  const secrets = [...Object.values(CANARIES), KEY, PASSWORD]
  const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64').slice(0, -4)])
  for (const [path, text] of everything) {
    for (const form of forms) expect(text.includes(form), `${form} in ${path}`).toBe(false)
  }
  const names = dump.split('\n').flatMap((line) => /([A-Z_]+)=/.exec(line)?.[1] ?? [])
  for (const name of Object.keys(CANARIES)) expect(names).not.toContain(name)
})

test('what was fetched is kept: the next run needs no endpoint', async () => {
  const reportDir = join(laboratory.directory, 'again')
  const flags = withoutWitnesses(laboratory.flags('100-101', reportDir))
  const ended = await runCli(['run', ...flags, '--mode', 'execute'], { cwd: laboratory.directory })
  expect(ended.code).toBe(0)
})

test('witnesses fetches what is missing and executes it at base', async () => {
  const flags = laboratory.flags('102', join(laboratory.directory, 'unused'))
  const args = ['witnesses', ...withoutWitnesses(flags)]
  const { code, stdout, stderr } = await runCli(args, { cwd: laboratory.directory, env: { RPC_URL: rpcUrl } })
  expect(stderr).toMatch(/block 102: executes; .*cache_mainnet_102\.json/)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr).not.toContain(KEY)
  const bad = await runCli(['witnesses', ...withoutWitnesses(laboratory.flags('103', 'unused'))], {
    cwd: laboratory.directory
  })
  expect(bad.code).toBe(2)
  expect(bad.stderr).toContain('block 103')
})

test('an endpoint of another chain is refused before a block is asked for', async () => {
  const reportDir = join(laboratory.directory, 'other-chain')
  const flags = [...laboratory.flags('7', reportDir), '--network', 'sepolia']
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory, env: { RPC_URL: rpcUrl } })
  expect(ended.stdout).toContain('serves the chain 1, not sepolia')
  expect(ended.stdout + ended.stderr).not.toContain(KEY)
  expect(ended.code).toBe(3)
})
