import type { Machine } from './machine.ts'

export type Call = 'regression' | 'improvement' | 'no-change' | 'inconclusive'

/** Where ln(head/base) lies, as a rule says at its end. */
export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/** What a rule came to say in a session. */
export interface Finding {
  readonly call: Call
  /** Null for a rule that gives none. */
  readonly bounds: Bounds | null
}

/** A way to decide whether head takes longer: it asks the machine for proofs until it knows. */
export interface Rule {
  readonly decide: (machine: Machine, blocks: number) => Finding
}

/** The call of an interval that is only asked whether it holds zero. */
export const callByZero = ({ lo, hi }: Bounds): Call =>
  lo > 0 ? 'regression' : hi < 0 ? 'improvement' : 'inconclusive'
