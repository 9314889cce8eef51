import { shortSha } from '../domain/revision.ts'
import type { TimingPlan } from '../domain/plan.ts'
import type { Interval } from '../domain/interval.ts'
import { ratioOf } from '../domain/threshold.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import type { Look } from '../domain/timing.ts'
import { formatBound, formatChange, formatFixed, formatRange, formatWait, plural } from './format.ts'
import { changeOf } from './view.ts'

/** What is said of proving time wherever it is said: plain text, our words and numbers only. */

/** `4 blocks`, `3 of 4 blocks` where some have no pair, `the 2 cheapest blocks` where only they are timed. */
export const timedBlocksOf = ({ plan }: Report, { blocks }: Pick<Overall, 'blocks'>): string => {
  const timed = plan.timing?.blocks.length ?? plan.blocks.length
  const planned = timed === plan.blocks.length ? plural(timed, 'block') : `the ${cheapest(timed)}`
  return blocks === timed ? planned : `${blocks} of ${planned}`
}

const cheapest = (blocks: number): string => (blocks === 1 ? 'cheapest block' : `${blocks} cheapest blocks`)

/** `+0.1% [-1.2 to +1.4] over 4 blocks (12 pairs)`. */
export const timeFigure = (report: Report, overall: Overall): string =>
  `${changeOf(overall)} over ${timedBlocksOf(report, overall)} (${plural(overall.pairs, 'pair')})`

export const marginOf = ({ plan }: Report): string => `±${plan.timing?.margin.text ?? '0%'}`

const lastLookOf = ({ time }: Report): Look | null => time?.looks.at(-1) ?? null

/** Whether proving time is called unchanged though a change was measured: it is too small to count. */
export const driftOf = (report: Report): 'slower' | 'faster' | null => {
  const look = lastLookOf(report)
  if (report.timeVerdict !== 'no-change' || look?.isMeasurable !== true) return null
  return (look.percent ?? 0) > 0 ? 'slower' : 'faster'
}

/** `1.3%`, the smallest change that would have been called one; null where that is not known. */
export const wouldHaveSeen = ({ time }: Report): string | null =>
  time === null || time.wouldHaveSeen === null ? null : formatBound(time.wouldHaveSeen)

/**
 * What `no-change` says: `within ±2%`. The interval that is printed is the wide one; where that reaches beyond the
 * margin, the narrow one is printed too, by which `no-change` is called.
 */
export const withinMargin = (report: Report): string => {
  const look = lastLookOf(report)
  const said = `within ${marginOf(report)}`
  if (look === null || look.change === null || look.same === null || isInside(look.change, report))
    return said
  return `${said} by the narrower interval [${formatRange(look.same, 1)}] that decides it`
}

const isInside = ({ lo, hi }: Interval, { plan: { timing } }: Report): boolean => {
  const margin = timing === null ? 0 : 100 * ratioOf(timing.margin)
  return [lo, hi].every((end) => Math.abs(end) < margin)
}

/** Blocks that stand out: their own change is beyond the margin. The greatest first; none where all go one way. */
export const namedBlocks = ({ comparisons }: Report): readonly Comparison[] => {
  const timed = comparisons.filter(({ metric }) => metric === 'proving-time')
  const found = timed.filter(({ verdict }) => isChange(verdict))
  const goOneWay = found.length === timed.length && new Set(found.map(({ verdict }) => verdict)).size < 2
  return goOneWay ? [] : found.toSorted((a, b) => Math.abs(b.percent ?? 0) - Math.abs(a.percent ?? 0))
}

const isChange = (verdict: Comparison['verdict']): boolean =>
  verdict === 'regression' || verdict === 'improvement'

/** Nothing is continued after these: another run begins anew. */
const isOver = ({ ending }: Report): boolean => ending === 'complete' || ending === 'budget-spent'

/** What so many pairs of each block take: `17 proofs, about 4h 20m`; null where none is missing. */
const cost = (report: Report, { blocks }: TimingPlan, pairsEach: number): string | null => {
  const missing = blocks.reduce((sum, block) => sum + Math.max(0, pairsEach - pairsOf(report, block)), 0)
  if (missing === 0) return null
  const proofs = isOver(report) ? 1 + 2 * pairsEach * blocks.length : 2 * missing
  const walls = report.trials.filter(({ phase, outcome }) => phase === 'timed' && outcome === 'measured')
  const mean = walls.reduce((sum, { wall }) => sum + wall, 0) / walls.length
  const wait = walls.length === 0 ? '' : `, ${formatWait(mean * proofs)}`
  return `${plural(proofs, isOver(report) ? 'proof' : 'more proof')}${wait}`
}

const pairsOf = ({ time }: Report, block: number): number =>
  time?.pairs.filter((pair) => pair.block === block).length ?? 0

/** What would settle a verdict that the last look left open, as sentences. */
export const settling = (report: Report): string | null => {
  const { time, plan } = report
  if (time === null || plan.timing === null || time.wouldHaveSeen === null) return null
  if (time.pairsNeeded === null) return 'At this noise no number of pairs worth waiting for would settle it.'
  const needs = cost(report, plan.timing, time.pairsNeeded)
  if (needs === null) return null
  const how = wayOn(report, plan.timing, time.pairsNeeded)
  return [
    `About ${plural(time.pairsNeeded, 'pair')} per block would settle it, if change and noise are what they seem (${needs}).`,
    ...(how === null ? [] : [how])
  ].join(' ')
}

/** What to ask for to get so many pairs of each block, as a sentence. */
const wayOn = ({ plan, ending }: Report, { looks, margin }: TimingPlan, pairsEach: number): string | null => {
  if (pairsEach <= (looks.at(-1) ?? 0)) return ending === 'budget-spent' ? MORE_MINUTES : null
  if (plan.effort === 'quick') return 'Effort `default` measures longer.'
  return plan.effort === 'default'
    ? `Effort \`thorough\` with \`time-margin: ${margin.text}\` measures longer.`
    : null
}

const MORE_MINUTES = 'More `gpu-minutes` would let it.'

/** What a first verdict takes, as a sentence; null where its pairs are there, or something else is in the way. */
export const firstVerdict = (report: Report): string | null => {
  const { timing } = report.plan
  const [pairs] = timing?.looks ?? []
  if (timing === null || pairs === undefined || report.failures.length > 0) return null
  const needs = cost(report, timing, pairs)
  if (needs === null) return null
  const how = report.ending === 'budget-spent' ? ', and so more `gpu-minutes`' : ''
  return `A verdict takes ${plural(pairs, 'pair')} per block (${needs})${how}.`
}

/** What two identical builds were seen to differ by in one pair: published zkVM measurements, 99 % of pairs. */
const PUBLISHED = { quiet: 1.5, noisy: 7 }

/** Why a change from so few pairs is no verdict, as a sentence. */
export const tooFew = ({ percent }: Overall): string => {
  const usual = `two identical builds differ by ±${PUBLISHED.quiet}% to ±${PUBLISHED.noisy}% in one pair, in published measurements of zkVMs`
  return Math.abs(percent ?? 0) > PUBLISHED.noisy
    ? `${usual}; this is more than noise usually explains`
    : usual
}

/** `blocks -0.4% to +2.9%`; null where there is one block only, or all changed alike. */
export const rangeOfBlocks = ({ comparisons }: Report): string | null => {
  const percents = comparisons.flatMap(({ metric, percent }) =>
    metric === 'proving-time' && percent !== null ? [percent] : []
  )
  if (percents.length < 2) return null
  const [least, most] = [Math.min(...percents), Math.max(...percents)].map((one) => formatChange(one, 1))
  return least === most ? null : `blocks ${least ?? ''} to ${most ?? ''}`
}

/** `1.3% longer`, `1.3% less time` or `as long as base`: how long head took, against base. */
export const longer = (percent: number): string => {
  const digits = formatFixed(Math.abs(percent), 1)
  if (Number(digits) === 0) return 'as long as base'
  return `${digits}% ${percent < 0 ? 'less time' : 'longer'}`
}

/** The hosts of both sides where they differ; null where they do not. */
export const differingHosts = ({ builds: { base, head } }: Report): string | null =>
  base === null || head === null || base.host === head.host
    ? null
    : `base ${shortSha(base.host)}, head ${shortSha(head.host)}`
