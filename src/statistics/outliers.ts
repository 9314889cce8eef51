import { ascending, median } from './order.ts'
import { logOf, type Pair, type PairsByBlock } from './strata.ts'

/** Excess of a run that is never called an outlier: 5 %. */
const OUTLIER_FLOOR = Math.log1p(0.05)
/** Where pairs differ much anyway, an outlier must stick out by so many of their standard deviations. */
const OUTLIER_SDS = 5
/** With a larger share of outliers they are none: the machine is unstable. */
const OUTLIER_SHARE = 0.25
/** Median of |x| where x is standard normal. */
const NORMAL_MAD = 0.6745

export interface Outlier<Block> {
  readonly block: Block
  /** Index into the block's pairs. */
  readonly pair: number
  readonly side: 'base' | 'head'
}

export interface Outliers<Block> {
  /** The excess in natural logs beyond which a run is made again. */
  readonly tau: number
  /** Runs to make again, in the order of blocks and pairs; none where there are too many. */
  readonly flagged: readonly Outlier<Block>[]
  readonly tooMany: boolean
}

/**
 * Runs much slower than the others of their own side and block, unless the other half of the pair was as slow: then
 * something held up both, and the pair takes care of itself (docs/method.md). A run is held against its own side only,
 * so that repeating it can favour neither. Incomplete pairs are left out, and a block with one pair has nothing
 * to compare with.
 */
export const findOutliers = <Block>(pairs: PairsByBlock<Block>): Outliers<Block> => {
  const blocks: BlockLogs<Block>[] = []
  let runs = 0
  for (const [block, list] of pairs) {
    const logs = logsOf(block, list)
    blocks.push(logs)
    runs += 2 * logs.index.length
  }
  const tau = Math.max(OUTLIER_FLOOR, OUTLIER_SDS * robustPairSd(blocks))
  const flagged: Outlier<Block>[] = []
  for (const logs of blocks) flagIn(logs, tau, flagged)
  const tooMany = flagged.length > OUTLIER_SHARE * runs
  return { tau, flagged: tooMany ? [] : flagged, tooMany }
}

/** The complete pairs of a block: natural logs of the times, and where each pair stands among all. */
interface BlockLogs<Block> {
  readonly block: Block
  readonly index: readonly number[]
  readonly base: readonly number[]
  readonly head: readonly number[]
}

const logsOf = <Block>(block: Block, pairs: readonly Pair[]): BlockLogs<Block> => {
  const index: number[] = []
  const base: number[] = []
  const head: number[] = []
  for (let at = 0; at < pairs.length; at++) {
    const pair = pairs[at]
    if (pair === undefined) continue
    const ofBase = logOf(pair[0])
    const ofHead = logOf(pair[1])
    if (Number.isNaN(ofBase) || Number.isNaN(ofHead)) continue
    index.push(at)
    base.push(ofBase)
    head.push(ofHead)
  }
  return { block, index, base, head }
}

/** A standard deviation that outliers hardly move: the median absolute deviation, corrected for short blocks. */
const robustPairSd = <Block>(blocks: readonly BlockLogs<Block>[]): number => {
  const deviations: number[] = []
  for (const { base, head } of blocks) {
    const count = base.length
    if (count < 2) continue
    const ratios = head.map((log, at) => log - (base[at] ?? Number.NaN))
    const middle = median(ratios)
    const correction = Math.sqrt(count / (count - 1))
    for (const ratio of ratios) deviations.push(Math.abs(ratio - middle) * correction)
  }
  return deviations.length === 0 ? 0 : median(deviations) / NORMAL_MAD
}

const flagIn = <Block>(
  { block, index, base, head }: BlockLogs<Block>,
  tau: number,
  flagged: Outlier<Block>[]
): void => {
  if (index.length < 2) return
  const usualBase = lowerMedian(base)
  const usualHead = lowerMedian(head)
  for (let at = 0; at < index.length; at++) {
    const ofBase = (base[at] ?? Number.NaN) - usualBase
    const ofHead = (head[at] ?? Number.NaN) - usualHead
    const side = outlyingSide(ofBase, ofHead, tau)
    if (side !== null) flagged.push({ block, pair: index[at] ?? at, side })
  }
}

/** Of a pair at most one: the partner's own excess excuses a run. */
const outlyingSide = (base: number, head: number, tau: number): 'base' | 'head' | null => {
  if (base - Math.max(0, head) > tau) return 'base'
  return head - Math.max(0, base) > tau ? 'head' : null
}

/** Of two runs the faster one is the usual one. */
const lowerMedian = (logs: readonly number[]): number =>
  ascending(logs)[Math.floor((logs.length - 1) / 2)] ?? Number.NaN
