import type { Machine } from './machine.ts'
import type { ReferencePlan } from './plan.ts'
import type { Sha } from './revision.ts'
import type { Outcome } from './trial.ts'
import type { BlockNumber, Mode, Network, Resource } from './workload.ts'

/** Everything that the figures of a reference depend on, times among them: one that differs is another measurement. */
export interface ReferenceResultKey {
  readonly prover: ReferencePlan['prover']
  readonly sha: Sha
  readonly network: Network
  readonly block: BlockNumber
  readonly mode: Mode
  readonly resource: Resource
  readonly machine: Pick<Machine, 'cpu' | 'gpu' | 'driver'>
  /** Digest of the variables that the user lets through to it; empty where there are none. */
  readonly passed: string
  /** Version of this project, which started it and read its log. */
  readonly reader: string
}

/** What a reference came to on a block: kept, because its commit does not change from one pull request to the next. */
export interface ReferenceResult {
  readonly key: ReferenceResultKey
  /** Figures, or a failure that is the same whenever the block is tried. */
  readonly outcome: Outcome
  /** ISO 8601, UTC. */
  readonly measuredAt: string
}
