import { COUNTED, COUNTED_BY_PROOFS } from '../domain/counted.ts'
import { METRIC, type MetricName } from '../domain/metric.ts'
import { unreachable } from '../domain/problem.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import { RUN_STATES, type MetricVerdict } from '../domain/verdict.ts'
import { plural, trialsOf } from './format.ts'
import { baseFails, headFails, interfered } from './headline-failures.ts'
import { differingHosts, driftOf, marginOf, namedBlocks, timedBlocksOf, wouldHaveSeen } from './time-words.ts'
import { bestOf, changeOf, worstOf } from './view.ts'
import { VERDICT_WORD } from './words.ts'

/** What follows the verdict of a leg in a headline: the worst number, and the block it is from. */
export const sentenceOf = (report: Report): string => {
  switch (report.verdict) {
    case 'regression':
    case 'improvement':
    case 'mixed':
      return moved(report)
    case 'no-change':
      return unmoved(report)
    case 'inconclusive':
      return inconclusive(report)
    case 'incomparable':
      return incomparable(report)
    case 'identical':
      return 'nothing that proving depends on differs'
    case 'head-failed':
      return headFails(report)
    case 'base-failed':
      return baseFails(report)
    case 'infrastructure':
      return interfered(report.failures)
    case 'cancelled':
      return `no verdict after ${trialsOf(report.progress)}`
    default:
      return unreachable(report.verdict)
  }
}

/**
 * The same of what is counted alone, while proving times are measured: `cycles: no change on any of 4 blocks`. That
 * is final. Not for a leg that has a state.
 */
export const countedSentenceOf = (report: Report): string => {
  const counted = COUNTED[report.plan.zkvm]
  const word = VERDICT_WORD[report.cyclesVerdict].toLowerCase()
  const same = whereSame(report)
  if (same !== null) return `${counted}: ${word} on ${same.any}`
  const said = sentenceOf({ ...report, verdict: report.cyclesVerdict, timeVerdict: null })
  const isNamed = said.startsWith(`${counted} +`) || said.startsWith(`${counted} -`)
  return `${counted}: ${word}, ${isNamed ? said.slice(counted.length + 1) : said}`
}

const isMove = (verdict: MetricVerdict | null): boolean =>
  verdict === 'regression' || verdict === 'improvement' || verdict === 'mixed'

/** What moved, the metric whose verdict is the run's first; then what the other one says. */
const moved = (report: Report): string => {
  const { cyclesVerdict, timeVerdict } = report
  const cycles = isMove(cyclesVerdict) ? movedCycles(report) : null
  if (cycles === null) return `${overAll(report, 'proving-time')}${countedAside(report)}`
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (!isMove(timeVerdict) || time === undefined) return `${cycles}${timeAside(report)}`
  return `${cycles}${cyclesVerdict === timeVerdict ? '; ' : ', but '}proving time ${changeOf(time)}`
}

const timeAside = (report: Report): string => {
  const { timeVerdict } = report
  if (timeVerdict === 'no-change') return `; proving time ${unchanged(report)}`
  if (timeVerdict === 'inconclusive') return '; proving time undecided'
  return ''
}

const unchanged = (report: Report): string => {
  const drift = driftOf(report)
  return drift === null ? `within ${marginOf(report)}` : `measurably ${drift}, but within ${marginOf(report)}`
}

const countedAside = ({ plan, cyclesVerdict }: Report): string => {
  const said = ASIDE[cyclesVerdict]
  return said === undefined ? '' : `; ${COUNTED[plan.zkvm]} ${said}`
}

const ASIDE: Readonly<Partial<Record<MetricVerdict, string>>> = {
  'no-change': 'unchanged',
  inconclusive: 'not known of every block',
  incomparable: 'not comparable'
}

const nameOf = ({ plan }: Report, metric: MetricName): string =>
  metric === 'cycles' ? COUNTED[plan.zkvm] : METRIC[metric].label.toLowerCase()

const onBlock = (comparison: Comparison): string => `${changeOf(comparison)} on block ${comparison.block}`

const movedCycles = (report: Report): string => {
  if (report.cyclesVerdict === 'regression') return risenCycles(report)
  if (report.cyclesVerdict !== 'mixed') return overAll(report, 'cycles')
  const [worst, best] = [worstOf(report, 'cycles'), bestOf(report, 'cycles')]
  const counted = COUNTED[report.plan.zkvm]
  return worst === null || best === null
    ? `${counted} moved`
    : `${counted} ${onBlock(worst)}, but ${onBlock(best)}`
}

const risenCycles = (report: Report): string => {
  const worst = worstOf(report, 'cycles')
  const overall = report.overall.find((one) => one.metric === 'cycles')
  const counted = COUNTED[report.plan.zkvm]
  if (worst === null) return `${counted} rose`
  const over =
    overall === undefined || overall.blocks < 2
      ? ''
      : ` (${changeOf(overall)} over ${blocksOf(report, overall)})`
  return `${counted} ${onBlock(worst)}${over}`
}

const unmoved = (report: Report): string => {
  const cycles = overAll(report, 'cycles')
  return report.timeVerdict === null ? cycles : `${cycles}; ${unmovedTime(report)}`
}

/** What `no-change` is worth, the blocks that stand out by themselves with it. */
const unmovedTime = (report: Report): string => {
  const overall = report.overall.find(({ metric }) => metric === 'proving-time')
  if (overall === undefined) return 'proving time unchanged'
  const change = changeOf({ ...overall, interval: null })
  const [named] = namedBlocks(report)
  if (named !== undefined) return `proving time ${change}, but ${onBlock(named)}`
  const drift = driftOf(report)
  if (drift !== null) return `proving time measurably ${drift}, ${change}, but within ${marginOf(report)}`
  const seen = wouldHaveSeen(report)
  return `proving time ${change}${seen === null ? '' : ` (${seen} or more would have been seen)`}`
}

/** Change over all blocks, and where there are several, the block that rose most or fell least. */
const overAll = (report: Report, metric: 'cycles' | 'proving-time'): string => {
  const name = nameOf(report, metric)
  const same = metric === 'cycles' ? whereSame(report) : null
  if (same !== null) return `the same ${name} on ${same.all}`
  const overall = report.overall.find((one) => one.metric === metric)
  const worst = worstOf(report, metric)
  if (overall === undefined || worst === null) return `no ${name} to compare`
  if (overall.blocks < 2) return `${name} ${changeOf(overall)} on block ${worst.block}`
  const over = `${changeOf(overall)} over ${metric === 'cycles' ? blocksOf(report, overall) : timedBlocksOf(report, overall)}`
  const isEven = changeOf({ ...overall, interval: null }) === changeOf({ ...worst, interval: null })
  return `${name} ${over}${isEven ? '' : ` (${extreme(worst)})`}`
}

/** Where nothing rose, the last in order is no bad news. */
const extreme = (worst: Comparison): string => {
  const isRise = (worst.percent ?? 0) > 0
  return `${isRise ? 'worst' : 'least'}: block ${worst.block}, ${changeOf({ ...worst, interval: null })}`
}

/** The blocks, as in `on any of 4 blocks` and `on all 4 blocks`, where all have the very same cycles; else null. */
const whereSame = (report: Report): { readonly any: string; readonly all: string } | null => {
  const { blocks } = report.plan
  const [first] = blocks
  if (first === undefined || !blocks.every(({ block }) => hasSameCycles(report, block))) return null
  if (blocks.length === 1) return { any: `block ${first.block}`, all: `block ${first.block}` }
  return { any: `any of ${plural(blocks.length, 'block')}`, all: `all ${plural(blocks.length, 'block')}` }
}

/** Where nothing counted them, cycles are the same if guest and input are. */
const hasSameCycles = ({ plan, comparisons }: Report, block: number): boolean => {
  const counted = comparisons.find((one) => one.metric === 'cycles' && one.block === block)
  if (counted !== undefined) return counted.percent !== null && counted.base === counted.head
  return plan.blocks.some((planned) => planned.block === block && planned.hasEqualCycles)
}

/** `4 blocks`, or `3 of 4 blocks` where some could not be compared. */
export const blocksOf = ({ plan }: Report, { blocks }: Pick<Overall, 'blocks'>): string => {
  const planned = plural(plan.blocks.length, 'block')
  return blocks === plan.blocks.length ? planned : `${blocks} of ${planned}`
}

const inconclusive = (report: Report): string => {
  const same = whereSame(report)
  const cycles = worstOf(report, 'cycles')
  if (cycles === null && same === null) return uncounted(report)
  if (report.cyclesVerdict !== 'no-change') return 'not every block could be compared'
  const unchanged =
    same === null && cycles !== null ? `(${extreme(cycles)})` : `on ${same?.all ?? 'all blocks'}`
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  const estimate = time === undefined || time.percent === null ? '' : ` (${changeOf(time)})`
  return `${COUNTED[report.plan.zkvm]} unchanged ${unchanged}, proving time undecided${estimate}`
}

const uncounted = (report: Report): string => {
  const { zkvm } = report.plan
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (time !== undefined) return `no ${COUNTED[zkvm]} to compare, proving time ${changeOf(time)}`
  return report.timeVerdict === null && COUNTED_BY_PROOFS.has(zkvm)
    ? `${COUNTED[zkvm]} are counted by proofs alone`
    : 'nothing could be compared'
}

/** Whether proofs are still to count what executions did not. Of a leg that goes on, or was broken off. */
export const awaitsProofs = ({ plan, overall, verdict, timeVerdict }: Report): boolean =>
  COUNTED_BY_PROOFS.has(plan.zkvm) &&
  timeVerdict !== null &&
  !RUN_STATES.some((state) => state === verdict) &&
  !overall.some(({ metric }) => metric === 'cycles')

const incomparable = (report: Report): string => {
  if (report.timeVerdict === 'incomparable') {
    return `hosts differ (${differingHosts(report) ?? 'unknown'}), so proving time is not compared`
  }
  const found = report.comparisons.find((one) => one.verdict === 'incomparable')
  if (found === undefined) return 'the sides do not stand for the same work'
  return `${nameOf(report, found.metric)} of block ${found.block} do not stand for the same work on both sides`
}
