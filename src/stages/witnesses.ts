import { join } from 'node:path'
import type { Failure } from '../domain/failure.ts'
import { milliseconds } from '../domain/quantity.ts'
import type { Problem, Result } from '../domain/problem.ts'
import type { Witness } from '../domain/witness.ts'
import type { BlockNumber, Network } from '../domain/workload.ts'
import type { Files, Log, Processes } from '../io/ports.ts'
import type { InputCommand, InputOptions } from '../provers/prover.ts'
import { howItFailed } from './host-end.ts'

/** Witnesses of one network, each in a directory of its own that both sides read. */
export interface WitnessStore {
  /** Absolute. */
  readonly directory: string
  /** What an earlier run kept, unchanged since; else null. */
  kept(block: BlockNumber): Promise<Witness | null>
  /** Copied from a directory of cache files; null where it has none of the block. The error is a sentence. */
  take(block: BlockNumber, from: string): Promise<Result<Witness, string> | null>
  /** Copied from one file. */
  takeFile(block: BlockNumber, file: string): Promise<Result<Witness, string>>
  /** Whether the file is still what it was when the run began. */
  readonly isIntact: (witness: Witness) => Promise<boolean>
}

/** Endpoint on this machine that stands for the user's. */
export interface Forwarder {
  readonly url: string
  takeTroubles(): readonly string[]
  close(): Promise<void>
}

export interface Collected {
  /** In the order of the blocks asked for. */
  readonly witnesses: readonly Witness[]
  /** Blocks that only an RPC endpoint can give. */
  readonly missing: readonly BlockNumber[]
  /** Of files that cannot be used. */
  readonly problems: readonly Problem[]
  /** Blocks whose witness is none of the user's files, but what an earlier run kept. */
  readonly kept: readonly BlockNumber[]
}

interface CollectPorts {
  readonly witnessStore: WitnessStore
  /** Copying takes a while for hundreds of blocks: it ends early, and what it gives is not to be used then. */
  readonly isCancelled: () => boolean
}

/** Gathers what needs no endpoint: the user's files first, then what earlier runs kept. */
export const collectWitnesses = async (
  blocks: readonly BlockNumber[],
  directory: string | null,
  { witnessStore: store, isCancelled }: CollectPorts
): Promise<Collected> => {
  const witnesses: Witness[] = []
  const missing: BlockNumber[] = []
  const problems: Problem[] = []
  const kept: BlockNumber[] = []
  for (const block of blocks) {
    if (isCancelled()) break
    const taken = directory === null ? null : await store.take(block, directory)
    if (taken?.ok === false) {
      problems.push({ input: 'witnesses', message: taken.error })
      continue
    }
    const witness = taken?.value ?? (await store.kept(block))
    if (witness === null) missing.push(block)
    else witnesses.push(witness)
    if (taken === null && witness !== null) kept.push(block)
  }
  return { witnesses, missing, problems, kept }
}

/** The problem of blocks that there is neither a witness nor an endpoint for, all in one sentence. */
export const missingProblem = (missing: readonly BlockNumber[], directory: string | null): Problem => {
  const blocks = `${missing.length === 1 ? 'block' : 'blocks'} ${missing.join(', ')}`
  const message =
    directory === null
      ? `is not given, and neither is an RPC URL: there is nothing to replay ${blocks} from`
      : `${directory} has no cache_<network>_<block>.json or .json.gz of ${blocks}, and no RPC URL is given`
  return { input: 'witnesses', message }
}

export interface FetchRequest {
  /** Base's. */
  readonly binary: string
  readonly network: Network
  /** The prover's: the first of the files that it keeps is the cache file. */
  readonly inputCommand: (options: InputOptions) => InputCommand
  readonly environment: Readonly<Record<string, string>>
  readonly workDirectory: string
  readonly logDirectory: string
  readonly forwarder: Forwarder
}

export interface FetchPorts {
  readonly processes: Processes
  readonly files: Files
  readonly store: WitnessStore
  readonly log: Log
}

export type Fetched =
  | {
      readonly kind: 'fetched'
      readonly witnesses: readonly Witness[]
      readonly failures: readonly Failure[]
    }
  | { readonly kind: 'cancelled' }

/** Fetches witnesses with base's host, block by block: one that fails does not cost the others. */
export const fetchWitnesses = async (
  blocks: readonly BlockNumber[],
  request: FetchRequest,
  ports: FetchPorts
): Promise<Fetched> => {
  const witnesses: Witness[] = []
  const failures: Failure[] = []
  for (const [index, block] of blocks.entries()) {
    ports.log.info(`fetching the witness of block ${block} (${index + 1} of ${blocks.length})`)
    const fetched = await fetchOne(block, request, ports)
    if (fetched === 'cancelled') return { kind: 'cancelled' }
    if (fetched.ok) witnesses.push(fetched.value)
    else failures.push(fetched.error)
  }
  return { kind: 'fetched', witnesses, failures }
}

const DEADLINE = milliseconds(30 * 60_000)

const fetchOne = async (
  block: BlockNumber,
  request: FetchRequest,
  { processes, files, store }: FetchPorts
): Promise<Result<Witness, Failure> | 'cancelled'> => {
  const { workDirectory, logDirectory, forwarder } = request
  const log = join(logDirectory, `witness-${block}.log`)
  await files.emptyDirectory(workDirectory)
  const { args, env, cacheFile } = request.inputCommand({
    block,
    network: request.network,
    rpcUrl: forwarder.url,
    outputDir: join(workDirectory, 'generated_inputs')
  })
  const command = {
    program: request.binary,
    args,
    cwd: workDirectory,
    env: { ...request.environment, ...env }
  }
  const finished = await processes.run(command, { stdout: log, stderr: log, deadline: DEADLINE })
  if (finished.end.kind === 'cancelled') return 'cancelled'
  const troubles = forwarder.takeTroubles()
  const file = join(workDirectory, cacheFile)
  const failed = howItFailed(finished)
  const taken = failed === null ? await store.takeFile(block, file) : null
  await files.remove(workDirectory)
  if (taken?.ok === true) return taken
  const why = taken === null ? troubles.join('; ') || failed : taken.error
  const told = { side: null, stage: 'fetch', block, reason: 'bad-input' } as const
  const message = `the witness of block ${block} could not be fetched: ${why}`
  return { ok: false, error: { ...told, message, tail: await files.tail(log) } }
}
