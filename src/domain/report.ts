import type { Build } from './build.ts'
import type { Failure, Reason } from './failure.ts'
import type { Interval } from './interval.ts'
import type { Machine } from './machine.ts'
import type { Exactness, MetricName, Unit } from './metric.ts'
import type { Plan, ReferencePlan } from './plan.ts'
import type { Count, Minutes, Percent, Seconds } from './quantity.ts'
import type { BySide } from './revision.ts'
import type { Ending } from './run.ts'
import type { Sameness } from './sameness.ts'
import type { Timing } from './timing.ts'
import type { Outcome, Trial, TrialRecord, UnreadLine } from './trial.ts'
import type { MetricVerdict, RunVerdict } from './verdict.ts'
import type { BlockNumber, Network, ZkVm } from './workload.ts'

/** The changes that figures cut to whole seconds allow, in percent: a bound on rounding, not on noise. */
export interface Rounding {
  readonly lo: Percent
  readonly hi: Percent
}

/** Head against base for one workload and metric. Times are geometric means over the pairs. */
export interface Comparison {
  readonly block: BlockNumber
  readonly network: Network
  readonly zkvm: ZkVm
  /** See `Plan.variant`. */
  readonly variant: string | null
  readonly metric: MetricName
  readonly unit: Unit
  /** Seconds are numbers, all other units bigints. */
  readonly base: number | bigint
  readonly head: number | bigint
  /** Null where the two figures do not stand for the same thing. */
  readonly percent: Percent | null
  readonly interval: Interval | null
  /** Null where the seconds are known in full. */
  readonly rounding: Rounding | null
  /** Null where the sides differ in it. */
  readonly exactness: Exactness | null
  readonly verdict: MetricVerdict
  /** Base-head pairs behind the figure; 1 for exact metrics. */
  readonly pairs: number
}

/** One metric over all blocks: the geometric mean of the blocks' ratios. */
export interface Overall {
  readonly zkvm: ZkVm
  readonly variant: string | null
  readonly metric: MetricName
  /** Null where no block could be compared. */
  readonly percent: Percent | null
  readonly interval: Interval | null
  readonly verdict: MetricVerdict
  readonly pairs: number
  /** Blocks behind the percentage; fewer than planned where some could not be compared. */
  readonly blocks: number
}

/** A span on both sides; null where a side does not have it. Only blocks that both sides executed have spans. */
export interface SpanChange {
  readonly block: BlockNumber
  readonly zkvm: ZkVm
  readonly variant: string | null
  readonly path: readonly string[]
  readonly base: Count | null
  readonly head: Count | null
}

/** A part of what ZisK estimates proving to cost, on both sides; null where a side does not have it. */
export interface CostChange {
  readonly block: BlockNumber
  readonly zkvm: ZkVm
  readonly variant: string | null
  readonly name: string
  readonly base: Count | null
  readonly head: Count | null
}

/** A line of a trial's log that was not understood. */
export interface UnreadInTrial extends UnreadLine {
  /** Its id. */
  readonly trial: string
}

/** Proving time judged, and what the judgement is worth. */
export interface TimeJudgement extends Timing {
  /** The smallest change that would have been called one, given the noise of this run; null where that is not known. */
  readonly wouldHaveSeen: Percent | null
  /** Pairs of each block that would settle it, if change and noise are what they seem; null where that is not known. */
  readonly pairsNeeded: number | null
  /** Outliers repeated on either side. */
  readonly repeats: BySide<number>
}

/** A finished trial as the report lists it; its figures in full are among the measurements. */
export interface TrialSummary extends Trial, Pick<TrialRecord, 'gpu' | 'kept'> {
  readonly outcome: 'measured' | 'failed'
  readonly reason: Reason | null
  /** Proving time of a proving trial, execution time of an executing one; null where there is none. */
  readonly seconds: Seconds | null
  readonly cycles: Count | null
  /** Wall time that we saw, from spawn to exit. */
  readonly wall: Seconds
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** What one leg of a run says. */
export interface Report {
  readonly verdict: RunVerdict
  readonly cyclesVerdict: MetricVerdict
  /** Null where nothing is timed. */
  readonly timeVerdict: MetricVerdict | null
  readonly ending: Ending
  readonly plan: Plan
  readonly machine: Machine
  readonly builds: BySide<Build | null>
  readonly sameness: Sameness
  /** Null where nothing is timed. */
  readonly time: TimeJudgement | null
  readonly comparisons: readonly Comparison[]
  readonly overall: readonly Overall[]
  readonly spans: readonly SpanChange[]
  readonly costs: readonly CostChange[]
  /** The first of them. */
  readonly unread: readonly UnreadInTrial[]
  readonly trials: readonly TrialSummary[]
  readonly failures: readonly Failure[]
  readonly notes: readonly string[]
  /** Sentences that a reader needs beside the verdict, ours: what it is not worth. */
  readonly caveats: readonly string[]
  /** Timed trials that were measured, the warm-up not counted. */
  readonly proofs: number
  /** Wall minutes of all proving trials, the warm-up and failed ones included. */
  readonly gpuMinutes: Minutes
  /** Trials finished and planned. */
  readonly progress: { readonly done: number; readonly planned: number }
  /** Wall time of all trials; builds are not counted. */
  readonly wall: Seconds
}

/** A block as the reference did on it. */
export interface ReferenceBlock {
  readonly block: BlockNumber
  /** Proving time; null where there is none. */
  readonly seconds: Seconds | null
  /** Of the seconds. */
  readonly exactness: Exactness | null
  readonly cycles: Count | null
  /** Why the reference has no figures of the block; null where it has. */
  readonly failure: Pick<Extract<Outcome, { kind: 'failed' }>, 'reason' | 'message' | 'tail'> | null
  /** True where the figures are those of an earlier run on the same machine. */
  readonly kept: boolean
  /** ISO 8601, UTC. */
  readonly measuredAt: string
}

/** Another prover beside ethrex. It decides no verdict. */
export interface ReferenceReport extends ReferencePlan {
  /** In the order of the plan; those that were not reached are missing. */
  readonly blocks: readonly ReferenceBlock[]
  /** Outside single blocks: it could not be built, or fetched. */
  readonly failures: readonly Failure[]
  readonly notes: readonly string[]
  /** Of what was proved in this run. */
  readonly gpuMinutes: Minutes
}

/** What a run says. Every output (comment, JSON, exit status) is made from this and uses its words. */
export interface RunReport {
  /** Of head, over all zkVMs; variants inform. */
  readonly verdict: RunVerdict
  readonly cyclesVerdict: MetricVerdict
  /** Null where nothing is timed. */
  readonly timeVerdict: MetricVerdict | null
  /** In the order of the plan's. */
  readonly legs: readonly Report[]
  readonly reference: ReferenceReport | null
  /** Sums over the legs, the reference's proofs not among `proofs`, but in the minutes. */
  readonly proofs: number
  readonly gpuMinutes: Minutes
  readonly progress: { readonly done: number; readonly planned: number }
  readonly wall: Seconds
}
