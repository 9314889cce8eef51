import { basename, dirname } from 'node:path'
import type { Failure, Reason } from '../domain/failure.ts'
import type { Plan } from '../domain/plan.ts'
import { MEBIBYTE, milliseconds, secondsOf } from '../domain/quantity.ts'
import { unreachable } from '../domain/problem.ts'
import type { BySide } from '../domain/revision.ts'
import type { Build } from '../domain/build.ts'
import type { Exit, Outcome, Trial, TrialRecord } from '../domain/trial.ts'
import type { Witness } from '../domain/witness.ts'
import type { Clock, Command, Files, Finished, Processes, ProverServer } from '../io/ports.ts'
import { createLineSplitter } from '../provers/line.ts'
import type { CommandDescription, KeptFiles, Prover, Reader } from '../provers/prover.ts'

/** What every trial of a run shares. */
export interface TrialContext {
  readonly plan: Plan
  readonly prover: Prover
  readonly builds: BySide<Build>
  readonly witnesses: readonly Witness[]
  /** Emptied before each trial and gone after it. */
  readonly workDirectory: string
  readonly logDirectory: string
  /** The child's environment before the prover's own variables. */
  readonly environment: Readonly<Record<string, string>>
  readonly isWitnessIntact: (witness: Witness) => Promise<boolean>
  readonly ports: TrialPorts
}

export interface TrialPorts {
  readonly processes: Processes
  readonly files: Files
  readonly clock: Clock
  readonly server: ProverServer
}

/** A trial's end. Only a recorded one reaches the journal: the others are tried again when the run resumes. */
export type TrialEnd =
  | { readonly kind: 'recorded'; readonly record: TrialRecord }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'infrastructure'; readonly failure: Failure }

/** Runs one trial in a process of its own and reads what it left. Never throws for what the child does. */
export const runTrial = async (
  trial: Trial,
  context: TrialContext,
  onTick: () => void = () => undefined
): Promise<TrialEnd> => {
  const obstacle = await findObstacle(trial, context)
  if (obstacle !== null) return { kind: 'infrastructure', failure: obstacle }
  const { processes, files, clock, server } = context.ports
  const logs = logPaths(trial, context)
  await files.emptyDirectory(context.workDirectory)
  const watch = server.watch()
  const startedAt = clock.now()
  const finished = await processes.run(commandOf(trial, context), {
    ...logs,
    deadline: milliseconds(context.plan.trialTimeout * 60_000),
    onTick
  })
  const removed = await watch.end()
  if (finished.end.kind === 'cancelled') return { kind: 'cancelled' }
  const outcome = await outcomeOf({ trial, finished, logs }, context)
  await trimLogs(logs, context)
  await files.remove(context.workDirectory)
  const remarks = [
    ...finished.leftovers.map((leftover) => `ended a process that the trial left behind: ${leftover}`),
    ...removed,
    ...outcome.remarks
  ]
  const wall = secondsOf(finished.wall, 'ms')
  return { kind: 'recorded', record: { trial, outcome: outcome.outcome, wall, startedAt, remarks } }
}

/** A log that the child removed needs no trimming. */
const trimLogs = async (logs: LogPaths, { logDirectory, ports: { files } }: TrialContext): Promise<void> => {
  const present = new Set(await files.names(logDirectory))
  for (const path of [logs.stdout, logs.stderr]) if (present.has(basename(path))) await files.trimLog(path)
}

/** What forbids the trial: a witness that is not what it was, a stranger's prover server. */
const findObstacle = async (trial: Trial, context: TrialContext): Promise<Failure | null> => {
  const base = { side: null, stage: stageOf(trial), block: trial.block, tail: '' }
  const witness = witnessOf(trial, context)
  if (witness === undefined || !(await context.isWitnessIntact(witness))) {
    const message = `the witness of block ${trial.block} is not what it was when the run began`
    return { ...base, reason: 'witness-changed', message }
  }
  await context.ports.server.clear()
  const obstacle = await context.ports.server.obstacle()
  return obstacle === null ? null : { ...base, ...obstacle }
}

const witnessOf = (trial: Trial, context: TrialContext): Witness | undefined =>
  context.witnesses.find((candidate) => candidate.block === trial.block)

interface LogPaths {
  readonly stdout: string
  readonly stderr: string
}

const logPaths = (trial: Trial, context: TrialContext): LogPaths => ({
  stdout: `${context.logDirectory}/${trial.id}.stdout.log`,
  stderr: `${context.logDirectory}/${trial.id}.stderr.log`
})

const describe = (trial: Trial, context: TrialContext): CommandDescription => {
  const witness = witnessOf(trial, context)
  if (witness === undefined) throw new Error(`Internal error: no witness of block ${trial.block}`)
  const { network, resource, proofType } = context.plan
  return context.prover.trialCommand({
    workload: { block: trial.block, network, zkvm: trial.zkvm, resource, proofType },
    mode: trial.mode,
    witnessDir: dirname(witness.path)
  })
}

const commandOf = (trial: Trial, context: TrialContext): Command => {
  const described = describe(trial, context)
  return {
    program: context.builds[trial.side].binary,
    args: described.args,
    cwd: context.workDirectory,
    env: { ...context.environment, ...described.env }
  }
}

interface EndedTrial {
  readonly trial: Trial
  readonly finished: Finished
  readonly logs: LogPaths
}

interface ReadOutcome {
  readonly outcome: Outcome
  readonly remarks: readonly string[]
}

const outcomeOf = async (ended: EndedTrial, context: TrialContext): Promise<ReadOutcome> => {
  const { end } = ended.finished
  switch (end.kind) {
    case 'ended':
      return readTrial(ended, end.exit, context)
    case 'timeout': {
      const message = `not done after ${context.plan.trialTimeout} min (trial-timeout-minutes)`
      return failed(ended, context, { reason: 'timeout', message })
    }
    case 'log-limit':
      return failed(ended, context, { reason: 'log-limit', message: 'the log grew beyond 2 GiB' })
    case 'not-started':
      return failed(ended, context, { reason: 'not-started', message: end.message })
    case 'cancelled':
      throw new Error('Internal error: a cancelled trial has no outcome')
    default:
      return unreachable(end)
  }
}

const failed = async (
  ended: EndedTrial,
  context: TrialContext,
  why: { readonly reason: Reason; readonly message: string }
): Promise<ReadOutcome> => ({
  outcome: { kind: 'failed', ...why, tail: await tailOf(ended.logs, context.ports.files) },
  remarks: []
})

/** Feeds both logs and the bench file to the prover's reader. */
const readTrial = async (ended: EndedTrial, exit: Exit, context: TrialContext): Promise<ReadOutcome> => {
  try {
    return await readFiles(ended, exit, context)
  } catch (error) {
    // The child may remove its logs, or leave a folder or a gigabyte in place of its bench file: its own doing.
    if (!(error instanceof Error) || error.name === 'DiskFull') throw error
    const message = `what the trial left cannot be read: ${error.message}`
    return { outcome: { kind: 'failed', reason: 'unreadable-output', message, tail: '' }, remarks: [] }
  }
}

const readFiles = async (ended: EndedTrial, exit: Exit, context: TrialContext): Promise<ReadOutcome> => {
  const { trial, finished, logs } = ended
  const { files } = context.ports
  const reader = context.prover.createReader({
    block: trial.block,
    network: context.plan.network,
    zkvm: trial.zkvm,
    mode: trial.mode,
    gasOfWitness: witnessOf(trial, context)?.gas ?? null,
    timeScale: context.plan.timeScale,
    benchRequired: true
  })
  await feed(reader, 'stdout', files.readChunks(logs.stdout))
  await feed(reader, 'stderr', files.readChunks(logs.stderr))
  const bench = await readBench(trial, context)
  const reading = reader.end(exit, { bench }, secondsOf(finished.wall, 'ms'))
  const { outcome } = reading
  if (outcome.kind === 'failed') {
    const failure = await failed(ended, context, outcome)
    return { ...failure, remarks: reading.remarks }
  }
  return { outcome, remarks: reading.remarks }
}

/** The working directory was empty before the trial, so what lies there now is fresh. */
const readBench = async (trial: Trial, context: TrialContext): Promise<KeptFiles['bench']> => {
  const [name] = describe(trial, context).keepFiles
  if (name === undefined) return null
  const text = await context.ports.files.readText(`${context.workDirectory}/${name}`, MEBIBYTE)
  return text === null ? null : { text, fresh: true }
}

const feed = async (
  reader: Reader,
  stream: 'stdout' | 'stderr',
  chunks: AsyncIterable<Uint8Array>
): Promise<void> => {
  const splitter = createLineSplitter((line) => {
    reader.line(stream, line)
  })
  for await (const chunk of chunks) splitter.push(chunk)
  splitter.end()
}

const tailOf = async (logs: LogPaths, files: Files): Promise<string> => {
  const stdout = await files.tail(logs.stdout)
  const stderr = await files.tail(logs.stderr)
  const tail = [stdout, stderr].filter((text) => text !== '').join('\n')
  return tail.slice(-TAIL_LIMIT)
}

/** Of UTF-16 units: the journal keeps every failure's tail, and refuses a longer text. */
const TAIL_LIMIT = 32_000

const stageOf = (trial: Trial): 'execute' | 'prove' => (trial.mode === 'execute' ? 'execute' : 'prove')
