/** How a simulated machine disturbs what it proves. All sizes are of ln seconds, so 0.01 is one percent. */
export interface Scenario {
  /** What it is like, in a few words. */
  readonly about: string
  /** Of one proof to the next; the median over sessions. */
  readonly runSd: number
  /** Of the slow wandering that neighbouring proofs share. */
  readonly wander: number
  /** Slower by so much in the end, reached in a straight line. */
  readonly ramp: number
  /** A cold GPU is faster by so much, less and less as it warms. */
  readonly cold: number
  readonly firstRun: number
  /** On the second proof of a pair. */
  readonly second: number
  /** Share of proofs that are slower by 5 to 30 %. */
  readonly outliers: number
  /** Between two builds of the same sources: a standard deviation, the same for a whole session. */
  readonly buildBias: number
}

export const HOURS_OF_RAMP = 2
export const MINUTES_TO_WARM = 15
export const MINUTES_OF_MEMORY = 30
/** Of the logarithm of the run sd, from session to session. */
export const SESSION_LOG_SD = 0.25
/** Of an effect from block to block, as a share of the effect. */
export const BLOCK_SHARE = 0.35
export const OUTLIER = { least: 0.05, most: 0.3 } as const

const typical: Scenario = {
  about: 'a rented GPU machine of one tenant: pair sd 1.2 %',
  runSd: 0.0085,
  wander: 0.003,
  ramp: 0,
  cold: 0,
  firstRun: 0,
  second: 0,
  outliers: 0,
  buildBias: 0
}

const drifting = { ramp: 0.03, cold: 0.015 }
const coldStart = { firstRun: Math.log(1.05), cold: 0.015 }

export const MACHINES = [
  'quiet',
  'typical',
  'noisy',
  'drift',
  'warm-up',
  'second',
  'out1',
  'out3',
  'nasty',
  'bias'
] as const
export type MachineName = (typeof MACHINES)[number]

/** From what is published of provers on dedicated, rented and shared machines; the rest are their known vices. */
export const SCENARIO: Readonly<Record<MachineName, Scenario>> = {
  quiet: { ...typical, about: 'dedicated, clocks locked: pair sd 0.57 %', runSd: 0.004 },
  typical,
  noisy: { ...typical, about: 'shared with other tenants: pair sd 2.7 %', runSd: 0.0188 },
  drift: { ...typical, about: 'typical, 3 % slower over 2 hours, 1.5 % faster while cold', ...drifting },
  'warm-up': { ...typical, about: 'typical, first proof 5 % slower, 1.5 % faster while cold', ...coldStart },
  second: { ...typical, about: 'typical, the second proof of each pair 0.7 % slower', second: 0.007 },
  out1: { ...typical, about: 'typical, 1 % of proofs 5 to 30 % slower', outliers: 0.01 },
  out3: { ...typical, about: 'typical, 3 % of proofs 5 to 30 % slower', outliers: 0.03 },
  nasty: {
    ...typical,
    about: 'drift, warm-up, 2 % outliers and twice the wander together',
    ...drifting,
    ...coldStart,
    outliers: 0.02,
    wander: 0.006
  },
  bias: { ...typical, about: 'typical, each build of head off by sd 0.3 %', buildBias: 0.003 }
}
