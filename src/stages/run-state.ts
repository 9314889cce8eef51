import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Machine } from '../domain/machine.ts'
import type { Plan, ReferencePlan, RunPlan } from '../domain/plan.ts'
import type { Side } from '../domain/revision.ts'
import type { Ending, ReferenceMeasurements, RunMeasurements } from '../domain/run.ts'
import { NOT_COMPARED, type Sameness } from '../domain/sameness.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { legsOf } from '../plan/legs.ts'

/** What a run knows of one leg so far. */
export interface LegState {
  plan: Plan
  readonly builds: Record<Side, Build | null>
  sameness: Sameness
  readonly records: TrialRecord[]
  readonly failures: Failure[]
  readonly notes: string[]
  readonly caveats: string[]
  /** Null until the leg is over; it may be over before the run is. */
  ending: Ending | null
}

/**
 * What a run knows so far. It grows while the run goes on, and is all that is left of it when something
 * throws: a report can be made of it at any time.
 */
export interface RunState {
  readonly machine: Machine
  /** In the order of the plan's. */
  readonly legs: readonly LegState[]
  /** Null where none is asked for; empty until it is measured. */
  reference: ReferenceMeasurements | null
}

/** Why a run, or a leg of it, went no further. */
export interface Stop {
  readonly ending: Ending
  readonly failures: readonly Failure[]
}

export const beginState = (
  { legs, reference }: RunPlan,
  machine: Machine,
  notes: readonly string[]
): RunState => ({
  machine,
  legs: legs.map((plan, index) => ({
    plan,
    builds: { base: null, head: null },
    sameness: NOT_COMPARED,
    records: [],
    failures: [],
    // What is to be known of the run is said once.
    notes: index === 0 ? [...notes] : [],
    caveats: [],
    ending: null
  })),
  reference: nothingOfReference(reference)
})

/** What is known of a reference before it is measured. */
export const nothingOfReference = (plan: ReferencePlan | null): ReferenceMeasurements | null =>
  plan === null ? null : { plan, records: [], failures: [], notes: [] }

/** Takes up the records of an interrupted run. */
export const continueFrom = (state: RunState, records: readonly TrialRecord[]): void => {
  const found = legsOf(
    state.legs.map(({ plan }) => plan),
    records
  )
  for (const [index, leg] of state.legs.entries()) leg.records.push(...(found[index]?.records ?? []))
}

/** The plan that a run follows, or followed. */
export const planOf = ({ legs, reference }: RunMeasurements | RunState): RunPlan => ({
  legs: legs.map(({ plan }) => plan),
  reference: reference?.plan ?? null
})

/** Legs that are not over yet. */
export const openLegs = ({ legs }: RunState): readonly LegState[] =>
  legs.filter(({ ending }) => ending === null)

/** Says that a leg is over. */
export const endLeg = (leg: LegState, { ending, failures }: Stop): void => {
  leg.ending = ending
  leg.failures.push(...failures)
}

export const failedRun = (ending: Ending, failure: Failure): Stop => ({ ending, failures: [failure] })

export const cancelledRun: Stop = { ending: 'cancelled', failures: [] }
