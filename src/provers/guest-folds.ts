import type { ZkVm } from '../domain/workload.ts'
import type { GuestFold } from './guest-fold.ts'
import { createOpenVmFold } from './openvm/execution.ts'
import { createRisc0Fold } from './risc0/execution.ts'
import { createSp1Fold } from './sp1/execution.ts'
import { createZiskFold } from './zisk/execution.ts'

/** What reads each zkVM's lines and files. */
export const GUEST_FOLD: Readonly<Record<ZkVm, () => GuestFold>> = {
  sp1: createSp1Fold,
  risc0: createRisc0Fold,
  zisk: createZiskFold,
  openvm: createOpenVmFold
}
