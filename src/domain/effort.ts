import type { PercentThreshold } from './threshold.ts'

export const EFFORTS = ['quick', 'default', 'thorough'] as const
export type Effort = (typeof EFFORTS)[number]

/** How much measuring a time verdict is worth. docs/method.md says what each costs and what it sees. */
export interface EffortRule {
  /** A look comes as soon as the noise is known with so many degrees of freedom; ascending. */
  readonly degreesOfFreedom: readonly number[]
  /** The ± of `no-change`. */
  readonly margin: PercentThreshold
  /** How many blocks are timed, the cheapest first; null: all. */
  readonly timedBlocks: number | null
}

const wholePercent = (percent: bigint): PercentThreshold => ({
  text: `${percent}%`,
  numerator: percent,
  denominator: 1n
})

export const EFFORT: Readonly<Record<Effort, EffortRule>> = {
  quick: { degreesOfFreedom: [4], margin: wholePercent(3n), timedBlocks: 2 },
  default: { degreesOfFreedom: [4, 8, 16], margin: wholePercent(2n), timedBlocks: null },
  thorough: { degreesOfFreedom: [8, 16, 32, 64], margin: wholePercent(1n), timedBlocks: null }
}
