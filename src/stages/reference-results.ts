import {
  readReferenceResult,
  referenceResultDocument,
  referenceResultKeyInput
} from '../documents/reference-result.ts'
import { failure, success, type Result } from '../domain/problem.ts'
import { seconds } from '../domain/quantity.ts'
import type { ReferenceResult, ReferenceResultKey } from '../domain/reference-result.ts'
import type { ReferenceRecord } from '../domain/run.ts'
import { durationOf } from '../domain/sample.ts'
import type { Outcome } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import type { Files, Log } from '../io/ports.ts'
import type { ReferencePorts, ReferenceRequest } from './reference-request.ts'

type ResultPorts = Pick<ReferencePorts, 'referenceStore' | 'clock' | 'version'> & {
  readonly files: Pick<Files, 'sha256OfText'>
  readonly log: Pick<Log, 'warn'>
}

/**
 * Records of those blocks that an earlier run measured on this machine. What was kept and is not what it should be is told
 * in a line and left out, and so is measured anew.
 */
export const keptReferenceRecords = async (
  request: ReferenceRequest,
  ports: ResultPorts
): Promise<readonly ReferenceRecord[]> => {
  const records: ReferenceRecord[] = []
  for (const { block } of request.blocks) {
    const key = keyOf(block, request, ports.version)
    const result = key === null ? null : await findKept(key, ports)
    if (result !== null) records.push(recordOf(result))
  }
  return records
}

/** Keeps what a block came to, where it would come to the same again and the run may keep anything. */
export const keepReferenceRecord = async (
  { block, outcome, startedAt }: ReferenceRecord,
  request: ReferenceRequest,
  { referenceStore: { results }, files: { sha256OfText }, version }: ResultPorts
): Promise<void> => {
  const key = keyOf(block, request, version)
  if (key === null || !request.mayKeep || !isWorthKeeping(outcome, key)) return
  const result: ReferenceResult = { key, outcome, measuredAt: startedAt }
  const name = sha256OfText(referenceResultKeyInput(key))
  await results.write(name, referenceResultDocument(result, sha256OfText))
}

/** Null on a machine of which too little is known: another one that is not known may be any. */
const keyOf = (
  block: BlockNumber,
  { plan, leg, machine, passed }: ReferenceRequest,
  reader: string
): ReferenceResultKey | null => {
  const { mode, network, resource } = leg
  const { cpu, gpu, driver } = machine
  if (cpu === null || (mode === 'prove' && resource === 'gpu' && gpu === null)) return null
  const { prover, revision } = plan
  const of = { prover, sha: revision.sha, network, block, mode, resource }
  return { ...of, machine: { cpu, gpu, driver }, passed, reader }
}

/** Figures, all that the mode is for; and a block that does not execute, which it will not do the next time either. */
const isWorthKeeping = (outcome: Outcome, { mode }: ReferenceResultKey): boolean => {
  if (outcome.kind === 'failed') return outcome.reason === 'execution-failed'
  const { sample } = outcome
  return mode === 'execute'
    ? sample.metrics.cycles !== undefined
    : durationOf(sample, 'proving-time') !== null
}

const findKept = async (key: ReferenceResultKey, ports: ResultPorts): Promise<ReferenceResult | null> => {
  const { referenceStore, files, log } = ports
  const name = files.sha256OfText(referenceResultKeyInput(key))
  const kept = await referenceStore.results.read(name)
  if (kept.kind === 'absent') return null
  const read = kept.kind === 'found' ? check(kept.text, key, ports) : failure(kept.why)
  if (read.ok) return read.value
  const path = referenceStore.results.pathOf(name)
  log.warn(`${key.prover} is measured again on block ${key.block}: ${path} ${read.error}`)
  return null
}

const check = (
  text: string,
  key: ReferenceResultKey,
  { files, clock }: ResultPorts
): Result<ReferenceResult, string> => {
  const read = readReferenceResult(text, files.sha256OfText)
  if (!read.ok) return read
  const { value } = read
  if (referenceResultKeyInput(value.key) !== referenceResultKeyInput(key)) {
    return failure('is of another measurement')
  }
  if (!isWorthKeeping(value.outcome, key)) return failure('is nothing that is kept')
  return Date.parse(value.measuredAt) > Date.parse(clock.now())
    ? failure('is dated in the future')
    : success(value)
}

const recordOf = ({ key, outcome, measuredAt }: ReferenceResult): ReferenceRecord => ({
  block: key.block,
  outcome,
  wall: seconds(0),
  startedAt: measuredAt,
  unread: [],
  kept: true
})
