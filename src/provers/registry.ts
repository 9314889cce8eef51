import { ethrexReplay } from './ethrex-replay/ethrex-replay.ts'
import type { Prover, ProverName } from './prover.ts'
import { rsp } from './rsp/rsp.ts'

/** Every prover there is. */
export const REGISTRY = { 'ethrex-replay': ethrexReplay, rsp } satisfies Record<ProverName, Prover>
