import type { Effort } from './effort.ts'
import type { Interval } from './interval.ts'
import type { Machine } from './machine.ts'
import type { Plan, Purpose, TimingPlan } from './plan.ts'
import type { Minutes, Percent } from './quantity.ts'
import type { Revision, Sha } from './revision.ts'
import type { LookVerdict } from './timing.ts'
import type { BlockNumber, Network, ProofType, Resource, ZkVm } from './workload.ts'

/** What the noise of proving depends on: figures of one setup say nothing about another. */
export interface Setup {
  readonly gpu: string | null
  readonly driver: string | null
  readonly clocks: Machine['clocks']
  readonly cpu: string | null
  readonly network: Network
  readonly zkvm: ZkVm
  readonly resource: Resource
  readonly proofType: ProofType
  readonly host: Sha
  /** Those that are timed, ascending. */
  readonly blocks: readonly BlockNumber[]
}

/** Null where nothing is timed. */
export const setupOf = (plan: Plan, { gpu, driver, clocks, cpu }: Machine): Setup | null => {
  const { network, zkvm, resource, proofType, host, timing } = plan
  if (timing === null) return null
  const { blocks } = timing
  return { gpu, driver, clocks, cpu, network, zkvm, resource, proofType, host: host.sha, blocks }
}

/** A run that compares base with itself. */
export interface Session {
  readonly purpose: Exclude<Purpose, 'compare'>
  readonly verdict: LookVerdict
  /** Null where a timed block has no complete pair. */
  readonly percent: Percent | null
  /** What a change is called by. */
  readonly interval: Interval | null
  /** Of ln(head/base) from pair to pair; null where it cannot be told. */
  readonly pairSd: number | null
  /** Degrees of freedom of `pairSd`. */
  readonly df: number
  /** All blocks together. */
  readonly pairs: number
  /** Timed ones, the warm-up not counted. */
  readonly proofs: number
  readonly gpuMinutes: Minutes
}

/** In percent: a rebuild that is estimated to be further off is not passed. */
export const LARGEST_BUILD_BIAS = 0.3

/** Of fewer sessions on record nothing is said about a machine: its days differ. */
export const FEWEST_SESSIONS = 5

/** How often a comparison of base with itself was called a change. */
export interface FalseAlarms {
  readonly sessions: number
  readonly changes: number
}

/** What a machine is like: how its times scatter, and whether two builds of one source are equally fast. */
export interface Calibration {
  /** Of the setup, 16 hex digits. */
  readonly key: string
  readonly setup: Setup
  readonly machine: Machine
  readonly base: Revision
  readonly effort: Effort
  readonly timing: TimingPlan
  /** ISO 8601, UTC. */
  readonly finishedAt: string
  readonly sessions: { readonly sameBuild: Session; readonly rebuild: Session }
  /** Of both sessions; null where it cannot be told. */
  readonly noise: { readonly pairSd: number; readonly df: number } | null
  /** A smaller change cannot be told from noise, at 99 %; null without `noise`. */
  readonly resolution: {
    /** Of one pair of each block. */
    readonly onePair: Percent
    /** Of the last look of the effort. */
    readonly lastLook: Percent
  } | null
  readonly falseAlarms: {
    readonly here: FalseAlarms
    /** Over all calibrations of the setup that are kept, this one included. */
    readonly kept: FalseAlarms
  }
  readonly buildBias: {
    /** The same bytes were built twice. */
    readonly isSameBinary: boolean
    /** The rebuild was called `no-change`, and its estimate is small. */
    readonly isPassed: boolean
  }
}
