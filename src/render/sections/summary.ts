import { blocksOf, cyclesHeadlineOf, cyclesStanding, headlineOf } from '../headline.ts'
import type { Report } from '../../domain/report.ts'
import { formatFixed, plural } from '../format.ts'
import { changeOf, type View } from '../view.ts'
import { VERDICT_ICON } from '../words.ts'

/** The answer: a whole sentence, for a heading. */
export const headline = ({ report }: View): string => `${VERDICT_ICON[report.verdict]} ${headlineOf(report)}`

/** The answer on cycles, while proving times are still measured. */
export const cyclesHeadline = ({ report }: View): string =>
  `${VERDICT_ICON[cyclesStanding(report)]} ${cyclesHeadlineOf(report)}`

/** What each metric says, whatever the run came to. */
export const summary = (view: View): string => [cyclesLine(view), timeLine(view), ...standIn(view)].join('\n')

/** The same while proving times are still measured; `time` says how far that is. */
export const earlySummary = (view: View, time: string): string =>
  [cyclesLine(view), `- ⏳ **Proving time: being measured.** ${time}`, ...standIn(view)].join('\n')

const cyclesLine = ({ report, overall }: View): string => {
  const cycles = overall('cycles')
  const said = `- **Cycles: ${report.cyclesVerdict}.**`
  if (cycles === null) return `${said} No block was executed on both sides.`
  const { text } = report.plan.cycleThreshold
  return `${said} ${changeOf(cycles)} over ${blocksOf(report, cycles)}${isMean(report) ? ' (geometric mean)' : ''}; compared exactly, a change counts beyond ${text}.`
}

const timeLine = ({ report, overall }: View): string => {
  if (report.timeVerdict === null) return '- **Proving time: not measured.** The mode was `execute`.'
  const time = overall('proving-time')
  const said = `- **Proving time: ${report.timeVerdict}.**`
  if (time === null) return `${said} No block was proved on both sides.`
  const basis = `over ${blocksOf(report, time)} (geometric mean of ${plural(time.pairs, 'pair')})`
  if (time.interval !== null) return `${said} ${changeOf(time)} ${basis}.`
  return `${said} ${changeOf(time)} ${basis} is an estimate: the noise of this machine is not known yet.`
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
