import type { Plan, RunPlan } from '../../src/domain/plan.ts'
import { gas, minutes } from '../../src/domain/quantity.ts'
import { parseSha, type Sha } from '../../src/domain/revision.ts'
import type { Trial } from '../../src/domain/trial.ts'
import { parseBlockNumber, type BlockNumber } from '../../src/domain/workload.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { plannedTrials } from '../../src/plan/trials.ts'

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

/** Two blocks, the second the cheaper one; timed as the effort says, unless it only executes. */
export const aPlan = (changes: Partial<Plan> = {}): Plan => {
  const plan: Plan = {
    mode: 'prove',
    effort: 'default',
    purpose: 'compare',
    variant: null,
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
      { block: block(100), witnessSha256: '1'.repeat(64), gas: gas(20_000_000n), hasEqualCycles: false },
      { block: block(101), witnessSha256: '2'.repeat(64), gas: gas(10_000_000n), hasEqualCycles: false }
    ],
    timing: null,
    cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
    gpuMinutes: minutes(600),
    trialTimeout: minutes(60),
    timeScale: 1,
    ...changes
  }
  if (changes.timing !== undefined || plan.mode === 'execute') return plan
  return { ...plan, timing: planTiming({ effort: plan.effort, timeMargin: null }, plan.blocks) }
}

/** A run of one leg. */
export const aRunPlan = (changes: Partial<Plan> = {}): RunPlan => ({
  legs: [aPlan(changes)],
  reference: null
})

export const trialNamed = (plan: Plan, id: string): Trial => {
  const found = plannedTrials(plan).find((trial) => trial.id === id)
  if (found === undefined) throw new Error(`no such trial: ${id}`)
  return found
}
