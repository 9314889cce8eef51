import type { RunId } from '../domain/comment-marker.ts'
import { COUNTED } from '../domain/counted.ts'
import type { Failure, Stage } from '../domain/failure.ts'
import { METRIC, type MetricName } from '../domain/metric.ts'
import type { Comparison, Overall, Report } from '../domain/report.ts'
import type { Sha, Side } from '../domain/revision.ts'
import type { BlockNumber, ZkVm } from '../domain/workload.ts'
import { formatChange, formatRange } from './format.ts'
import { NONE } from './words.ts'

/** Where a comment goes and what made it. */
export interface CommentContext {
  /** Null outside a pull request. */
  readonly pullRequest: number | null
  /** The `comment-key` input. */
  readonly key: string
  /** Id 0, attempt 0 where no forge runs it. */
  readonly run: RunId
  readonly runUrl: string | null
  /** The pull request's head, where it is no longer the commit that is measured; else null. */
  readonly outdatedBy: Sha | null
}

/** How much is shown: what a longer comment gives up first comes first. */
export interface Detail {
  readonly tails: boolean
  readonly spans: boolean
  /** `means`: of tables only what is said of all blocks together. */
  readonly rows: 'all' | 'changed' | 'top' | 'means' | 'none'
  /** Of long lists the first few, fewer still, or all where there is room. */
  readonly lists: 'fewest' | 'few' | 'all'
}

/** A leg as the sections read it. */
export interface View {
  readonly report: Report
  /** Whether the run has several zkVMs, so that this one has to be named. */
  readonly isOneOfSeveral: boolean
  /** What the zkVM counts: `cycles`, `steps`. */
  readonly counted: (typeof COUNTED)[ZkVm]
  readonly context: CommentContext
  readonly detail: Detail
  readonly comparison: (block: BlockNumber, metric: MetricName) => Comparison | null
  readonly overall: (metric: MetricName) => Overall | null
  /** The first failure of a side on a block in a stage. */
  readonly failure: (block: BlockNumber, side: Side, stage: Stage) => Failure | null
}

/** What is known of a leg from the run. */
export interface About {
  readonly context: CommentContext
  readonly detail: Detail
  readonly isOneOfSeveral: boolean
}

export const viewOf = (report: Report, about: About): View => {
  const comparisons = new Map(report.comparisons.map((one) => [`${one.block} ${one.metric}`, one]))
  const failures = new Map(
    report.failures.toReversed().map((one) => [`${one.block} ${one.side} ${one.stage}`, one])
  )
  return {
    report,
    ...about,
    counted: COUNTED[report.plan.zkvm],
    comparison: (block, metric) => comparisons.get(`${block} ${metric}`) ?? null,
    overall: (metric) => report.overall.find((one) => one.metric === metric) ?? null,
    failure: (block, side, stage) => failures.get(`${block} ${side} ${stage}`) ?? null
  }
}

/** A change as a cell or in a sentence: its percentage, and where there are any, what noise and rounding allow. */
export const changeOf = ({
  metric,
  percent,
  interval,
  rounding
}: Pick<Comparison, 'metric' | 'percent' | 'interval'> & Partial<Pick<Comparison, 'rounding'>>): string => {
  if (percent === null) return NONE
  const decimals = METRIC[metric].nature === 'exact' ? 2 : 1
  const change = formatChange(percent, decimals)
  const noise = interval === null ? '' : ` [${formatRange(interval, decimals)}]`
  if (rounding === null || rounding === undefined) return `${change}${noise}`
  const isExact = [rounding.lo, rounding.hi].every((end) => formatChange(end, decimals) === change)
  return `${change}${noise}${isExact ? '' : ` (${formatRange(rounding, decimals)})`}`
}

/** Of a metric's comparisons, the one that rose most (or fell least). */
export const worstOf = (report: Report, metric: MetricName): Comparison | null =>
  extremeOf(report, metric, (a, b) => a > b)

/** Of a metric's comparisons, the one that fell most. */
export const bestOf = (report: Report, metric: MetricName): Comparison | null =>
  extremeOf(report, metric, (a, b) => a < b)

const extremeOf = (
  report: Report,
  metric: MetricName,
  isBeyond: (a: number, b: number) => boolean
): Comparison | null =>
  report.comparisons
    .filter((one) => one.metric === metric && one.percent !== null)
    .reduce<Comparison | null>(
      (found, one) => (found === null || isBeyond(one.percent ?? 0, found.percent ?? 0) ? one : found),
      null
    )
