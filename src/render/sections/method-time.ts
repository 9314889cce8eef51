import type { Machine } from '../../domain/machine.ts'
import type { Report, TimeJudgement, TrialSummary } from '../../domain/report.ts'
import { SIDES, type Side } from '../../domain/revision.ts'
import type { Look } from '../../domain/timing.ts'
import { enumerated, formatFixed, formatGibibytes, plural } from '../format.ts'
import { marginOf } from '../time-words.ts'

/** How proving time was measured, and what to doubt; nothing where it was not. */
export const timeLines = (report: Report): readonly string[] => {
  const { time } = report
  if (time === null) return []
  if (time.pairs.length === 0) return ['- Proving time: no pair was completed.', ...gpuLines(report)]
  return [
    `- Proving time: ${plural(time.pairs.length, 'pair')} after one warm-up proof; a pair is base and head back to back on one machine, ` +
      'and which goes first alternates by round and block. Figures are geometric means, and every block weighs the same.',
    ...lookLines(report, time),
    ...againLines(time),
    ...gpuLines(report),
    "- The time is what the prover's client reports of itself, checked only against the wall time seen around it."
  ]
}

/** How many looks were made of those planned, by pairs: `look 1 of 3`. */
export const looksMade = ({ time }: Report): string => {
  const last = time?.looks.at(-1)
  return last === undefined ? 'no look' : `look ${last.index} of ${last.of}`
}

const lookLines = (report: Report, time: TimeJudgement): readonly string[] => {
  const planned = report.plan.timing?.looks ?? []
  const last = time.looks.at(-1)
  const when = `planned after ${enumerated(planned.map(String))} ${planned.at(-1) === 1 ? 'pair' : 'pairs'} of each block`
  if (last === undefined) return [`- Looks: none made of ${planned.length} (${when}).`]
  const unseen = time.pairs.length - last.pairs
  const later =
    unseen > 0 ? ` ${plural(unseen, 'pair')} measured after it ${unseen === 1 ? 'is' : 'are'} not in it.` : ''
  return [
    `- Looks: ${last.index} of ${last.of} made, the last at ${plural(last.pairs, 'pair')} (${when}).${later}`,
    ...errorLines(report, last),
    ...(last.pairSd === null
      ? []
      : [
          `- Noise: ${formatFixed(100 * last.pairSd, 2)}% from pair to pair (standard deviation, ${plural(last.df, 'degree')} of freedom)${last.pairSd < LEAST_SD ? `, taken for ${100 * LEAST_SD}%` : ''}.`
        ])
  ]
}

/** The rule believes no less: so few pairs can be alike by chance. */
const LEAST_SD = 0.001

/** What the levels are, in words: how often it is wrong. */
const errorLines = (report: Report, { change, same, of }: Look): readonly string[] => {
  if (change === null || same === null) return []
  const share = of === 1 ? '' : `, an even share of both at each of ${of} looks`
  const margin = marginOf(report)
  return [
    `- Errors: a head that changes nothing is called changed in at most 1% of runs, and one that is ${margin.slice(1)} slower or faster is called \`no-change\` in at most 2.5%${share}. ` +
      `For a change the ${level(change.level)} interval, the one that is shown, has to exclude 0; for \`no-change\` the ${level(same.level)} interval has to lie within ${margin}.`
  ]
}

const level = (of: number): string => `${formatFixed(100 * of, 2).replace(/\.?0+$/, '')}%`

const againLines = ({ retaken, dropped, repeats }: TimeJudgement): readonly string[] => {
  const count = (cause: 'retry' | 'polluted'): number => retaken.filter((one) => one.cause === cause).length
  const [retries, polluted] = [count('retry'), count('polluted')]
  const parts = [
    `outliers ${repeats.base} on base and ${repeats.head} on head`,
    ...(polluted === 0 ? [] : [`${plural(polluted, 'proof')} of disturbed pairs`]),
    ...(retries === 0 ? [] : [plural(retries, 'failed proof')])
  ]
  const lost = dropped.length === 0 ? 'none' : plural(dropped.length, 'pair')
  return [`- Made again: ${parts.join(', ')}; dropped: ${lost}.`]
}

/** What was seen of the GPU during timed proofs. */
const gpuLines = ({ machine, plan, trials }: Report): readonly string[] => {
  if (plan.resource !== 'gpu') return []
  if (trials.length === 0) return []
  const watched = trials.filter(({ phase, gpu }) => phase === 'timed' && gpu !== null)
  if (watched.length === 0)
    return [`- GPU state unknown: nothing watched it. Clocks ${CLOCKS[clocksOf(machine)]}.`]
  const parts = [
    `clocks ${CLOCKS[clocksOf(machine)]}`,
    ...temperature(watched),
    ...smClock(watched),
    ...throttling(watched),
    ...memory(watched)
  ]
  return [`- GPU during ${plural(watched.length, 'timed proof')}: ${parts.join('; ')}.`]
}

const CLOCKS = {
  locked: 'locked',
  'not-locked': 'not locked, so that times wander',
  unknown: 'locked or not: unknown'
} as const

const clocksOf = ({ clocks }: Machine): keyof typeof CLOCKS => clocks ?? 'unknown'

type Watched = readonly TrialSummary[]

const temperature = (trials: Watched): readonly string[] => {
  const seen = trials.flatMap(({ gpu }) => gpu?.temperature ?? [])
  return seen.length === 0 ? [] : [`at most ${Math.max(...seen)} °C`]
}

const smClock = (trials: Watched): readonly string[] => {
  const seen = trials.flatMap(({ gpu }) => gpu?.smClock ?? [])
  if (seen.length === 0) return []
  const [lo, hi] = [Math.min(...seen.map((one) => one.lo)), Math.max(...seen.map((one) => one.hi))]
  return [`SM clock ${lo === hi ? lo : `${lo} to ${hi}`} MHz`]
}

const throttling = (trials: Watched): readonly string[] => {
  const reasons = Map.groupBy(
    trials.flatMap(({ gpu }) => gpu?.throttled ?? []),
    (reason) => reason
  )
  const said = [...reasons].map(([reason, times]) => `${reason} in ${plural(times.length, 'proof')}`)
  return [said.length === 0 ? 'never throttled' : `throttled: ${said.join(', ')}`]
}

const memory = (trials: Watched): readonly string[] => {
  const peaks = SIDES.flatMap((side) => peakOf(trials, side))
  return peaks.length === 0 ? [] : [`peak memory ${peaks.join(', ')}`]
}

const peakOf = (trials: Watched, side: Side): readonly string[] => {
  const seen = trials.flatMap((trial) => (trial.side === side ? (trial.gpu?.peakMemory ?? []) : []))
  return seen.length === 0 ? [] : [`${formatGibibytes(Math.max(...seen))} on ${side}`]
}
