import type { Gas, Minutes } from './quantity.ts'
import type { BySide, Revision } from './revision.ts'
import type { PercentThreshold } from './settings.ts'
import type { BlockNumber, Network, ProofType, Resource, ZkVm } from './workload.ts'

/** Everything that decides what is measured. Two runs with equal plans are one run, continued. */
export interface Plan {
  readonly mode: 'prove' | 'execute'
  readonly effort: 'default'
  readonly revisions: BySide<Revision>
  readonly host: Revision
  readonly network: Network
  readonly zkvm: ZkVm
  readonly resource: Resource
  readonly proofType: ProofType
  /** Ascending. */
  readonly blocks: readonly PlannedBlock[]
  /** Rounds of pairs; 0 where nothing is timed. */
  readonly rounds: number
  readonly cycleThreshold: PercentThreshold
  readonly gpuMinutes: Minutes | null
  readonly trialTimeout: Minutes
  /**
   * Seconds that the host reports for each second it takes: 1 for a real prover.
   * Only the demo's recorded times play faster, and the report says so.
   */
  readonly timeScale: number
}

export interface PlannedBlock {
  readonly block: BlockNumber
  /** Of the witness both sides read; null in the report of a run that ended before it had one. */
  readonly witnessSha256: string | null
  /** From the witness. */
  readonly gas: Gas | null
}
