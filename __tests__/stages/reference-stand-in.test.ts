import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { referenceReport } from '../../src/compare/reference.ts'
import { gas, milliseconds } from '../../src/domain/quantity.ts'
import { parseSha, type Sha } from '../../src/domain/revision.ts'
import type { ReferenceRecord } from '../../src/domain/run.ts'
import { createBuildStore } from '../../src/io/node/build-store.ts'
import { clock } from '../../src/io/node/clock.ts'
import { files } from '../../src/io/node/files.ts'
import { createGit } from '../../src/io/node/git.ts'
import { createReferenceStore } from '../../src/io/node/reference-store.ts'
import { startRpcForwarder } from '../../src/io/node/rpc-forwarder.ts'
import type { Command, Processes } from '../../src/io/ports.ts'
import { rsp } from '../../src/provers/rsp/rsp.ts'
import { measureReference } from '../../src/stages/reference.ts'
import type { ReferencePorts, ReferenceRequest } from '../../src/stages/reference-request.ts'
import { commit } from '../../stand-in/repositories.ts'
import { createRspStandIn, rspFiles } from '../support/rsp-stand-in.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { aPlan, block } from '../support/plans.ts'
import { serveBlocks } from '../support/rpc-endpoint.ts'
import { aMachine } from '../support/runs.ts'
import { asRepository, environment, keptLog, realProcesses, scratch } from '../support/small-trees.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 120_000 })

const ROOT = join(import.meta.dirname, '..', '..')
const SCALE = 2000
const GAS = 10_000_000

const place = await scratch()
const witnesses = join(place.path, 'witnesses')
const server = createServer(serveBlocks(witnesses))
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await place.dispose()
})

const shas: Record<'newest' | 'patched' | 'unpatched', Sha> = { newest: no(), patched: no(), unpatched: no() }

function no(): Sha {
  return shaOf('0'.repeat(40))
}

function shaOf(text: string): Sha {
  const sha = parseSha(text)
  if (sha === null) throw new Error(`no commit id: ${text}`)
  return sha
}

beforeAll(async () => {
  for (const number of [100, 101, 102, 103])
    await writeWitness(witnesses, { number, gas: GAS, transactions: 3 })
  const sources = {
    timeScale: SCALE,
    seconds: { 100: 87.25, 101: 469.5 },
    cycles: { 100: Number(2n ** 52n) },
    executedCyclesPerSecond: 1e15,
    faults: { 102: 'GasMismatch', 103: 'ProvingFails' }
  } as const
  const { repository, sha } = await createRspStandIn({ root: ROOT, directory: place.path, sources })
  const older = async (revision: '2c57180' | '2c57180-patched') =>
    shaOf(
      await commit({
        repository,
        branch: revision,
        message: `As at ${revision}`,
        files: rspFiles({ ...sources, cycles: {}, revision })
      })
    )
  shas.newest = shaOf(sha)
  shas.unpatched = await older('2c57180')
  shas.patched = await older('2c57180-patched')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

/** What was done, in order: programs by name, and what became of endpoints. */
interface World {
  readonly ports: ReferencePorts
  readonly done: string[]
  readonly commands: Command[]
}

const world = (cacheDir: string): World => {
  const done: string[] = []
  const commands: Command[] = []
  const processes = realProcesses()
  const watched: Processes = {
    ...processes,
    run: (command, options) => {
      const { program, args } = command
      commands.push(command)
      done.push(
        program === 'cargo'
          ? `cargo ${args[0]}`
          : `rsp ${args[1]}${args.includes('--prove') ? ' --prove' : ''}`
      )
      return processes.run(command, options)
    }
  }
  const { port } = server.address() as AddressInfo
  return {
    done,
    commands,
    ports: {
      processes: watched,
      files,
      clock,
      log: keptLog(),
      server: {
        clear: () => Promise.resolve([]),
        obstacle: () => Promise.resolve(null),
        watch: () => ({ end: () => Promise.resolve([]) })
      },
      gpu: null,
      referenceProver: rsp,
      referenceStore: createReferenceStore(cacheDir),
      repositories: createGit({ processes, environment, cacheDir }),
      buildStore: createBuildStore(cacheDir),
      startForwarder: async () => {
        const upstream = new URL(`http://127.0.0.1:${port}/canary`)
        const started = await startRpcForwarder({ network: 'mainnet', upstream })
        if (!started.ok) return started
        done.push('endpoint opens')
        const close = async (): Promise<void> => {
          await started.value.close()
          done.push('endpoint closes')
        }
        return { ok: true, value: { ...started.value, close } }
      },
      environments: { trial: { ...environment, RPC_1: `http://127.0.0.1:${port}` }, build: environment },
      version: '0.1.0',
      isCancelled: () => false
    }
  }
}

const requestIn = async (
  root: string,
  ports: ReferencePorts,
  changes: Partial<ReferenceRequest> = {}
): Promise<ReferenceRequest> => {
  const cacheDir = join(root, 'cache')
  mkdirSync(join(root, 'report', 'logs'), { recursive: true })
  const git = createGit({ processes: ports.processes, environment, cacheDir })
  const mirror = await git.mirror(asRepository(join(place.path, 'rsp'), 'succinctlabs/rsp'))
  if (!mirror.ok) throw new Error(mirror.error)
  return {
    plan: { prover: 'rsp', revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: shas.newest } },
    mirror: mirror.value,
    leg: aPlan({ timeScale: SCALE }),
    blocks: [100, 101, 102, 103].map((number) => ({ block: block(number), gas: gas(BigInt(GAS)) })),
    machine: aMachine(),
    gpuMinutesLeft: null,
    hasRpcUrl: true,
    mayKeep: true,
    passed: '',
    passedToBuild: '',
    cacheDir,
    reportDir: join(root, 'report'),
    ...changes
  }
}

const planOf = (sha: Sha): ReferenceRequest['plan'] => ({
  prover: 'rsp',
  revision: { repository: 'succinctlabs/rsp', ref: 'a branch', sha }
})

describe('rsp, one run after the other', () => {
  const root = join(place.path, 'runs')
  let measured: readonly ReferenceRecord[] = []

  test('is built once, makes its inputs, and proves each block offline', async () => {
    mkdirSync(root)
    // rsp would take these up: every process of ours runs below this directory.
    writeFileSync(join(root, '.env'), 'RPC_1=http://127.0.0.1:1\nSP1_PROVER=network\n')
    const { ports, done, commands } = world(join(root, 'cache'))
    const { kind, measurements } = await measureReference(await requestIn(root, ports), ports)
    const { records, failures, notes } = measurements
    measured = records
    expect([kind, failures]).toEqual(['measured', []])
    expect(records.map((record) => [record.block, record.kept])).toEqual(
      [100, 101, 102, 103].map((number) => [number, false])
    )
    expect(records[0]?.outcome).toMatchObject({
      kind: 'measured',
      sample: {
        gas: BigInt(GAS),
        transactions: 3,
        metrics: {
          cycles: { value: 2n ** 52n, unit: 'cycles', exactness: 'exact' },
          'proving-time': { value: 87.25, unit: 's', exactness: 'exact' }
        }
      }
    })
    expect(records[2]?.outcome).toMatchObject({
      kind: 'failed',
      reason: 'execution-failed',
      message: 'Executing block 102 failed: block gas used mismatch: got 9987500, expected 10000000'
    })
    expect(records[3]?.outcome).toMatchObject({
      reason: 'proving-failed',
      message: 'Proving block 103 failed: the prover ran out of device memory'
    })
    expect(notes).toEqual([
      'Times of rsp are of one proof a block, without a warm-up or a repeat: nothing tells their noise.'
    ])
    expect(done).toEqual([
      ...['cargo fetch', 'cargo build', 'endpoint opens'],
      ...['rsp 100', 'rsp 101', 'rsp 102', 'rsp 103', 'endpoint closes'],
      ...['rsp 100 --prove', 'rsp 101 --prove', 'rsp 103 --prove']
    ])
    expect(JSON.stringify(commands)).not.toContain('canary')
    for (const { args, env } of commands.filter((one) => one.args.includes('--prove'))) {
      expect(env).toMatchObject({ SP1_PROVER: 'cuda' })
      expect(env).not.toHaveProperty('RPC_1')
      expect(args).not.toContain('--rpc-url')
    }
  })

  test('leaves logs, and neither sources nor a working directory', async () => {
    expect(await files.names(join(root, 'cache', 'reference', 'build'))).toEqual(['CACHEDIR.TAG'])
    expect(await files.names(join(root, 'cache', 'work'))).toEqual([])
    expect(await files.names(join(root, 'report', 'logs'))).toEqual(
      expect.arrayContaining([
        ...['build-reference.log', 'fetch-reference.log'],
        ...['reference-100.stdout.log', 'reference-103.stderr.log', 'reference-input-102.stderr.log']
      ])
    )
  })

  test('is not asked again what it was asked before; what may go well the next time is tried', async () => {
    const { ports, done } = world(join(root, 'cache'))
    const { records } = (await measureReference(await requestIn(root, ports), ports)).measurements
    expect(done).toEqual(['rsp 103 --prove'])
    expect(records.map(({ kept }) => kept)).toEqual([true, true, true, false])
    const first = measured.slice(0, 3).map(({ outcome, startedAt }) => [outcome, startedAt])
    expect(records.slice(0, 3).map(({ outcome, startedAt }) => [outcome, startedAt])).toEqual(first)
    const report = referenceReport({ plan: planOf(shas.newest), records, failures: [], notes: [] })
    expect(report.blocks.map(({ seconds, cycles, failure }) => [seconds, cycles, failure?.reason])).toEqual([
      [87.25, 2n ** 52n, undefined],
      [469.5, 160_000_000n, undefined],
      [null, null, 'execution-failed'],
      [null, null, 'proving-failed']
    ])
  })

  test('is another at another commit, which prints whole seconds', async () => {
    const { ports, done } = world(join(root, 'cache'))
    const request = await requestIn(root, ports, { plan: planOf(shas.patched) })
    const end = await measureReference({ ...request, blocks: request.blocks.slice(0, 2) }, ports)
    expect(done.slice(0, 3)).toEqual(['cargo fetch', 'cargo build', 'endpoint opens'])
    expect(referenceReport(end.measurements).blocks).toMatchObject([
      { seconds: 87, exactness: 'rounded-seconds', cycles: 160_000_000n, kept: false },
      { seconds: 469, exactness: 'rounded-seconds', failure: null }
    ])
  })

  test('fails where it prints no time at all', async () => {
    const { ports } = world(join(root, 'cache'))
    const request = await requestIn(root, ports, { plan: planOf(shas.unpatched) })
    const { measurements } = await measureReference({ ...request, blocks: request.blocks.slice(0, 1) }, ports)
    expect(measurements.records[0]?.outcome).toMatchObject({ kind: 'failed', reason: 'report-line-missing' })
    expect(readFileSync(join(root, 'report', 'logs', 'reference-100.stdout.log'), 'utf8')).toContain(
      'Proof successfully generated!'
    )
  })

  test('is built without the GPU to execute, and has the inputs by then', async () => {
    const { ports, done, commands } = world(join(root, 'cache'))
    const leg = aPlan({ mode: 'execute', timeScale: SCALE })
    const request = await requestIn(root, ports, { leg, hasRpcUrl: false })
    const { measurements } = await measureReference({ ...request, blocks: request.blocks.slice(0, 2) }, ports)
    expect(done).toEqual(['cargo fetch', 'cargo build', 'rsp 100', 'rsp 101'])
    expect(commands[1]?.args).not.toContain('--features')
    expect(measurements.notes).toEqual([])
    expect(referenceReport(measurements)).toMatchObject({
      gpuMinutes: 0,
      blocks: [{ seconds: null, cycles: 2n ** 52n }, { seconds: null }]
    })
    // The trap that this is about: such a build knows nothing of a GPU.
    const { program = '', args = [] } = commands.at(-1) ?? {}
    const onGpu = { program, args, cwd: root, env: { SP1_PROVER: 'cuda' } }
    const { finished, stderr } = await realProcesses().capture(onGpu, milliseconds(10_000))
    expect(finished.end).toMatchObject({ exit: { code: 101 } })
    expect(stderr).toContain('The CUDA prover requires the `cuda` feature to be enabled')
  })
})

test('a chain that rsp does not know is told by block', async () => {
  const root = join(place.path, 'hoodi')
  const { ports } = world(join(root, 'cache'))
  const request = await requestIn(root, ports, { leg: aPlan({ network: 'hoodi', timeScale: SCALE }) })
  const { measurements } = await measureReference({ ...request, blocks: request.blocks.slice(0, 1) }, ports)
  expect(measurements.records[0]?.outcome).toMatchObject({
    reason: 'bad-input',
    message: expect.stringMatching(
      /^rsp could not make the input of block 100: rsp stopped before block 100 was done: The chain 560048 is not supported$/
    ) as unknown
  })
})
