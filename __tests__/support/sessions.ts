import type { GpuTrace } from '../../src/domain/gpu.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, seconds } from '../../src/domain/quantity.ts'
import type { Outcome, Trial, TrialRecord } from '../../src/domain/trial.ts'
import type { Course } from '../../src/plan/course.ts'
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
