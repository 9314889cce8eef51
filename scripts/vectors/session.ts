import type { Interval } from '../../src/domain/interval.ts'
import type { Plan, TimingPlan } from '../../src/domain/plan.ts'
import type { Look, Timing } from '../../src/domain/timing.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import type { BlockNumber } from '../../src/domain/workload.ts'
import { pairsByBlock } from '../../src/plan/looks.ts'
import { courseOf } from '../../src/plan/schedule.ts'
import { summarize } from '../../src/statistics/strata.ts'
import { provenTrial, simulatedPlan } from '../verdict/product.ts'
import type { VectorOf } from './format.ts'
import { inOrder, sideNumber, type Run } from './runs.ts'

type Input = VectorOf<'session'>['input']

/**
 * A whole session as the product's schedule makes it, with the times of the case. Whatever it asks for that the case
 * has no time for is the answer, as text.
 */
export const playSession = (input: Input): unknown => {
  const names = Object.keys(input.blocks)
  const plan = simulatedPlan(
    input.mode,
    names.map((_, index) => index + 1)
  )
  if (plan.timing === null) return 'nothing is timed'
  const session: Session = { input, names, plan, timing: plan.timing }
  const records: TrialRecord[] = []
  const steps: object[] = []
  const repeated: Run[] = []
  for (;;) {
    const { next, timing } = courseOf(plan, records)
    if (timing !== null && timing.looks.length > steps.length) {
      const fresh = repeatedIn(session, timing).filter((run) => !repeated.some(isSameRun(run)))
      repeated.push(...fresh)
      steps.push(stepOf(session, timing, fresh))
    }
    if (next.kind === 'done') return endOf(session, { steps, records, timing })
    const time = timeOf(session, next.trial)
    if (time === null) return `the schedule asks for ${next.trial.id}, for which the case has no time`
    records.push(provenTrial(next.trial, time))
  }
}

interface Session {
  readonly input: Input
  /** Of blocks, in the order of the plan's. */
  readonly names: readonly string[]
  readonly plan: Plan
  readonly timing: TimingPlan
}

/** The warm-up's time counts for nothing, so it may be any. */
const timeOf = (session: Session, { block, round, side, cause }: Trial): number | null => {
  if (round === null) return 1
  const { input } = session
  const name = nameOf(session, block)
  if (cause === 'outlier') return input.repeats[`${name}/${round - 1}/${sideNumber(side)}`] ?? null
  return cause === 'planned' ? (input.blocks[name]?.[round - 1]?.[sideNumber(side)] ?? null) : null
}

const repeatedIn = ({ names, plan }: Session, { retaken }: Timing): readonly Run[] =>
  retaken
    .filter(({ cause }) => cause === 'outlier')
    .map(({ block, round, side }): Run => [nameOf({ names, plan }, block), round - 1, sideNumber(side)])

const nameOf = ({ names, plan }: Pick<Session, 'names' | 'plan'>, block: BlockNumber): string =>
  names[plan.blocks.findIndex((planned) => planned.block === block)] ?? ''

const isSameRun =
  (one: Run) =>
  (other: Run): boolean =>
    one.every((part, index) => part === other[index])

/** The last look, with the runs that were repeated for it. */
const stepOf = ({ timing }: Session, found: Timing, repeated: readonly Run[]): object => {
  const look = found.looks.at(-1)
  if (look === undefined) return {}
  return {
    pairs: look.pairs / timing.blocks.length,
    repeated: inOrder(repeated),
    estimate: look.percent === null ? null : logOf(look.percent),
    se: summarize(pairsByBlock(timing, found.pairs)).se,
    ...judgementOf(look)
  }
}

const judgementOf = ({ df, verdict, reason, isMeasurable, change, same }: Look): object => ({
  df,
  verdict: verdict ?? 'continue',
  reason,
  significant: isMeasurable,
  change: inLogsToo(change),
  same: inLogsToo(same)
})

const inLogsToo = (interval: Interval | null): object | null =>
  interval === null
    ? null
    : { lo: logOf(interval.lo), hi: logOf(interval.hi), loPercent: interval.lo, hiPercent: interval.hi }

const logOf = (percent: number): number => Math.log1p(percent / 100)

const endOf = (
  { timing: { looks } }: Session,
  {
    steps,
    records,
    timing
  }: {
    readonly steps: readonly object[]
    readonly records: readonly TrialRecord[]
    readonly timing: Timing | null
  }
): object => {
  const look = timing?.looks.at(-1)
  return {
    looks,
    steps,
    verdict: look?.verdict ?? null,
    percent: look?.percent ?? null,
    proofs: records.filter(({ trial }) => trial.phase === 'timed').length
  }
}
