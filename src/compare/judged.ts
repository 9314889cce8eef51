import type { Plan, TimingPlan } from '../domain/plan.ts'
import type { Interval } from '../domain/interval.ts'
import type { Percent } from '../domain/quantity.ts'
import type { Comparison, Overall, TimeJudgement } from '../domain/report.ts'
import type { Side } from '../domain/revision.ts'
import type { Measurements } from '../domain/run.ts'
import { ratioOf } from '../domain/threshold.ts'
import { cutOf, type BlockEstimate, type Look, type TimedPair, type Timing } from '../domain/timing.ts'
import type { MetricVerdict } from '../domain/verdict.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { blursOf, meanBlur } from '../statistics/blur.ts'
import { ALPHA_CHANGE, ALPHA_SAME } from '../statistics/judge.ts'
import { pairsNeeded } from '../statistics/precision.ts'
import { mean, percentOfLog } from './means.ts'
import { timeComparison } from './timed.ts'

/** What proving time comes to. */
export interface Judged {
  readonly verdict: MetricVerdict
  /** The last one made; null before the first. */
  readonly look: Look | null
  /** The pairs that it saw, all of them where there is no look. */
  readonly pairs: readonly TimedPair[]
}

/**
 * The verdict on proving time is that of the last look; the join over blocks is none, because a block has too few
 * pairs for one. Null where nothing is timed.
 */
export const judgeTime = ({ plan, builds, ending }: Measurements, timing: Timing | null): Judged | null => {
  if (plan.timing === null) return null
  const look = timing?.looks.at(-1) ?? null
  const pairs = timing === null ? [] : seenBy(look, timing.pairs)
  if (ending === 'identical') return { verdict: 'no-change', look, pairs }
  const haveOneHost = builds.base === null || builds.head === null || builds.base.host === builds.head.host
  return { verdict: haveOneHost ? (look?.verdict ?? 'inconclusive') : 'incomparable', look, pairs }
}

/** Of each block as many pairs as the look counted: those of a round begun after it belong to the next one. */
const seenBy = (look: Look | null, pairs: readonly TimedPair[]): readonly TimedPair[] => {
  if (look === null || look.pairs === pairs.length) return pairs
  const left = new Map(look.blocks.map(({ block, pairs }) => [block, pairs]))
  return pairs.filter(({ block }) => {
    const more = left.get(block) ?? 0
    left.set(block, more - 1)
    return more > 0
  })
}

/** The block's proving time of the pairs that were judged, by block; a block without a pair is not in it. */
export const compareProvingTimes = (plan: Plan, judged: Judged): ReadonlyMap<BlockNumber, Comparison> => {
  const estimates = new Map(judged.look?.blocks.map((one) => [one.block, one]))
  return new Map(
    [...Map.groupBy(judged.pairs, ({ block }) => block)].flatMap(([block, pairs]) => {
      const found = timeComparison(plan, { block, metric: 'proving-time' }, pairs)
      if (found === null) return []
      const one = judgedBlock(found, estimates.get(block), judged)
      return [[block, isOnlyBlock(plan, judged) ? { ...one, verdict: judged.verdict } : one]]
    })
  )
}

/** One block alone is the whole, and has the verdict of the whole. */
const isOnlyBlock = ({ timing }: Plan, { look }: Judged): boolean =>
  timing?.blocks.length === 1 && look !== null

/** A block's own verdict decides nothing; it names the block where all that its interval allows is a change. */
const judgedBlock = (
  comparison: Comparison,
  estimate: BlockEstimate | undefined,
  { verdict }: Judged
): Comparison => {
  if (verdict === 'incomparable') return { ...comparison, percent: null, rounding: null, verdict }
  const interval = estimate?.interval ?? null
  if (estimate?.isBeyondMargin === true) {
    return { ...comparison, interval, verdict: estimate.percent > 0 ? 'regression' : 'improvement' }
  }
  return { ...comparison, interval, verdict: verdict === 'no-change' ? 'no-change' : 'inconclusive' }
}

/** Proving time over all timed blocks, as the last look has it; null where no block has a pair. */
export const overallTime = (
  plan: Plan,
  { verdict, look, pairs }: Judged,
  comparisons: ReadonlyMap<BlockNumber, Comparison>
): Overall | null => {
  if (comparisons.size === 0) return null
  const isComparable = verdict !== 'incomparable'
  return {
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric: 'proving-time',
    percent: isComparable ? (look?.percent ?? meanPercent(pairs)) : null,
    interval: isComparable ? (look?.change ?? null) : null,
    verdict,
    pairs: pairs.length,
    blocks: isComparable ? comparisons.size : 0
  }
}

/** Each block weighs the same, however many pairs it has. */
const meanPercent = (pairs: readonly TimedPair[]): Percent => {
  const blocks = Map.groupBy(pairs, ({ block }) => block)
  const means = [...blocks.values()].map((own) => mean(own.map(({ base, head }) => Math.log(head / base))))
  return percentOfLog(mean(means))
}

/** The timing with what its last look is worth; null where nothing is timed. */
export const timeJudgement = (plan: Plan, timing: Timing | null): TimeJudgement | null => {
  if (plan.timing === null || timing === null) return null
  const look = timing.looks.at(-1) ?? null
  return {
    ...timing,
    wouldHaveSeen: look === null || look.change === null ? null : halfWidth(look.change),
    pairsNeeded: look === null ? null : needed(plan.timing, look, blurOf(seenBy(look, timing.pairs))),
    repeats: { base: repeatsOf(timing, 'base'), head: repeatsOf(timing, 'head') }
  }
}

/** On the scale of logs, where the interval is symmetric but for times that are cut off. */
const halfWidth = ({ lo, hi }: Interval): Percent => percentOfLog((logOf(hi) - logOf(lo)) / 2)

const logOf = (percent: number): number => Math.log1p(percent / 100)

/** How far times that are cut off may shift the estimate, in logs; no number of pairs makes up for that. */
const blurOf = (pairs: readonly TimedPair[]): number => {
  const { below, above } = meanBlur(
    blursOf(pairs.map((pair) => ({ ...pair, cut: cutOf(pair.exactness) }))).values()
  )
  return Math.max(below, above)
}

/** More than anybody would wait for. */
const MOST_PAIRS = 1000

/**
 * Pairs of each block after which the verdict would be made, if change and noise are what they seem: the interval of
 * `no-change` within the margin, or that of a change beyond zero, whichever takes fewer. More than there are, and no
 * fewer than the first look takes. Null where the verdict is made, where the noise is not known well enough to
 * tell, and where no number would do.
 */
const needed = ({ blocks, margin, looks }: TimingPlan, look: Look, blur: number): number | null => {
  const { percent, pairSd, change, verdict } = look
  if (percent === null || pairSd === null || change === null) return null
  if (verdict !== null && verdict !== 'inconclusive') return null
  const estimate = Math.abs(logOf(percent))
  const pairsFor = (reach: number, alpha: number): number | null =>
    reach > 0
      ? pairsNeeded({
          pairSd,
          blocks: blocks.length,
          margin: Math.expm1(reach),
          alpha: alpha / looks.length,
          cap: MOST_PAIRS
        })
      : null
  const found = [
    pairsFor(Math.log1p(ratioOf(margin)) - estimate - blur, ALPHA_SAME),
    pairsFor(estimate - blur, ALPHA_CHANGE)
  ].filter((pairs) => pairs !== null)
  const fewest = Math.min(...look.blocks.map(({ pairs }) => pairs))
  return found.length === 0 ? null : Math.max(Math.min(...found), looks[0] ?? 0, fewest + 1)
}

const repeatsOf = ({ retaken }: Timing, side: Side): number =>
  retaken.filter((one) => one.side === side && one.cause === 'outlier').length
