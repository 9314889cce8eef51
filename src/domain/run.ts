import type { Build } from './build.ts'
import type { Failure } from './failure.ts'
import type { Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import type { BySide } from './revision.ts'
import type { Sameness } from './sameness.ts'
import type { TrialRecord } from './trial.ts'

/** How measuring ended; `identical`: there was nothing to measure. */
export type Ending = 'complete' | 'identical' | 'budget-spent' | 'stopped' | 'cancelled' | 'infrastructure'

/** All that a run found out, whatever it came to: the one thing that a report is made from. */
export interface Measurements {
  readonly plan: Plan
  readonly machine: Machine
  readonly builds: BySide<Build | null>
  readonly sameness: Sameness
  readonly records: readonly TrialRecord[]
  /** Failures outside trials: builds, fetches, the machine. */
  readonly failures: readonly Failure[]
  /** Sentences about the run that a reader should know, ours. */
  readonly notes: readonly string[]
  /** Sentences that a reader needs beside the verdict, ours: what it is not worth. */
  readonly caveats: readonly string[]
  readonly ending: Ending
  /** Trials that the plan holds if it goes to its last look, counting those not made. */
  readonly planned: number
}
