import type { Effort } from '../../src/domain/effort.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { gas, minutes, seconds } from '../../src/domain/quantity.ts'
import { parseSha } from '../../src/domain/revision.ts'
import type { Revision } from '../../src/domain/revision.ts'
import type { Timing } from '../../src/domain/timing.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import type { BlockNumber } from '../../src/domain/workload.ts'
import type { Course } from '../../src/plan/course.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { courseOf, trialsToNextLook } from '../../src/plan/schedule.ts'
import type { Machine } from './machine.ts'
import type { Finding, Rule } from './rule.ts'

const FIRST_BLOCK = 23_426_993
const GAS_A_SECOND = 28_000

/**
 * The product's own rule: its schedule says what to prove next and when to stop, its looks say what came of it.
 * Nothing of either is written here. The blocks have equal cycles, so nothing is executed.
 */
export const product = (effort: Effort, costs: readonly number[]): Rule => {
  const plan = simulatedPlan(effort, costs)
  return { decide: (machine) => findingOf(measureOn(machine, plan)) }
}

/** Follows the schedule of the plan to its end. */
export const measureOn = (machine: Machine, plan: Plan): Timing => {
  const records: TrialRecord[] = []
  for (;;) {
    // No trial fails here, so what is to come before the next look can be made at one go: the same trials in the
    // same order as step by step, which a test holds it to.
    const trials = trialsToNextLook(plan, records)
    if (trials.length === 0) return timingOf(courseOf(plan, records))
    for (const trial of trials) {
      records.push(provenTrial(trial, machine.prove(trial.block - FIRST_BLOCK, trial.side)))
    }
  }
}

const timingOf = ({ timing, next }: Course): Timing => {
  if (timing === null || next.kind !== 'done') throw new Error('the schedule is at a loss')
  return timing
}

/** A plan of proofs alone, its blocks as dear as the suite says. */
export const simulatedPlan = (effort: Effort, costs: readonly number[]): Plan => {
  const blocks = costs.map((cost, index) => ({
    block: blockAt(index),
    witnessSha256: '0'.repeat(64),
    gas: gas(BigInt(Math.round(cost * GAS_A_SECOND))),
    hasEqualCycles: true
  }))
  return {
    mode: 'prove',
    effort,
    purpose: 'compare',
    variant: null,
    revisions: { base: revision('a'), head: revision('b') },
    host: revision('c'),
    network: 'mainnet',
    zkvm: 'sp1',
    resource: 'gpu',
    proofType: 'compressed',
    blocks,
    timing: planTiming({ effort, timeMargin: null }, blocks),
    cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
    gpuMinutes: null,
    trialTimeout: minutes(60),
    timeScale: 1
  }
}

export const provenTrial = (trial: Trial, duration: number): TrialRecord => ({
  trial,
  outcome: {
    kind: 'measured',
    sample: {
      gas: gas(1n),
      transactions: 1,
      metrics: { 'proving-time': { value: duration, unit: 's', exactness: 'derived' } },
      spans: [],
      costs: []
    }
  },
  wall: seconds(duration),
  startedAt: '2026-01-01T00:00:00.000Z',
  remarks: [],
  unread: [],
  gpu: null,
  kept: false
})

const findingOf = ({ looks }: Timing): Finding => {
  const look = looks.at(-1)
  if (look === undefined) throw new Error('measured to the end without a look')
  if (look.verdict === null) throw new Error('measured to the end without a verdict')
  const { change } = look
  const bounds = change === null ? null : { lo: Math.log1p(change.lo / 100), hi: Math.log1p(change.hi / 100) }
  return { call: look.verdict, bounds }
}

const blockAt = (index: number): BlockNumber => {
  const block = parseBlockNumber(String(FIRST_BLOCK + index))
  if (block === null) throw new Error('not a block')
  return block
}

const revision = (digit: string): Revision => {
  const sha = parseSha(digit.repeat(40))
  if (sha === null) throw new Error('not a commit')
  return { repository: 'lambdaclass/ethrex', ref: 'main', sha }
}
