import { FEWEST_SESSIONS, LARGEST_BUILD_BIAS, type Calibration } from '../domain/calibration.ts'
import type { Plan } from '../domain/plan.ts'
import type { Look, TimedPair, Timing } from '../domain/timing.ts'
import { percentOfLog } from '../statistics/interval.ts'
import { ALPHA_CHANGE, MIN_DF } from '../statistics/judge.ts'
import { quantile } from '../statistics/order.ts'
import { resolution } from '../statistics/precision.ts'
import { PAIR_SD_FLOOR, summarize, type Pair } from '../statistics/strata.ts'
import { isKnown, sessionsOf } from './calibration.ts'

/**
 * What the calibrations of a machine add to a run on it: words, never a verdict. `kept` are those of the run's own
 * setup, the newest first.
 */
export const calibrationNotes = (
  { plan, timing }: { readonly plan: Plan; readonly timing: Timing | null },
  kept: readonly Calibration[]
): readonly string[] => {
  if (timing === null || timing.pairs.length === 0 || plan.purpose !== 'compare') return []
  const noise = machineNoise(kept)
  const judged = timing.looks.findLast(({ df }) => df >= MIN_DF)
  if (judged === undefined) return fewPairs(timing.pairs, noise)
  return [...(plan.effort === 'thorough' ? buildBias(kept) : []), ...unusual(judged, noise)]
}

/** What is known of a machine's noise from pair to pair. */
interface Noise {
  readonly pairSd: number
  readonly sessions: number
}

/** Older ones are of a machine as it was. */
const SESSIONS_USED = 20
/** A machine has better and worse days; most should be no worse than what is said of it. */
const QUARTILE = 0.75

/** Null where too few sessions are known. */
const machineNoise = (kept: readonly Calibration[]): Noise | null => {
  const known = kept.flatMap(sessionsOf).filter(isKnown).slice(0, SESSIONS_USED)
  if (known.length < FEWEST_SESSIONS) return null
  const sds = known.map(({ pairSd }) => pairSd)
  return { pairSd: Math.max(quantile(sds, QUARTILE), PAIR_SD_FLOOR), sessions: known.length }
}

/** Degrees of freedom that the noise of several sessions is taken to be known by. */
const KNOWN_DF = 8

/** Pairs that no verdict can be made of: what such a measurement is worth here. */
const fewPairs = (pairs: readonly TimedPair[], noise: Noise | null): readonly string[] => {
  if (noise === null) return ['The noise of this machine is not known yet: `mode: calibrate` measures it.']
  const byBlock = Map.groupBy(pairs, ({ block }) => block)
  const fewest = Math.min(...[...byBlock.values()].map((of) => of.length))
  const design = { blocks: byBlock.size, pairs: fewest, df: KNOWN_DF, alpha: ALPHA_CHANGE }
  const reach = resolution({ pairSd: noise.pairSd, ...design })
  return [
    `On this machine two identical builds differ by up to ±${reach.toFixed(1)}% in such a measurement (99%, from ${noise.sessions} sessions).`,
    ...(Math.abs(estimateOf(byBlock)) > reach
      ? ['The change is larger than noise usually explains: worth a run to the end.']
      : [])
  ]
}

/** In percent. */
const estimateOf = (byBlock: ReadonlyMap<number, readonly TimedPair[]>): number => {
  const pairs = [...byBlock].map(([block, of]): [number, readonly Pair[]] => [
    block,
    of.map(({ base, head }) => [base, head])
  ])
  return percentOfLog(summarize(new Map(pairs)).estimate ?? 0)
}

/** A margin of 1 % is worth what the builds are: only a check as thorough as the verdict says so. */
const buildBias = (kept: readonly Calibration[]): readonly string[] => {
  const newest = kept.find(({ effort }) => effort === 'thorough')
  if (newest === undefined) {
    return [
      'No build-bias check was made on this machine: two builds of one source may differ by more than this verdict tells apart. `mode: calibrate` with `effort: thorough` makes one.'
    ]
  }
  if (newest.buildBias.isPassed) return []
  const { percent } = newest.sessions.rebuild
  const found =
    percent === null ? 'could not be told apart' : `came out ${Math.abs(percent).toFixed(2)}% apart`
  return [
    `The build-bias check of this machine did not pass on ${newest.finishedAt.slice(0, 10)}: base built twice ${found}, and less than ${LARGEST_BUILD_BIAS}% in a \`no-change\` was wanted. So small a change may come from building alone.`
  ]
}

/** Beyond so much more noise than usual, something is wrong with the machine. */
const UNUSUAL = 2

const unusual = ({ pairSd }: Look, noise: Noise | null): readonly string[] =>
  noise === null || pairSd === null || pairSd <= UNUSUAL * noise.pairSd
    ? []
    : [
        `The times of this run scatter more than twice as much as usual on this machine: ${inPercent(pairSd)} from pair to pair, ${inPercent(noise.pairSd)} in ${noise.sessions} sessions of calibration.`
      ]

const inPercent = (sd: number): string => `${(100 * sd).toFixed(1)}%`
