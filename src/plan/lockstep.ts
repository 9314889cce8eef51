import type { Trial, TrialRecord } from '../domain/trial.ts'
import { withAllowances } from './allowance.ts'
import type { Course } from './course.ts'
import { sharedKey, zkvmsOf, type Leg } from './legs.ts'
import { courseOf } from './schedule.ts'
import { pairOrder } from './trials.ts'

/** One leg of a run, its plan with what it may spend in place of the run's budget, and where the records have led it. */
export interface LegCourse extends Leg, Course {}

/** What comes next in a run of several legs. */
export type RunStep =
  /** Records to enter into legs, by their number: another leg made these trials of base, and nothing runs. */
  | {
      readonly kind: 'share'
      readonly shared: readonly { readonly leg: number; readonly record: TrialRecord }[]
    }
  | { readonly kind: 'trial'; readonly leg: number; readonly trial: Trial }
  /** No leg has a trial left. */
  | { readonly kind: 'done' }

/** Where all legs of a run are that are measured. */
export const coursesOf = (legs: readonly Leg[]): readonly LegCourse[] =>
  withAllowances(legs).map((leg) => ({ ...leg, ...courseOf(leg.plan, leg.records) }))

/**
 * The next step of a run, decided by what is on record alone. All executions come first, so that every exact verdict is
 * known before anything is proved; then proofs, zkVM by zkVM. Of the legs of one zkVM the one that is furthest behind has
 * its turn, so that what is compared with one trial of base is measured close to it. Where base comes first, the order of a
 * pair is base, head and the variants; else the very reverse: head stays next to base, and a machine that drifts favours no
 * leg. A trial of base that another leg of the zkVM made at the same place, for the same cause, is shared.
 */
export const nextOfRun = (courses: readonly LegCourse[]): RunStep => {
  const pending = courses.flatMap(({ next }, leg) =>
    next.kind === 'trial' ? [{ leg, trial: next.trial }] : []
  )
  const shared = sharedAmong(courses, pending)
  if (shared.length > 0) return { kind: 'share', shared }
  const order = orderOf(courses)
  const [first] = pending.toSorted((a, b) => compareTurns(order(a), order(b)))
  return first === undefined ? { kind: 'done' } : { kind: 'trial', ...first }
}

interface Pending {
  readonly leg: number
  readonly trial: Trial
}

const sharedAmong = (
  legs: readonly Leg[],
  pending: readonly Pending[]
): Extract<RunStep, { kind: 'share' }>['shared'] => {
  const wanted = pending.filter(({ trial }) => trial.side === 'base')
  if (wanted.length === 0 || legs.length === 1) return []
  const keys = new Set(wanted.map(({ trial }) => sharedKey(trial)))
  const made = new Map<string, TrialRecord>()
  for (const { records } of legs) {
    for (const record of records) {
      const key = record.trial.side === 'base' && !record.kept ? sharedKey(record.trial) : ''
      if (keys.has(key)) made.set(key, record)
    }
  }
  return wanted.flatMap(({ leg, trial }) => {
    const record = made.get(sharedKey(trial))
    return record === undefined ? [] : [{ leg, record: copyOf(record, trial) }]
  })
}

/** What a reader should know of it is said where it was made. */
const copyOf = (record: TrialRecord, trial: Trial): TrialRecord => ({
  ...record,
  trial,
  remarks: [],
  unread: [],
  kept: true
})

/** The smaller has its turn first, number by number. */
type Turn = readonly number[]

const PHASES: readonly Trial['phase'][] = ['cycles', 'warm-up', 'timed']

const orderOf = (legs: readonly Leg[]): ((pending: Pending) => Turn) => {
  const zkvms = zkvmsOf(legs)
  return ({ leg, trial }) => {
    const { phase, side, block, take, zkvm } = trial
    const round = trial.round ?? 0
    const plan = legs[leg]?.plan
    const group = zkvms.indexOf(zkvm)
    if (phase === 'cycles') {
      const index = plan?.blocks.findIndex((planned) => planned.block === block) ?? 0
      return [0, group, take, side === 'base' ? 0 : 1, index, leg]
    }
    const index = plan?.timing?.blocks.indexOf(block) ?? 0
    const order = pairOrder(round, index)
    const place = side === 'head' && order[0] === 'head' ? -leg : leg
    return [1, group, PHASES.indexOf(phase), round, index, take, order.indexOf(side), place]
  }
}

const compareTurns = (a: Turn, b: Turn): number => {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
