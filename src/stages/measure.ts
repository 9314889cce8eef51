import { minutes, seconds, type Minutes, type Seconds } from '../domain/quantity.ts'
import type { RunReport } from '../domain/report.ts'
import type { Sides } from '../domain/standing.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { Journal, Log } from '../io/ports.ts'
import { journalTrial } from '../documents/journal.ts'
import { provingWall } from '../plan/budget.ts'
import { sideName } from '../plan/legs.ts'
import { coursesOf, nextOfRun, type LegCourse } from '../plan/lockstep.ts'
import { outlookOfRun } from '../plan/run-progress.ts'
import { renderLookLine } from '../render/look-line.ts'
import { renderProgressLine } from '../render/progress.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, failedRun, type LegState, type Stop } from './run-state.ts'
import { runTrial, type TrialContext } from './trial.ts'

/** A leg whose builds are there. */
export interface MeasuredLeg {
  readonly state: LegState
  readonly context: TrialContext
}

interface MeasurePorts extends Pick<RunPorts, 'tell' | 'clock' | 'isCancelled' | 'redact'> {
  /** What was found out so far. */
  readonly report: () => RunReport
  readonly journal: Journal
  readonly log: Log
  /** Of the run. */
  readonly sides: Sides
}

/**
 * Runs trials in the schedule's order until it ends, and says of each leg how. Records of a leg begin with those of the
 * interrupted run that this one continues, and grow; each is in the journal, on disk, before the next trial starts. Null
 * where all legs came to their end; else why those did not that have none.
 */
export const measure = async (legs: readonly MeasuredLeg[], ports: MeasurePorts): Promise<Stop | null> => {
  const began = ports.clock.monotonic()
  let cycles: RunReport | null = null
  const tellLooks = lookTeller(coursesOfLegs(legs), ports.log)
  for (;;) {
    const courses = coursesOfLegs(legs)
    endThoseDone(legs, courses)
    tellLooks(courses)
    if (ports.isCancelled()) return cancelledRun
    const step = nextOfRun(courses)
    if (step.kind === 'done') return null
    if (step.kind === 'share') {
      for (const { leg, record } of step.shared) await keep(record, legs[leg], ports)
      continue
    }
    const [leg, current] = [legs[step.leg], courses[step.leg]]
    if (leg === undefined || current === undefined) throw new Error('Internal error: a trial without a leg')
    if (step.trial.phase !== 'cycles') cycles ??= ports.report()
    const announce = announcer(step.trial, { courses, current, began, cycles }, ports)
    announce()
    const end = await runTrial(step.trial, leg.context, announce)
    if (end.kind === 'cancelled') return cancelledRun
    if (end.kind === 'infrastructure') return failedRun('infrastructure', end.failure)
    await keep(end.record, leg, ports)
  }
}

const coursesOfLegs = (legs: readonly MeasuredLeg[]): readonly LegCourse[] =>
  coursesOf(legs.map(({ state: { plan, records } }) => ({ plan, records })))

const endThoseDone = (legs: readonly MeasuredLeg[], courses: readonly LegCourse[]): void => {
  for (const [index, { state }] of legs.entries()) {
    const next = courses[index]?.next
    if (next?.kind === 'done') state.ending = next.ending
  }
}

const keep = async (
  record: TrialRecord,
  leg: MeasuredLeg | undefined,
  { journal, redact }: MeasurePorts
): Promise<void> => {
  await journal.append(redact(journalTrial(record)))
  leg?.state.records.push(record)
}

/** Tells a line for each look that was not told of yet, with the name of its leg where there are several. */
const lookTeller = (known: readonly LegCourse[], log: Log): ((courses: readonly LegCourse[]) => void) => {
  const told = known.map(({ timing }) => timing?.looks.length ?? 0)
  return (courses) => {
    for (const [index, { plan, timing }] of courses.entries()) {
      const looks = timing?.looks ?? []
      const name = courses.length > 1 ? `${sideName({ plan, side: 'head' }, courses)}: ` : ''
      for (const look of looks.slice(told[index])) log.info(`${name}${renderLookLine(look)}`)
      told[index] = looks.length
    }
  }
}

interface Announcement {
  readonly courses: readonly LegCourse[]
  readonly current: LegCourse
  readonly began: Seconds
  readonly cycles: RunReport | null
}

/** Tells where the run stands; called again while the trial runs, with less and less time left. */
const announcer = (
  trial: Trial,
  { courses, current, began, cycles }: Announcement,
  { clock, log, tell, sides }: MeasurePorts
): (() => void) => {
  const { progress, left } = outlookOfRun(courses, current)
  const spent = courses.reduce((sum, { records }) => sum + provingWall(records), 0)
  const startedAt = clock.monotonic()
  const step =
    trial.phase === 'cycles' ? `${trial.phase} ${trial.side}` : `${trial.phase} ${trial.round ?? ''}`
  return () => {
    const now = clock.monotonic()
    const gpuMinutes = inMinutes(spent + (trial.mode === 'prove' ? now - startedAt : 0))
    const remaining = left === null ? null : seconds(Math.max(0, left - (now - startedAt)))
    const line = renderProgressLine({ trial, progress, elapsed: now - began, left: remaining })
    log.progress(line, { step, share: progress.done / progress.planned })
    tell({ kind: 'measuring', trial, progress, left: remaining, gpuMinutes, cycles }, sides)
  }
}

const inMinutes = (proved: number): Minutes => minutes(proved / 60)
