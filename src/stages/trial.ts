import { dirname } from 'node:path'
import type { Failure, Reason } from '../domain/failure.ts'
import type { Plan } from '../domain/plan.ts'
import { milliseconds, secondsOf } from '../domain/quantity.ts'
import { unreachable } from '../domain/problem.ts'
import type { BySide } from '../domain/revision.ts'
import type { Build } from '../domain/build.ts'
import type { Exit, Outcome, Trial, TrialRecord, UnreadLine } from '../domain/trial.ts'
import type { Witness } from '../domain/witness.ts'
import type { Clock, Command, Files, Finished, Gpu, Processes, ProverServer } from '../io/ports.ts'
import type { Prover, TrialCommand } from '../provers/prover.ts'
import { keptFiles, NOTHING_KEPT, prepareFiles, type TrialPlace } from './trial-files.ts'
import { feedLog, logsOf, tailOf, trimLogs, type TrialLogs } from './trial-logs.ts'
import { endWatch, gpuOf, settleGpu, type GpuEnd } from './trial-gpu.ts'

/** What every trial of a run shares. */
export interface TrialContext {
  readonly plan: Plan
  readonly prover: Prover
  readonly builds: BySide<Build>
  readonly witnesses: readonly Witness[]
  /** Emptied before each trial and gone after it. */
  readonly workDirectory: string
  /** Where the sides were built: hosts have paths below it compiled in. */
  readonly checkout: string
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
  /** Null where nothing is proven on one. */
  readonly gpu: Gpu | null
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
  if (obstacle !== null) return infrastructure(trial, obstacle)
  const settled = await settleGpu(gpuOf(trial, context.ports), context.plan.trialTimeout)
  if (settled.kind === 'closed') return infrastructure(trial, settled)
  if (settled.kind === 'cancelled') return settled
  const { files, clock } = context.ports
  const logs = logsOf(trial, context.logDirectory)
  await prepareFiles(describe(trial, context), placeOf(context), files)
  const startedAt = clock.now()
  const { finished, removed, gpu } = await runWatched({ trial, logs, onTick }, context)
  if (finished.end.kind === 'cancelled') return { kind: 'cancelled' }
  if (gpu.kind === 'closed') return infrastructure(trial, gpu)
  const said = await outcomeOf({ trial, finished, logs }, context)
  if (said === null) return { kind: 'cancelled' }
  const { outcome, remarks: read, unread } = said
  await trimLogs(logs, files)
  await files.remove(context.workDirectory)
  const left = finished.leftovers.map((leftover) => `ended a process that the trial left behind: ${leftover}`)
  const remarks = [...new Set([...settled.remarks, ...gpu.remarks, ...left, ...removed, ...read])]
  const wall = secondsOf(finished.wall, 'ms')
  return {
    kind: 'recorded',
    record: { trial, outcome, wall, startedAt, remarks, unread, gpu: gpu.trace, kept: false }
  }
}

interface Running {
  readonly trial: Trial
  readonly logs: TrialLogs
  readonly onTick: () => void
}

/** The child with its watchers. Whatever is thrown, none of them outlives it. */
const runWatched = async (
  { trial, logs, onTick }: Running,
  context: TrialContext
): Promise<{ finished: Finished; removed: readonly string[]; gpu: GpuEnd }> => {
  const { processes, server } = context.ports
  const gpuWatch = gpuOf(trial, context.ports)?.watch() ?? null
  const serverWatch = server.watch()
  try {
    const deadline = milliseconds(context.plan.trialTimeout * 60_000)
    const finished = await processes.run(commandOf(trial, context), { ...logs, deadline, onTick })
    const removed = await serverWatch.end()
    // Last, for by then the container that the trial ran in is known as ours.
    return { finished, removed, gpu: await endWatch(gpuWatch) }
  } catch (error) {
    await Promise.allSettled([serverWatch.end(), gpuWatch?.end()])
    throw error
  }
}

type Obstacle = Pick<Failure, 'reason' | 'message'>

const infrastructure = (trial: Trial, { reason, message }: Obstacle): TrialEnd => {
  const failure = { side: null, stage: stageOf(trial), block: trial.block, reason, message, tail: '' }
  return { kind: 'infrastructure', failure }
}

/** What forbids the trial: a witness that is not what it was, a stranger's prover server. */
const findObstacle = async (trial: Trial, context: TrialContext): Promise<Obstacle | null> => {
  const witness = witnessOf(trial, context)
  if (witness === undefined || !(await context.isWitnessIntact(witness))) {
    const message = `the witness of block ${trial.block} is not what it was when the run began`
    return { reason: 'witness-changed', message }
  }
  await context.ports.server.clear()
  return context.ports.server.obstacle()
}

const witnessOf = (trial: Trial, context: TrialContext): Witness | undefined =>
  context.witnesses.find((candidate) => candidate.block === trial.block)

const describe = (trial: Trial, context: TrialContext): TrialCommand => {
  const witness = witnessOf(trial, context)
  if (witness === undefined) throw new Error(`Internal error: no witness of block ${trial.block}`)
  const { network, resource, proofType } = context.plan
  return context.prover.trialCommand({
    workload: { block: trial.block, network, zkvm: trial.zkvm, resource, proofType },
    mode: trial.mode,
    witnessDir: dirname(witness.path),
    checkout: context.checkout
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
  readonly logs: TrialLogs
}

interface ReadOutcome {
  readonly outcome: Outcome
  readonly remarks: readonly string[]
  readonly unread: readonly UnreadLine[]
}

/** Null: cancelled, after the child had ended. */
type Read = ReadOutcome | null

const outcomeOf = async (ended: EndedTrial, context: TrialContext): Promise<Read> => {
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
  remarks: [],
  unread: []
})

/** Feeds both logs and the bench file to the prover's reader. */
const readTrial = async (ended: EndedTrial, exit: Exit, context: TrialContext): Promise<Read> => {
  try {
    return await readFiles(ended, exit, context)
  } catch (error) {
    // The child may remove its logs, or leave a folder or a gigabyte in place of its bench file: its own doing.
    if (!(error instanceof Error) || error.name === 'DiskFull') throw error
    const message = `what the trial left cannot be read: ${error.message}`
    return {
      outcome: { kind: 'failed', reason: 'unreadable-output', message, tail: '' },
      remarks: [],
      unread: []
    }
  }
}

const readFiles = async (ended: EndedTrial, exit: Exit, context: TrialContext): Promise<Read> => {
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
  await feedLog(reader, 'stdout', files.readChunks(logs.stdout))
  await feedLog(reader, 'stderr', files.readChunks(logs.stderr))
  const kept = isWell(exit)
    ? await keptFiles(describe(trial, context), placeOf(context), context.ports)
    : NOTHING_KEPT
  if (kept === null) return null
  const reading = reader.end(exit, kept.files, secondsOf(finished.wall, 'ms'))
  const remarks = [...kept.remarks, ...reading.remarks]
  const unread = reading.unread.slice(0, UNREAD_LIMIT)
  const { outcome } = reading
  if (outcome.kind === 'failed') return { ...(await failed(ended, context, outcome)), remarks, unread }
  return { outcome, remarks, unread }
}

/** What a host that failed left is not read: it may be half of something. */
const isWell = (exit: Exit): boolean => exit.kind === 'exited' && exit.code === 0

/** A report quotes a few; the whole log is kept. */
const UNREAD_LIMIT = 3

const placeOf = ({ workDirectory, environment, plan }: TrialContext): TrialPlace => ({
  workDirectory,
  environment,
  deadline: milliseconds(plan.trialTimeout * 60_000)
})

const stageOf = (trial: Trial): 'execute' | 'prove' => (trial.mode === 'execute' ? 'execute' : 'prove')
