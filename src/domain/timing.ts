import type { Pollution } from './gpu.ts'
import type { Exactness } from './metric.ts'
import type { Interval } from './interval.ts'
import type { Percent, Seconds } from './quantity.ts'
import type { Side } from './revision.ts'
import type { TrialRecord } from './trial.ts'
import type { BlockNumber } from './workload.ts'

/** Base and head of one block in one round, as they count: after retries and repeats. */
export interface TimedPair {
  readonly block: BlockNumber
  readonly round: number
  readonly base: Seconds
  readonly head: Seconds
  /** Of the coarser half; null where the halves differ otherwise. */
  readonly exactness: Exactness | null
}

/** Seconds that a time may be longer than it says, all of a pair's halves taken to be as coarse as the coarser. */
export const cutOf = (exactness: Exactness | null): number => {
  if (exactness === 'rounded-seconds') return 1
  return exactness === 'floor' ? Infinity : 0
}

export const LOOK_VERDICTS = ['no-change', 'regression', 'improvement', 'inconclusive'] as const
export type LookVerdict = (typeof LOOK_VERDICTS)[number]

export const LOOK_REASONS = ['inside-margin', 'excludes-zero', 'undecided', 'too-few-pairs'] as const
export type LookReason = (typeof LOOK_REASONS)[number]

/** One block's part in a look. */
export interface BlockEstimate {
  readonly block: BlockNumber
  readonly pairs: number
  /** Geometric mean of head/base over its pairs. */
  readonly percent: Percent
  /** Null where nothing is known of the noise. */
  readonly interval: Interval | null
  /** The whole interval is beyond the margin: worth naming. */
  readonly isBeyondMargin: boolean
}

/** What was known of proving time when measuring paused to judge it. */
export interface Look {
  /** From 1. */
  readonly index: number
  /** Looks that the plan holds: what the error rates are shared by. */
  readonly of: number
  /** Complete pairs behind it, all blocks together. */
  readonly pairs: number
  readonly blocks: readonly BlockEstimate[]
  /** Of the blocks that have a complete pair; null where none has. */
  readonly percent: Percent | null
  /** Of ln(head/base) from pair to pair, pooled over blocks; null where it cannot be told. */
  readonly pairSd: number | null
  /** Degrees of freedom of the noise. */
  readonly df: number
  /** 99 % shared by the looks: what a change is called by. Wider by what times that are cut off may hide, as is `same`. */
  readonly change: Interval | null
  /** 95 % shared by the looks: what `no-change` is called by. */
  readonly same: Interval | null
  /** Whether the change interval excludes zero; null without one. */
  readonly isMeasurable: boolean | null
  /** Null: undecided, measured on. */
  readonly verdict: LookVerdict | null
  readonly reason: LookReason
}

/** A measurement that was made again, and what it said before and after. */
export interface Retaken {
  readonly block: BlockNumber
  readonly round: number
  readonly side: Side
  readonly cause: 'retry' | 'polluted' | 'outlier'
  /** Null: it failed. */
  readonly before: Seconds | null
  readonly after: Seconds | null
  /** Where `cause` is `polluted`; null on the side that was disturbed only by being the other half. */
  readonly pollution: Pollution | null
}

/** Whether a trial was made because of how an earlier one went: no plan holds it. */
export const isMadeAgain = ({ trial }: TrialRecord): boolean =>
  trial.take > 1 && trial.cause !== 'determinism'

/** A pair that counts for nothing. */
export interface DroppedPair {
  readonly block: BlockNumber
  readonly round: number
  /** Whose half is missing; both where a foreign process ran during both. */
  readonly sides: readonly Side[]
  readonly why: 'failed' | 'foreign-process'
}

/** All that the records say of proving time. */
export interface Timing {
  /**
   * Every complete pair, in the order of rounds and blocks; those of a round that was not finished too. A repeat counts
   * from the look on that it was made for.
   */
  readonly pairs: readonly TimedPair[]
  /** Those made so far, in order; the last one holds the verdict. */
  readonly looks: readonly Look[]
  readonly retaken: readonly Retaken[]
  readonly dropped: readonly DroppedPair[]
  /** More than a quarter of the runs of a look were outliers, so that none was repeated. */
  readonly isUnstable: boolean
}
