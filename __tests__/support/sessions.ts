import type { GpuTrace } from '../../src/domain/gpu.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, seconds } from '../../src/domain/quantity.ts'
import type { Outcome, Trial, TrialRecord } from '../../src/domain/trial.ts'
import type { Course } from '../../src/plan/course.ts'
import { legsOf, type Leg } from '../../src/plan/legs.ts'
import { coursesOf, nextOfRun, type LegCourse } from '../../src/plan/lockstep.ts'
import { courseOf } from '../../src/plan/schedule.ts'

/** What a trial comes to: proving seconds (executions take one), a failure, or all of it. */
export type Answer = number | 'fails' | Partial<TrialRecord>

const failedOutcome: Outcome = {
  kind: 'failed',
  reason: 'proving-failed',
  message: 'the host says: Proving failed',
  tail: ''
}

export const measuredIn = (proving: number, cycles = 1000n): Outcome => ({
  kind: 'measured',
  sample: {
    gas: gas(1_000_000n),
    transactions: 1,
    metrics: {
      cycles: { value: count(cycles), unit: 'cycles', exactness: 'tracked-spans' },
      'proving-time': { value: proving, unit: 's', exactness: 'derived' }
    },
    spans: [],
    costs: []
  }
})

export const aTrace = (changes: Partial<GpuTrace> = {}): GpuTrace => ({
  samples: 3,
  temperature: null,
  smClock: null,
  throttled: [],
  peakMemory: bytes(0),
  foreign: [],
  ...changes
})

export const recordOf = (trial: Trial, answer: Answer): TrialRecord => {
  const proving = typeof answer === 'number' ? answer : 100
  return {
    trial,
    outcome: answer === 'fails' ? failedOutcome : measuredIn(proving),
    wall: seconds(trial.mode === 'prove' ? proving : 1),
    startedAt: '2026-01-01T00:00:00.000Z',
    remarks: [],
    unread: [],
    gpu: null,
    kept: false,
    ...(typeof answer === 'object' ? answer : {})
  }
}

/** More trials than any session of a test has: a schedule that does not end is found by it. */
const ENDLESS = 2_000

/** A session followed to its end: every trial that the schedule asks for is answered. */
export const followSession = (
  plan: Plan,
  answer: (trial: Trial) => Answer = () => 100,
  start: readonly TrialRecord[] = []
): { readonly records: readonly TrialRecord[]; readonly course: Course; readonly ids: readonly string[] } => {
  const records = [...start]
  for (;;) {
    const course = courseOf(plan, records)
    if (course.next.kind === 'done') return { records, course, ids: records.map(({ trial }) => trial.id) }
    if (records.length > ENDLESS) throw new Error(`no end after ${ENDLESS} trials`)
    records.push(recordOf(course.next.trial, answer(course.next.trial)))
  }
}

/** A run of several legs that was followed. */
export interface FollowedRun {
  readonly legs: readonly Leg[]
  readonly courses: readonly LegCourse[]
  /** Ids of what ran, in order. */
  readonly made: readonly string[]
  /** Everything on record, in the order of the journal. */
  readonly journal: readonly TrialRecord[]
}

/** A run of several legs followed to its end, or for so many trials: what is made for one leg is shared with the others. */
export const followRun = (
  plans: readonly Plan[],
  answer: (trial: Trial) => Answer = () => 100,
  { start = [], most = ENDLESS }: { readonly start?: readonly TrialRecord[]; readonly most?: number } = {}
): FollowedRun => {
  const legs = legsOf(plans, start).map(({ plan, records }) => ({ plan, records: [...records] }))
  const journal = [...start]
  const made: string[] = []
  const enter = (leg: number, record: TrialRecord): void => {
    legs[leg]!.records.push(record)
    journal.push(record)
  }
  for (;;) {
    const courses = coursesOf(legs)
    const step = nextOfRun(courses)
    if (step.kind === 'share') for (const { leg, record } of step.shared) enter(leg, record)
    if (step.kind === 'done' || (step.kind === 'trial' && made.length === most))
      return { legs, courses, made, journal }
    if (made.length === ENDLESS) throw new Error(`no end after ${ENDLESS} trials`)
    if (step.kind !== 'trial') continue
    made.push(step.trial.id)
    enter(step.leg, recordOf(step.trial, answer(step.trial)))
  }
}
