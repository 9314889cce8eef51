import type { Sha } from './revision.ts'
import type { Sample } from './sample.ts'
import type { BlockNumber, Network, ZkVm } from './workload.ts'

/** Everything that the figures of an execution depend on: one that differs in any part is another execution. */
export interface BaseResultKey {
  /** Of the binary, 64 hex digits. */
  readonly binary: string
  readonly ethrex: Sha
  readonly host: Sha
  readonly features: readonly string[]
  readonly toolchain: string
  /** Digest of the variables that the user lets through to what is measured; empty where there are none. */
  readonly passed: string
  readonly zkvm: ZkVm
  readonly network: Network
  readonly block: BlockNumber
  /** Of the witness, 64 hex digits. */
  readonly witness: string
  /** Version of this project, which started the host and read its log. */
  readonly reader: string
}

/** What executing a block at base came to: kept, so that the next pull request need not do it again. */
export interface BaseResult {
  readonly key: BaseResultKey
  /** Without times: those belong to the hour and the machine they were taken in. */
  readonly sample: Sample
  /** ISO 8601, UTC. */
  readonly measuredAt: string
}
