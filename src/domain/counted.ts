import type { ZkVm } from './workload.ts'

/** What the metric `cycles` counts: every zkVM has one exact measure of its work, and not all call it cycles. */
export const COUNTED = {
  sp1: 'cycles',
  risc0: 'cycles',
  zisk: 'steps',
  openvm: 'instructions'
} as const satisfies Readonly<Record<ZkVm, string>>
