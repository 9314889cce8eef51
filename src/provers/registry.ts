import { failure, success } from '../domain/problem.ts'
import type { Result } from '../domain/problem.ts'
import type { ZkVm } from '../domain/workload.ts'
import { ethrexReplay } from './ethrex-replay/ethrex-replay.ts'
import { rsp } from './rsp/rsp.ts'
import type { Prover, ProverName } from './prover.ts'
import { PROVERS } from './prover.ts'

/** Every prover there is. */
export const REGISTRY = { 'ethrex-replay': ethrexReplay, rsp } satisfies Record<ProverName, Prover>

/** The prover of that name if it can do that zkVM, else the sentence that says what is not supported. */
export const findProver = (host: string, zkvm: ZkVm): Result<Prover, string> => {
  const name = PROVERS.find((known) => known === host)
  if (name === undefined) return failure(`"${host}" is not supported yet; allowed: ${PROVERS.join(', ')}`)
  const prover: Prover = REGISTRY[name]
  return prover.abilities.zkvms.includes(zkvm)
    ? success(prover)
    : failure(`"${zkvm}" is not supported yet with ${name}; allowed: ${prover.abilities.zkvms.join(', ')}`)
}
