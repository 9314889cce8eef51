import type { RunReport } from '../domain/report.ts'
import type { MetricName } from '../domain/metric.ts'
import { namedLegOf } from './headline.ts'
import { formatChange, formatFixed } from './format.ts'

/** Where what is said of a run can be read; the address is empty where there is no comment. */
interface Places {
  readonly json: string
  readonly markdown: string
  readonly commentUrl: string
}

/**
 * The outputs by name. Each value is one line: a word or a number of ours, a path that was checked to be one, or
 * the address of our comment. Of several zkVMs the percentages are those of the one that the headline names.
 */
export const renderOutputs = (
  run: RunReport,
  { json, markdown, commentUrl }: Places
): Readonly<Record<string, string>> => {
  const named = namedLegOf(run)
  const percent = (metric: MetricName, decimals: 1 | 2): string => {
    const overall = named.overall.find((one) => one.metric === metric)
    return overall === undefined || overall.percent === null
      ? ''
      : formatChange(overall.percent, decimals).slice(0, -1)
  }
  return {
    verdict: run.verdict,
    'cycles-verdict': run.cyclesVerdict,
    'time-verdict': run.timeVerdict ?? '',
    'cycles-percent': percent('cycles', 2),
    'time-percent': percent('proving-time', 1),
    proofs: String(run.proofs),
    'gpu-minutes': formatFixed(run.gpuMinutes, 1),
    'comment-url': commentUrl,
    'report-json': json,
    'report-markdown': markdown,
    'report-html': ''
  }
}
