import { percentOfLog } from './interval.ts'
import { PAIR_SD_FLOOR } from './strata.ts'
import { tQuantile } from './student-t.ts'

export interface Design {
  /** Of ln(head/base) from pair to pair. */
  readonly pairSd: number
  readonly blocks: number
  /** Of each block. */
  readonly pairs: number
  /** Degrees of freedom by which `pairSd` is known. */
  readonly df: number
  /** Both sides together. */
  readonly alpha: number
}

/**
 * The change, in percent, that a measurement of this design stays within with probability 1 − alpha where nothing
 * changed: t(1 − alpha/2, df) · s/√(K·n). A smaller one cannot be told from noise.
 */
export const resolution = ({ pairSd, blocks, pairs, df, alpha }: Design): number =>
  percentOfLog((tQuantile(1 - alpha / 2, df) * pairSd) / Math.sqrt(blocks * pairs))

export interface Goal {
  readonly pairSd: number
  readonly blocks: number
  /** As a ratio: 0.02 is 2 %. */
  readonly margin: number
  readonly alpha: number
  /** No more pairs than this are thought of. */
  readonly cap: number
}

/**
 * Pairs of each block, at least two, after which the interval around an estimate of zero would lie inside the margin.
 * Null where even `cap` pairs would not do. The reach falls with every pair, so it is found by halving.
 */
export const pairsNeeded = (goal: Goal): number | null => {
  if (!isEnough(goal, goal.cap)) return null
  let [lo, hi] = [2, goal.cap]
  while (lo < hi) {
    const middle = Math.floor((lo + hi) / 2)
    if (isEnough(goal, middle)) hi = middle
    else lo = middle + 1
  }
  return hi
}

const isEnough = ({ pairSd, blocks, margin, alpha }: Goal, pairs: number): boolean => {
  const se = Math.max(pairSd, PAIR_SD_FLOOR) / Math.sqrt(blocks * pairs)
  return tQuantile(1 - alpha / 2, blocks * (pairs - 1)) * se <= Math.log1p(margin)
}
