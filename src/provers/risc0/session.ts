import type { Count } from '../../domain/quantity.ts'
import { parseU64 } from '../u64.ts'

/** One line of the block that RISC0 prints of an execution, by its message. */
export type SessionLine =
  | { readonly kind: 'segments'; readonly count: Count }
  | { readonly kind: 'cycles'; readonly of: CycleKind; readonly count: Count }
  /** Headings and what single calls cost; nothing is made of them. */
  | { readonly kind: 'detail' }

/** User cycles are the guest's own; all that is proved is the sum of the three, `total`. */
export const CYCLE_KINDS = ['total', 'user', 'paging', 'reserved'] as const
export type CycleKind = (typeof CYCLE_KINDS)[number]

const SEGMENTS = /^number of segments: (\d{1,20})$/
/** Followed by its share, which is rounded and so not looked at. */
const CYCLES = /^(\d{1,20}) (total|user|paging|reserved) cycles(?: \(|$)/
const DETAIL = /^(?:ecalls|syscalls|[\t ].*|execution time: .*)?$/

/**
 * Of `Session::log` (risc0-zkvm v3.0.3 `host/server/session.rs:283-326`, the same from v2.0.0 to v3.0.6). v5.0.0-rc.1
 * prints it from there and from `host/prove_info.rs`, with the execution time in it and an empty line at its end. A call
 * begins with a tab, which is blanks in what people paste.
 * Null: none of these.
 */
export const parseSessionLine = (message: string): SessionLine | null => {
  const segments = parseU64(SEGMENTS.exec(message)?.[1] ?? '')
  if (segments !== null) return { kind: 'segments', count: segments }
  const [, digits = '', kind] = CYCLES.exec(message) ?? []
  const of = CYCLE_KINDS.find((known) => known === kind)
  const cycles = parseU64(digits)
  if (cycles !== null && of !== undefined) return { kind: 'cycles', of, count: cycles }
  return DETAIL.test(message) ? { kind: 'detail' } : null
}
