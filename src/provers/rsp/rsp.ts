import type { Prover } from '../prover.ts'
import { ethrexReplay } from '../ethrex-replay/ethrex-replay.ts'

/** succinctlabs/rsp */
export const rsp: Prover = { ...ethrexReplay, name: 'rsp' }
