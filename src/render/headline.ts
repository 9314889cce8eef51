import { METRIC, type MetricName } from '../domain/metric.ts'
import { unreachable } from '../domain/problem.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import { RUN_STATES, type MetricVerdict, type RunVerdict } from '../domain/verdict.ts'
import { plural, trialsOf } from './format.ts'
import { baseFails, headFails, interfered } from './headline-failures.ts'
import { differingHosts, driftOf, marginOf, namedBlocks, timedBlocksOf, wouldHaveSeen } from './time-words.ts'
import { bestOf, changeOf, worstOf } from './view.ts'
import { VERDICT_WORD } from './words.ts'

/**
 * The verdict in one sentence with the worst number and the block it is from. Only our words, numbers and
 * reasons are in it, so it is as good in a terminal as in a comment.
 */
export const headlineOf = (report: Report): string => `${VERDICT_WORD[report.verdict]}: ${sentence(report)}`

/**
 * The same while the run goes on and all cycles are known: what is said of them is final. A state, such as that
 * of a head which cannot be executed, comes first here too.
 */
export const cyclesHeadlineOf = (report: Report): string => {
  const verdict = cyclesStanding(report)
  if (verdict !== report.cyclesVerdict) return headlineOf(report)
  const word = VERDICT_WORD[verdict].toLowerCase()
  const same = whereSame(report)
  if (same !== null) return `Cycles: ${word} on ${same.any}`
  const said = sentence({ ...report, verdict, timeVerdict: null })
  return `Cycles: ${word}, ${said.replace(/^cycles (?=[-+])/, '')}`
}

/** The state of a run that goes on if it has one, else its verdict on cycles. */
export const cyclesStanding = ({ verdict, cyclesVerdict }: Report): RunVerdict =>
  RUN_STATES.find((state) => state === verdict) ?? cyclesVerdict

const sentence = (report: Report): string => {
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

const isMove = (verdict: MetricVerdict | null): boolean =>
  verdict === 'regression' || verdict === 'improvement' || verdict === 'mixed'

/** What moved, the metric whose verdict is the run's first; then what the other one says. */
const moved = (report: Report): string => {
  const { cyclesVerdict, timeVerdict } = report
  const cycles = isMove(cyclesVerdict) ? movedCycles(report) : null
  if (cycles === null) return `${overAll(report, 'proving-time')}${CYCLES_ASIDE[cyclesVerdict]}`
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

const CYCLES_ASIDE: Readonly<Record<MetricVerdict, string>> = {
  'no-change': '; cycles unchanged',
  inconclusive: '; cycles not known of every block',
  incomparable: '; cycles not comparable',
  improvement: '',
  regression: '',
  mixed: ''
}

const nameOf = (metric: MetricName): string => METRIC[metric].label.toLowerCase()

const onBlock = (comparison: Comparison): string => `${changeOf(comparison)} on block ${comparison.block}`

const movedCycles = (report: Report): string => {
  if (report.cyclesVerdict === 'regression') return risenCycles(report)
  if (report.cyclesVerdict !== 'mixed') return overAll(report, 'cycles')
  const [worst, best] = [worstOf(report, 'cycles'), bestOf(report, 'cycles')]
  return worst === null || best === null ? 'cycles moved' : `cycles ${onBlock(worst)}, but ${onBlock(best)}`
}

const risenCycles = (report: Report): string => {
  const worst = worstOf(report, 'cycles')
  const overall = report.overall.find((one) => one.metric === 'cycles')
  if (worst === null) return 'cycles rose'
  const over =
    overall === undefined || overall.blocks < 2
      ? ''
      : ` (${changeOf(overall)} over ${blocksOf(report, overall)})`
  return `cycles ${onBlock(worst)}${over}`
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
  const same = metric === 'cycles' ? whereSame(report) : null
  if (same !== null) return `the same cycles on ${same.all}`
  const overall = report.overall.find((one) => one.metric === metric)
  const worst = worstOf(report, metric)
  if (overall === undefined || worst === null) return `no ${nameOf(metric)} to compare`
  if (overall.blocks < 2) return `${nameOf(metric)} ${changeOf(overall)} on block ${worst.block}`
  const over = `${changeOf(overall)} over ${metric === 'cycles' ? blocksOf(report, overall) : timedBlocksOf(report, overall)}`
  const isEven = changeOf({ ...overall, interval: null }) === changeOf({ ...worst, interval: null })
  return `${nameOf(metric)} ${over}${isEven ? '' : ` (${extreme(worst)})`}`
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
  if (cycles === null && same === null) return 'nothing could be compared'
  if (report.cyclesVerdict !== 'no-change') return 'not every block could be compared'
  const unchanged =
    same === null && cycles !== null ? `(${extreme(cycles)})` : `on ${same?.all ?? 'all blocks'}`
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  const estimate = time === undefined || time.percent === null ? '' : ` (${changeOf(time)})`
  return `cycles unchanged ${unchanged}, proving time undecided${estimate}`
}

const incomparable = (report: Report): string => {
  if (report.timeVerdict === 'incomparable') {
    return `hosts differ (${differingHosts(report) ?? 'unknown'}), so proving time is not compared`
  }
  const found = report.comparisons.find((one) => one.verdict === 'incomparable')
  if (found === undefined) return 'the sides do not stand for the same work'
  return `${nameOf(found.metric)} of block ${found.block} do not stand for the same work on both sides`
}
