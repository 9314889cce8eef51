import type { Prover } from '../prover.ts'
import { buildCommand, buildFeatures, inputCommand, trialCommand } from './commands.ts'
import { guestArtefacts } from './guest.ts'
import { createReader } from './reader.ts'

/** lambdaclass/ethrex-replay; the facts it stands on are in docs/notes/ethrex-replay.md. */
export const ethrexReplay: Prover = {
  name: 'ethrex-replay',
  abilities: {
    zkvms: ['sp1', 'risc0', 'zisk', 'openvm'],
    modes: ['execute', 'prove'],
    resources: ['gpu', 'cpu'],
    metrics: ['cycles', 'prover-gas', 'segments', 'steps', 'instructions', 'execution-time', 'proving-time']
  },
  buildFeatures,
  buildCommand,
  guestArtefacts,
  inputCommand,
  trialCommand,
  createReader
}
