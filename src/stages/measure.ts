import { minutes, seconds, type Minutes, type Seconds } from '../domain/quantity.ts'
import type { Report } from '../domain/report.ts'
import type { Look } from '../domain/timing.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { Journal, Log } from '../io/ports.ts'
import { journalTrial } from '../documents/journal.ts'
import { timeLeft } from '../plan/estimate.ts'
import { courseOf, progressOf } from '../plan/schedule.ts'
import { renderLookLine } from '../render/look-line.ts'
import { renderProgressLine } from '../render/progress.ts'
import { sidesOf } from './resolve.ts'
import type { RunPorts } from './run-ports.ts'
import type { Stop } from './run-state.ts'
import { runTrial, type TrialContext } from './trial.ts'

interface MeasurePorts {
  readonly tell: RunPorts['tell']
  /** What was found out so far. */
  readonly report: () => Report
  readonly journal: Journal
  readonly log: Log
  readonly isCancelled: () => boolean
  readonly redact: (text: string) => string
}

/**
 * Runs trials in the schedule's order until it ends. `records` begins with those of the interrupted run that
 * this one continues, and grows; each is in the journal, on disk, before the next trial starts.
 */
export const measure = async (
  context: TrialContext,
  records: TrialRecord[],
  ports: MeasurePorts
): Promise<Stop> => {
  const began = context.ports.clock.monotonic()
  let cycles: Report | null = null
  let told = courseOf(context.plan, records).timing?.looks.length ?? 0
  for (;;) {
    if (ports.isCancelled()) return { ending: 'cancelled', failures: [] }
    const { timing, next } = courseOf(context.plan, records)
    told = tellLooks(timing?.looks ?? [], told, ports.log)
    if (next.kind === 'done') return { ending: next.ending, failures: [] }
    if (next.trial.phase !== 'cycles') cycles ??= ports.report()
    const announce = announcer(next.trial, records, { context, began, cycles, ...ports })
    announce()
    const end = await runTrial(next.trial, context, announce)
    if (end.kind === 'cancelled') return { ending: 'cancelled', failures: [] }
    if (end.kind === 'infrastructure') return { ending: 'infrastructure', failures: [end.failure] }
    await ports.journal.append(ports.redact(journalTrial(end.record)))
    records.push(end.record)
  }
}

/** A line for each look that was not told of yet; returns how many there are. */
const tellLooks = (looks: readonly Look[], told: number, log: Log): number => {
  for (const look of looks.slice(told)) log.info(renderLookLine(look))
  return looks.length
}

interface Announcement {
  readonly context: TrialContext
  readonly began: Seconds
  readonly cycles: Report | null
  readonly log: Log
  readonly tell: MeasurePorts['tell']
}

/** Tells where the run stands; called again while the trial runs, with less and less time left. */
const announcer = (
  trial: Trial,
  records: readonly TrialRecord[],
  { context, began, cycles, log, tell }: Announcement
): (() => void) => {
  const { clock } = context.ports
  const progress = progressOf(context.plan, records)
  const left = timeLeft(context.plan, records)
  const startedAt = clock.monotonic()
  const step =
    trial.phase === 'cycles' ? `${trial.phase} ${trial.side}` : `${trial.phase} ${trial.round ?? ''}`
  const sides = sidesOf(context.plan)
  return () => {
    const now = clock.monotonic()
    const gpuMinutes = provingMinutes(records, trial.mode === 'prove' ? now - startedAt : 0)
    const remaining = left === null ? null : seconds(Math.max(0, left - (now - startedAt)))
    const line = renderProgressLine({ trial, progress, elapsed: now - began, left: remaining })
    log.progress(line, { step, share: progress.done / progress.planned })
    tell({ kind: 'measuring', trial, progress, left: remaining, gpuMinutes, cycles }, sides)
  }
}

/** Wall time of proving, the trial that runs included. */
const provingMinutes = (records: readonly TrialRecord[], running: number): Minutes => {
  const proved = records.filter(({ trial }) => trial.mode === 'prove')
  return minutes(proved.reduce((sum, { wall }) => sum + wall, running) / 60)
}
