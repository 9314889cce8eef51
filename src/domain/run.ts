import type { Build } from './build.ts'
import type { Failure } from './failure.ts'
import type { Machine } from './machine.ts'
import type { Seconds } from './quantity.ts'
import type { Plan, ReferencePlan } from './plan.ts'
import type { BySide } from './revision.ts'
import type { Sameness } from './sameness.ts'
import type { Outcome, TrialRecord, UnreadLine } from './trial.ts'
import type { BlockNumber } from './workload.ts'

/** How measuring ended; `identical`: there was nothing to measure. */
export type Ending = 'complete' | 'identical' | 'budget-spent' | 'stopped' | 'cancelled' | 'infrastructure'

/** All that one leg of a run found out, whatever it came to. */
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

/** One block measured by the reference: executed and, where the run proves, proved. */
export interface ReferenceRecord {
  readonly block: BlockNumber
  readonly outcome: Outcome
  /** Wall time that we saw, all its processes together. */
  readonly wall: Seconds
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly unread: readonly UnreadLine[]
  /** True where nothing ran: an earlier run measured the same commit and block on the same machine. */
  readonly kept: boolean
}

/** All that was found out of the reference. */
export interface ReferenceMeasurements {
  readonly plan: ReferencePlan
  readonly records: readonly ReferenceRecord[]
  /** Failures outside single blocks: of its build, its inputs. Their side is null. */
  readonly failures: readonly Failure[]
  readonly notes: readonly string[]
}

/** All that a run found out: the one thing that its report is made from. */
export interface RunMeasurements {
  /** In the order of the plan's. */
  readonly legs: readonly Measurements[]
  readonly reference: ReferenceMeasurements | null
}
