import type { Plan, TimingPlan } from '../domain/plan.ts'
import type { Interval } from '../domain/interval.ts'
import type { Percent } from '../domain/quantity.ts'
import type { Comparison, Overall, TimeJudgement } from '../domain/report.ts'
import type { Side } from '../domain/revision.ts'
import type { Measurements } from '../domain/run.ts'
import { ratioOf } from '../domain/threshold.ts'
import type { BlockEstimate, Look, TimedPair, Timing } from '../domain/timing.ts'
import type { MetricVerdict } from '../domain/verdict.ts'
import type { BlockNumber } from '../domain/workload.ts'
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
      return found === null ? [] : [[block, judgedBlock(found, estimates.get(block), judged)]]
    })
  )
}

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
  const look = timing.looks.at(-1)
  return {
    ...timing,
    wouldHaveSeen: look === undefined || look.change === null ? null : halfWidth(look.change),
    pairsNeeded:
      look === undefined || look.pairSd === null || look.percent === null
        ? null
        : needed(plan.timing, look.pairSd, look.percent),
    repeats: { base: repeatsOf(timing, 'base'), head: repeatsOf(timing, 'head') }
  }
}

/** On the scale of logs, where the interval is symmetric. */
const halfWidth = ({ lo, hi }: Interval): Percent =>
  percentOfLog((Math.log1p(hi / 100) - Math.log1p(lo / 100)) / 2)

/** More than anybody would wait for. */
const MOST_PAIRS = 1000

/**
 * Pairs of each block after which the verdict would be made, if change and noise are what they seem: the interval of
 * `no-change` within the margin, or that of a change beyond zero, whichever takes fewer.
 */
const needed = ({ blocks, margin, looks }: TimingPlan, pairSd: number, percent: number): number | null => {
  const change = Math.abs(Math.log1p(percent / 100))
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
    pairsFor(Math.log1p(ratioOf(margin)) - change, ALPHA_SAME),
    pairsFor(change, ALPHA_CHANGE)
  ].filter((pairs) => pairs !== null)
  return found.length === 0 ? null : Math.min(...found)
}

const repeatsOf = ({ retaken }: Timing, side: Side): number =>
  retaken.filter((one) => one.side === side && one.cause === 'outlier').length
