import type { Report } from '../domain/report.ts'
import type { MetricName } from '../domain/metric.ts'
import { formatChange, formatFixed } from './format.ts'

/**
 * The outputs as lines of the runner's output file. Every value is a word or a number of ours, or a path that
 * was checked to be one line; so none needs a delimiter.
 */
export const renderOutputs = (
  report: Report,
  files: { readonly json: string; readonly markdown: string }
): string => {
  const percent = (metric: MetricName, decimals: 1 | 2): string => {
    const overall = report.overall.find((one) => one.metric === metric)
    return overall === undefined || overall.percent === null
      ? ''
      : formatChange(overall.percent, decimals).slice(0, -1)
  }
  const outputs = {
    verdict: report.verdict,
    'cycles-verdict': report.cyclesVerdict,
    'time-verdict': report.timeVerdict ?? '',
    'cycles-percent': percent('cycles', 2),
    'time-percent': percent('proving-time', 1),
    proofs: String(report.proofs),
    'gpu-minutes': formatFixed(report.gpuMinutes, 1),
    'comment-url': '',
    'report-json': files.json,
    'report-markdown': files.markdown,
    'report-html': ''
  }
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
