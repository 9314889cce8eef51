import type { Bytes, Gas } from './quantity.ts'
import type { BlockNumber } from './workload.ts'

/** One block's cache file in the store that both sides read. */
export interface Witness {
  readonly block: BlockNumber
  /** Absolute, `cache_<network>_<block>.json`. */
  readonly path: string
  readonly sha256: string
  readonly size: Bytes
  /** Gas used, from the header in the file. */
  readonly gas: Gas
}
