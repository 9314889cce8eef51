import type { Effort } from './effort.ts'
import type { Gas, Minutes } from './quantity.ts'
import type { BySide, Revision } from './revision.ts'
import type { PercentThreshold } from './threshold.ts'
import type { BlockNumber, Network, ProofType, Resource, ZkVm } from './workload.ts'

/**
 * Everything that decides what is measured in one leg: one zkVM, base against head or against a variant that stands
 * in its place.
 */
export interface Plan {
  readonly mode: 'prove' | 'execute'
  readonly effort: Effort
  readonly purpose: Purpose
  /** Name of the variant whose revision stands as head's; null: head itself. */
  readonly variant: string | null
  readonly revisions: BySide<Revision>
  readonly host: Revision
  readonly network: Network
  readonly zkvm: ZkVm
  readonly resource: Resource
  readonly proofType: ProofType
  /** Ascending. */
  readonly blocks: readonly PlannedBlock[]
  /** Null where nothing is timed. */
  readonly timing: TimingPlan | null
  readonly cycleThreshold: PercentThreshold
  readonly gpuMinutes: Minutes | null
  readonly trialTimeout: Minutes
  /**
   * Seconds that the host reports for each second it takes: 1 for a real prover.
   * Only the demo's recorded times play faster, and the report says so.
   */
  readonly timeScale: number
}

/** Everything that decides what is measured. Two runs with equal plans are one run, continued. */
export interface RunPlan {
  /**
   * At least one. By zkVM in the order of the settings; of each zkVM head's first, then the variants'. Network, blocks,
   * base, host, effort and budget are the same in all of them.
   */
  readonly legs: readonly Plan[]
  readonly reference: ReferencePlan | null
}

/** Another prover, measured beside ethrex on the same machine and blocks; it decides no verdict. */
export interface ReferencePlan {
  readonly prover: 'rsp'
  readonly revision: Revision
}

/**
 * What the two sides are. `same-build`: one build of base stands on both sides; `rebuild`: base built twice. What
 * these two measure is the machine.
 */
export const PURPOSES = ['compare', 'same-build', 'rebuild'] as const
export type Purpose = (typeof PURPOSES)[number]

/** How proving time is measured and judged. */
export interface TimingPlan {
  /** Blocks that are timed, ascending. */
  readonly blocks: readonly BlockNumber[]
  /** Base-head pairs of each block at each look; ascending. */
  readonly looks: readonly number[]
  /** The ± of `no-change`. */
  readonly margin: PercentThreshold
}

export interface PlannedBlock {
  readonly block: BlockNumber
  /** Of the witness both sides read; null in the report of a run that ended before it had one. */
  readonly witnessSha256: string | null
  /** From the witness. */
  readonly gas: Gas | null
  /** True where both builds have the same guest and make the same input: cycles are equal, and not executed for. */
  readonly hasEqualCycles: boolean
}
