import { METRIC, METRICS, type MetricName } from '../domain/metric.ts'
import { minutes, seconds, type Minutes } from '../domain/quantity.ts'
import type { Comparison, Overall, Report, TrialSummary, UnreadInTrial } from '../domain/report.ts'
import type { Measurements } from '../domain/run.ts'
import { durationOf } from '../domain/sample.ts'
import { isMadeAgain, type Timing } from '../domain/timing.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { runVerdict } from '../domain/verdict.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { compareExact } from './exact.ts'
import { failuresOf, statesOf } from './failures.ts'
import { compareProvingTimes, judgeTime, overallTime, timeJudgement, type Judged } from './judged.ts'
import { countOf, indexMeasured, type Measured } from './measured.ts'
import { notesOf } from './notes.ts'
import { timeCaveats } from './time-notes.ts'
import { overallOf, verdictOver, type Compared } from './overall.ts'
import { compareCosts, compareSpans } from './spans.ts'
import { compareExecutionTime } from './timed.ts'

/** Of these only cycles decide; the others inform. */
const EXACT = METRICS.filter((metric) => METRIC[metric].nature === 'exact')

/**
 * All that measurements say, decided once: every output is made from the report alone. `timing` is what the schedule
 * makes of the same records; null where nothing is timed. `beside` is what ran for other legs of the zkVM.
 */
export const compareRun = (
  measurements: Measurements,
  timing: Timing | null,
  beside: readonly TrialRecord[] = []
): Report => {
  const { plan, machine, builds, sameness, ending, records } = measurements
  const measured = indexMeasured(plan, records)
  const judged = judgeTime(measurements, timing)
  const { comparisons, overallOfTime, notes } = compareBlocks(measurements, measured, judged)
  const failures = failuresOf(measurements)
  const comparedBy = (metric: MetricName): Compared => comparedOf(measurements, comparisons, metric)
  const cyclesVerdict = verdictOver(plan, comparedBy('cycles'))
  const time = timeJudgement(plan, timing)
  return {
    verdict: runVerdict(
      statesOf(ending, failures),
      judged === null ? [cyclesVerdict] : [cyclesVerdict, judged.verdict]
    ),
    cyclesVerdict,
    timeVerdict: judged?.verdict ?? null,
    ending,
    plan,
    machine,
    builds,
    sameness,
    time,
    comparisons,
    overall: METRICS.flatMap(
      (metric) => (metric === 'proving-time' ? overallOfTime : overallOf(plan, comparedBy(metric))) ?? []
    ),
    spans: plan.blocks.flatMap(({ block }) => compareSpans(plan, block, measured)),
    costs: plan.blocks.flatMap(({ block }) => compareCosts(plan, block, measured)),
    unread: unreadIn(records),
    trials: records.map(summaryOf),
    failures,
    notes: notesOf(measurements, { comparisons, time, found: notes, beside }),
    caveats: timeCaveats(measurements, time),
    ...spent(measurements)
  }
}

interface ComparedBlocks {
  readonly comparisons: readonly Comparison[]
  readonly overallOfTime: Overall | null
  readonly notes: readonly string[]
}

const compareBlocks = ({ plan }: Measurements, measured: Measured, judged: Judged | null): ComparedBlocks => {
  const comparisons: Comparison[] = []
  const notes: string[] = []
  const provingTimes =
    judged === null ? new Map<BlockNumber, Comparison>() : compareProvingTimes(plan, judged)
  for (const { block } of plan.blocks) {
    for (const metric of EXACT) {
      const exact = compareExact(plan, { block, metric }, measured)
      if (exact.comparison !== null) comparisons.push(exact.comparison)
      notes.push(...exact.notes)
    }
    const times = [compareExecutionTime(plan, block, measured), provingTimes.get(block) ?? null]
    comparisons.push(...times.filter((time) => time !== null))
  }
  const overallOfTime = judged === null ? null : overallTime(plan, judged, provingTimes)
  // A zkVM's count may stand for two metrics, and what is wrong with it is said once.
  return { comparisons, overallOfTime, notes: [...new Set(notes)] }
}

/** Cycles of a block are equal without a figure where both sides have one guest and one input. */
const comparedOf = (
  { plan, ending }: Measurements,
  comparisons: readonly Comparison[],
  metric: MetricName
): Compared => {
  const own = comparisons.filter((comparison) => comparison.metric === metric)
  const counted = new Set(own.map(({ block }) => block))
  const isEqual = ({ block, hasEqualCycles }: (typeof plan.blocks)[number]): boolean =>
    !counted.has(block) && (hasEqualCycles || ending === 'identical')
  const equal = metric === 'cycles' ? plan.blocks.filter(isEqual).map(({ block }) => block) : []
  return { metric, comparisons: own, equal }
}

const summaryOf = ({ trial, outcome, wall, startedAt, gpu, kept }: TrialRecord): TrialSummary => {
  const isMeasured = outcome.kind === 'measured'
  const time = isMeasured
    ? durationOf(outcome.sample, trial.mode === 'prove' ? 'proving-time' : 'execution-time')
    : null
  const cycles = isMeasured ? outcome.sample.metrics.cycles : undefined
  return {
    ...trial,
    outcome: outcome.kind,
    reason: isMeasured ? null : outcome.reason,
    seconds: time,
    cycles: countOf(cycles),
    wall,
    startedAt,
    gpu,
    kept
  }
}

/** A hundred trials may all have the same line. */
const UNREAD_LIMIT = 20

const unreadIn = (records: readonly TrialRecord[]): readonly UnreadInTrial[] =>
  records
    .flatMap(({ trial, unread }) => unread.map((line) => ({ trial: trial.id, ...line })))
    .slice(0, UNREAD_LIMIT)

/** What an earlier run counted took no time of this one. */
const spent = ({
  records,
  planned
}: Measurements): Pick<Report, 'proofs' | 'gpuMinutes' | 'progress' | 'wall'> => {
  const made = records.filter(({ kept }) => !kept)
  const proofs = made.filter(({ trial, outcome }) => trial.phase === 'timed' && outcome.kind === 'measured')
  return {
    proofs: proofs.length,
    gpuMinutes: wallMinutes(made.filter(({ trial }) => trial.mode === 'prove')),
    progress: { done: records.length, planned: planned + records.filter(isMadeAgain).length },
    wall: seconds(made.reduce((sum, { wall }) => sum + wall, 0))
  }
}

const wallMinutes = (records: readonly TrialRecord[]): Minutes =>
  minutes(records.reduce((sum, { wall }) => sum + wall, 0) / 60)
