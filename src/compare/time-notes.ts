import type { Plan, TimingPlan } from '../domain/plan.ts'
import type { TimeJudgement } from '../domain/report.ts'
import type { Measurements } from '../domain/run.ts'
import type { Pollution } from '../domain/gpu.ts'
import type { DroppedPair, Look, Retaken } from '../domain/timing.ts'
import { listed } from './listed.ts'
import { sideWord } from './side-word.ts'

/** What says who stands in head's place. */
type Named = Pick<Plan, 'variant'>

/** What happened while proving time was measured, one line a kind; nothing where nothing is timed. */
export const timeNotes = ({ plan }: Measurements, time: TimeJudgement | null): readonly string[] =>
  plan.timing === null || time === null
    ? []
    : [
        ...pollutedNotes(plan, time),
        ...outlierNotes(plan, time),
        ...unevenNotes(plan, time),
        ...(time.isUnstable ? [UNSTABLE] : [])
      ]

/** What a verdict on proving time is not worth, beside what the run said of it itself. */
export const timeCaveats = (
  { plan, ending, caveats }: Measurements,
  time: TimeJudgement | null
): readonly string[] =>
  ending === 'budget-spent' && plan.timing !== null && time !== null
    ? [budgetNote(plan.timing, time), ...caveats]
    : caveats

const UNSTABLE =
  'Machine unstable: more than a quarter of the proofs at a look were outliers, so none of them was repeated.'

/** A note is a line or two. */
const FEW = 3

/** How many pairs all blocks together have at a look, by its number from 1. */
const pairsAt = ({ blocks, looks }: TimingPlan, index: number): number =>
  (looks[index - 1] ?? looks.at(-1) ?? 0) * blocks.length

const budgetNote = (timing: TimingPlan, time: TimeJudgement): string => {
  const last = time.looks.at(-1)
  const next = (last?.index ?? 0) + 1
  if (last === undefined || isUndecidedAt(last, timing, time)) {
    return `gpu-minutes spent: measured ${time.pairs.length} of the ${pairsAt(timing, next)} pairs that look ${next} of ${timing.looks.length} takes.`
  }
  const planned = pairsAt(timing, last.index)
  if (overAt(last, timing, time) >= planned) {
    return `gpu-minutes spent: look ${last.index} of ${last.of} was made without repeating its outliers.`
  }
  const when = last.pairs % timing.blocks.length === 0 ? '' : ' in mid-round'
  return `gpu-minutes spent${when}: look ${last.index} of ${last.of} was made with the data at hand, ${last.pairs} of ${planned} pairs.`
}

/** Whether a look had all its rounds, told nothing, and would have been followed by another. */
const isUndecidedAt = (look: Look, timing: TimingPlan, time: TimeJudgement): boolean =>
  look.verdict === 'inconclusive' &&
  look.index < timing.looks.length &&
  overAt(look, timing, time) >= pairsAt(timing, look.index)

/** Pairs that are over by a look, those that were dropped too. */
const overAt = ({ index }: Look, { looks }: TimingPlan, { pairs, dropped }: TimeJudgement): number =>
  [...pairs, ...dropped].filter(({ round }) => round <= (looks[index - 1] ?? 0)).length

const POLLUTED_BY: Readonly<Record<Pollution, string>> = {
  'foreign-process': 'another process was on the GPU',
  throttled: 'the GPU was throttled'
}

const pollutedNotes = (plan: Named, { retaken, dropped }: TimeJudgement): readonly string[] => {
  const polluted = retaken.filter(({ cause }) => cause === 'polluted')
  const pairs = [...Map.groupBy(polluted, pairName)].map(([name, halves]) => `${name} (${why(plan, halves)})`)
  const lost = dropped.filter((one) => one.why === 'foreign-process').map((one) => droppedName(plan, one))
  return [
    ...(pairs.length === 0 ? [] : [`Disturbed, so measured again: ${listed(pairs, FEW)}.`]),
    ...(lost.length === 0 ? [] : [`Disturbed again, so dropped: ${listed(lost, FEW)}.`])
  ]
}

const pairName = ({ round, block }: Pick<Retaken, 'round' | 'block'>): string =>
  `round ${round} of block ${block}`

const why = (plan: Named, halves: readonly Retaken[]): string =>
  halves
    .flatMap(({ side, pollution }) =>
      pollution === null ? [] : [`${POLLUTED_BY[pollution]} during ${sideWord(plan, side)}`]
    )
    .join(', ')

const droppedName = (plan: Named, pair: DroppedPair): string =>
  `${pairName(pair)} (${pair.sides.map((side) => sideWord(plan, side)).join(' and ')})`

const outlierNotes = (plan: Named, { retaken }: TimeJudgement): readonly string[] => {
  const outliers = retaken.filter(({ cause }) => cause === 'outlier').map((one) => outlierName(plan, one))
  return outliers.length === 0
    ? []
    : [`Far slower than its like, so repeated, and the repeat counts: ${listed(outliers, FEW)}.`]
}

const outlierName = (plan: Named, one: Retaken): string =>
  `${sideWord(plan, one.side)} in ${pairName(one)}, ${secondsText(one.before)} and then ${secondsText(one.after)}`

const secondsText = (value: Retaken['after']): string => (value === null ? 'failed' : `${value.toFixed(1)} s`)

/** Repeats only ever look inside one side; where they fall on one, that side itself is of two minds. */
const UNEVEN = 3

const unevenNotes = (plan: Named, { repeats, pairs }: TimeJudgement): readonly string[] =>
  Math.abs(repeats.head - repeats.base) < UNEVEN
    ? []
    : [
        `Repeats: ${repeats.head} of ${pairs.length} ${sideWord(plan, 'head')}, ${repeats.base} of ${pairs.length} base. ` +
          'The side with more of them may have two speeds.'
      ]
