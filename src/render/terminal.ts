import type { Report } from '../domain/report.ts'
import { formatDuration, formatMinutes, plural } from './format.ts'
import { headlineOf, overAll } from './headline.ts'

/** A run in one paragraph of plain text, without a newline: our words and numbers only. */
export const renderSummary = (report: Report): string => {
  const { progress, wall, gpuMinutes, plan } = report
  const budget = plan.gpuMinutes === null ? '' : ` of ${formatMinutes(plan.gpuMinutes)}`
  return [
    `${headlineOf(report)}.`,
    ...timeSentence(report),
    `${progress.done} of ${plural(progress.planned, 'trial')} in ${formatDuration(wall)}, ${formatMinutes(gpuMinutes)}${budget} GPU minutes.`,
    ...(plan.timeScale === 1 ? [] : ['Stand-in host: recorded times, invented cycles.'])
  ].join(' ')
}

const timeSentence = (report: Report): readonly string[] => {
  const time = report.overall.find(({ metric }) => metric === 'proving-time')
  if (time === undefined) return []
  const estimate = `${overAll(report, 'proving-time')}, an estimate from ${plural(time.pairs, 'pair')}.`
  return [estimate.charAt(0).toUpperCase() + estimate.slice(1)]
}
