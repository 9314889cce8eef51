import type { BlockNumber } from './workload.ts'

/** What a proof is made of: the program inside the zkVM, what makes its input, and what proves it. */
export const PARTS = ['guest', 'input', 'prover'] as const
export type Part = (typeof PARTS)[number]

/** One path of ethrex on both sides, by its git object; null where a side does not have it. */
export interface ComparedPath {
  readonly path: string
  readonly parts: readonly Part[]
  readonly base: string | null
  readonly head: string | null
}

/** Both sides' sources of everything that proving depends on, compared without building. */
export type SourceComparison =
  | { readonly kind: 'identical'; readonly paths: readonly ComparedPath[] }
  /** `paths`: those that differ. */
  | { readonly kind: 'different'; readonly paths: readonly ComparedPath[] }
  /** Something could not be read, so nothing is claimed; `why` is a clause. */
  | { readonly kind: 'unknown'; readonly why: string }

/** The guest's input of a block as either build makes it, 64 hex digits; null where it could not be made. */
export interface ComparedInput {
  readonly block: BlockNumber
  readonly base: string | null
  readonly head: string | null
}

/** How far the sides are the same. */
export interface Sameness {
  /** Null where nobody looked. */
  readonly sources: SourceComparison | null
  /** Empty where the guests differ: their cycles are executed for anyway. */
  readonly inputs: readonly ComparedInput[]
}

export const NOT_COMPARED: Sameness = { sources: null, inputs: [] }
