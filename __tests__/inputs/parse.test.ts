import { describe, expect, test } from 'vitest'
import { bytes, minutes } from '../../src/domain/quantity.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import type { Settings } from '../../src/domain/settings.ts'
import type { InputContext } from '../../src/inputs/kind.ts'
import { parseInputs, problemLine } from '../../src/inputs/parse.ts'
import type { RawInputs } from '../../src/inputs/parse.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/spec.ts'
import { ACTION, TERMINAL } from './context.ts'

const settings = (raw: RawInputs, context: InputContext = TERMINAL): Settings => {
  const result = parseInputs(raw, context)
  if (!result.ok) throw new Error(result.error.map((problem) => problemLine(problem, 'action')).join('\n'))
  return result.value
}

const DEFAULTS: Settings = {
  mode: 'prove',
  effort: 'default',
  blocks: ['23426993', '23426994', '23426995', '23426996'].map((digits) => parseBlockNumber(digits)!),
  network: 'mainnet',
  zkvms: ['sp1'],
  resource: 'gpu',
  proofType: 'compressed',
  base: null,
  head: null,
  baseFrom: 'merge-base',
  repository: { name: '/home/ann/ethrex', source: '/home/ann/ethrex', kind: 'path' },
  hostRepository: {
    name: 'lambdaclass/ethrex-replay',
    source: 'https://github.com/lambdaclass/ethrex-replay',
    kind: 'url'
  },
  hostRef: null,
  variants: [],
  reference: null,
  referenceRepository: {
    name: 'succinctlabs/rsp',
    source: 'https://github.com/succinctlabs/rsp',
    kind: 'url'
  },
  witnesses: null,
  cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
  timeMargin: null,
  gpuMinutes: minutes(240),
  trialTimeout: minutes(60),
  whenIdentical: 'skip',
  failOn: 'failure',
  comment: 'auto',
  commentKey: 'default',
  commentAuthor: null,
  isolation: 'none',
  approvedSha: null,
  passEnv: [],
  cacheDir: '/home/ann/.cache/proving-regression',
  cacheLimit: bytes(100 * 1024 ** 3),
  reportDir: '/home/ann/ethrex/proving-regression'
}

describe('defaults', () => {
  test('nothing given', () => {
    expect(settings({})).toEqual(DEFAULTS)
  })

  test('every input given as the empty text, or as blanks', () => {
    expect(settings(Object.fromEntries(INPUT_NAMES.map((name) => [name, ''])))).toEqual(DEFAULTS)
    expect(settings(Object.fromEntries(INPUT_NAMES.map((name) => [name, ' \n'])))).toEqual(DEFAULTS)
  })

  test('every default spelled out', () => {
    const plain = INPUT_NAMES.filter((name) => inputOf(name).variable === undefined)
    expect(settings(Object.fromEntries(plain.map((name) => [name, inputOf(name).default])))).toEqual(DEFAULTS)
  })

  test('in a job: its repository, the tool cache, paths from the workspace', () => {
    expect(settings({}, ACTION)).toEqual({
      ...DEFAULTS,
      repository: {
        name: 'lambdaclass/ethrex',
        source: 'https://github.com/lambdaclass/ethrex',
        kind: 'url'
      },
      cacheDir: '/runner/_work/_tool/proving-regression',
      reportDir: '/runner/_work/ethrex/ethrex/proving-regression'
    })
  })

  test('settings are frozen', () => {
    const value = settings({})
    for (const part of [value, value.blocks, value.repository, value.cycleThreshold, value.passEnv]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  test('surrounding blanks do not count', () => {
    expect(settings({ mode: ' execute\n' }).mode).toBe('execute')
  })
})

describe('blocks', () => {
  test.each<[string, number[]]>([
    ['1', [1]],
    ['3-5', [3, 4, 5]],
    ['7-7', [7]],
    ['9, 3-5\n4-6\t5', [3, 4, 5, 6, 9]],
    ['2,1,2,', [1, 2]],
    ['0042', [42]],
    ['9999999999', [9999999999]],
    ['1-256', Array.from({ length: 256 }, (_, index) => index + 1)],
    ['1-200 100-256', Array.from({ length: 256 }, (_, index) => index + 1)]
  ])('%j', (text, expected) => {
    expect(settings({ blocks: text }).blocks).toEqual(expected)
  })

  test('other networks take blocks of their own', () => {
    expect(settings({ network: 'hoodi', blocks: '1265656' })).toMatchObject({
      network: 'hoodi',
      blocks: [1265656]
    })
  })
})

describe('repository', () => {
  test.each<[string, string, string, 'path' | 'url']>([
    ['.', '/home/ann/ethrex', '/home/ann/ethrex', 'path'],
    ['..', '/home/ann', '/home/ann', 'path'],
    ['./fork/', '/home/ann/ethrex/fork', '/home/ann/ethrex/fork', 'path'],
    ['../other//x/./y/../z', '/home/ann/other/x/z', '/home/ann/other/x/z', 'path'],
    ['/srv/git/ethrex.git', '/srv/git/ethrex.git', '/srv/git/ethrex.git', 'path'],
    ['/../..', '/', '/', 'path'],
    ['./a b', '/home/ann/ethrex/a b', '/home/ann/ethrex/a b', 'path'],
    ['lambdaclass/ethrex', 'lambdaclass/ethrex', 'https://github.com/lambdaclass/ethrex', 'url'],
    ['a/.github', 'a/.github', 'https://github.com/a/.github', 'url'],
    ['https://github.com/a/b.git', 'https://github.com/a/b.git', 'https://github.com/a/b.git', 'url'],
    ['http://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a', 'url'],
    [
      'ssh://git@host.example:22/a/b',
      'ssh://git@host.example:22/a/b',
      'ssh://git@host.example:22/a/b',
      'url'
    ],
    ['git://[::1]/a', 'git://[::1]/a', 'git://[::1]/a', 'url'],
    ['file:///srv/git/a', 'file:///srv/git/a', 'file:///srv/git/a', 'url'],
    ['git@github.com:a/b.git', 'git@github.com:a/b.git', 'git@github.com:a/b.git', 'url']
  ])('%s', (text, name, source, kind) => {
    expect(settings({ repository: text }).repository).toEqual({ name, source, kind })
    expect(settings({ 'host-repository': text }).hostRepository).toEqual({ name, source, kind })
    expect(settings({ 'reference-repository': text }).referenceRepository).toEqual({ name, source, kind })
  })

  test('owner/name lives at the server of the job', () => {
    const elsewhere = { ...ACTION, serverUrl: 'https://git.example/' }
    expect(settings({ repository: 'a/b' }, elsewhere).repository.source).toBe('https://git.example/a/b')
  })
})

describe('other values', () => {
  test.each<[RawInputs, Partial<Settings>]>([
    [
      { base: 'main', head: 'feat/a@b.c' },
      { base: 'main', head: 'feat/a@b.c' }
    ],
    [{ 'host-ref': 'v1.0' }, { hostRef: 'v1.0' }],
    [{ witnesses: 'w' }, { witnesses: '/home/ann/ethrex/w' }],
    [{ 'gpu-minutes': 'none' }, { gpuMinutes: null }],
    [{ 'gpu-minutes': '1' }, { gpuMinutes: minutes(1) }],
    [{ 'trial-timeout-minutes': '7200' }, { trialTimeout: minutes(7200) }],
    [
      { 'cycle-threshold': '2.50%' },
      { cycleThreshold: { text: '2.50%', numerator: 250n, denominator: 100n } }
    ],
    [{ 'cycle-threshold': '0%' }, { cycleThreshold: { text: '0%', numerator: 0n, denominator: 1n } }],
    [{ 'time-margin': '0.5%' }, { timeMargin: { text: '0.5%', numerator: 5n, denominator: 10n } }],
    [{ 'time-margin': '20.0%' }, { timeMargin: { text: '20.0%', numerator: 200n, denominator: 10n } }],
    [{ 'time-margin': ' ' }, { timeMargin: null }],
    [{ effort: 'quick' }, { effort: 'quick' }],
    [{ effort: 'thorough' }, { effort: 'thorough' }],
    [
      { mode: 'calibrate', base: 'main' },
      { mode: 'calibrate', base: 'main' }
    ],
    [{ 'cache-limit': '512MiB' }, { cacheLimit: bytes(512 * 1024 ** 2) }],
    [{ 'cache-limit': '1024TiB' }, { cacheLimit: bytes(1024 ** 5) }],
    [{ 'comment-author': 'proving-bot[bot]' }, { commentAuthor: 'proving-bot[bot]' }],
    [{ 'approved-sha': 'a'.repeat(40) }, { approvedSha: 'a'.repeat(40) }],
    [{ 'pass-env': 'A, B_1\n_c A' }, { passEnv: ['A', 'B_1', '_c'] }],
    [
      { 'check-run': 'false', isolation: 'none', zkvm: 'sp1' },
      { isolation: 'none', zkvms: ['sp1'] }
    ],
    [{ zkvm: 'zisk, sp1\nopenvm risc0' }, { zkvms: ['zisk', 'sp1', 'openvm', 'risc0'] }],
    [
      { variants: 'trie3=perf/trie=3\r\n\n  all-opts_2.0=main v1=v1.0.0\n' },
      {
        variants: [
          { name: 'trie3', ref: 'perf/trie=3' },
          { name: 'all-opts_2.0', ref: 'main' },
          { name: 'v1', ref: 'v1.0.0' }
        ]
      }
    ],
    [
      { reference: 'rsp@v1.0', 'reference-repository': './rsp' },
      {
        reference: { prover: 'rsp', ref: 'v1.0' },
        referenceRepository: { name: '/home/ann/ethrex/rsp', source: '/home/ann/ethrex/rsp', kind: 'path' }
      }
    ],
    [
      { 'cache-dir': '/c', 'report-dir': '../r/' },
      { cacheDir: '/c', reportDir: '/home/ann/r' }
    ],
    [
      { 'when-identical': 'skip', 'fail-on': 'never' },
      { whenIdentical: 'skip', failOn: 'never' }
    ]
  ])('%j', (raw, expected) => {
    expect(settings(raw)).toEqual({ ...DEFAULTS, ...expected })
  })

  test('an RPC endpoint is checked and does not become a setting', () => {
    const rpcUrl = 'https://user:pass@node.example/v3/key?x=1'
    expect(settings({}, { ...TERMINAL, rpcUrl })).toEqual(DEFAULTS)
    expect(settings({}, { ...TERMINAL, rpcUrl: '' })).toEqual(DEFAULTS)
  })
})
