import { plannedTrials } from '../../src/plan/schedule.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { count, gas, minutes, seconds } from '../../src/domain/quantity.ts'
import { parseSha, type Sha } from '../../src/domain/revision.ts'
import type { Outcome, Trial, TrialRecord } from '../../src/domain/trial.ts'
import { parseBlockNumber, type BlockNumber } from '../../src/domain/workload.ts'

export const sha = (digit: string): Sha => {
  const parsed = parseSha(digit.repeat(40))
  if (parsed === null) throw new Error(`not a hex digit: ${digit}`)
  return parsed
}

export const block = (number: number): BlockNumber => {
  const parsed = parseBlockNumber(String(number))
  if (parsed === null) throw new Error(`not a block: ${number}`)
  return parsed
}

/** Two blocks, the second the cheaper one. */
export const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  mode: 'prove',
  effort: 'default',
  revisions: {
    base: { repository: 'lambdaclass/ethrex', ref: 'main', sha: sha('a') },
    head: { repository: 'lambdaclass/ethrex', ref: 'faster-trie', sha: sha('b') }
  },
  host: { repository: 'lambdaclass/ethrex-replay', ref: 'main', sha: sha('c') },
  network: 'mainnet',
  zkvm: 'sp1',
  resource: 'gpu',
  proofType: 'compressed',
  blocks: [
    { block: block(100), witnessSha256: '1'.repeat(64), gas: gas(20_000_000n) },
    { block: block(101), witnessSha256: '2'.repeat(64), gas: gas(10_000_000n) }
  ],
  rounds: 2,
  cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
  gpuMinutes: minutes(240),
  trialTimeout: minutes(60),
  timeScale: 1,
  ...changes
})

const measured: Outcome = {
  kind: 'measured',
  sample: {
    gas: gas(1_000_000n),
    transactions: 1,
    metrics: { cycles: { value: count(1000n), unit: 'cycles', exactness: 'tracked-spans' } },
    spans: []
  }
}

export const failed: Outcome = {
  kind: 'failed',
  reason: 'proving-failed',
  message: 'the host says: Proving failed',
  tail: ''
}

export const aRecord = (trial: Trial, changes: Partial<TrialRecord> = {}): TrialRecord => ({
  trial,
  outcome: measured,
  wall: seconds(trial.mode === 'prove' ? 60 : 1),
  startedAt: '2026-01-01T00:00:00.000Z',
  remarks: [],
  ...changes
})

export const trialNamed = (plan: Plan, id: string): Trial => {
  const found = plannedTrials(plan).find((trial) => trial.id === id)
  if (found === undefined) throw new Error(`no such trial: ${id}`)
  return found
}
