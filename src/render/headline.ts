import type { Failure, Stage } from '../domain/failure.ts'
import type { MetricName } from '../domain/metric.ts'
import { unreachable } from '../domain/problem.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import { METRIC } from '../domain/metric.ts'
import { RUN_STATES, type RunVerdict } from '../domain/verdict.ts'
import { plural } from './format.ts'
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
  const said = sentence({ ...report, verdict, timeVerdict: null })
  return `Cycles: ${VERDICT_WORD[verdict].toLowerCase()}, ${said.replace(/^cycles (?=[-+])/, '')}`
}

/** The state of a run that goes on if it has one, else its verdict on cycles. */
export const cyclesStanding = ({ verdict, cyclesVerdict }: Report): RunVerdict =>
  RUN_STATES.find((state) => state === verdict) ?? cyclesVerdict

const sentence = (report: Report): string => {
  switch (report.verdict) {
    case 'regression':
      return rise(report)
    case 'mixed':
      return mixed(report)
    case 'improvement':
    case 'no-change':
      return overAll(report, decisive(report))
    case 'inconclusive':
      return inconclusive(report)
    case 'incomparable':
      return incomparable(report)
    case 'identical':
      return 'both sides prove the same program with the same prover'
    case 'head-failed':
      return `${whatFails(report, 'head')}; base can`
    case 'base-failed':
      return `${whatFails(report, 'base')}, so there is no verdict`
    case 'infrastructure':
      return `no verdict, the machine or the network got in the way${reasonOf(report)}`
    case 'cancelled':
      return `no verdict after ${report.progress.done} of ${plural(report.progress.planned, 'trial')}`
    default:
      return unreachable(report.verdict)
  }
}

/** The metric whose verdict moved; cycles where both did. */
const decisive = ({ cyclesVerdict, timeVerdict, verdict }: Report): MetricName =>
  cyclesVerdict !== verdict && timeVerdict === verdict ? 'proving-time' : 'cycles'

const nameOf = (metric: MetricName): string => METRIC[metric].label.toLowerCase()

const onBlock = (comparison: Comparison): string => `${changeOf(comparison)} on block ${comparison.block}`

const rise = (report: Report): string => {
  const metric = decisive(report)
  const worst = worstOf(report, metric)
  const overall = report.overall.find((one) => one.metric === metric)
  if (worst === null) return `${nameOf(metric)} rose`
  const over =
    overall === undefined || overall.blocks < 2
      ? ''
      : ` (${changeOf(overall)} over ${blocksOf(report, overall)})`
  return `${nameOf(metric)} ${onBlock(worst)}${over}`
}

const mixed = (report: Report): string => {
  const metric =
    report.cyclesVerdict === 'mixed' || report.timeVerdict !== 'mixed' ? 'cycles' : 'proving-time'
  const [worst, best] = [worstOf(report, metric), bestOf(report, metric)]
  if (worst === null || best === null || worst === best) {
    return `cycles say ${report.cyclesVerdict}, proving time says ${report.timeVerdict ?? 'nothing'}`
  }
  return `${nameOf(metric)} ${onBlock(worst)}, but ${onBlock(best)}`
}

/** Change over all blocks, and the worst block where there are several. */
export const overAll = (report: Report, metric: MetricName): string => {
  const overall = report.overall.find((one) => one.metric === metric)
  const worst = worstOf(report, metric)
  if (overall === undefined || worst === null) return `no ${nameOf(metric)} to compare`
  if (overall.blocks < 2) return `${nameOf(metric)} ${onBlock(worst)}`
  const over = `${changeOf(overall)} over ${blocksOf(report, overall)}`
  return `${nameOf(metric)} ${over} (worst: block ${worst.block}, ${changeOf(worst)})`
}

/** `4 blocks`, or `3 of 4 blocks` where some could not be compared. */
export const blocksOf = ({ plan }: Report, { blocks }: Overall): string => {
  const planned = plural(plan.blocks.length, 'block')
  return blocks === plan.blocks.length ? planned : `${blocks} of ${planned}`
}

const inconclusive = (report: Report): string => {
  const cycles = worstOf(report, 'cycles')
  if (cycles === null) return 'nothing could be compared'
  if (report.cyclesVerdict !== 'no-change') return 'not every block could be compared'
  return `cycles unchanged (worst: block ${cycles.block}, ${changeOf(cycles)}), proving time undecided`
}

const incomparable = (report: Report): string => {
  const found = report.comparisons.find((one) => one.verdict === 'incomparable')
  if (found === undefined) return 'the sides do not stand for the same work'
  return `${nameOf(found.metric)} of block ${found.block} do not stand for the same work on both sides`
}

const CANNOT: Readonly<Record<Stage, string>> = {
  resolve: 'be found',
  fetch: 'be fetched',
  build: 'be built',
  execute: 'be executed',
  prove: 'be proved',
  publish: 'be published'
}

const whatFails = ({ failures }: Report, side: 'base' | 'head'): string => {
  const own = failures.filter((failure) => failure.side === side && isNews(failure, failures))
  const [first] = own
  if (first === undefined) return `${side} failed`
  const blocks = new Set(
    own.flatMap(({ block, stage }) => (block === null || stage !== first.stage ? [] : [block]))
  )
  const cannot = `cannot ${CANNOT[first.stage]} (${first.reason})`
  if (first.block === null) return `it ${cannot}`
  return blocks.size > 1
    ? `${plural(blocks.size, 'block')} ${cannot}, ${first.block} first`
    : `block ${first.block} ${cannot}`
}

/** What base fails at too is no news of head. */
const isNews = (failure: Failure, failures: readonly Failure[]): boolean =>
  failure.side !== 'head' ||
  !failures.some(
    ({ side, block, stage }) => side === 'base' && block === failure.block && stage === failure.stage
  )

const reasonOf = ({ failures }: Report): string => {
  const found = failures.find(({ side }) => side === null) ?? failures[0]
  return found === undefined ? '' : ` (${found.reason})`
}
