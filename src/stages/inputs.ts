import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import { milliseconds, type Minutes } from '../domain/quantity.ts'
import { SIDES, type BySide, type Side } from '../domain/revision.ts'
import type { ComparedInput } from '../domain/sameness.ts'
import type { Witness } from '../domain/witness.ts'
import type { BlockNumber, Network } from '../domain/workload.ts'
import type { Files, Log, Processes } from '../io/ports.ts'
import type { InputCommand, InputOptions } from '../provers/prover.ts'
import { howItFailed } from './host-end.ts'
import type { Forwarder } from './witnesses.ts'

export interface InputsRequest {
  readonly builds: BySide<Build>
  readonly network: Network
  readonly witnesses: readonly Witness[]
  /** The prover's: the first of the files that it keeps is where the host looks for the cache file. */
  readonly inputCommand: (options: InputOptions) => InputCommand
  readonly environment: Readonly<Record<string, string>>
  /** Emptied before each process and gone after it. */
  readonly workDirectory: string
  readonly logDirectory: string
  /** Of one block on one side. */
  readonly timeout: Minutes
}

export interface InputsPorts {
  readonly processes: Processes
  readonly files: Files
  readonly log: Log
  readonly witnessStore: { readonly isIntact: (witness: Witness) => Promise<boolean> }
  /** An endpoint of this machine with nothing behind it. */
  readonly startOfflineEndpoint: (network: Network) => Promise<Forwarder>
}

export type InputsEnd =
  | {
      readonly kind: 'compared'
      /** One for each witness, in their order. */
      readonly inputs: readonly ComparedInput[]
      /** Why an input is not known, a sentence each. */
      readonly notes: readonly string[]
    }
  | { readonly kind: 'cancelled' }

/**
 * Has both builds make the guest's input of every block out of its witness, without an endpoint, and compares what
 * they made by its hash. An input that could not be made is not known, and never equal. Worth its seconds only where
 * the guests are equal. The endpoint is closed when this ends.
 */
export const compareInputs = async (request: InputsRequest, ports: InputsPorts): Promise<InputsEnd> => {
  const endpoint = await ports.startOfflineEndpoint(request.network)
  try {
    return await compareAll({ ...request, endpoint }, ports)
  } finally {
    await endpoint.close()
  }
}

interface Comparing extends InputsRequest {
  readonly endpoint: Forwarder
}

const compareAll = async (comparing: Comparing, ports: InputsPorts): Promise<InputsEnd> => {
  const inputs: ComparedInput[] = []
  const notes: string[] = []
  for (const [index, witness] of comparing.witnesses.entries()) {
    const { block } = witness
    ports.log.progress(
      `comparing the inputs of block ${block} (${index + 1} of ${comparing.witnesses.length})`
    )
    const hashes: Record<Side, string | null> = { base: null, head: null }
    for (const side of SIDES) {
      const made = await makeInput({ side, witness }, comparing, ports)
      if (made.kind === 'cancelled') return made
      if (made.kind === 'made') hashes[side] = made.sha256
      else notes.push(`The input of block ${block} on ${side} is not known: ${made.why}.`)
    }
    inputs.push({ block, ...hashes })
  }
  return { kind: 'compared', inputs, notes }
}

type MadeInput =
  | { readonly kind: 'made'; readonly sha256: string }
  /** `why`: a clause. */
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'cancelled' }

interface One {
  readonly side: Side
  readonly witness: Witness
}

const makeInput = async (one: One, comparing: Comparing, ports: InputsPorts): Promise<MadeInput> => {
  if (!(await ports.witnessStore.isIntact(one.witness)))
    return { kind: 'unknown', why: 'its witness is not what it was when the run began' }
  const { workDirectory } = comparing
  await ports.files.emptyDirectory(workDirectory)
  try {
    return await generate(one, comparing, ports)
  } finally {
    await ports.files.remove(workDirectory)
  }
}

const generate = async (
  { side, witness }: One,
  comparing: Comparing,
  { processes, files }: InputsPorts
): Promise<MadeInput> => {
  const { workDirectory, logDirectory, endpoint, network, builds } = comparing
  const outputDir = join(workDirectory, 'generated_inputs')
  const described = comparing.inputCommand({ block: witness.block, network, rpcUrl: endpoint.url, outputDir })
  // A copy: the host writes the file again even where it has only read it.
  const cacheFile = join(workDirectory, described.cacheFile)
  await files.makeDirectory(join(cacheFile, '..'))
  await files.copy(witness.path, cacheFile)
  const log = logOf(logDirectory, witness.block, side)
  const finished = await processes.run(
    {
      program: builds[side].binary,
      args: described.args,
      cwd: workDirectory,
      env: { ...comparing.environment, ...described.env }
    },
    { stdout: log, stderr: log, deadline: milliseconds(comparing.timeout * 60_000) }
  )
  if (finished.end.kind === 'cancelled') return { kind: 'cancelled' }
  const troubles = endpoint.takeTroubles()
  const failure = howItFailed(finished)
  if (failure !== null) return { kind: 'unknown', why: troubles[0] ?? failure }
  return readInput(outputDir, files)
}

const readInput = async (directory: string, files: Files): Promise<MadeInput> => {
  try {
    const sha256 = await hashOf(directory, files)
    return sha256 === null ? { kind: 'unknown', why: 'the host left no input' } : { kind: 'made', sha256 }
  } catch (error) {
    // The child may leave what nobody can read in the place of its input: its own doing.
    if (!(error instanceof Error) || error.name === 'DiskFull') throw error
    return { kind: 'unknown', why: `what the host left cannot be read: ${error.message}` }
  }
}

const logOf = (directory: string, block: BlockNumber, side: Side): string =>
  join(directory, `input-${block}-${side}.log`)

/** Of all files' names and contents; null where there is none, an empty one, or something else than a file. */
const hashOf = async (directory: string, files: Files): Promise<string | null> => {
  const empty = files.sha256OfText('')
  const hashes: (readonly [string, string])[] = []
  for (const name of await files.names(directory)) {
    const sha256 = await files.sha256OfFile(join(directory, name))
    if (sha256 === null || sha256 === empty) return null
    hashes.push([name, sha256])
  }
  return hashes.length === 0 ? null : files.sha256OfText(JSON.stringify(hashes))
}
