import { unreachable } from '../../domain/problem.ts'
import type { PlannedBlock } from '../../domain/plan.ts'
import type { Overall, Report } from '../../domain/report.ts'
import { formatBlocks, formatFixed, plural } from '../format.ts'
import { blocksOf, cyclesHeadlineOf, cyclesStanding, headlineOf } from '../headline.ts'
import {
  differingHosts,
  driftOf,
  firstVerdict,
  longer,
  marginOf,
  namedBlocks,
  rangeOfBlocks,
  settling,
  timedBlocksOf,
  timeFigure,
  tooFew,
  withinMargin,
  wouldHaveSeen
} from '../time-words.ts'
import { sentence } from '../markdown.ts'
import { changeOf, type View } from '../view.ts'
import { VERDICT_ICON } from '../words.ts'

/** The answer: a whole sentence, for a heading. */
export const headline = ({ report }: View): string => `${VERDICT_ICON[report.verdict]} ${headlineOf(report)}`

/** The answer on cycles, while proving times are still measured. */
export const cyclesHeadline = ({ report }: View): string =>
  `${VERDICT_ICON[cyclesStanding(report)]} ${cyclesHeadlineOf(report)}`

/** What each metric says, whatever the run came to. */
export const summary = (view: View): string =>
  view.report.ending === 'identical'
    ? [NOTHING_DONE, OVERRIDE, ...standIn(view)].join('\n')
    : [...purpose(view), cyclesLine(view), timeLine(view.report), ...caveats(view), ...standIn(view)].join(
        '\n'
      )

const NOTHING_DONE =
  '- **Nothing was built and nothing was proved: 0 GPU seconds.** The guest, what makes its input and what proves it are the same on both sides: cycles are equal, and proving time has no reason to differ.'
const OVERRIDE = '- **To measure all the same:** `when-identical: measure`.'

/** The same while proving times are still measured; `time` says how far that is. */
export const earlySummary = (view: View, time: string): string =>
  [
    ...purpose(view),
    cyclesLine(view),
    `- ⏳ **Proving time: being measured.** ${time}`,
    ...standIn(view)
  ].join('\n')

const caveats = ({ report }: View): readonly string[] =>
  report.caveats.map((caveat) => `- **Mind:** ${sentence(caveat)}`)

const purpose = ({ report: { plan } }: View): readonly string[] => {
  switch (plan.purpose) {
    case 'compare':
      return []
    case 'same-build':
      return ['- **This measures the machine, not a change:** one build of base stands on both sides.']
    case 'rebuild':
      return [
        '- **This measures the machine, not a change:** base was built twice, and the builds are the sides.'
      ]
    default:
      return unreachable(plan.purpose)
  }
}

const cyclesLine = ({ report, overall }: View): string => {
  const cycles = overall('cycles')
  const said = `- **Cycles: ${report.cyclesVerdict}.**`
  if (cycles === null) return `${said} No block was executed on both sides.`
  const equal = report.plan.blocks.filter(({ hasEqualCycles }) => hasEqualCycles)
  if (equal.length === report.plan.blocks.length) {
    return `${said} Guest and input are equal, and so are cycles; nothing was executed to count them.`
  }
  const { text } = report.plan.cycleThreshold
  const without =
    equal.length === 0 ? '' : ` Guest and input are equal on ${listed(report, equal)}, and so are cycles.`
  return `${said} ${changeOf(cycles)} over ${blocksOf(report, cycles)}${isMean(report) ? ' (geometric mean)' : ''}; compared exactly, a change counts beyond ${text}.${without}`
}

const timeLine = (report: Report): string => {
  const { timeVerdict } = report
  if (timeVerdict === null) return '- **Proving time: not measured.** The mode was `execute`.'
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (timeVerdict === 'incomparable') {
    return `- **Proving time: incomparable.** The hosts differ: ${differingHosts(report) ?? 'unknown'}.`
  }
  if (time === undefined) return `- **Proving time: ${timeVerdict}.** No block was proved on both sides.`
  if (timeVerdict === 'inconclusive') return undecided(report, time)
  const drift = driftOf(report)
  const within = timeVerdict === 'no-change' ? `, ${withinMargin(report)}${worth(report)}` : ''
  return (
    `- **Proving time: ${timeVerdict}${drift === null ? '' : `, but measurably ${drift}`}.** ` +
    `${timeFigure(report, time)}${within}.${named(report)}`
  )
}

/** What a neutral verdict is worth. */
const worth = (report: Report): string => {
  const seen = wouldHaveSeen(report)
  return seen === null ? '' : `; a change of ${seen} or more would have been seen`
}

/** An interval that decides nothing, or too few pairs to have one. */
const undecided = (report: Report, time: Overall): string => {
  const said = '- **Proving time: inconclusive.**'
  if (time.interval === null) return `${said} ${fewPairs(report, time)}`
  const rest = settling(report)
  return `${said} ${timeFigure(report, time)}: the interval rules out neither a change nor none${worth(report)}.${named(report)}${rest === null ? '' : ` ${rest}`}`
}

const fewPairs = (report: Report, time: Overall): string => {
  const head = `Head took **${longer(time.percent ?? 0)}** (${basisOf(report, time)}).`
  const missing = report.plan.blocks.filter(
    ({ block }) =>
      report.plan.timing?.blocks.includes(block) === true &&
      report.time?.pairs.some((pair) => pair.block === block) !== true
  )
  const why = missing.length > 0 ? `there is no complete pair of ${listed(report, missing)}` : tooFew(time)
  return [head, `**Not a verdict:** ${why}.`, firstVerdict(report)].filter((part) => part !== null).join(' ')
}

const LISTED = 8

/** `block 5`, `blocks 5-7`, or how many of them where they are too many to be read. */
const listed = ({ plan }: Report, blocks: readonly PlannedBlock[]): string =>
  blocks.length > LISTED
    ? `${blocks.length} of ${plural(plan.blocks.length, 'block')}`
    : `${blocks.length === 1 ? 'block' : 'blocks'} ${formatBlocks(blocks.map(({ block }) => block)).replaceAll(',', ', ')}`

const basisOf = (report: Report, time: Overall): string => {
  const pairs = time.pairs === time.blocks ? 'one pair each' : plural(time.pairs, 'pair')
  const range = rangeOfBlocks(report)
  const mean = time.blocks > 1 ? 'geometric mean of ' : ''
  return `${mean}${timedBlocksOf(report, time)}, ${pairs}${range === null ? '' : `; ${range}`}`
}

const NAMED = 3

/** Blocks that stand out by themselves, where no alert names them; they decide nothing. */
const named = (report: Report): string => {
  const all = namedBlocks(report)
  if (all.length === 0 || report.verdict === 'regression' || report.verdict === 'mixed') return ''
  const shown = all.slice(0, NAMED).map((one) => `${one.block} (${changeOf(one)})`)
  const more = all.length > NAMED ? `, and ${all.length - NAMED} more` : ''
  return ` Beyond ${marginOf(report)} by itself: ${all.length === 1 ? 'block' : 'each of blocks'} ${shown.join(', ')}${more}.`
}

/** One block needs no mean. */
const isMean = ({ plan }: Report): boolean => plan.blocks.length > 1

const standIn = ({ report: { plan } }: View): readonly string[] =>
  plan.timeScale === 1
    ? []
    : [
        '- **Stand-in host, not a real prover.** Proving times are recorded ones, played ' +
          `${formatFixed(plan.timeScale, 1).replace(/\.0$/, '')} times as fast; cycles, and gas beyond three digits, are invented.`
      ]
