import type { Report, RunReport } from '../domain/report.ts'
import { formatDuration, formatMinutes, plural, trialsOf } from './format.ts'
import { headlineOf, namedLegOf } from './headline.ts'
import { timeFigure } from './time-words.ts'
import { changeOf } from './view.ts'

/** A run in one paragraph of plain text, without a newline: our words and numbers only. */
export const renderSummary = (run: RunReport): string => {
  const { progress, wall, gpuMinutes } = run
  const headline = headlineOf(run)
  const named = namedLegOf(run)
  const { plan } = named
  const budget = plan.gpuMinutes === null ? '' : ` of ${formatMinutes(plan.gpuMinutes)}`
  const spent = `${formatMinutes(gpuMinutes)}${budget} GPU minutes`
  return [
    `${headline}.`,
    ...timeSentence(named, headline),
    progress.done === 0
      ? 'No trial was made.'
      : `${trialsOf(progress)} in ${formatDuration(wall)}, ${spent}.`,
    ...(plan.timeScale === 1 ? [] : ['Stand-in host: recorded times, invented cycles.'])
  ].join(' ')
}

const timeSentence = (report: Report, headline: string): readonly string[] => {
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (time === undefined || report.timeVerdict === null) return []
  return headline.includes(changeOf(time))
    ? [`${plural(time.pairs, 'pair')}.`]
    : [`Proving time: ${report.timeVerdict}, ${timeFigure(report, time)}.`]
}
