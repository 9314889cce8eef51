import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import { failure, type Result } from '../domain/problem.ts'
import { milliseconds, secondsOf } from '../domain/quantity.ts'
import type { ReferenceRecord } from '../domain/run.ts'
import type { BlockNumber } from '../domain/workload.ts'
import type { Finished } from '../io/ports.ts'
import { NO_FILES, type Reading } from '../provers/prover.ts'
import { printable } from '../provers/quote.ts'
import { howItFailed } from './host-end.ts'
import { emptyPlace, withoutEndpoints } from './reference-place.ts'
import type { ReferenceInput, ReferencePorts, ReferenceRequest } from './reference-request.ts'
import { logDirectoryIn } from './report-directory.ts'
import { feedLog, tailOf, trimLogs, type TrialLogs } from './trial-logs.ts'
import type { Forwarder } from './witnesses.ts'

/** What inputs are made with. */
export interface Making {
  readonly build: Build
  readonly request: ReferenceRequest
  readonly ports: ReferencePorts
}

export type MadeInput =
  | { readonly kind: 'made'; readonly input: ReferenceInput }
  | { readonly kind: 'failed'; readonly record: ReferenceRecord }
  | { readonly kind: 'cancelled' }

/** What a block's input is kept by. */
export const subjectOf = (block: BlockNumber, { request, ports }: Pick<Making, 'request' | 'ports'>) => {
  const { plan, leg } = request
  const of = { block, network: leg.network }
  const { cacheFile } = ports.referenceProver.inputCommand({ ...of, rpcUrl: '', outputDir: '' })
  return { ...of, sha: plan.revision.sha, path: cacheFile }
}

/**
 * Has the reference make the input of a block. It executes the block itself to do so, and what it finds wrong with it then is
 * the block's outcome; anything else is a block without an input.
 */
export const makeReferenceInput = async (
  block: BlockNumber,
  forwarder: Forwarder,
  making: Making
): Promise<MadeInput> => {
  const { request, ports } = making
  const logs = logsOf(block, request)
  const startedAt = ports.clock.now()
  const { finished, taken } = await run({ block, logs, url: forwarder.url }, making)
  if (finished.end.kind === 'cancelled') return { kind: 'cancelled' }
  const troubles = forwarder.takeTroubles()
  if (taken.ok) return { kind: 'made', input: taken.value }
  const reading = await read({ block, logs, finished }, making)
  const said = reading?.outcome.kind === 'failed' ? reading.outcome : null
  const why = troubles[0] ?? said?.message ?? taken.error
  const message = `${request.plan.prover} could not make the input of block ${block}: ${why}`
  const tail = await tailOf(logs, ports.files)
  await trimLogs(logs, ports.files)
  const outcome =
    said?.reason === 'execution-failed'
      ? { ...said, tail }
      : ({ kind: 'failed', reason: 'bad-input', message: printable(message, MESSAGE_LIMIT), tail } as const)
  const wall = secondsOf(finished.wall, 'ms')
  const unread = reading?.unread.slice(0, UNREAD_LIMIT) ?? []
  return { kind: 'failed', record: { block, outcome, wall, startedAt, unread, kept: false } }
}

const MESSAGE_LIMIT = 300
/** A report quotes a few; the whole log is kept. */
const UNREAD_LIMIT = 3

const logsOf = (block: BlockNumber, { reportDir }: ReferenceRequest): TrialLogs => {
  const name = join(logDirectoryIn(reportDir), `reference-input-${block}`)
  return { stdout: `${name}.stdout.log`, stderr: `${name}.stderr.log` }
}

interface Ran {
  readonly finished: Finished
  /** The error is a clause. */
  readonly taken: Result<ReferenceInput, string>
}

/** rsp asks for every account and slot of the block by itself: thousands of calls, one after the other. */
const DEADLINE = milliseconds(60 * 60_000)

const run = async (
  { block, logs, url }: { readonly block: BlockNumber; readonly logs: TrialLogs; readonly url: string },
  making: Making
): Promise<Ran> => {
  const { request, build, ports } = making
  const cwd = await emptyPlace(request.cacheDir, ports.files)
  const { args, env, cacheFile } = ports.referenceProver.inputCommand({
    ...{ block, network: request.leg.network },
    rpcUrl: url,
    outputDir: cwd
  })
  const finished = await ports.processes.run(
    { program: build.binary, args, cwd, env: { ...withoutEndpoints(ports.environments.trial), ...env } },
    { ...logs, deadline: DEADLINE }
  )
  const how = howItFailed(finished)
  const taken = how === null ? await take(block, join(cwd, cacheFile), making) : failure(how)
  await ports.files.remove(cwd)
  return { finished, taken }
}

const take = async (
  block: BlockNumber,
  file: string,
  making: Making
): Promise<Result<ReferenceInput, string>> => {
  const taken = await making.ports.referenceStore.inputs.take(subjectOf(block, making), file)
  return taken.ok ? taken : failure(`the input that it left ${taken.error}`)
}

/** What it says of a block that it could not execute; null where it ended well, or not by itself. */
const read = async (
  {
    block,
    logs,
    finished: { end }
  }: { readonly block: BlockNumber; readonly logs: TrialLogs; readonly finished: Finished },
  { request: { leg }, ports }: Making
): Promise<Reading | null> => {
  if (end.kind !== 'ended' || (end.exit.kind === 'exited' && end.exit.code === 0)) return null
  const reader = ports.referenceProver.createReader({
    ...{ block, network: leg.network, zkvm: 'sp1', mode: 'execute', timeScale: leg.timeScale },
    gasOfWitness: null,
    benchRequired: false
  })
  try {
    await feedLog(reader, 'stdout', ports.files.readChunks(logs.stdout))
    await feedLog(reader, 'stderr', ports.files.readChunks(logs.stderr))
  } catch (error) {
    // The child may have removed its logs: its own doing.
    if (!(error instanceof Error) || error.name === 'DiskFull') throw error
    return null
  }
  return reader.end(end.exit, NO_FILES, null)
}
