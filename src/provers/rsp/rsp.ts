import type { Prover } from '../prover.ts'
import { buildCommand, buildFeatures, inputCommand, trialCommand } from './commands.ts'
import { createReader } from './reader.ts'

/** succinctlabs/rsp; the facts it stands on are in docs/notes/rsp.md. */
export const rsp: Prover = {
  name: 'rsp',
  abilities: {
    zkvms: ['sp1'],
    modes: ['execute', 'prove'],
    resources: ['gpu', 'cpu'],
    metrics: ['cycles', 'prover-gas', 'execution-time', 'proving-time']
  },
  buildFeatures,
  buildCommand,
  // Its guest is of its own sources: nothing is compared with it.
  guestArtefacts: () => [],
  inputCommand,
  trialCommand,
  createReader
}
