import type { Plan } from '../domain/plan.ts'
import type { Side } from '../domain/revision.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { ZkVm } from '../domain/workload.ts'

/** One leg of a run: its plan, and what is on record of it. */
export interface Leg {
  readonly plan: Plan
  readonly records: readonly TrialRecord[]
}

/** What tells the legs of a run apart, and is part of every trial of theirs. */
type LegKey = Pick<Trial, 'zkvm' | 'variant'>

const isSameLeg = (one: LegKey, other: LegKey): boolean =>
  one.zkvm === other.zkvm && one.variant === other.variant

/** The records of a run by leg, each in their order; those of a leg that is not of the run are left out. */
export const legsOf = (plans: readonly Plan[], records: readonly TrialRecord[]): readonly Leg[] =>
  plans.map((plan) => ({ plan, records: records.filter(({ trial }) => isSameLeg(trial, plan)) }))

/**
 * What a side of a leg is called in lines of the log and names of files: `head`, a variant `head@trie3`, and where the run has
 * several zkVMs `risc0-head`.
 */
export const sideName = (
  { plan, side }: { readonly plan: Plan; readonly side: Side },
  legs: readonly Pick<Leg, 'plan'>[]
): string => {
  const zkvm = zkvmsOf(legs).length > 1 ? `${plan.zkvm}-` : ''
  return `${zkvm}${side}${side === 'base' || plan.variant === null ? '' : `@${plan.variant}`}`
}

/** The zkVMs of some legs, in their order. */
export const zkvmsOf = (legs: readonly Pick<Leg, 'plan'>[]): readonly ZkVm[] => [
  ...new Set(legs.map(({ plan }) => plan.zkvm))
]

/**
 * Names a trial by its place in the schedule: the same for a trial of base in all legs of one zkVM, where it is made once
 * for all of them.
 */
export const sharedKey = (trial: Trial): string => {
  const { zkvm, phase, side, block, round, take, cause } = trial
  return side === 'base' ? [zkvm, phase, block, round, take, cause].join(' ') : trial.id
}
