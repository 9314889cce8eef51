import type { Report } from '../domain/report.ts'
import { formatDuration, formatMinutes, trialsOf } from './format.ts'
import { headlineOf } from './headline.ts'
import { timeFigure } from './time-words.ts'

/** A run in one paragraph of plain text, without a newline: our words and numbers only. */
export const renderSummary = (report: Report): string => {
  const { progress, wall, gpuMinutes, plan } = report
  const budget = plan.gpuMinutes === null ? '' : ` of ${formatMinutes(plan.gpuMinutes)}`
  return [
    `${headlineOf(report)}.`,
    ...timeSentence(report),
    `${trialsOf(progress)} in ${formatDuration(wall)}, ${formatMinutes(gpuMinutes)}${budget} GPU minutes.`,
    ...(plan.timeScale === 1 ? [] : ['Stand-in host: recorded times, invented cycles.'])
  ].join(' ')
}

const timeSentence = (report: Report): readonly string[] => {
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (time === undefined || report.timeVerdict === null) return []
  return [`Proving time: ${report.timeVerdict}, ${timeFigure(report, time)}.`]
}
