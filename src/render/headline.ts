import type { Failure, Stage } from '../domain/failure.ts'
import type { MetricName } from '../domain/metric.ts'
import { unreachable } from '../domain/problem.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import type { Side } from '../domain/revision.ts'
import { METRIC } from '../domain/metric.ts'
import { RUN_STATES, type RunVerdict } from '../domain/verdict.ts'
import { plural } from './format.ts'
import { interferenceOf } from './interference.ts'
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
      return headFails(report)
    case 'base-failed':
      return `${whatFails(newsOf(report, 'base'), 'base')}, so there is no verdict`
    case 'infrastructure':
      return interfered(report.failures)
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

/** Change over all blocks, and where there are several, the block that rose most or fell least. */
export const overAll = (report: Report, metric: MetricName): string => {
  const same = metric === 'cycles' ? whereSame(report) : null
  if (same !== null) return `the same cycles on ${same.all}`
  const overall = report.overall.find((one) => one.metric === metric)
  const worst = worstOf(report, metric)
  if (overall === undefined || worst === null) return `no ${nameOf(metric)} to compare`
  if (overall.blocks < 2) return `${nameOf(metric)} ${onBlock(worst)}`
  const over = `${changeOf(overall)} over ${blocksOf(report, overall)}`
  return `${nameOf(metric)} ${over} (${extreme(worst)})`
}

/** Where nothing rose, the last in order is no bad news. */
const extreme = (worst: Comparison): string =>
  `${(worst.percent ?? 0) > 0 ? 'worst' : 'least'}: block ${worst.block}, ${changeOf(worst)}`

/** The blocks, as in `on any of 4 blocks` and `on all 4 blocks`, where all have the very same cycles; else null. */
const whereSame = ({ plan, comparisons }: Report): { readonly any: string; readonly all: string } | null => {
  const same = comparisons.filter(
    ({ metric, percent, base, head }) => metric === 'cycles' && percent !== null && base === head
  )
  const [first] = same
  if (first === undefined || same.length < plan.blocks.length) return null
  if (same.length === 1) return { any: `block ${first.block}`, all: `block ${first.block}` }
  const blocks = plural(same.length, 'block')
  return { any: `any of ${blocks}`, all: `all ${blocks}` }
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
  const same = whereSame(report)
  return `cycles unchanged ${same === null ? `(${extreme(cycles)})` : `on ${same.all}`}, proving time undecided`
}

const incomparable = (report: Report): string => {
  const found = report.comparisons.find((one) => one.verdict === 'incomparable')
  if (found === undefined) return 'the sides do not stand for the same work'
  return `${nameOf(found.metric)} of block ${found.block} do not stand for the same work on both sides`
}

const FAILS: Readonly<Record<Stage, { readonly words: string; readonly base: string }>> = {
  resolve: { words: 'cannot be found', base: 'base can' },
  fetch: { words: 'cannot be fetched', base: 'base can' },
  build: { words: 'does not build', base: 'base does' },
  execute: { words: 'does not execute', base: 'base does' },
  prove: { words: 'does not prove', base: 'base does' },
  publish: { words: 'cannot be published', base: 'base can' }
}

const headFails = (report: Report): string => {
  const news = newsOf(report, 'head')
  const [first] = news
  return `${whatFails(news, 'head')}, ${first === undefined ? 'base does not' : FAILS[first.stage].base}`
}

/** What the first failure says, and of how many blocks its stage says so. */
const whatFails = (news: readonly Failure[], side: Side): string => {
  const [first] = news
  if (first === undefined) return `${side} failed`
  const { stage, block, reason } = first
  const blocks = new Set(
    news.flatMap((one) => (one.block === null || one.stage !== stage ? [] : [one.block]))
  )
  const which =
    block === null
      ? ''
      : blocks.size > 1
        ? ` ${plural(blocks.size, 'block')}, ${block} first`
        : ` block ${block}`
  return `it ${FAILS[stage].words}${which} (${reason})`
}

/** A side's failures; what base fails at too is no news of head. */
const newsOf = ({ failures }: Report, side: Side): readonly Failure[] =>
  failures.filter((failure) => failure.side === side && (side === 'base' || !isBases(failure, failures)))

const isBases = ({ block, stage }: Failure, failures: readonly Failure[]): boolean =>
  failures.some((other) => other.side === 'base' && other.block === block && other.stage === stage)

/** Why there is no verdict where neither side failed: in our words, with the reason. */
export const interfered = (failures: readonly Failure[]): string => {
  const { kind, failure } = interferenceOf(failures)
  return `no verdict, ${kind.words}${failure === null ? '' : ` (${failure.reason})`}`
}
