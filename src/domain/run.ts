import type { Build } from './build.ts'
import type { Failure } from './failure.ts'
import type { Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import type { BySide } from './revision.ts'
import type { TrialRecord } from './trial.ts'

/** How measuring ended. */
export type Ending = 'complete' | 'budget-spent' | 'stopped' | 'cancelled' | 'infrastructure'

/** All that a run found out, whatever it came to: the one thing that a report is made from. */
export interface Measurements {
  readonly plan: Plan
  readonly machine: Machine
  readonly builds: BySide<Build | null>
  readonly records: readonly TrialRecord[]
  /** Failures outside trials: builds, fetches, the machine. */
  readonly failures: readonly Failure[]
  /** Sentences about the run that a reader should know, ours. */
  readonly notes: readonly string[]
  readonly ending: Ending
  /** Trials that the plan holds, counting those not made. */
  readonly planned: number
}
