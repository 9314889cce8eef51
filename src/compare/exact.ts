import { COUNTED } from '../domain/counted.ts'
import type { Exactness, MetricName } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import { percent, type Percent } from '../domain/quantity.ts'
import type { Comparison } from '../domain/report.ts'
import { SIDES, type Side } from '../domain/revision.ts'
import type { Figure } from '../domain/sample.ts'
import type { PercentThreshold } from '../domain/threshold.ts'
import type { MetricVerdict } from '../domain/verdict.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { countOf, type Measured } from './measured.ts'
import { sideWord } from './side-word.ts'

/** One metric of one block, and what its figures are called. */
interface Counted {
  readonly block: BlockNumber
  readonly metric: MetricName
  /** `cycles` has another name in some zkVMs. */
  readonly name: string
  /** What stands in head's place. */
  readonly head: string
}

/** A block's exact figures of one metric, and what stands against comparing them. */
export interface ExactResult {
  readonly comparison: Comparison | null
  readonly notes: readonly string[]
}

/**
 * One exact metric of one block: a count a side, compared digit by digit with the plan's cycle threshold.
 * No comparison where a side has no figure. A percentage is withheld where the figures were come by in
 * different ways, or where a side contradicts itself: then they do not stand for the same work.
 */
export const compareExact = (
  plan: Plan,
  { block, metric }: { readonly block: BlockNumber; readonly metric: MetricName },
  measured: Measured
): ExactResult => {
  const figures = {
    base: figureOf(measured, block, 'base')(metric),
    head: figureOf(measured, block, 'head')(metric)
  }
  const base = countOf(figures.base)
  const head = countOf(figures.head)
  if (figures.base === undefined || figures.head === undefined || base === null || head === null) {
    return { comparison: null, notes: [] }
  }
  const exactness = figures.base.exactness === figures.head.exactness ? figures.base.exactness : null
  const name = metric === 'cycles' ? COUNTED[plan.zkvm] : metric
  const counted = { block, metric, name, head: sideWord(plan, 'head') }
  const notes = [
    ...differentKinds(counted, figures.base, figures.head),
    ...SIDES.flatMap((side) => contradictions(measured, counted, side)),
    ...(base !== head && metric === 'cycles' && isSameWork(plan, block) ? [unequal(counted, base, head)] : [])
  ]
  const isComparable = notes.length === 0
  return {
    comparison: {
      block,
      network: plan.network,
      zkvm: plan.zkvm,
      variant: plan.variant,
      metric,
      unit: figures.base.unit,
      base,
      head,
      percent: isComparable ? exactPercent(base, head) : null,
      interval: null,
      rounding: null,
      exactness,
      verdict: isComparable ? exactVerdict({ base, head }, plan.cycleThreshold, exactness) : 'incomparable',
      pairs: 1
    },
    notes
  }
}

const figureOf = (measured: Measured, block: BlockNumber, side: Side) => (metric: MetricName) =>
  measured.counted(block, side)?.metrics[metric]

/** Of the difference, so that a change of one cycle in a billion keeps its digits. */
const exactPercent = (base: bigint, head: bigint): Percent =>
  percent((100 * Number(head - base)) / Number(base) + 0)

/**
 * |head − base| / base against the threshold, in integers: no rounding can move a verdict. A floor is a bound,
 * not a count, so a step of it proves nothing.
 */
const exactVerdict = (
  { base, head }: { readonly base: bigint; readonly head: bigint },
  threshold: PercentThreshold,
  exactness: Exactness | null
): MetricVerdict => {
  if (exactness === 'floor') return 'inconclusive'
  const difference = head > base ? head - base : base - head
  const isChange = difference * 100n * threshold.denominator > threshold.numerator * base
  if (!isChange) return 'no-change'
  return head > base ? 'regression' : 'improvement'
}

/** The same build on the same witness must count the same, however often it runs. */
const contradictions = (
  measured: Measured,
  { block, metric, name, head }: Counted,
  side: Side
): readonly string[] => {
  const first = figureOf(measured, block, side)(metric)
  const other = measured.all(block, side).find(({ sample }) => {
    const figure = sample.metrics[metric]
    return figure !== undefined && figure.exactness === first?.exactness && figure.value !== first.value
  })
  if (first === undefined || other === undefined) return []
  const values = `${first.value} in one run and ${other.sample.metrics[metric]?.value ?? 'none'} in another`
  return [
    `Block ${block}: ${name} of ${side === 'head' ? head : side} are not deterministic (${values}), so they are not compared.`
  ]
}

const isSameWork = ({ blocks }: Plan, block: BlockNumber): boolean =>
  blocks.some((planned) => planned.block === block && planned.hasEqualCycles)

/** What was said to be the same work is not, or is not counted the same: either way there is nothing to compare. */
const unequal = ({ block, name, head: other }: Counted, base: bigint, head: bigint): string =>
  `Block ${block}: base counts ${base} ${name} and ${other} ${head}, though guest and input are equal, so they are not compared.`

const differentKinds = (
  { block, name, head: other }: Counted,
  base: Figure,
  head: Figure
): readonly string[] => {
  if (base.exactness !== head.exactness) {
    return [
      `Block ${block}: ${name} are ${base.exactness} on base and ${head.exactness} on ${other}, so they are not compared.`
    ]
  }
  if (base.unit === head.unit) return []
  return [`Block ${block}: base counts ${base.unit} and ${other} ${head.unit}, so they are not compared.`]
}
