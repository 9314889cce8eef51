import { bytes, MEBIBYTE, milliseconds } from '../../domain/quantity.ts'
import type { Bytes, Milliseconds } from '../../domain/quantity.ts'
import type { Captured, Command, Finished, Processes, RunOptions } from '../ports.ts'
import { endAll } from './escalation.ts'
import type { Leader } from './leader.ts'
import { startLeader } from './leader.ts'
import type { Outputs } from './outputs.ts'
import { largest, openLogs, openScratch, readTexts, withOutputs } from './outputs.ts'
import { pause } from './pause.ts'
import { watchTree } from './process-tree.ts'

/** Who starts processes, and what stops them. */
export interface ProcessesOptions {
  /** Of `makeTag`: shared by all children of this run. */
  readonly tag: string
  /** Aborted: every tree gets TERM and, a second and a half later, KILL. */
  readonly signal: AbortSignal
  /** Aborted: KILL at once. */
  readonly hardSignal?: AbortSignal
}

type Stop = 'timeout' | 'log-limit' | 'cancelled'

interface Watched {
  readonly leader: Leader
  readonly outputs: Outputs
  readonly limits: Limits
}

interface Limits {
  readonly deadline: Milliseconds
  readonly logLimit: Bytes
  readonly onTick?: ((elapsed: Milliseconds) => void) | undefined
}

const GRACE = 1_500
const TICK = 250
/** Beyond this, Node fires a timer at once. */
const LONGEST_TIMER = 2 ** 31 - 1
const LOG_LIMIT = bytes(2048 * MEBIBYTE)
const CAPTURE_LIMIT = bytes(16 * MEBIBYTE)
/** After the tree is gone, the exit of its leader is only a turn of the event loop away. */
const LAST_WORD = 500

/** Calls `stop` with the first reason to end a tree early; returns what ends the watching. */
const watchFor = (
  { leader, outputs, limits }: Watched,
  options: ProcessesOptions,
  stop: (reason: Stop) => void
): (() => void) => {
  const cancel = (): void => stop('cancelled')
  const signals = [options.signal, ...(options.hardSignal === undefined ? [] : [options.hardSignal])]
  for (const signal of signals) signal.addEventListener('abort', cancel)
  if (signals.some((signal) => signal.aborted)) cancel()
  const deadline = setTimeout(() => stop('timeout'), Math.min(limits.deadline, LONGEST_TIMER)).unref()
  const ticks = setInterval(() => {
    if (largest(outputs) > limits.logLimit) stop('log-limit')
    limits.onTick?.(milliseconds(performance.now() - leader.startedAt))
  }, TICK).unref()
  return () => {
    clearTimeout(deadline)
    clearInterval(ticks)
    for (const signal of signals) signal.removeEventListener('abort', cancel)
  }
}

const stopOrExit = async (watched: Watched, options: ProcessesOptions): Promise<Stop | null> => {
  const stopped = Promise.withResolvers<Stop>()
  const unwatch = watchFor(watched, options, stopped.resolve)
  try {
    return await Promise.race([watched.leader.exited.then(() => null), stopped.promise])
  } finally {
    unwatch()
  }
}

/** A flood must not go on while it is asked to stop; all else may tidy up. */
const graceOf = (stop: Stop | null): number => (stop === 'log-limit' ? 0 : GRACE)

const supervise = async (watched: Watched, options: ProcessesOptions): Promise<Finished> => {
  const { leader, outputs, limits } = watched
  const stop = await stopOrExit(watched, options)
  const patience = { grace: graceOf(stop), hardSignal: options.hardSignal }
  const { found, remaining } = await endAll(watchTree(leader.root), patience)
  const last = await Promise.race([leader.exited, pause(LAST_WORD).then(() => null)])
  const isOver = largest(outputs) > limits.logLimit
  return {
    end: endOf(stop ?? (isOver ? 'log-limit' : null), last),
    wall: milliseconds((last?.at ?? performance.now()) - leader.startedAt),
    leftovers: stop === null ? found : remaining
  }
}

const endOf = (stop: Stop | null, last: Awaited<Leader['exited']> | null): Finished['end'] => {
  if (stop !== null) return { kind: stop }
  return last === null ? { kind: 'cancelled' } : { kind: 'ended', exit: last.exit }
}

const unstarted = (end: Finished['end']): Finished => ({ end, wall: milliseconds(0), leftovers: [] })

/** Runs commands, one tree each, with their output in files that they write themselves. */
export const createProcesses = (options: ProcessesOptions): Processes => {
  let started = 0
  const runInto = async (command: Command, outputs: Outputs, limits: Limits): Promise<Finished> => {
    if (options.signal.aborted || options.hardSignal?.aborted === true)
      return unstarted({ kind: 'cancelled' })
    started += 1
    const start = await startLeader(command, `${options.tag}.${started}`, outputs)
    return start.kind === 'started'
      ? supervise({ leader: start.leader, outputs, limits }, options)
      : unstarted(start)
  }
  const run = (command: Command, { stdout, stderr, ...rest }: RunOptions): Promise<Finished> =>
    withOutputs(
      () => openLogs(stdout, stderr),
      (outputs) => runInto(command, outputs, { ...rest, logLimit: rest.logLimit ?? LOG_LIMIT })
    )
  const capture = (command: Command, deadline: Milliseconds): Promise<Captured> =>
    withOutputs(openScratch, async (outputs) => {
      const finished = await runInto(command, outputs, { deadline, logLimit: CAPTURE_LIMIT })
      return { finished, ...readTexts(outputs, CAPTURE_LIMIT) }
    })
  return { run, capture }
}
