import type { ZkVm } from './workload.ts'

/** What the metric `cycles` counts: every zkVM has one exact measure of its work, and not all call it cycles. */
export const COUNTED = {
  sp1: 'cycles',
  risc0: 'cycles',
  zisk: 'steps',
  openvm: 'instructions'
} as const satisfies Readonly<Record<ZkVm, string>>

/**
 * zkVMs that count only while they prove: OpenVM's execution prints nothing of instructions without the feature `metrics`,
 * which ethrex does not turn on (openvm v1.4.1 `openvm_circuit::arch::interpreter`). Blocks that are not proved have no count
 * then, and none is missing.
 */
export const COUNTED_BY_PROOFS: ReadonlySet<ZkVm> = new Set<ZkVm>(['openvm'])
