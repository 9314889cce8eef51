import type { Effort } from './effort.ts'
import type { Bytes, Minutes } from './quantity.ts'
import type { Repository } from './revision.ts'
import type { PercentThreshold } from './threshold.ts'
import type { BlockNumber, Network, ProofType, Resource, ZkVm } from './workload.ts'

export type FailOn = 'never' | 'failure' | 'regression'

/** Every input, parsed once. Frozen; secrets are not in here. */
export interface Settings {
  readonly mode: 'prove' | 'execute' | 'calibrate'
  readonly effort: Effort
  /** Ascending, without duplicates. */
  readonly blocks: readonly BlockNumber[]
  readonly network: Network
  readonly zkvm: ZkVm
  readonly resource: Resource
  readonly proofType: ProofType
  /** Null: derived from the event, or in the terminal the merge base of head and the default branch. */
  readonly base: string | null
  readonly head: string | null
  readonly baseFrom: 'merge-base' | 'branch'
  readonly repository: Repository
  readonly hostRepository: Repository
  /** Null: `main`. */
  readonly hostRef: string | null
  /** Absolute path of a directory with cache files. */
  readonly witnesses: string | null
  readonly cycleThreshold: PercentThreshold
  /** Null: of the effort. */
  readonly timeMargin: PercentThreshold | null
  /** Null: no limit. */
  readonly gpuMinutes: Minutes | null
  readonly trialTimeout: Minutes
  readonly whenIdentical: 'skip' | 'measure'
  readonly failOn: FailOn
  readonly comment: 'auto' | 'changes' | 'never'
  readonly commentKey: string
  readonly commentAuthor: string | null
  readonly isolation: 'none'
  readonly approvedSha: string | null
  /** Names of extra environment variables that measured code may see. */
  readonly passEnv: readonly string[]
  /** Absolute. */
  readonly cacheDir: string
  readonly cacheLimit: Bytes
  /** Absolute. */
  readonly reportDir: string
}
