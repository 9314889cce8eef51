import type { Build } from '../../src/domain/build.ts'
import { EFFORT } from '../../src/domain/effort.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, minutes, seconds } from '../../src/domain/quantity.ts'
import { parseSha } from '../../src/domain/revision.ts'
import type { Revision, Sha, Side } from '../../src/domain/revision.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { NOT_COMPARED } from '../../src/domain/sameness.ts'
import type { Sample, Span } from '../../src/domain/sample.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import type { BlockNumber } from '../../src/domain/workload.ts'
import { plannedTrials } from '../../src/plan/trials.ts'

const FIRST_BLOCK = 23_426_993
const DIGIT: Readonly<Record<Side | 'host', string>> = { base: 'a', head: 'b', host: 'c' }
/** The spans of ethrex's guest program, the outer ones first. */
const SPANS = [
  'read_input',
  'execution',
  'execution/ethrex_guest_program_state_initialization',
  'execution/initialize_block_header_hashes',
  'execution/get_first_invalid_block_hash',
  'execution/state_trie_root',
  'execution/validate_block_body',
  'execution/validate_block_pre_execution',
  'execution/setup_evm',
  'execution/execute_block',
  'execution/get_state_transitions',
  'execution/apply_account_updates',
  'execution/validate_gas_and_receipts',
  'execution/validate_receipts_root',
  'execution/validate_requests_hash',
  'execution/get_final_state_root',
  'commit_public_inputs'
].map((path) => path.split('/'))

const shaOf = (who: keyof typeof DIGIT): Sha => {
  const sha = parseSha(DIGIT[who].repeat(40))
  if (sha === null) throw new Error('not a commit')
  return sha
}

const revision = (who: keyof typeof DIGIT): Revision => ({
  repository: who === 'host' ? 'lambdaclass/ethrex-replay' : 'lambdaclass/ethrex',
  ref: who === 'head' ? 'faster-trie' : 'main',
  sha: shaOf(who)
})

const blockAt = (index: number): BlockNumber => {
  const block = parseBlockNumber(String(FIRST_BLOCK + index))
  if (block === null) throw new Error('not a block')
  return block
}

/** So many blocks and rounds of pairs, with the settings of a user who has none. */
export const inventedPlan = (blocks: number, rounds: number): Plan => ({
  mode: 'prove',
  effort: 'default',
  purpose: 'compare',
  variant: null,
  revisions: { base: revision('base'), head: revision('head') },
  host: revision('host'),
  network: 'mainnet',
  zkvm: 'sp1',
  resource: 'cpu',
  proofType: 'compressed',
  blocks: Array.from({ length: blocks }, (_, index) => ({
    block: blockAt(index),
    witnessSha256: String(index % 10).repeat(64),
    gas: gas(20_000_000n + BigInt(index)),
    hasEqualCycles: false
  })),
  timing: {
    blocks: Array.from({ length: blocks }, (_, index) => blockAt(index)),
    looks: [rounds],
    margin: EFFORT.default.margin
  },
  cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
  gpuMinutes: null,
  trialTimeout: minutes(60),
  timeScale: 1
})

export const inventedBuild = (side: Side, binary: string): Build => ({
  guest: { elf: DIGIT[side].repeat(64), key: null },
  binary,
  sha256: DIGIT[side].repeat(64),
  ethrex: shaOf(side),
  host: shaOf('host'),
  features: ['sp1'],
  toolchain: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
  reused: false,
  lockChanges: []
})

/** A whole run of the plan in which every figure of every block moved, up or down. */
export const inventedRun = (plan: Plan): Measurements => {
  const trials = plannedTrials(plan)
  return {
    plan,
    machine: {
      cpu: 'AMD EPYC 7713 64-Core Processor',
      cores: 64,
      memory: bytes(128 * 1024 ** 3),
      os: 'Ubuntu 24.04.3 LTS',
      gpu: 'NVIDIA GeForce RTX 4090',
      driver: '550.54.14',
      clocks: 'locked',
      rustc: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
      node: process.version
    },
    builds: {
      base: inventedBuild('base', '/cache/a/ethrex-replay'),
      head: inventedBuild('head', '/cache/b/ethrex-replay')
    },
    sameness: NOT_COMPARED,
    records: trials.map(recordOf),
    failures: [],
    notes: [],
    caveats: [],
    ending: 'complete',
    planned: trials.length
  }
}

const recordOf = (trial: Trial, index: number): TrialRecord => {
  const wall = seconds(trial.mode === 'prove' ? 1300 : 30)
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()
  return {
    trial,
    outcome: { kind: 'measured', sample: sampleOf(trial) },
    wall,
    startedAt,
    remarks: [],
    unread: [],
    gpu: null,
    kept: false
  }
}

const sampleOf = (trial: Trial): Sample => {
  const at = trial.block - FIRST_BLOCK
  const spans = SPANS.map((path, index): Span => ({ path, cycles: cyclesOf(trial, at + index), calls: 1 }))
  const total = spans.filter(({ path }) => path.length === 1).reduce((sum, span) => sum + span.cycles, 0n)
  const proving = 1000 + moved(trial, at) + (trial.round ?? 0) / 1000
  return {
    gas: gas(20_000_000n + BigInt(at)),
    transactions: 200,
    metrics: {
      cycles: { value: count(total), unit: 'cycles', exactness: 'tracked-spans' },
      'prover-gas': { value: gas(2n * total), unit: 'gas', exactness: 'exact' },
      'execution-time': { value: Number(total) / 50e6, unit: 's', exactness: 'derived' },
      ...(trial.mode === 'prove'
        ? { 'proving-time': { value: proving, unit: 's', exactness: 'derived' } }
        : {})
    },
    spans: trial.mode === 'execute' ? spans : [],
    costs: []
  }
}

const cyclesOf = (trial: Trial, seed: number): Span['cycles'] =>
  count(BigInt(100_000_000 + seed * 1_234_567 + moved(trial, seed) * 1_000_000))

/** Nothing at base; at head up on every third and down on the others. */
const moved = ({ side }: Trial, seed: number): number =>
  side === 'base' ? 0 : seed % 3 === 0 ? 1 + (seed % 7) : -1 - (seed % 11)
