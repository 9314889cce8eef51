import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import { pollutionOf } from '../domain/gpu.ts'
import { bytes } from '../domain/quantity.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { buildDirectoryIn } from './build-directory.ts'
import { emptyPlace, withoutEndpoints } from './reference-place.ts'
import {
  referenceCacheDir,
  type ReferenceInput,
  type ReferencePorts,
  type ReferenceRequest
} from './reference-request.ts'
import { logDirectoryIn } from './report-directory.ts'
import { runTrial, type TrialContext, type TrialEnd } from './trial.ts'

/** One block, its input and what the reference was built to. */
export interface ReferenceBlockRun {
  readonly input: ReferenceInput
  readonly build: Build
  readonly request: ReferenceRequest
}

/**
 * Executes, or proves, one block in a process of its own. It is a trial like those of ethrex, with the same gate before the
 * GPU, the same watch and the same deadline; on either side of it stands the reference.
 */
export const runReferenceTrial = async (
  run: ReferenceBlockRun,
  ports: ReferencePorts,
  onTick: () => void
): Promise<TrialEnd> => {
  const { block } = run.input
  const workDirectory = await emptyPlace(run.request.cacheDir, ports.files)
  const end = await runTrial(trialOf(block, run.request), contextOf(run, workDirectory, ports), onTick)
  if (end.kind !== 'infrastructure' || end.failure.reason !== 'witness-changed') return end
  const message = `the input of ${run.request.plan.prover} for block ${block} is not what it was when it was made`
  return { ...end, failure: { ...end.failure, message } }
}

const trialOf = (block: BlockNumber, { leg: { mode } }: ReferenceRequest): Trial => ({
  id: `reference-${block}`,
  phase: mode === 'execute' ? 'cycles' : 'timed',
  side: 'base',
  block,
  zkvm: 'sp1',
  variant: null,
  mode,
  round: null,
  take: 1,
  cause: 'planned'
})

const contextOf = (
  { input, build, request }: ReferenceBlockRun,
  workDirectory: string,
  ports: ReferencePorts
): TrialContext => {
  const gas = request.blocks.find(({ block }) => block === input.block)?.gas
  if (gas === undefined) throw new Error(`Internal error: block ${input.block} is not to be measured`)
  // The directory that holds it is what the reference is given.
  const path = join(input.directory, 'input')
  const witness = { block: input.block, path, sha256: input.sha256, size: bytes(0), gas }
  return {
    plan: request.leg,
    prover: ports.referenceProver,
    builds: { base: build, head: build },
    witnesses: [witness],
    workDirectory,
    checkout: buildDirectoryIn(referenceCacheDir(request.cacheDir)).host,
    logDirectory: logDirectoryIn(request.reportDir),
    environment: withoutEndpoints(ports.environments.trial),
    isWitnessIntact: () => ports.referenceStore.inputs.isIntact(input),
    ports
  }
}

/** What a reader should know of a trial, a sentence each. */
export const trialNotes = (
  { trial: { block }, remarks, gpu }: TrialRecord,
  { plan: { prover } }: ReferenceRequest
): readonly string[] => {
  const pollution = pollutionOf(gpu)
  const what = { 'foreign-process': 'another process used the GPU', throttled: 'the GPU throttled' }
  return [
    ...(pollution === null ? [] : [`While ${prover} proved block ${block}, ${what[pollution]}.`]),
    ...remarks.map((remark) => `${prover}, block ${block}: ${remark}`)
  ]
}
