import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import {
  BLOCK_SHARE,
  HOURS_OF_RAMP,
  MINUTES_OF_MEMORY,
  MINUTES_TO_WARM,
  OUTLIER,
  SESSION_LOG_SD
} from './scenarios.ts'
import type { Scenario } from './scenarios.ts'
import type { Side } from '../../src/domain/revision.ts'

/** One session on a simulated machine: what it is asked to prove, it proves now, and its clock goes on. */
export interface Machine {
  /** Seconds of the proof. Blocks are counted from 0. */
  readonly prove: (block: number, side: Side) => number
  readonly proofs: () => number
  /** Since the session began: all of it is proving. */
  readonly elapsed: () => number
}

export interface Session {
  readonly scenario: Scenario
  /** Seconds of a proof of each block at base. */
  readonly costs: readonly number[]
  /** ln(head/base), the mean over exactly these blocks. */
  readonly effect: number
  readonly seed: number
  /** Which session: the same number meets the same chances, whatever scenario, effect and rule. */
  readonly number: number
}

/** The most blocks of a suite: so many effects are drawn for any, so that a suite moves no other chance. */
const MOST_BLOCKS = 16

export const startMachine = (session: Session): Machine => {
  const { scenario, costs } = session
  const random = createRandom(session.seed, session.number)
  const [forSd, forBias] = random.normals()
  const effects = effectsOf(session, random)
  const runSd = scenario.runSd * Math.exp(SESSION_LOG_SD * forSd)
  const bias = scenario.buildBias * forBias
  const wander = wanderer(scenario.wander, random.normals()[0])
  const isSecond = positions()
  let elapsed = 0
  let proofs = 0

  const prove = (block: number, side: Side): number => {
    // Every proof draws the same numbers in the same order, wanted or not: the next one must meet its own.
    const [forNoise, forWander] = random.normals()
    const isOutlier = random.uniform() < scenario.outliers
    const size = OUTLIER.least + (OUTLIER.most - OUTLIER.least) * random.uniform()
    const log =
      Math.log(costOf(costs, block)) +
      (side === 'head' ? (effects[block] ?? 0) + bias : 0) +
      (scenario.ramp * Math.min(elapsed, HOURS_OF_RAMP * 3600)) / (HOURS_OF_RAMP * 3600) -
      scenario.cold * Math.exp(-elapsed / (MINUTES_TO_WARM * 60)) +
      wander(elapsed, forWander) +
      runSd * forNoise +
      (isOutlier ? Math.log(1 + size) : 0) +
      (proofs === 0 ? scenario.firstRun : 0) +
      (isSecond(block, side) ? scenario.second : 0)
    const seconds = Math.exp(log)
    elapsed += seconds
    proofs += 1
    return seconds
  }

  return { prove, proofs: () => proofs, elapsed: () => elapsed }
}

/** Effects that differ by block and whose mean is the session's effect to the last digit. */
const effectsOf = ({ effect, costs }: Session, random: Random): readonly number[] => {
  const drawn = Array.from({ length: MOST_BLOCKS / 2 }, () => random.normals()).flat()
  if (costs.length > drawn.length) throw new Error(`at most ${drawn.length} blocks`)
  const own = drawn.slice(0, costs.length)
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length
  // Centring takes some of the spread away; this gives it back.
  const spread = BLOCK_SHARE * Math.sqrt(own.length / Math.max(1, own.length - 1))
  return own.map((value) => effect * (1 + spread * (value - mean)))
}

/** An autoregressive process of first order, looked at whenever a proof begins. */
const wanderer = (sd: number, start: number): ((now: number, chance: number) => number) => {
  let value = sd * start
  let at = 0
  return (now, chance) => {
    const kept = Math.exp(-(now - at) / (MINUTES_OF_MEMORY * 60))
    value = kept * value + sd * Math.sqrt(1 - kept * kept) * chance
    at = now
    return value
  }
}

/** A proof is the second of a pair if the one before was the first of it: the same block, the other side. */
const positions = (): ((block: number, side: Side) => boolean) => {
  let before: { readonly block: number; readonly side: Side; readonly isSecond: boolean } | null = null
  return (block, side) => {
    const isSecond = before !== null && before.block === block && before.side !== side && !before.isSecond
    before = { block, side, isSecond }
    return isSecond
  }
}

const costOf = (costs: readonly number[], block: number): number => {
  const cost = costs[block]
  if (cost === undefined) throw new Error(`there is no block ${block}`)
  return cost
}
