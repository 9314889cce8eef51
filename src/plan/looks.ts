import type { Interval } from '../domain/interval.ts'
import type { TimingPlan } from '../domain/plan.ts'
import { percent } from '../domain/quantity.ts'
import { ratioOf } from '../domain/threshold.ts'
import { cutOf, type BlockEstimate, type Look, type TimedPair } from '../domain/timing.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { blursOf, meanBlur, SHARP, type Blur } from '../statistics/blur.ts'
import { percentOfLog } from '../statistics/interval.ts'
import { ALPHA_CHANGE, ALPHA_SAME, blockInterval, judge, MIN_DF } from '../statistics/judge.ts'
import { summarize, type Pair, type Summary } from '../statistics/strata.ts'

/** Seconds of base and head by block; every timed block is there, with or without pairs. */
export type PairsByBlock = ReadonlyMap<BlockNumber, readonly Pair[]>

export const pairsByBlock = ({ blocks }: TimingPlan, pairs: readonly TimedPair[]): PairsByBlock => {
  const found = new Map<BlockNumber, Pair[]>(blocks.map((block) => [block, []]))
  for (const { block, base, head } of pairs) found.get(block)?.push([base, head])
  return found
}

interface Position {
  /** From 1. */
  readonly index: number
  /** Nothing is measured after it. */
  readonly isLast: boolean
}

/** Judges the pairs at hand (docs/method.md). */
export const lookAt = (
  timing: TimingPlan,
  pairs: readonly TimedPair[],
  { index, isLast }: Position
): Look => {
  const looks = timing.looks.length
  const margin = ratioOf(timing.margin)
  const summary = summarize(pairsByBlock(timing, pairs))
  const blurs = blursOf(pairs.map((pair) => ({ ...pair, cut: cutOf(pair.exactness) })))
  const blur = meanBlur([...blurs.values()])
  const { verdict, reason, isMeasurable, change, same } = judge(summary, { looks, margin, isLast }, blur)
  return {
    index,
    of: looks,
    pairs: pairs.length,
    blocks: summary.blocks.flatMap((block) => blockEstimate(block, { summary, blurs, looks, margin })),
    percent: summary.estimate === null ? null : percentOfLogs(summary.estimate),
    pairSd: summary.pairSd,
    df: summary.df,
    change: change === null ? null : intervalOfLogs(change, 1 - ALPHA_CHANGE / looks),
    same: same === null ? null : intervalOfLogs(same, 1 - ALPHA_SAME / looks),
    isMeasurable,
    verdict,
    reason
  }
}

const percentOfLogs = (log: number) => percent(percentOfLog(log))

const intervalOfLogs = (
  { lo, hi }: { readonly lo: number; readonly hi: number },
  level: number
): Interval => ({
  lo: percentOfLogs(lo),
  hi: percentOfLogs(hi),
  level
})

interface Context {
  readonly summary: Summary<BlockNumber>
  readonly blurs: ReadonlyMap<BlockNumber, Blur>
  readonly looks: number
  readonly margin: number
}

/** One block is named where all that its interval allows is beyond the margin. */
const blockEstimate = (
  { block, pairs, meanLog }: Summary<BlockNumber>['blocks'][number],
  { summary: { pairSd, df, blocks }, blurs, looks, margin }: Context
): readonly BlockEstimate[] => {
  if (meanLog === null) return []
  const estimate = { block, pairs, percent: percentOfLogs(meanLog) }
  const blur = blurs.get(block) ?? SHARP
  if (pairSd === null || df < MIN_DF || blur.below === Infinity) {
    return [{ ...estimate, interval: null, isBeyondMargin: false }]
  }
  const bounds = blockInterval({ meanLog, pairSd, pairs, df, blur, blocks: blocks.length, looks })
  const band = Math.log1p(margin)
  return [
    {
      ...estimate,
      interval: intervalOfLogs(bounds, 1 - ALPHA_CHANGE / looks / blocks.length),
      isBeyondMargin: bounds.lo > band || bounds.hi < -band
    }
  ]
}
