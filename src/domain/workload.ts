/** What is replayed and how: block × zkVM × resource × proof type. */
export const ZKVMS = ['sp1', 'risc0', 'zisk', 'openvm'] as const
export type ZkVm = (typeof ZKVMS)[number]

export const NETWORKS = ['mainnet', 'sepolia', 'hoodi'] as const
export type Network = (typeof NETWORKS)[number]

/** Chain ids, EIP-155; used to check that an RPC endpoint serves the wanted network. */
export const CHAIN_ID: Readonly<Record<Network, number>> = { mainnet: 1, sepolia: 11155111, hoodi: 560048 }

export const RESOURCES = ['gpu', 'cpu'] as const
export type Resource = (typeof RESOURCES)[number]

export const PROOF_TYPES = ['compressed', 'groth16'] as const
export type ProofType = (typeof PROOF_TYPES)[number]

/** What one trial does: ethrex-replay calls it `--action`. */
export type Mode = 'execute' | 'prove'

declare const checked: unique symbol
/** The number of a block, a non-negative safe integer. */
export type BlockNumber = number & { readonly [checked]: 'block' }

const BLOCK_DIGITS = /^\d{1,10}$/

/** A block number of one to ten digits, or null. */
export const parseBlockNumber = (text: string): BlockNumber | null =>
  BLOCK_DIGITS.test(text) ? (Number(text) as BlockNumber) : null

export interface Workload {
  readonly block: BlockNumber
  readonly network: Network
  readonly zkvm: ZkVm
  readonly resource: Resource
  readonly proofType: ProofType
}
