import { seconds, type Seconds } from '../domain/quantity.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { Journal, Log } from '../io/ports.ts'
import { journalTrial } from '../documents/journal.ts'
import { timeLeft } from '../plan/estimate.ts'
import { nextStep, progressOf } from '../plan/schedule.ts'
import { renderProgressLine } from '../render/progress.ts'
import type { Stop } from './run-state.ts'
import { runTrial, type TrialContext } from './trial.ts'

interface MeasurePorts {
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
  for (;;) {
    if (ports.isCancelled()) return { ending: 'cancelled', failures: [] }
    const step = nextStep(context.plan, records)
    if (step.kind === 'done') return { ending: step.ending, failures: [] }
    const announce = announcer(step.trial, records, { context, began, log: ports.log })
    announce()
    const end = await runTrial(step.trial, context, announce)
    if (end.kind === 'cancelled') return { ending: 'cancelled', failures: [] }
    if (end.kind === 'infrastructure') return { ending: 'infrastructure', failures: [end.failure] }
    await ports.journal.append(ports.redact(journalTrial(end.record)))
    records.push(end.record)
  }
}

interface Announcement {
  readonly context: TrialContext
  readonly began: Seconds
  readonly log: Log
}

/** Tells where the run stands; called again while the trial runs, with less and less time left. */
const announcer = (
  trial: Trial,
  records: readonly TrialRecord[],
  { context, began, log }: Announcement
): (() => void) => {
  const { clock } = context.ports
  const progress = progressOf(context.plan, records)
  const left = timeLeft(context.plan, records)
  const startedAt = clock.monotonic()
  const step =
    trial.phase === 'cycles' ? `${trial.phase} ${trial.side}` : `${trial.phase} ${trial.round ?? ''}`
  return () => {
    const now = clock.monotonic()
    const remaining = left === null ? null : seconds(Math.max(0, left - (now - startedAt)))
    const line = renderProgressLine({ trial, progress, elapsed: now - began, left: remaining })
    log.progress(line, { step, share: progress.done / progress.planned })
  }
}
