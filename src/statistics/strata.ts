/** Proving times of a base and a head trial of one block, back to back; seconds. Null: there is none. */
export type Pair = readonly [base: number | null, head: number | null]

/** Blocks are strata: each has noise like the others, and a change of its own. */
export type PairsByBlock<Block> = ReadonlyMap<Block, readonly Pair[]>

export interface Stratum<Block> {
  readonly block: Block
  /** Complete ones. */
  readonly pairs: number
  /** Of ln(head/base); null without a complete pair. */
  readonly meanLog: number | null
  /** Geometric mean of head/base; null without a complete pair. */
  readonly ratio: number | null
}

/** What pairs say of a change, before anything is decided. Logs are natural. */
export interface Summary<Block> {
  readonly blocks: readonly Stratum<Block>[]
  /** Pairs that lack a time, or have one that is none. */
  readonly dropped: number
  /** Blocks without a complete pair. */
  readonly missing: readonly Block[]
  /** ln of the geometric mean over blocks; null without a complete pair. */
  readonly estimate: number | null
  /** Where the noise is read from: pairs of the same block, or one pair of each block; null where from nothing. */
  readonly basis: 'within' | 'across' | null
  /** Squared deviations from the means that `basis` names; null without a basis. */
  readonly ss: number | null
  /** Degrees of freedom of `ss`. */
  readonly df: number
  /** Of ln(head/base) from pair to pair, as found; null without a basis. */
  readonly pairSd: number | null
  /** Standard error of the estimate, its pair sd not taken below PAIR_SD_FLOOR; null without a basis. */
  readonly se: number | null
}

/** Two machines that agree to less than this agree by chance. */
export const PAIR_SD_FLOOR = 0.001

/** ln(time), NaN where the time is none. */
export const logOf = (time: number | null): number =>
  time !== null && time > 0 && time < Infinity ? Math.log(time) : Number.NaN

/**
 * The mean over blocks of the means of ln(head/base), and its standard error: s/K · √Σ 1/n over K blocks, with s²
 * the squares pooled within blocks over Σ (n − 1) degrees of freedom (stratified estimate; Cochran, Sampling
 * Techniques, ch. 5). With one pair a block, s is the spread across blocks, K − 1 degrees of freedom: what blocks
 * really differ in then counts as noise, so the error is on the safe side.
 */
export const summarize = <Block>(pairs: PairsByBlock<Block>): Summary<Block> => {
  const blocks: Stratum<Block>[] = []
  const missing: Block[] = []
  const total = { sum: 0, inverse: 0, count: 0, ss: 0, df: 0, dropped: 0 }
  for (const [block, list] of pairs) {
    const { count, mean, ss } = spreadOf(list)
    total.dropped += list.length - count
    if (count === 0) {
      missing.push(block)
      blocks.push({ block, pairs: 0, meanLog: null, ratio: null })
      continue
    }
    blocks.push({ block, pairs: count, meanLog: mean, ratio: Math.exp(mean) })
    total.sum += mean
    total.inverse += 1 / count
    total.count += 1
    total.ss += ss
    total.df += count - 1
  }
  const estimate = total.count === 0 ? null : total.sum / total.count
  const noise: Noise =
    total.df > 0 ? { basis: 'within', ss: total.ss, df: total.df } : across(blocks, estimate)
  return { blocks, dropped: total.dropped, missing, estimate, ...noise, ...errorOf(noise, total) }
}

/** Pairs of one block: how many are complete, the mean of ln(head/base), and the squares around it (two passes). */
const spreadOf = (pairs: readonly Pair[]): { count: number; mean: number; ss: number } => {
  const logs: number[] = []
  let sum = 0
  for (const pair of pairs) {
    const log = logRatio(pair)
    if (Number.isNaN(log)) continue
    logs.push(log)
    sum += log
  }
  const mean = sum / logs.length
  let ss = 0
  for (const log of logs) ss += (log - mean) ** 2
  return { count: logs.length, mean, ss }
}

/**
 * ln(head/base), NaN where a time is none. A difference of logs: swapping the sides negates it to the last bit, and
 * no ratio overflows.
 */
const logRatio = (pair: Pair): number => logOf(pair[1]) - logOf(pair[0])

interface Noise {
  readonly basis: 'within' | 'across' | null
  readonly ss: number | null
  readonly df: number
}

const across = <Block>(blocks: readonly Stratum<Block>[], estimate: number | null): Noise => {
  let ss = 0
  let count = 0
  for (const { meanLog } of blocks) {
    if (meanLog === null || estimate === null) continue
    ss += (meanLog - estimate) ** 2
    count += 1
  }
  return count < 2 ? { basis: null, ss: null, df: 0 } : { basis: 'across', ss, df: count - 1 }
}

const errorOf = (
  { ss, df }: Noise,
  { count, inverse }: { readonly count: number; readonly inverse: number }
): { readonly pairSd: number | null; readonly se: number | null } => {
  if (ss === null) return { pairSd: null, se: null }
  const pairSd = Math.sqrt(ss / df)
  return { pairSd, se: (Math.max(pairSd, PAIR_SD_FLOOR) / count) * Math.sqrt(inverse) }
}
