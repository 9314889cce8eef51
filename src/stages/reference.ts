import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import { pollutionOf } from '../domain/gpu.ts'
import type { ReferenceMeasurements } from '../domain/run.ts'
import { durationOf } from '../domain/sample.ts'
import type { TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { buildReference } from './reference-build.ts'
import { keptReferenceInputs, makeReferenceInputs, recordsWithoutInput } from './reference-inputs.ts'
import {
  referenceWorkDir,
  type FoundOfReference,
  type ReferenceInput,
  type ReferencePorts,
  type ReferenceRequest
} from './reference-request.ts'
import { keepReferenceRecord, keptReferenceRecords } from './reference-results.ts'
import { runReferenceTrial, trialNotes } from './reference-trial.ts'

/** All that was found out; `cancelled`: until the run was. */
export interface ReferenceEnd {
  readonly kind: 'measured' | 'cancelled'
  readonly measurements: ReferenceMeasurements
}

/**
 * Measures the reference on the run's blocks, each once, after ethrex and while the machine is the run's. It decides no
 * verdict and ends no run: whatever goes wrong with it is told in its measurements. A block that was measured before on
 * this machine is not measured again.
 */
export const measureReference = async (
  request: ReferenceRequest,
  ports: ReferencePorts
): Promise<ReferenceEnd> => {
  const found: FoundOfReference = { records: [], failures: [], notes: [] }
  const kind = await guarded({ found, request, ports })
  await ports.files.remove(referenceWorkDir(request.cacheDir))
  const records = found.records.toSorted((a, b) => a.block - b.block)
  const notes = [...new Set([...found.notes, ...standingNotes(found, request)])]
  return { kind, measurements: { plan: request.plan, records, failures: found.failures, notes } }
}

interface Measuring {
  readonly found: FoundOfReference
  readonly request: ReferenceRequest
  readonly ports: ReferencePorts
}

/** A full disk, or a mistake of ours, costs the reference and not the run. */
const guarded = async (measuring: Measuring): Promise<ReferenceEnd['kind']> => {
  const { found, request, ports } = measuring
  try {
    return await measureAll(measuring)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isFull = error.name === 'DiskFull'
    if (!isFull) ports.log.warn(error.stack ?? error.message)
    const message = isFull ? error.message : `a mistake of proving-regression: ${error.message}`
    const reason = isFull ? 'disk-full' : 'internal'
    found.failures.push({ side: null, stage: request.leg.mode, block: null, reason, message, tail: '' })
    return 'measured'
  }
}

const measureAll = async (measuring: Measuring): Promise<ReferenceEnd['kind']> => {
  const { found, request, ports } = measuring
  found.records.push(...(await keptReferenceRecords(request, ports)))
  const known = new Set(found.records.map(({ block }) => block))
  const blocks = request.blocks.map(({ block }) => block).filter((block) => !known.has(block))
  const { kept, missing } = await keptReferenceInputs(blocks, measuring)
  if (!request.hasRpcUrl) {
    found.records.push(...recordsWithoutInput(missing, ' and no RPC URL to make one with', measuring))
  }
  const wanted = request.hasRpcUrl ? missing : []
  // A build takes longer than all the rest.
  if (kept.length === 0 && wanted.length === 0) return 'measured'
  const built = await buildReference(request, ports)
  if (built.kind === 'cancelled') return 'cancelled'
  if (built.kind === 'failed') {
    found.failures.push(built.failure)
    return 'measured'
  }
  const made = await makeReferenceInputs(wanted, { build: built.build, request, ports })
  if (made.kind === 'cancelled') return 'cancelled'
  found.failures.push(...made.failures)
  for (const record of made.failed) {
    found.records.push(record)
    await keepReferenceRecord(record, request, ports)
  }
  const inputs = [...kept, ...made.inputs].toSorted((a, b) => a.block - b.block)
  return measureBlocks(inputs, built.build, measuring)
}

const measureBlocks = async (
  inputs: readonly ReferenceInput[],
  build: Build,
  measuring: Measuring
): Promise<ReferenceEnd['kind']> => {
  const { found, request, ports } = measuring
  let spent = 0
  for (const [index, input] of inputs.entries()) {
    const rest = inputs.slice(index).map(({ block }) => block)
    if (ports.isCancelled()) return 'cancelled'
    if (isBudgetSpent(spent, request)) {
      found.notes.push(notMeasured(rest, request, 'the GPU minutes are spent'))
      return 'measured'
    }
    const announce = announcer(input.block, `${index + 1} of ${inputs.length}`, measuring)
    announce()
    const end = await runReferenceTrial({ input, build, request }, ports, announce)
    if (end.kind === 'cancelled') return 'cancelled'
    if (end.kind === 'infrastructure') {
      tellInfrastructure(end.failure, rest, measuring)
      return 'measured'
    }
    spent += end.record.wall
    await keep(end.record, measuring)
  }
  return 'measured'
}

/** In seconds of proving; the proof under way is always finished. */
const isBudgetSpent = (spent: number, { gpuMinutesLeft, leg }: ReferenceRequest): boolean =>
  leg.mode === 'prove' && gpuMinutesLeft !== null && spent >= gpuMinutesLeft * 60

const announcer = (
  block: BlockNumber,
  place: string,
  { request, ports: { log, clock } }: Measuring
): (() => void) => {
  const verb = request.leg.mode === 'execute' ? 'executing' : 'proving'
  const startedAt = clock.monotonic()
  return () => {
    const elapsed = Math.round(clock.monotonic() - startedAt)
    const line = `${request.plan.prover}: ${verb} block ${block} (${place}), ${elapsed} s`
    log.progress(line, { step: `reference ${block}` })
  }
}

const keep = async (record: TrialRecord, { found, request, ports }: Measuring): Promise<void> => {
  const { trial, outcome, wall, startedAt, unread, gpu } = record
  const own = { block: trial.block, outcome, wall, startedAt, unread, kept: false }
  found.records.push(own)
  found.notes.push(...trialNotes(record, request))
  // What was disturbed is shown, with a note, and measured again by the next run.
  if (pollutionOf(gpu) === null) await keepReferenceRecord(own, request, ports)
}

/** What is in the way of one block is in the way of the next. */
const tellInfrastructure = (
  failure: Failure,
  rest: readonly BlockNumber[],
  { found, request }: Measuring
): void => {
  found.failures.push(failure)
  found.notes.push(notMeasured(rest, request, failure.message))
}

const notMeasured = (
  blocks: readonly BlockNumber[],
  { plan: { prover } }: ReferenceRequest,
  why: string
): string =>
  `${prover} was not measured on ${blocks.length === 1 ? 'block' : 'blocks'} ${blocks.join(', ')}: ${why}.`

/** What a reader must know to read times of a reference beside those of ethrex. */
const standingNotes = (
  { records }: FoundOfReference,
  { plan: { prover }, leg }: ReferenceRequest
): readonly string[] => {
  const isTimed = records.some(
    ({ outcome }) => outcome.kind === 'measured' && durationOf(outcome.sample, 'proving-time') !== null
  )
  if (!isTimed) return []
  return [
    `Times of ${prover} are of one proof a block, without a warm-up or a repeat: nothing tells their noise.`,
    ...(leg.proofType === 'groth16'
      ? [
          `${prover} makes compressed proofs; those of ethrex here are wrapped to groth16, which takes longer.`
        ]
      : [])
  ]
}
