import { SHARP, widened, type Blur } from './blur.ts'
import { intervalOf, type Bounds } from './interval.ts'
import { PAIR_SD_FLOOR, type Summary } from './strata.ts'

/** How often, over all looks of a run, something is called a change that is none: at most. */
export const ALPHA_CHANGE = 0.01
/** How often, in the same sense, the true change is outside the interval that `no-change` is called by: at most. */
export const ALPHA_SAME = 0.05
/** With fewer degrees of freedom the noise is not known well enough to judge by. */
export const MIN_DF = 4

export interface LookRule {
  /** Of the whole run: the error rates are split evenly over them (Bonferroni), which holds at whatever times. */
  readonly looks: number
  /** The ± of `no-change` as a ratio: 0.02 is 2 %. */
  readonly margin: number
  /** After it nothing more is measured. */
  readonly isLast: boolean
}

export interface Judgement {
  /** Null: measure on. */
  readonly verdict: 'no-change' | 'regression' | 'improvement' | 'inconclusive' | null
  readonly reason: 'inside-margin' | 'excludes-zero' | 'undecided' | 'too-few-pairs'
  /** Whether the change interval excludes zero; null without one. */
  readonly isMeasurable: boolean | null
  /** At 1 − ALPHA_CHANGE over all looks; null where a block has no pair, or the noise or the blur is not known. */
  readonly change: Bounds | null
  /** At 1 − ALPHA_SAME over all looks; null with `change`. */
  readonly same: Bounds | null
}

/**
 * The verdict of a look (docs/method.md): `no-change` where the same interval lies inside ±ln(1 + margin), which is
 * two one-sided tests of equivalence (Schuirmann 1987); else a change where the change interval excludes zero. Both
 * are widened by what the times are blurred by, so that nothing is called which cutting them off may have made.
 */
export const judge = <Block>(
  { missing, estimate, se, df }: Pick<Summary<Block>, 'missing' | 'estimate' | 'se' | 'df'>,
  { looks, margin, isLast }: LookRule,
  blur: Blur = SHARP
): Judgement => {
  const undecided = isLast ? 'inconclusive' : null
  if (missing.length > 0 || estimate === null || se === null || df < MIN_DF) {
    return { verdict: undecided, reason: 'too-few-pairs', isMeasurable: null, change: null, same: null }
  }
  if (blur.below + blur.above === Infinity) {
    return { verdict: undecided, reason: 'undecided', isMeasurable: null, change: null, same: null }
  }
  const change = widened(intervalOf({ estimate, se, df }, ALPHA_CHANGE / looks), blur)
  const same = widened(intervalOf({ estimate, se, df }, ALPHA_SAME / looks), blur)
  const isMeasurable = change.lo > 0 || change.hi < 0
  const intervals = { isMeasurable, change, same }
  const limit = Math.log1p(margin)
  if (same.lo > -limit && same.hi < limit) {
    return { verdict: 'no-change', reason: 'inside-margin', ...intervals }
  }
  if (isMeasurable) {
    return { verdict: change.lo > 0 ? 'regression' : 'improvement', reason: 'excludes-zero', ...intervals }
  }
  return { verdict: undecided, reason: 'undecided', ...intervals }
}

export interface BlockNoise {
  /** Mean of ln(head/base) over this block's pairs. */
  readonly meanLog: number
  /** Complete pairs of this block. */
  readonly pairs: number
  /** Pooled over all blocks, with its degrees of freedom. */
  readonly pairSd: number
  readonly df: number
  /** Of `meanLog`. */
  readonly blur: Blur
  /** Blocks that could be named: the error rate is split over them and over the looks. */
  readonly blocks: number
  readonly looks: number
}

/** The change of one block, at 1 − ALPHA_CHANGE over all blocks and looks: worth naming where it excludes ±margin. */
export const blockInterval = ({ meanLog, pairs, pairSd, df, blur, blocks, looks }: BlockNoise): Bounds => {
  const se = Math.max(pairSd, PAIR_SD_FLOOR) / Math.sqrt(pairs)
  return widened(intervalOf({ estimate: meanLog, se, df }, ALPHA_CHANGE / looks / blocks), blur)
}
