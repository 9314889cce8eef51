import type { Failure } from '../domain/failure.ts'
import { seconds } from '../domain/quantity.ts'
import type { ReferenceRecord } from '../domain/run.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { makeReferenceInput, subjectOf, type Making } from './reference-input.ts'
import type { ReferenceInput } from './reference-request.ts'
import type { Forwarder } from './witnesses.ts'

/** Inputs that earlier runs kept, and the blocks that have none. */
export interface KeptInputs {
  readonly kept: readonly ReferenceInput[]
  readonly missing: readonly BlockNumber[]
}

export const keptReferenceInputs = async (
  blocks: readonly BlockNumber[],
  of: Pick<Making, 'request' | 'ports'>
): Promise<KeptInputs> => {
  const kept: ReferenceInput[] = []
  const missing: BlockNumber[] = []
  for (const block of blocks) {
    const input = await of.ports.referenceStore.inputs.kept(subjectOf(block, of))
    if (input === null) missing.push(block)
    else kept.push(input)
  }
  return { kept, missing }
}

/** Blocks that cannot be measured for want of an input; `why` reads on from that. */
export const recordsWithoutInput = (
  blocks: readonly BlockNumber[],
  why: string,
  { request, ports }: Pick<Making, 'request' | 'ports'>
): readonly ReferenceRecord[] => {
  const startedAt = ports.clock.now()
  const message = `there is no input of ${request.plan.prover}${why}`
  const outcome = { kind: 'failed', reason: 'bad-input', message, tail: '' } as const
  return blocks.map((block) => ({ block, outcome, wall: seconds(0), startedAt, unread: [], kept: false }))
}

export type MadeInputs =
  | {
      readonly kind: 'made'
      readonly inputs: readonly ReferenceInput[]
      /** Of blocks without an input. */
      readonly failed: readonly ReferenceRecord[]
      readonly failures: readonly Failure[]
    }
  | { readonly kind: 'cancelled' }

/**
 * Has the reference make inputs by way of an endpoint of this machine, which is closed when this ends: block by block, one
 * that fails does not cost the others.
 */
export const makeReferenceInputs = async (
  missing: readonly BlockNumber[],
  making: Making
): Promise<MadeInputs> => {
  const nothing = { kind: 'made', inputs: [], failed: [], failures: [] } as const
  if (missing.length === 0) return nothing
  const { ports } = making
  const forwarder = await ports.startForwarder()
  if (!forwarder.ok) {
    if (ports.isCancelled()) return { kind: 'cancelled' }
    const why = { reason: 'bad-input', message: forwarder.error, tail: '' } as const
    const failure = { side: null, stage: 'fetch', block: null, ...why } as const
    const failed = recordsWithoutInput(missing, `: ${forwarder.error}`, making)
    return { ...nothing, failed, failures: [failure] }
  }
  try {
    return await makeAll(missing, forwarder.value, making)
  } finally {
    await forwarder.value.close()
  }
}

const makeAll = async (
  missing: readonly BlockNumber[],
  forwarder: Forwarder,
  making: Making
): Promise<MadeInputs> => {
  const inputs: ReferenceInput[] = []
  const failed: ReferenceRecord[] = []
  const { prover } = making.request.plan
  for (const [index, block] of missing.entries()) {
    making.ports.log.info(`${prover}: making the input of block ${block} (${index + 1} of ${missing.length})`)
    const made = await makeReferenceInput(block, forwarder, making)
    if (made.kind === 'cancelled') return made
    if (made.kind === 'made') inputs.push(made.input)
    else failed.push(made.record)
  }
  return { kind: 'made', inputs, failed, failures: [] }
}
