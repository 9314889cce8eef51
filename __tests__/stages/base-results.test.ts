import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Failure } from '../../src/domain/failure.ts'
import { count, gas, seconds } from '../../src/domain/quantity.ts'
import type { Side } from '../../src/domain/revision.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { createBaseStore } from '../../src/io/node/base-store.ts'
import { files } from '../../src/io/node/files.ts'
import { keepResults, keptRecords } from '../../src/stages/base-results.ts'
import { aPlan, block, sha } from '../support/plans.ts'
import { aBuild } from '../support/runs.ts'
import { keptLog } from '../support/small-trees.ts'
import { temporaryDirectory } from '../io/node/programs.ts'

const plan = aPlan()
const build = aBuild('a')
const version = '0.1.0'
const NOW = '2026-03-02T00:00:00.000Z'
const MEASURED = '2026-03-01T00:00:00.000Z'

const trial = (number: number, changes: Partial<Trial> = {}): Trial => ({
  id: `cycles-${number}-sp1-${changes.side ?? 'base'}${changes.take === 2 ? '-2' : ''}`,
  phase: 'cycles',
  side: 'base',
  block: block(number),
  zkvm: 'sp1',
  variant: null,
  mode: 'execute',
  round: null,
  take: 1,
  cause: 'planned',
  ...changes
})

const record = (of: Trial, cycles = 1000n): TrialRecord => ({
  trial: of,
  outcome: {
    kind: 'measured',
    sample: {
      gas: gas(20_000_000n),
      transactions: 3,
      metrics: {
        cycles: { value: count(cycles), unit: 'cycles', exactness: 'tracked-spans' },
        'prover-gas': { value: count(1100n), unit: 'gas', exactness: 'exact' },
        'execution-time': { value: 12.5, unit: 's', exactness: 'derived' }
      },
      spans: [{ path: ['execution'], cycles: count(900n), calls: 1 }],
      costs: []
    }
  },
  wall: seconds(13),
  startedAt: MEASURED,
  remarks: ['ended a process that the trial left behind: 7 sleep'],
  unread: [],
  gpu: null,
  kept: false
})

const failed: TrialRecord = {
  ...record(trial(101)),
  outcome: { kind: 'failed', reason: 'execution-failed', message: 'the guest panicked', tail: '' }
}

let cacheDir: string
let log: ReturnType<typeof keptLog>
let now: string
let branches: readonly string[]

beforeEach(() => {
  cacheDir = join(temporaryDirectory(), 'cache')
  log = keptLog()
  now = NOW
  branches = [plan.revisions.base.sha, plan.revisions.head.sha, plan.host.sha]
})

const ports = () => ({
  baseStore: createBaseStore(cacheDir),
  files,
  clock: { now: () => now, monotonic: () => seconds(0) },
  log,
  repositories: { isOnBranch: (_: unknown, commit: string) => Promise.resolve(branches.includes(commit)) }
})

const mirror = {
  directory: '/mirror',
  repository: { name: 'lambdaclass/ethrex', source: '/e', kind: 'path' as const },
  refs: [],
  headBranch: null,
  head: null,
  remoteHeadBranch: null
}

const mirrors = { ethrex: mirror, host: mirror }

const keep = (records: readonly TrialRecord[], changes: Partial<Parameters<typeof keepResults>[0]> = {}) =>
  keepResults(
    {
      ...{ plan, build, version, passed: '', records, failures: [], mayKeep: true, mirrors },
      commits: [plan.revisions.base.sha, plan.revisions.head.sha],
      ...changes
    },
    ports()
  )

const find = (trials: readonly Trial[], changes: Partial<Parameters<typeof keptRecords>[0]> = {}) =>
  keptRecords({ plan, build, passed: '', version, trials, ...changes }, ports())

const names = (): readonly string[] => {
  const directory = join(cacheDir, 'base')
  return existsSync(directory) ? readdirSync(directory) : []
}

describe('what executing base came to', () => {
  test('is there for the next run, without its times', async () => {
    await keep([record(trial(100)), failed, record(trial(100, { side: 'head' }), 900n)])
    expect(names()).toHaveLength(1)
    const [found, ...others] = await find([trial(100), trial(101)])
    expect(others).toEqual([])
    const measured = record(trial(100)).outcome
    if (measured.kind === 'failed') throw new Error('it is measured')
    const { 'execution-time': _, ...metrics } = measured.sample.metrics
    expect(found).toEqual({
      trial: trial(100),
      outcome: { kind: 'measured', sample: { ...measured.sample, metrics } },
      wall: 0,
      startedAt: NOW,
      remarks: [],
      unread: [],
      gpu: null,
      kept: true
    })
    expect(log.lines).toEqual([])
  })

  test.each(['zisk', 'risc0'] as const)(
    'is not kept for %s, whose counter is no part of the build',
    async (zkvm) => {
      const own = trial(100, { zkvm, id: `cycles-100-${zkvm}-base` })
      await keep([record(own)])
      expect(names()).toEqual([])
      expect(await find([own])).toEqual([])
    }
  )

  test('stands for no other trial than the first execution of base', async () => {
    await keep([record(trial(100))])
    const others = [
      trial(100, { side: 'head' }),
      trial(100, { take: 2, cause: 'determinism' }),
      trial(100, { phase: 'timed', mode: 'prove', round: 1 }),
      trial(102)
    ]
    expect(await find(others)).toEqual([])
  })

  test.each<readonly [string, Partial<Parameters<typeof keptRecords>[0]>]>([
    ['binary', { build: { ...build, sha256: '9'.repeat(64) } }],
    ['ethrex', { build: { ...build, ethrex: sha('d') } }],
    ['host', { build: { ...build, host: sha('d') } }],
    ['features', { build: { ...build, features: ['sp1'] } }],
    ['toolchain', { build: { ...build, toolchain: 'rustc 1.91.0' } }],
    ['environment', { passed: '9'.repeat(64) }],
    ['network', { plan: { ...plan, network: 'hoodi' } }],
    [
      'witness',
      { plan: { ...plan, blocks: plan.blocks.map((one) => ({ ...one, witnessSha256: '9'.repeat(64) })) } }
    ],
    ['reader', { version: '0.2.0' }]
  ])('is not looked at with another %s', async (_, changes) => {
    await keep([record(trial(100))])
    expect(await find([trial(100)], changes)).toEqual([])
    expect(log.lines).toEqual([])
  })
})

describe('nothing is kept', () => {
  const spoiled: Failure = {
    side: 'head',
    stage: 'execute',
    block: null,
    reason: 'tampered',
    message: '',
    tail: ''
  }
  const tampered: TrialRecord = {
    ...record(trial(101, { side: 'head' })),
    outcome: { kind: 'failed', reason: 'tampered', message: '', tail: '' }
  }
  const fresh = record(trial(100))
  const stray = { ...plan.host, sha: sha('d') }

  test.each<readonly [string, readonly TrialRecord[], Partial<Parameters<typeof keepResults>[0]>]>([
    ['of a fork', [fresh], { mayKeep: false }],
    ['of a base on no branch', [fresh], { commits: [stray.sha, plan.revisions.head.sha] }],
    ['of a head on no branch', [fresh], { commits: [plan.revisions.base.sha, stray.sha] }],
    [
      'beside a variant on no branch',
      [fresh],
      { commits: [plan.revisions.base.sha, plan.revisions.head.sha, stray.sha] }
    ],
    ['of a host on no branch', [fresh], { plan: { ...plan, host: stray } }],
    ['of a run that somebody tampered with', [fresh], { failures: [spoiled] }],
    ['of a run with a trial that somebody tampered with', [fresh, tampered], {}],
    ['of a run in which base contradicts itself', [fresh, record(trial(100, { take: 2 }), 1001n)], {}],
    ['of a run in which a proof contradicts it', [fresh, record(trial(100, { mode: 'prove' }), 999n)], {}],
    [
      'of a run in which head contradicts itself',
      [fresh, record(trial(101, { side: 'head' }), 1n), record(trial(101, { side: 'head', take: 2 }), 2n)],
      {}
    ],
    ['that failed', [failed], {}],
    ['that was kept before', [{ ...fresh, kept: true }], {}],
    ['of head', [record(trial(100, { side: 'head' as Side }))], {}]
  ])('%s', async (_, records, changes) => {
    await keep(records, changes)
    expect(names()).toEqual([])
  })

  test('any more once figures contradict it', async () => {
    await keep([fresh])
    const [kept] = await find([trial(100)])
    await keep([kept!, record(trial(100, { take: 2 }), 1001n)], { mayKeep: false })
    expect(names()).toEqual([])
    expect(log.lines).toEqual([
      'what was kept of base on block 100 is kept no longer: figures of this run contradict each other'
    ])
  })
})

describe('what was kept and is off', () => {
  test.each<readonly [string, (text: string) => string, string]>([
    ['cut short', (text) => text.slice(0, -20), 'is not JSON'],
    ['edited', (text) => text.replace('"value": 1000', '"value": 10'), 'is not what was written'],
    [
      'of an older schema',
      (text) => text.replace('base-result@1', 'base-result@0'),
      '"base-result@1" is wanted'
    ]
  ])('(%s) is told in one line, left out and written over', async (_, spoil, why) => {
    await keep([record(trial(100))])
    const path = join(cacheDir, 'base', names()[0] ?? '')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, spoil(text))
    expect(await find([trial(100), trial(101)])).toEqual([])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toMatch(`base is executed again on block 100: ${path} `)
    expect(log.lines[0]).toContain(why)
    await keep([record(trial(100))])
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(await find([trial(100)])).toHaveLength(1)
  })

  test('(dated in the future, or of another key under this name) is left out too', async () => {
    await keep([record(trial(100)), record(trial(101), 7n)])
    now = '2026-02-28T00:00:00.000Z'
    expect(await find([trial(100)])).toEqual([])
    now = NOW
    const [one = '', other = ''] = names().map((name) => join(cacheDir, 'base', name))
    writeFileSync(one, readFileSync(other, 'utf8'))
    expect(await find([trial(100), trial(101)])).toHaveLength(1)
    expect(log.lines.map((line) => line.split('.json ')[1])).toEqual([
      'is dated in the future',
      'is of another execution'
    ])
  })

  test('(no file) is told as well', async () => {
    await keep([record(trial(100))])
    const path = join(cacheDir, 'base', names()[0] ?? '')
    await createBaseStore(cacheDir).remove((names()[0] ?? '').replace('.json', ''))
    mkdirSync(path)
    expect(await find([trial(100)])).toEqual([])
    expect(log.lines[0]).toMatch(/\.json is not a file$/)
  })
})
