import fc from 'fast-check'
import type { Mode } from '../../src/domain/workload.ts'
import type { Event, Piece } from './log.ts'
import { counts } from './numbers.ts'
import type { GuestPart } from './transcript.ts'
import { NO_GUEST } from './transcript.ts'

/** The segments of a proof by OpenVM v1.4.1; an execution prints none. Its sources are in docs/notes/openvm.md. */
export const openvm = (mode: Mode): fc.Arbitrary<GuestPart> =>
  fc
    // So that the sum of all is one of 64 bits.
    .array(counts(2n ** 61n), { minLength: 1, maxLength: 7 })
    .map((segments) => {
      if (mode === 'execute') return { ...NO_GUEST, what: 'OpenVM' }
      const value = segments.reduce((sum, one) => sum + one, 0n)
      return {
        ...NO_GUEST,
        what: 'OpenVM',
        pieces: [
          ...segments.map((_, index) => segmentLine(segments, index)),
          { target: 'openvm_sdk::prover::agg', message: `num_leaf_proofs=${segments.length}` }
        ] satisfies readonly Piece[],
        metrics: {
          cycles: { value, unit: 'instructions', exactness: 'exact' },
          instructions: { value, unit: 'instructions', exactness: 'exact' },
          segments: { value: BigInt(segments.length), unit: 'count', exactness: 'exact' }
        }
      }
    })

/** `arch/execution_mode/metered/segment_ctx.rs:354`. */
const segmentLine = (segments: readonly bigint[], index: number): Event => {
  const before = segments.slice(0, index).reduce((sum, one) => sum + one, 0n)
  const end = index === segments.length - 1 ? ' [TERMINATED]' : ''
  const number = String(index).padStart(3)
  const [instret, own] = [String(before).padStart(10), String(segments[index] ?? 0n).padStart(8)]
  return {
    target: 'openvm_circuit::arch::execution_mode::metered::segment_ctx',
    message:
      `Segment ${number} | instret ${instret} | ${own} instructions |   1234567890 cells | 345678901 interactions ` +
      `|  1048576 max height (ProgramAir)${end}`
  }
}
