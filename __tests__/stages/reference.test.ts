import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { gas, milliseconds, minutes, seconds } from '../../src/domain/quantity.ts'
import type { ReferenceRecord } from '../../src/domain/run.ts'
import { createBuildStore } from '../../src/io/node/build-store.ts'
import { files } from '../../src/io/node/files.ts'
import { createReferenceStore } from '../../src/io/node/reference-store.ts'
import type { Command, Finished, Gpu, GpuFate, GpuState, RunOptions } from '../../src/io/ports.ts'
import { rsp } from '../../src/provers/rsp/rsp.ts'
import { measureReference, type ReferenceEnd } from '../../src/stages/reference.ts'
import type { ReferencePorts, ReferenceRequest } from '../../src/stages/reference-request.ts'
import { temporaryDirectory } from '../io/node/programs.ts'
import { aPlan, block, sha } from '../support/plans.ts'
import { aMachine } from '../support/runs.ts'
import { asRepository, keptLog } from '../support/small-trees.ts'

const NOW = '2026-03-02T00:00:00.000Z'
const GAS = 10_000_000n

/** How a start of rsp ends. */
interface Fate {
  readonly end?: Finished['end']
  readonly stdout?: string
  readonly stderr?: string
  /** Null: it leaves none. */
  readonly csv?: string | null
  /** Minutes. */
  readonly wall?: number
}

const HEADER = 'chain_id,block_number,gas_used,tx_count,total_cycles_count,syscalls_count,prover_gas'
const REPORT =
  'opcode counts (160000000 total instructions):\nsyscall counts (1 total syscall instructions):\n'
const LOG = '2026-03-07T10:00:41.123456Z  INFO rsp_host_executor::full_executor:'

const fine = (number: string): Required<Fate> => ({
  end: { kind: 'ended', exit: { kind: 'exited', code: 0 } },
  stdout: `\nExecution report:\ngas: 7\n${REPORT}${LOG} Proof successfully generated! duration=120s\n`,
  stderr: '',
  csv: `${HEADER}\n1,${number},${GAS},3,160000000,1,7\n`,
  wall: 3
})

const failed = (stderr: string, code = 1): Fate => ({
  end: { kind: 'ended', exit: { kind: 'exited', code } },
  stdout: '',
  stderr,
  csv: null
})

const MISMATCH = failed(
  'Error: Failed to validate post execution state\n\nCaused by:\n    block gas used mismatch: got 1, expected 2; gas spent by each transaction: []\n'
)

let root: string
let fates: Record<string, Fate>
let commands: Command[]
let closed: number
let log: ReturnType<typeof keptLog>
let ports: ReferencePorts
let request: ReferenceRequest

const run = (command: Command, { stdout, stderr }: RunOptions): Promise<Finished> => {
  commands.push(command)
  const { args, cwd } = command
  const name = command.program === 'cargo' ? `cargo ${args[0]}` : nameOf(command)
  const { end, wall, ...left } = { ...fine(args[1] ?? ''), ...fates[name] }
  writeFileSync(stdout, left.stdout)
  if (stderr !== stdout) writeFileSync(stderr, left.stderr)
  if (command.program === 'cargo') {
    if (args[0] === 'build' && end.kind === 'ended')
      writeBinary(args.at(args.indexOf('--target-dir') + 1) ?? '')
  } else if (args.includes('--rpc-url')) {
    write(join(cwd, 'input', '1', `${args[1]}.bin`), `input of ${args[1]}`)
  } else if (left.csv !== null) {
    writeFileSync(join(cwd, 'report.csv'), left.csv)
  }
  return Promise.resolve({ end, wall: milliseconds(wall * 60_000), leftovers: [] })
}

const nameOf = ({ args }: Command): string =>
  `${args.includes('--rpc-url') ? 'input' : args.includes('--prove') ? 'prove' : 'execute'} ${args[1]}`

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const writeBinary = (target: string): void => write(join(target, 'release', 'rsp'), 'a program')

const gpuThat = (state: GpuState, fate: GpuFate = { kind: 'present', trace: null, gap: null }): Gpu => ({
  settle: () => Promise.resolve(state),
  watch: () => ({ end: () => Promise.resolve(fate) })
})

beforeEach(() => {
  root = temporaryDirectory()
  fates = {}
  commands = []
  closed = 0
  log = keptLog()
  const cacheDir = join(root, 'cache')
  mkdirSync(join(root, 'report', 'logs'), { recursive: true })
  ports = {
    processes: {
      run,
      capture: () =>
        Promise.resolve({
          finished: { end: fine('').end, wall: milliseconds(1), leftovers: [] },
          stdout: 'rustc 1.94.0\n',
          stderr: ''
        })
    },
    files,
    clock: { now: () => NOW, monotonic: () => seconds(0) },
    log,
    server: {
      clear: () => Promise.resolve([]),
      obstacle: () => Promise.resolve(null),
      watch: () => ({ end: () => Promise.resolve([]) })
    },
    gpu: gpuThat({ kind: 'idle' }),
    referenceProver: rsp,
    referenceStore: createReferenceStore(cacheDir),
    repositories: {
      checkout: (_mirror, _sha, directory) => {
        mkdirSync(directory, { recursive: true })
        return Promise.resolve({ ok: true, value: undefined })
      }
    },
    buildStore: createBuildStore(cacheDir),
    startForwarder: () =>
      Promise.resolve({
        ok: true,
        value: {
          url: 'http://127.0.0.1:1/token',
          takeTroubles: () => [],
          close: () => {
            closed += 1
            return Promise.resolve()
          }
        }
      }),
    environments: { trial: { PATH: '/bin' }, build: { PATH: '/bin' } },
    version: '0.1.0',
    isCancelled: () => false
  }
  request = {
    plan: { prover: 'rsp', revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: sha('e') } },
    mirror: {
      directory: '/mirror',
      repository: asRepository('/rsp'),
      refs: [],
      headBranch: null,
      head: null,
      remoteHeadBranch: null
    },
    leg: aPlan(),
    blocks: [100, 101, 102].map((number) => ({ block: block(number), gas: gas(GAS) })),
    machine: aMachine(),
    gpuMinutesLeft: null,
    hasRpcUrl: true,
    mayKeep: true,
    passed: '',
    passedToBuild: '',
    cacheDir,
    reportDir: join(root, 'report')
  }
})

const measure = (
  changes: Partial<ReferenceRequest> = {},
  by: Partial<ReferencePorts> = {}
): Promise<ReferenceEnd> => measureReference({ ...request, ...changes }, { ...ports, ...by })

const started = (): readonly string[] =>
  commands.map((command) => (command.program === 'cargo' ? `cargo ${command.args[0]}` : nameOf(command)))

const shown = (records: readonly ReferenceRecord[]) =>
  records.map(({ block: number, outcome, kept }) => [
    number,
    outcome.kind === 'failed' ? outcome.reason : 'measured',
    kept
  ])

const ALL = [
  ...['cargo fetch', 'cargo build', 'input 100', 'input 101', 'input 102'],
  ...['prove 100', 'prove 101', 'prove 102']
]

test('each block is measured once, and what it came to is kept', async () => {
  const { kind, measurements } = await measure()
  expect(kind).toBe('measured')
  expect(started()).toEqual(ALL)
  expect(closed).toBe(1)
  expect(measurements.plan).toEqual(request.plan)
  expect(measurements.failures).toEqual([])
  expect(shown(measurements.records)).toEqual([100, 101, 102].map((number) => [number, 'measured', false]))
  expect(measurements.records[0]).toMatchObject({
    wall: 180,
    startedAt: NOW,
    outcome: { sample: { gas: GAS, metrics: { 'proving-time': { value: 120 } } } }
  })
  commands = []
  expect(shown((await measure()).measurements.records)).toEqual(
    [100, 101, 102].map((number) => [number, 'measured', true])
  )
  expect(started()).toEqual([])
})

test('every process starts in an empty directory, and finds an empty .env before any other', async () => {
  const seen: string[][] = []
  writeFileSync(join(root, '.env'), 'RPC_1=http://example.org\n')
  const environments = {
    ...ports.environments,
    trial: { PATH: '/bin', RPC_1: 'x', RPC_11155111: 'y', RPCS: 'z' }
  }
  const watching: ReferencePorts['processes'] = {
    ...ports.processes,
    run: (command, options) => {
      if (command.program !== 'cargo') {
        expect(command.env).not.toHaveProperty('RPC_1')
        expect(command.env).not.toHaveProperty('RPC_11155111')
        expect(command.env).toHaveProperty('RPCS')
        seen.push([readFileSync(firstEnv(command.cwd), 'utf8'), ...readdirSync(command.cwd)])
      }
      return run(command, options)
    }
  }
  await measure({}, { processes: watching, environments })
  expect(seen).toEqual(Array.from({ length: 6 }, () => ['']))
  expect(existsSync(join(root, 'cache', 'work', 'reference'))).toBe(false)
})

/** As the `dotenv` crate looks for it. */
const firstEnv = (directory: string): string =>
  existsSync(join(directory, '.env')) ? join(directory, '.env') : firstEnv(dirname(directory))

describe('the budget', () => {
  test('is what ethrex left of it: when it is spent, the rest is not measured', async () => {
    const { kind, measurements } = await measure({ gpuMinutesLeft: minutes(5) })
    expect(kind).toBe('measured')
    expect(shown(measurements.records)).toEqual([
      [100, 'measured', false],
      [101, 'measured', false]
    ])
    expect(measurements.notes).toContain('rsp was not measured on block 102: the GPU minutes are spent.')
  })

  test.each([0, -3])('of %i minutes lets nothing start', async (left) => {
    const { measurements } = await measure({ gpuMinutesLeft: minutes(left) })
    expect(measurements.records).toEqual([])
    expect(measurements.notes).toEqual([
      'rsp was not measured on blocks 100, 101, 102: the GPU minutes are spent.'
    ])
  })

  test('is none for what is only executed, or was measured before', async () => {
    await measure()
    const again = await measure({ gpuMinutesLeft: minutes(0) })
    expect(again.measurements.records).toHaveLength(3)
    const noProof = { stdout: `\nExecution report:\n${REPORT}` }
    fates = { 'execute 100': noProof, 'execute 101': noProof, 'execute 102': noProof }
    const executed = await measure({ leg: aPlan({ mode: 'execute' }), gpuMinutesLeft: minutes(0) })
    expect(shown(executed.measurements.records).map(([, what]) => what)).toEqual(
      Array.from({ length: 3 }, () => 'measured')
    )
    expect(executed.measurements.notes).toEqual([])
  })
})

describe('what is kept', () => {
  test('are figures, and blocks that do not execute; nothing else that failed', async () => {
    fates = { 'input 101': MISMATCH, 'prove 102': failed('Error: out of memory\n') }
    expect(shown((await measure()).measurements.records)).toEqual([
      [100, 'measured', false],
      [101, 'execution-failed', false],
      [102, 'data-error', false]
    ])
    commands = []
    expect(shown((await measure()).measurements.records)).toEqual([
      [100, 'measured', true],
      [101, 'execution-failed', true],
      [102, 'data-error', false]
    ])
    expect(started()).toEqual(['prove 102'])
  })

  test.each<readonly [string, Partial<ReferenceRequest>]>([
    ['of a run that may not keep', { mayKeep: false }],
    ['on a machine without a name', { machine: aMachine({ cpu: null }) }],
    ['on a GPU without a name', { machine: aMachine({ gpu: null }) }]
  ])('is nothing %s', async (_, changes) => {
    await measure(changes)
    commands = []
    expect(shown((await measure(changes)).measurements.records)[0]).toEqual([100, 'measured', false])
    expect(started()).toEqual(['prove 100', 'prove 101', 'prove 102'])
  })

  test.each<readonly [string, Partial<ReferenceRequest>]>([
    ['mode', { leg: aPlan({ mode: 'execute' }) }],
    ['resource', { leg: aPlan({ resource: 'cpu' }) }],
    ['network', { leg: aPlan({ network: 'sepolia' }) }],
    ['CPU', { machine: aMachine({ cpu: 'another' }) }],
    ['GPU', { machine: aMachine({ gpu: 'another' }) }],
    ['driver', { machine: aMachine({ driver: 'another' }) }],
    ['environment', { passed: '9'.repeat(64) }]
  ])('is not looked at with another %s', async (_, changes) => {
    await measure()
    const { measurements } = await measure(changes)
    expect(measurements.records.map(({ kept }) => kept)).not.toContain(true)
  })

  test('is not looked at with another reader', async () => {
    await measure()
    const { measurements } = await measure({}, { version: '0.2.0' })
    expect(measurements.records.map(({ kept }) => kept)).toEqual([false, false, false])
  })

  test.each<readonly [string, (text: string) => string, string]>([
    ['cut short', (text) => text.slice(0, -20), 'is not JSON'],
    ['edited', (text) => text.replace('"value": 120', '"value": 12'), 'is not what was written'],
    ['of another schema', (text) => text.replace('reference-result@1', 'reference-result@0'), 'is wanted']
  ])('and is off (%s) is told in one line and measured again', async (_, spoil, why) => {
    const one = { blocks: request.blocks.slice(0, 1) }
    await measure(one)
    const directory = join(root, 'cache', 'reference', 'results')
    const path = join(directory, readdirSync(directory)[0] ?? '')
    writeFileSync(path, spoil(readFileSync(path, 'utf8')))
    log.lines.length = 0
    expect(shown((await measure(one)).measurements.records)).toEqual([[100, 'measured', false]])
    expect(log.lines[0]).toMatch(`rsp is measured again on block 100: ${path} `)
    expect(log.lines[0]).toContain(why)
    expect(shown((await measure(one)).measurements.records)).toEqual([[100, 'measured', true]])
  })

  test('is not kept of a proof that was disturbed, and a note says so', async () => {
    const trace = {
      ...{ samples: 2, temperature: null, smClock: null, peakMemory: null },
      throttled: [],
      foreign: ['7 python']
    }
    const gpu = gpuThat({ kind: 'idle' }, { kind: 'present', trace, gap: null })
    const { measurements } = await measure({}, { gpu })
    expect(measurements.notes[0]).toBe('While rsp proved block 100, another process used the GPU.')
    expect(shown((await measure()).measurements.records)[0]).toEqual([100, 'measured', false])
  })
})

describe('a note says', () => {
  const SINGLE =
    'Times of rsp are of one proof a block, without a warm-up or a repeat: nothing tells their noise.'

  test('that its times are single, and of other proofs than ethrex makes', async () => {
    expect((await measure()).measurements.notes).toEqual([SINGLE])
    const { measurements } = await measure({ leg: aPlan({ proofType: 'groth16' }) })
    expect(measurements.notes).toEqual([
      SINGLE,
      'rsp makes compressed proofs; those of ethrex here are wrapped to groth16, which takes longer.'
    ])
  })

  test('what was seen besides', async () => {
    const gpu = gpuThat({ kind: 'unknown', why: 'no nvidia-smi' })
    const one = { blocks: request.blocks.slice(0, 1) }
    expect((await measure(one, { gpu })).measurements.notes).toEqual([
      'rsp, block 100: GPU state unknown: no nvidia-smi',
      SINGLE
    ])
  })
})

describe('what goes wrong with it ends nothing', () => {
  const NO_BUILD: Fate = {
    end: { kind: 'ended', exit: { kind: 'exited', code: 101 } },
    stdout: 'error: no\n'
  }

  test.each<readonly [string, string, Fate, string, string]>([
    [
      'fetch',
      'cargo fetch',
      NO_BUILD,
      'fetch-failed',
      'cargo fetch of rsp eeeeeee went wrong: cargo ended with status 101'
    ],
    [
      'build',
      'cargo build',
      NO_BUILD,
      'build-failed',
      'cargo build of rsp eeeeeee went wrong: cargo ended with status 101'
    ],
    [
      'build',
      'cargo build',
      { end: { kind: 'timeout' } },
      'timeout',
      'cargo build of rsp eeeeeee went wrong: cargo was ended: timeout'
    ],
    [
      'fetch',
      'cargo fetch',
      { end: { kind: 'not-started', message: 'no cargo' } },
      'fetch-failed',
      'cargo fetch of rsp eeeeeee went wrong: cargo could not be started: no cargo'
    ]
  ])('its %s: %s', async (stage, name, fate, reason, message) => {
    fates = { [name]: fate }
    const { kind, measurements } = await measure()
    expect(kind).toBe('measured')
    expect(measurements.records).toEqual([])
    expect(measurements.failures).toMatchObject([{ side: null, stage, block: null, reason, message }])
    expect(readdirSync(join(root, 'cache', 'reference', 'build'))).toEqual(['CACHEDIR.TAG'])
  })

  test('its sources', async () => {
    const repositories = { checkout: () => Promise.resolve({ ok: false as const, error: 'fatal: no' }) }
    expect((await measure({}, { repositories })).measurements.failures).toMatchObject([
      { stage: 'fetch', reason: 'fetch-failed', tail: 'fatal: no' }
    ])
  })

  test.each(['.cargo', 'rust-toolchain.toml'])('what was planted above it: %s', async (name) => {
    write(join(root, 'cache', name, 'x'), '')
    const { measurements } = await measure()
    expect(measurements.failures).toMatchObject([{ stage: 'build', reason: 'bad-input' }])
    expect(measurements.failures[0]?.message).toContain('would decide how everything below it is built')
    expect(started()).toEqual([])
  })

  test('an endpoint that does not answer', async () => {
    const startForwarder = () => Promise.resolve({ ok: false as const, error: 'the RPC endpoint is gone' })
    const { measurements } = await measure({}, { startForwarder })
    expect(measurements.failures).toMatchObject([{ stage: 'fetch', reason: 'bad-input' }])
    expect(measurements.records.map(({ outcome }) => outcome)).toMatchObject(
      Array.from({ length: 3 }, () => ({
        reason: 'bad-input',
        message: 'there is no input of rsp: the RPC endpoint is gone'
      }))
    )
  })

  test('no endpoint at all, for which nothing is built', async () => {
    const { measurements } = await measure({ hasRpcUrl: false })
    expect(measurements.records.map(({ outcome }) => outcome)).toMatchObject(
      Array.from({ length: 3 }, () => ({
        reason: 'bad-input',
        message: 'there is no input of rsp and no RPC URL to make one with'
      }))
    )
    expect(started()).toEqual([])
    await measure({ blocks: request.blocks.slice(0, 2), mayKeep: false })
    expect(shown((await measure({ hasRpcUrl: false })).measurements.records)).toEqual([
      [100, 'measured', false],
      [101, 'measured', false],
      [102, 'bad-input', false]
    ])
  })

  test('an input that cannot be made costs its block', async () => {
    fates = {
      'input 100': failed('Error: Transport Error: no route\n'),
      'input 101': failed("thread 'main' panicked at a.rs:1:1:\nno such state\n", 101),
      'input 102': { end: { kind: 'timeout' } }
    }
    const troubles = [['eth_getProof failed: HTTP 500, 5 times'], [], []]
    const forwarder = {
      url: 'http://127.0.0.1:1/token',
      takeTroubles: () => troubles.shift() ?? [],
      close: () => Promise.resolve()
    }
    const startForwarder = () => Promise.resolve({ ok: true as const, value: forwarder })
    const { measurements } = await measure({}, { startForwarder })
    expect(measurements.records.map(({ outcome }) => outcome)).toMatchObject([
      {
        reason: 'bad-input',
        message: 'rsp could not make the input of block 100: eth_getProof failed: HTTP 500, 5 times',
        tail: expect.stringContaining('Transport Error') as unknown
      },
      {
        reason: 'bad-input',
        message: expect.stringContaining('block 101: rsp panicked before block 101 was done: ') as unknown
      },
      {
        reason: 'bad-input',
        message: 'rsp could not make the input of block 102: the host was ended: timeout'
      }
    ])
  })

  test.each<readonly [string, Fate, string]>([
    ['a timeout', { end: { kind: 'timeout' } }, 'timeout'],
    ['a signal', { end: { kind: 'ended', exit: { kind: 'signalled', signal: 'SIGKILL' } } }, 'killed'],
    ['no CSV', { csv: null }, 'bench-file-missing'],
    ['another gas than the header', { csv: `${HEADER}\n1,101,5,3,160000000,1,7\n` }, 'unreadable-output'],
    ['no time', { stdout: `\nExecution report:\n${REPORT}` }, 'report-line-missing'],
    ['more time than there was', { wall: 1 }, 'implausible-time']
  ])('%s costs its block', async (_, fate, reason) => {
    fates = { 'prove 101': fate }
    expect(shown((await measure()).measurements.records)).toEqual([
      [100, 'measured', false],
      [101, reason, false],
      [102, 'measured', false]
    ])
  })

  test('a GPU that others use, for all blocks to come', async () => {
    let asked = 0
    const gpu: Gpu = {
      ...gpuThat({ kind: 'idle' }),
      settle: () => Promise.resolve(++asked < 2 ? { kind: 'idle' } : { kind: 'busy', by: '7 python' })
    }
    const { kind, measurements } = await measure({}, { gpu })
    expect(kind).toBe('measured')
    expect(shown(measurements.records)).toEqual([[100, 'measured', false]])
    expect(measurements.failures).toMatchObject([{ stage: 'prove', block: 101, reason: 'gpu-busy' }])
    expect(measurements.notes[0]).toBe(
      'rsp was not measured on blocks 101, 102: the GPU did not get free within 15 min: it is used by 7 python.'
    )
  })

  test('a container that is not ours', async () => {
    const obstacle = { reason: 'stale-container', message: 'a container is in the way' } as const
    const server = { ...ports.server, obstacle: () => Promise.resolve(obstacle) }
    expect((await measure({}, { server })).measurements.failures).toMatchObject([obstacle])
  })

  test('an input that was changed after it was made', async () => {
    await measure({ mayKeep: false })
    const spoiling: ReferencePorts['processes'] = {
      ...ports.processes,
      run: (command, options) => {
        const directory = join(root, 'cache', 'reference', 'inputs', 'mainnet')
        const [name = ''] = readdirSync(directory).filter((one) => one.startsWith('101-'))
        const path = join(directory, name, 'input', '1', '101.bin')
        chmodSync(path, 0o644)
        writeFileSync(path, 'another')
        return run(command, options)
      }
    }
    const { measurements } = await measure({}, { processes: spoiling })
    expect(measurements.failures).toMatchObject([
      {
        block: 101,
        reason: 'witness-changed',
        message: 'the input of rsp for block 101 is not what it was when it was made'
      }
    ])
  })

  test('a mistake of ours, or a full disk', async () => {
    const full = Object.assign(new Error('No space is left'), { name: 'DiskFull' })
    const throwing = (error: Error) => ({
      repositories: { checkout: () => Promise.reject(error) }
    })
    expect((await measure({}, throwing(full))).measurements.failures).toMatchObject([
      { reason: 'disk-full', message: 'No space is left' }
    ])
    expect((await measure({}, throwing(new Error('oops')))).measurements.failures).toMatchObject([
      { reason: 'internal', message: 'a mistake of proving-regression: oops' }
    ])
  })
})

describe('a run that is cancelled', () => {
  test.each(ALL)('at `%s` takes what was measured along', async (name) => {
    fates = { [name]: { end: { kind: 'cancelled' } } }
    const { kind, measurements } = await measure()
    expect(kind).toBe('cancelled')
    expect(started().at(-1)).toBe(name)
    expect(measurements.records).toHaveLength(Math.max(0, ALL.indexOf(name) - ALL.indexOf('prove 100')))
    expect(measurements.failures).toEqual([])
    expect(closed).toBe(ALL.indexOf(name) < ALL.indexOf('input 100') ? 0 : 1)
  })

  test('between two blocks starts no other', async () => {
    const isCancelled = (): boolean => started().includes('prove 100')
    const { kind, measurements } = await measure({}, { isCancelled })
    expect([kind, measurements.records.length]).toEqual(['cancelled', 1])
    expect(started()).not.toContain('prove 101')
  })
})
