import { METRIC, METRICS, type MetricName } from '../domain/metric.ts'
import { minutes, seconds, type Minutes } from '../domain/quantity.ts'
import type { Comparison, Report, TrialSummary } from '../domain/report.ts'
import type { Measurements } from '../domain/run.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { runVerdict, type MetricVerdict } from '../domain/verdict.ts'
import { compareExact } from './exact.ts'
import { failuresOf, statesOf } from './failures.ts'
import { countOf, indexMeasured, secondsOf, type Measured } from './measured.ts'
import { notesOf } from './notes.ts'
import { overallOf, verdictOver } from './overall.ts'
import { compareSpans } from './spans.ts'
import { compareExecutionTime, compareProvingTime } from './timed.ts'

/** Of these only cycles decide; the others inform. */
const EXACT = METRICS.filter((metric) => METRIC[metric].nature === 'exact')

/** All that measurements say, decided once: every output is made from the report alone. */
export const compareRun = (measurements: Measurements): Report => {
  const { plan, machine, builds, ending, records } = measurements
  const measured = indexMeasured(records)
  const { comparisons, notes } = compareBlocks(measurements, measured)
  const failures = failuresOf(measurements)
  const verdictOf = (metric: MetricName): MetricVerdict =>
    verdictOver(
      plan,
      comparisons.filter((comparison) => comparison.metric === metric)
    )
  const cyclesVerdict = verdictOf('cycles')
  const timeVerdict = plan.mode === 'prove' ? verdictOf('proving-time') : null
  return {
    verdict: runVerdict(
      statesOf(ending, failures),
      timeVerdict === null ? [cyclesVerdict] : [cyclesVerdict, timeVerdict]
    ),
    cyclesVerdict,
    timeVerdict,
    ending,
    plan,
    machine,
    builds,
    comparisons,
    overall: METRICS.flatMap((metric) => overallOf(plan, metric, comparisons) ?? []),
    spans: plan.blocks.flatMap(({ block }) => compareSpans(plan, block, measured)),
    trials: records.map(summaryOf),
    failures,
    notes: notesOf(measurements, comparisons, notes),
    ...spent(measurements)
  }
}

interface Compared {
  readonly comparisons: readonly Comparison[]
  readonly notes: readonly string[]
}

const compareBlocks = ({ plan }: Measurements, measured: Measured): Compared => {
  const comparisons: Comparison[] = []
  const notes: string[] = []
  for (const { block } of plan.blocks) {
    for (const metric of EXACT) {
      const exact = compareExact(plan, { block, metric }, measured)
      if (exact.comparison !== null) comparisons.push(exact.comparison)
      notes.push(...exact.notes)
    }
    const times = [compareExecutionTime(plan, block, measured), compareProvingTime(plan, block, measured)]
    comparisons.push(...times.filter((time) => time !== null))
  }
  return { comparisons, notes }
}

const summaryOf = ({ trial, outcome, wall, startedAt }: TrialRecord): TrialSummary => {
  const isMeasured = outcome.kind === 'measured'
  const time = isMeasured
    ? secondsOf(outcome.sample, trial.mode === 'prove' ? 'proving-time' : 'execution-time')
    : null
  const cycles = isMeasured ? outcome.sample.metrics.cycles : undefined
  return {
    ...trial,
    outcome: outcome.kind,
    reason: isMeasured ? null : outcome.reason,
    seconds: time,
    cycles: countOf(cycles),
    wall,
    startedAt
  }
}

const spent = ({
  records,
  planned
}: Measurements): Pick<Report, 'proofs' | 'gpuMinutes' | 'progress' | 'wall'> => ({
  proofs: records.filter(({ trial, outcome }) => trial.phase === 'timed' && outcome.kind === 'measured')
    .length,
  gpuMinutes: wallMinutes(records.filter(({ trial }) => trial.mode === 'prove')),
  progress: { done: records.length, planned },
  wall: seconds(records.reduce((sum, { wall }) => sum + wall, 0))
})

const wallMinutes = (records: readonly TrialRecord[]): Minutes =>
  minutes(records.reduce((sum, { wall }) => sum + wall, 0) / 60)
