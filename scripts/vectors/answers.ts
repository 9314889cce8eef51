import { intervalOf, percentOfLog, type Bounds } from '../../src/statistics/interval.ts'
import { judge, type Judgement } from '../../src/statistics/judge.ts'
import { pairsAtLooks } from '../../src/statistics/looks.ts'
import { quantile } from '../../src/statistics/order.ts'
import { findOutliers } from '../../src/statistics/outliers.ts'
import { pairsNeeded, resolution } from '../../src/statistics/precision.ts'
import { summarize, type Pair } from '../../src/statistics/strata.ts'
import { tQuantile, tTwoSidedP } from '../../src/statistics/student-t.ts'
import { wilcoxon } from '../verdict/wilcoxon.ts'
import { compareCycles } from './cycles.ts'
import type { Blocks, Vector, VectorOf } from './format.ts'
import { inOrder, sideNumber } from './runs.ts'
import { playSession } from './session.ts'

/** What a case expects and what the product makes of it, in one shape. */
export interface Answer {
  readonly expected: unknown
  readonly got: unknown
}

export const answerTo = (vector: Vector): Answer => ({ expected: expectedOf(vector), got: gotFor(vector) })

/** Without the order of what has none. */
const expectedOf = (vector: Vector): unknown => {
  if (vector.fn === 'summary') return summaryByName(vector.expected)
  if (vector.fn === 'outliers') return { ...vector.expected, flagged: inOrder(vector.expected.flagged) }
  if (vector.fn !== 'session') return vector.expected
  const { steps, ...rest } = vector.expected
  return { ...rest, steps: steps.map((step) => ({ ...step, repeated: inOrder(step.repeated) })) }
}

const gotFor = (vector: Vector): unknown => {
  switch (vector.fn) {
    case 'tQuantile':
      return tQuantile(vector.input.p, vector.input.df)
    case 'tTwoSidedP':
      return tTwoSidedP(vector.input.t, vector.input.df)
    case 'boundaries':
      return boundaries(vector.input)
    case 'interval':
      return inPercentToo(intervalOf(vector.input, vector.input.alpha))
    case 'resolution':
      return resolution(vector.input)
    case 'pairsNeeded':
      return pairsNeeded(vector.input)
    case 'quantile':
      return numberOrNull(quantile(vector.input.x, vector.input.q))
    case 'wilcoxon':
      return wilcoxon(vector.input.x)
    case 'summary':
      return summary(vector.input.blocks)
    case 'verdict':
      return verdict(vector.input)
    case 'outliers':
      return outliers(vector.input.blocks)
    case 'session':
      return playSession(vector.input)
    case 'cycles':
      return compareCycles(vector.input)
  }
}

/** How far the noise is known at each look is asked of the summary, with pairs of equal times. */
const boundaries = ({
  blocks,
  dfTargets,
  alphaChange,
  alphaSame
}: VectorOf<'boundaries'>['input']): unknown => {
  const looks = pairsAtLooks(blocks, dfTargets)
  return looks.map((pairs) => {
    const times = Array.from({ length: pairs }, (): Pair => [1, 1])
    const { df } = summarize(new Map(Array.from({ length: blocks }, (_, block) => [block, times])))
    const reach = (alpha: number): number => intervalOf({ estimate: 0, se: 1, df }, alpha / looks.length).hi
    return { pairs, df, tChange: reach(alphaChange), tSame: reach(alphaSame) }
  })
}

const pairsOf = (blocks: Blocks): ReadonlyMap<string, readonly Pair[]> => new Map(Object.entries(blocks))

const summary = (blocks: Blocks): unknown => {
  const found = summarize(pairsOf(blocks))
  const { estimate } = found
  const change =
    estimate === null
      ? { ratio: null, percent: null }
      : { ratio: Math.exp(estimate), percent: percentOfLog(estimate) }
  return { ...summaryByName(found), ...change }
}

interface NamedBlocks {
  readonly blocks: readonly { readonly block: string }[]
  readonly missing: readonly string[]
}

/** Blocks by name: in which order JSON gives them is no part of an answer. */
const summaryByName = (found: NamedBlocks): object => ({
  ...found,
  blocks: Object.fromEntries(found.blocks.map(({ block, ...rest }) => [block, rest])),
  missing: found.missing.toSorted()
})

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

const verdict = ({ blocks, looks, margin, last }: VectorOf<'verdict'>['input']): unknown => {
  const found = summarize(pairsOf(blocks))
  return {
    ...inWordsOfVectors(judge(found, { looks, margin, isLast: last })),
    // One of the reasons for which we say that there are too few pairs.
    ...(found.missing.length > 0 ? { reason: 'missing-block' } : {})
  }
}

const inWordsOfVectors = ({ verdict, reason, isMeasurable, change, same }: Judgement): object => ({
  verdict: verdict ?? 'continue',
  reason,
  significant: isMeasurable,
  change: change === null ? null : inPercentToo(change),
  same: same === null ? null : inPercentToo(same)
})

const inPercentToo = ({ lo, hi }: Bounds): object => ({
  lo,
  hi,
  loPercent: percentOfLog(lo),
  hiPercent: percentOfLog(hi)
})

const outliers = (blocks: Blocks): unknown => {
  const { tau, flagged, tooMany } = findOutliers(pairsOf(blocks))
  return {
    tau,
    flagged: inOrder(flagged.map(({ block, pair, side }) => [block, pair, sideNumber(side)])),
    tooMany
  }
}
