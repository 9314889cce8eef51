import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Machine } from '../domain/machine.ts'
import type { Plan } from '../domain/plan.ts'
import type { Side } from '../domain/revision.ts'
import type { Ending } from '../domain/run.ts'
import { NOT_COMPARED, type Sameness } from '../domain/sameness.ts'
import type { TrialRecord } from '../domain/trial.ts'

/**
 * What a run knows so far. It grows while the run goes on, and is all that is left of it when something
 * throws: a report can be made of it at any time.
 */
export interface RunState {
  plan: Plan
  readonly machine: Machine
  readonly builds: Record<Side, Build | null>
  sameness: Sameness
  readonly records: TrialRecord[]
  readonly failures: Failure[]
  readonly notes: string[]
  readonly caveats: string[]
}

/** Why a run went no further. */
export interface Stop {
  readonly ending: Ending
  readonly failures: readonly Failure[]
}

export const beginState = (
  { plan, machine }: Pick<RunState, 'plan' | 'machine'>,
  records: readonly TrialRecord[],
  notes: readonly string[]
): RunState => ({
  plan,
  machine,
  builds: { base: null, head: null },
  sameness: NOT_COMPARED,
  records: [...records],
  failures: [],
  notes: [...notes],
  caveats: []
})

export const failedRun = (ending: Ending, failure: Failure): Stop => ({ ending, failures: [failure] })

export const cancelledRun: Stop = { ending: 'cancelled', failures: [] }
