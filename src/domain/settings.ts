import type { Effort } from './effort.ts'
import type { Bytes, Minutes } from './quantity.ts'
import type { Repository } from './revision.ts'
import type { PercentThreshold } from './threshold.ts'
import type { BlockNumber, Network, ProofType, Resource, ZkVm } from './workload.ts'

/** A commit that is compared with base beside head, under a name of the user's. */
export interface Variant {
  readonly name: string
  readonly ref: string
}

export type FailOn = 'never' | 'failure' | 'regression'

/** Every input, parsed once. Frozen; secrets are not in here. */
export interface Settings {
  readonly mode: 'prove' | 'execute' | 'calibrate'
  readonly effort: Effort
  /** Ascending, without duplicates. */
  readonly blocks: readonly BlockNumber[]
  readonly network: Network
  /** At least one, each once. */
  readonly zkvms: readonly ZkVm[]
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
  /** In the order given, their names unlike. */
  readonly variants: readonly Variant[]
  readonly reference: { readonly prover: 'rsp'; readonly ref: string } | null
  /** Of the reference, whether there is one or not. */
  readonly referenceRepository: Repository
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
