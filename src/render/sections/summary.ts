import { COUNTED_BY_PROOFS } from '../../domain/counted.ts'
import { unreachable } from '../../domain/problem.ts'
import type { PlannedBlock } from '../../domain/plan.ts'
import type { Overall, Report, RunReport } from '../../domain/report.ts'
import { SIDES } from '../../domain/revision.ts'
import { capital, formatBlocks, formatFixed, plural } from '../format.ts'
import { cyclesHeadlineOf, cyclesStanding, headlineOf } from '../headline.ts'
import { awaitsProofs, blocksOf } from '../headline-leg.ts'
import { sentence } from '../markdown.ts'
import { nameText, referenceName, zkvmOf } from '../naming.ts'
import type { RunView } from '../run-view.ts'
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
import { changeOf, type View } from '../view.ts'
import { VERDICT_ICON, ZKVM_NAME } from '../words.ts'

/** The answer: a whole sentence, for a heading. */
export const headline = ({ run }: RunView): string => `${VERDICT_ICON[run.verdict]} ${headlineOf(run)}`

/** The answer on cycles, while proving times are still measured. */
export const cyclesHeadline = ({ run }: RunView): string =>
  `${VERDICT_ICON[cyclesStanding(run)]} ${cyclesHeadlineOf(run)}`

/** What each metric says, whatever the run came to; of several zkVMs the worst first. */
export const summary = ({ run, heads, groups }: RunView): string => {
  const [first] = heads
  if (first === undefined) return ''
  if (heads.every(({ report }) => report.ending === 'identical')) {
    return [NOTHING_DONE, OVERRIDE, ...standIn(first)].join('\n')
  }
  return [
    ...purpose(first),
    ...heads.flatMap((view) => [cyclesLine(view), ...timeLine(view)]),
    ...(run.timeVerdict === null ? [NOT_TIMED] : []),
    ...caveats(heads),
    ...beside(groups, run.reference),
    ...standIn(first)
  ].join('\n')
}

const NOTHING_DONE =
  '- **Nothing was built and nothing was proved: 0 GPU seconds.** The guest, what makes its input and what proves it are the same on both sides: cycles are equal, and proving time has no reason to differ.'
const OVERRIDE = '- **To measure all the same:** `when-identical: measure`.'
const NOT_TIMED = '- **Proving time: not measured.** The mode was `execute`.'

/** The same while proving times are still measured; `time` says how far that is. */
export const earlySummary = ({ run, heads, groups }: RunView, time: string): string => {
  const [first] = heads
  return [
    ...(first === undefined ? [] : purpose(first)),
    ...heads.map((head) => (awaitsProofs(head.report) ? awaitedLine(head) : cyclesLine(head))),
    `- ⏳ **Proving time: being measured.** ${time}`,
    ...beside(groups, run.reference),
    ...(first === undefined ? [] : standIn(first))
  ].join('\n')
}

/** What is to be minded with one zkVM alone says so. */
const caveats = (heads: readonly View[]): readonly string[] => {
  const said = new Set(heads.flatMap(({ report }) => report.caveats))
  return [...said].map((caveat) => {
    const of = heads.filter(({ report }) => report.caveats.includes(caveat))
    const names = of.length < heads.length ? `, ${of.flatMap(zkvmOf).join(' and ')}` : ''
    return `- **Mind${names}:** ${sentence(caveat)}`
  })
}

/** What is shown beside head and decides nothing. */
const beside = (groups: RunView['groups'], reference: RunReport['reference']): readonly string[] => {
  const names = (groups[0]?.variants ?? []).map(({ report }) => nameText(report.plan.variant ?? ''))
  return [
    ...(names.length === 0
      ? []
      : [
          `- **Beside head:** ${names.join(', ')}, compared with base as head is; the verdict is head's alone.`
        ]),
    ...(reference === null
      ? []
      : [`- **For reference:** ${referenceName(reference)}, on the same machine and blocks.`])
  ]
}

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

/** `Cycles`, of one of several zkVMs `ZisK steps`. */
const subject = (view: View, what: string): string => {
  const [zkvm] = zkvmOf(view)
  return zkvm === undefined ? capital(what) : `${zkvm} ${what}`
}

const cyclesLine = (view: View): string => {
  const { report, overall, counted } = view
  const { plan, cyclesVerdict, ending } = report
  const cycles = overall('cycles')
  const said = `- **${subject(view, counted)}: ${cyclesVerdict}.**`
  if (ending === 'identical') return `${said} ${NOTHING_OF_IT}`
  if (cycles === null)
    return `${said} ${hasExecuted(report) ? notCounted(view) : 'No block was executed on both sides.'}`
  const equal = plan.blocks.filter(({ hasEqualCycles }) => hasEqualCycles)
  if (equal.length === plan.blocks.length) {
    return `${said} Guest and input are equal, and so are ${counted}; nothing was executed to count them.`
  }
  const { text } = plan.cycleThreshold
  const without =
    equal.length === 0 ? '' : ` Guest and input are equal on ${listed(report, equal)}, and so are ${counted}.`
  return `${said} ${changeOf(cycles)} over ${blocksOf(report, cycles)}${isMean(report) ? ' (geometric mean)' : ''}; compared exactly, a change counts beyond ${text}.${without}`
}

const awaitedLine = (view: View): string =>
  `- **${subject(view, view.counted)}: not known yet.** ${ZKVM_NAME[view.report.plan.zkvm]} counts them only while it proves.`

const NOTHING_OF_IT = 'Nothing that proving depends on differs, so nothing was built or proved.'

/** Whether a block was executed on both sides. */
const hasExecuted = ({ plan, trials }: Report): boolean =>
  plan.blocks.some(({ block }) =>
    SIDES.every((side) =>
      trials.some(
        (trial) =>
          trial.phase === 'cycles' &&
          trial.block === block &&
          trial.side === side &&
          trial.outcome === 'measured'
      )
    )
  )

const notCounted = ({ report, counted }: View): string =>
  `Executing said nothing of ${counted}${report.timeVerdict === null ? notByExecuting(report) : ', and no proof of both sides of a block did so far'}.`

const notByExecuting = ({ plan: { zkvm } }: Report): string =>
  COUNTED_BY_PROOFS.has(zkvm)
    ? `: ${ZKVM_NAME[zkvm]} counts them only while it proves, in mode \`prove\``
    : ''

/** None where nothing is timed. */
const timeLine = (view: View): readonly string[] => {
  const { report } = view
  const { timeVerdict, ending } = report
  if (timeVerdict === null || ending === 'identical') return []
  const said = `- **${subject(view, 'proving time')}:`
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (timeVerdict === 'incomparable') {
    return [`${said} incomparable.** The hosts differ: ${differingHosts(report) ?? 'unknown'}.`]
  }
  if (time === undefined) return [`${said} ${timeVerdict}.** No block was proved on both sides.`]
  if (timeVerdict === 'inconclusive') return [`${said} inconclusive.** ${undecided(report, time)}`]
  const drift = driftOf(report)
  const within = timeVerdict === 'no-change' ? `, ${withinMargin(report)}${worth(report)}` : ''
  return [
    `${said} ${timeVerdict}${drift === null ? '' : `, but measurably ${drift}`}.** ` +
      `${timeFigure(report, time)}${within}.${named(report)}`
  ]
}

/** What a neutral verdict is worth. */
const worth = (report: Report): string => {
  const seen = wouldHaveSeen(report)
  return seen === null ? '' : `; a change of ${seen} or more would have been seen`
}

/** An interval that decides nothing, or too few pairs to have one. */
const undecided = (report: Report, time: Overall): string => {
  if (time.interval === null) return fewPairs(report, time)
  const rest = settling(report)
  return `${timeFigure(report, time)}: the interval rules out neither a change nor none${worth(report)}.${named(report)}${rest === null ? '' : ` ${rest}`}`
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
