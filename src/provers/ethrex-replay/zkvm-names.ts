import type { ZkVm } from '../../domain/workload.ts'

/** The names by which ethrex-replay shows its zkVMs (`src/report.rs` and `src/cli.rs` at 4561304). */
export const ZKVM_OF: ReadonlyMap<string, ZkVm> = new Map([
  ['SP1', 'sp1'],
  ['RISC0', 'risc0'],
  ['ZisK', 'zisk'],
  ['OpenVM', 'openvm']
])
