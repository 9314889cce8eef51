import type { Reason } from './failure.ts'
import type { GpuTrace } from './gpu.ts'
import type { Seconds } from './quantity.ts'
import type { Side } from './revision.ts'
import type { Sample } from './sample.ts'
import type { BlockNumber, Mode, ZkVm } from './workload.ts'

/** What a trial is for: exact cycles, warming the machine up, or a timed pair. */
export type Phase = 'cycles' | 'warm-up' | 'timed'

/**
 * Why a trial is made. `retry`: the one before failed. `polluted`: something disturbed the GPU during the pair.
 * `outlier`: it was far slower than its like. `determinism`: executed again, to see the same cycles.
 */
export const CAUSES = ['planned', 'retry', 'polluted', 'outlier', 'determinism'] as const
export type Cause = (typeof CAUSES)[number]

/** One start of a build on one workload. */
export interface Trial {
  /**
   * Unique in a run, and a file name: `timed-r1-23426993-sp1-head`, made again `timed-r1-23426993-sp1-head-2`, in
   * the leg of a variant `timed-r1-23426993-sp1-head@trie3`.
   */
  readonly id: string
  readonly phase: Phase
  readonly side: Side
  readonly block: BlockNumber
  readonly zkvm: ZkVm
  /** Name of the variant that stands in head's place; null: head itself. */
  readonly variant: string | null
  readonly mode: Mode
  /** Round of pairs, from 1; null outside timed trials. */
  readonly round: number | null
  /** From 1; more where it is made again. */
  readonly take: number
  readonly cause: Cause
}

/** How a process ended. */
export type Exit =
  { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'signalled'; readonly signal: string }

/** A trial's end: figures, or the reason why there are none. A failure is data, never a zero. */
export type Outcome =
  | { readonly kind: 'measured'; readonly sample: Sample }
  | {
      readonly kind: 'failed'
      readonly reason: Reason
      /** One sentence, ours, which may quote the tool. */
      readonly message: string
      /** Last lines of the tool's log, control characters removed. */
      readonly tail: string
    }

/** A line that looked like one of ours and could not be read. */
export interface UnreadLine {
  readonly stream: 'stdout' | 'stderr'
  readonly line: number
  /** Printable, at most 300 characters. */
  readonly text: string
}

/** A finished trial, as the journal keeps it. */
export interface TrialRecord {
  readonly trial: Trial
  readonly outcome: Outcome
  /** Wall time that we saw, from spawn to exit. */
  readonly wall: Seconds
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Things a reader should know that do not change the outcome: left-over processes, unread lines. */
  readonly remarks: readonly string[]
  /** The first of them. */
  readonly unread: readonly UnreadLine[]
  /** How the GPU fared meanwhile; null where nothing can tell. */
  readonly gpu: GpuTrace | null
  /**
   * True where nothing ran: the figures are those that an earlier run got from the same binary and input, and `wall` is
   * 0; or those of base that another leg of this run got at the same place of its schedule, and `wall` is what it took.
   */
  readonly kept: boolean
}

/** Whether a record says nothing of this machine today: what an earlier run did took no time of this one. */
export const isOfEarlierRun = ({ kept, wall }: TrialRecord): boolean => kept && wall === 0
