import type { Plan } from '../domain/plan.ts'
import { minutes, seconds, type Minutes, type Seconds } from '../domain/quantity.ts'
import type { Settings } from '../domain/settings.ts'
import type { TrialRecord } from '../domain/trial.ts'
import type { Witness } from '../domain/witness.ts'
import { DEFAULT_ROUNDS } from './plan.ts'
import { nextStep, plannedTrials } from './schedule.ts'

/**
 * Wall time still to go, from the wall times of the same block and mode so far (else of the same mode,
 * scaled by gas). Null where nothing of that mode has run yet: an invented figure would be worse.
 */
export const timeLeft = (plan: Plan, records: readonly TrialRecord[]): Seconds | null => {
  if (nextStep(plan, records).kind === 'done') return seconds(0)
  const finished = new Set(records.map((record) => record.trial.id))
  const left = plannedTrials(plan).filter((trial) => !finished.has(trial.id))
  let total = 0
  for (const trial of left) {
    const wall = expectedWall(plan, records, trial)
    if (wall === null) return null
    total += wall
  }
  return seconds(total)
}

const expectedWall = (
  plan: Plan,
  records: readonly TrialRecord[],
  trial: { readonly block: number; readonly mode: string }
): number | null => {
  const sameMode = records.filter((record) => record.trial.mode === trial.mode)
  const sameBlock = sameMode.filter((record) => record.trial.block === trial.block)
  if (sameBlock.length > 0) return mean(sameBlock.map((record) => record.wall))
  if (sameMode.length === 0) return null
  const gas = (block: number): number =>
    Number(plan.blocks.find((planned) => planned.block === block)?.gas ?? 1n)
  const perGas = mean(sameMode.map((record) => record.wall / gas(record.trial.block)))
  return perGas * gas(trial.block)
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** What a run takes, before anything has run. */
export interface Cost {
  readonly executions: number
  readonly proofs: number
  /** Of proving; null where the gas of a block is not known. */
  readonly minutes: Minutes | null
}

/** Seconds a Mgas: ethrex main's times over the gas of the four blocks in ethrex's document "ethrex-prover performance". */
const PUBLISHED_SECONDS_PER_MGAS = (1240 + 804 + 614 + 1018) / (35.7 + 20.7 + 16.6 + 22.5)

export const estimateCost = (
  { blocks, mode }: Pick<Settings, 'blocks' | 'mode'>,
  witnesses: readonly Pick<Witness, 'gas'>[]
): Cost => {
  const executions = 2 * blocks.length
  if (mode === 'execute') return { executions, proofs: 0, minutes: minutes(0) }
  const proofs = 1 + 2 * DEFAULT_ROUNDS * blocks.length
  if (witnesses.length < blocks.length) return { executions, proofs, minutes: null }
  const gas = witnesses.map((witness) => Number(witness.gas) / 1e6)
  const passes = 2 * DEFAULT_ROUNDS * gas.reduce((sum, value) => sum + value, 0)
  const warmUp = Math.min(...gas)
  return { executions, proofs, minutes: minutes(((passes + warmUp) * PUBLISHED_SECONDS_PER_MGAS) / 60) }
}
