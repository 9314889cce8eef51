import type { Bounds } from './interval.ts'

/** How far a figure may be off because times were cut off, in natural logs: a bound, no matter of chance. */
export interface Blur {
  readonly below: number
  readonly above: number
}

export const SHARP: Blur = { below: 0, above: 0 }

/** Times that are cut off after so many seconds; Infinity where nobody knows after how many. */
interface CutPair {
  readonly base: number
  readonly head: number
  readonly cut: number
}

/** Of ln(head/base): either time stands for anything from itself to itself and the cut. */
const blurOf = ({ base, head, cut }: CutPair): Blur => ({
  below: Math.log1p(cut / base),
  above: Math.log1p(cut / head)
})

/** Of a mean of figures that are blurred so; sharp without any. */
export const meanBlur = (blurs: Iterable<Blur>): Blur => {
  let [below, above, count] = [0, 0, 0]
  for (const blur of blurs) {
    below += blur.below
    above += blur.above
    count += 1
  }
  return count === 0 ? SHARP : { below: below / count, above: above / count }
}

/** By block, of the mean over its pairs; empty where all times are whole. */
export const blursOf = <Block>(
  pairs: readonly (CutPair & { readonly block: Block })[]
): ReadonlyMap<Block, Blur> => {
  if (pairs.every(({ cut }) => cut === 0)) return new Map()
  const byBlock = Map.groupBy(pairs, ({ block }) => block)
  return new Map([...byBlock].map(([block, own]) => [block, meanBlur(own.map(blurOf))]))
}

/** An interval that holds what it should wherever in the blur the figure is. */
export const widened = ({ lo, hi }: Bounds, { below, above }: Blur): Bounds => ({
  lo: lo - below,
  hi: hi + above
})
