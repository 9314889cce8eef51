import { seconds, type Seconds } from '../domain/quantity.ts'
import type { Progress } from '../domain/standing.ts'
import { isMadeAgain } from '../domain/timing.ts'
import type { Trial } from '../domain/trial.ts'
import { expectedWall } from './estimate.ts'
import { sharedKey, type Leg } from './legs.ts'
import type { LegCourse } from './lockstep.ts'
import { pendingCycles } from './opening.ts'
import { trialsToNextLook } from './schedule.ts'
import { plannedTrials } from './trials.ts'

/** How far a run has come. */
export interface Outlook {
  readonly progress: Progress
  /** Wall time until the next look; null where nothing like one of the trials before it has run yet. */
  readonly left: Seconds | null
}

/** How far a run has come whose next trial is of one leg; a trial of base that several legs share counts once. */
export const outlookOfRun = (courses: readonly LegCourse[], current: LegCourse): Outlook => {
  const done = keysOf(courses.flatMap(madeIn))
  const pending = pendingOf(courses, current).filter((trial) => !done.has(sharedKey(trial)))
  const toCome = new Map(pending.map((trial) => [sharedKey(trial), trial]))
  const planned = done.size + toCome.size
  const { timing, plan } = current
  const of = plan.timing?.looks.length ?? 0
  const look = of === 0 ? null : { index: Math.min((timing?.looks.length ?? 0) + 1, of), of }
  return {
    progress: { done: done.size, planned, most: Math.max(planned, mostOf(courses)), look },
    left: wallOf([...toCome.values()], courses)
  }
}

/** If every look is made: what is planned, and what was made again so far; of legs that are over, what they made. */
const mostOf = (courses: readonly LegCourse[]): number => {
  const open = courses.filter(({ next }) => next.kind === 'trial')
  const planned = keysOf(open.flatMap(({ plan }) => plannedTrials(plan)))
  const again = keysOf(open.flatMap(({ records }) => records.filter(isMadeAgain).map(({ trial }) => trial)))
  const over = keysOf(courses.filter((one) => !open.includes(one)).flatMap(madeIn))
  return planned.size + again.size + [...over].filter((key) => !planned.has(key) && !again.has(key)).length
}

const madeIn = ({ records }: Leg): readonly Trial[] => records.map(({ trial }) => trial)

const keysOf = (trials: readonly Trial[]): ReadonlySet<string> => new Set(trials.map(sharedKey))

/** What is still to come before the next look of the zkVM that has its turn: its own trials, and all executions. */
const pendingOf = (courses: readonly LegCourse[], { plan: { zkvm } }: LegCourse): readonly Trial[] =>
  courses.flatMap(({ plan, records, next }) => {
    if (next.kind === 'done') return []
    return plan.zkvm === zkvm ? trialsToNextLook(plan, records) : pendingCycles(plan, records)
  })

/** Trials of a zkVM that do the same to a block take the same. */
const wallOf = (trials: readonly Trial[], courses: readonly LegCourse[]): Seconds | null => {
  let total = 0
  for (const [zkvm, own] of Map.groupBy(trials, (trial) => trial.zkvm)) {
    const legs = courses.filter(({ plan }) => plan.zkvm === zkvm)
    const records = legs.flatMap((leg) => leg.records)
    for (const alike of Map.groupBy(own, ({ mode, block }) => `${mode} ${block}`).values()) {
      const [leg, trial] = [legs[0], alike[0]]
      const wall = leg === undefined || trial === undefined ? null : expectedWall(leg.plan, records, trial)
      if (wall === null) return null
      total += wall * alike.length
    }
  }
  return seconds(total)
}

/**
 * How many fewer trials a run has still to make than its legs plan together: one of base is planned in each of them, and
 * made for one.
 */
export const sharedToCome = (legs: readonly Leg[]): number => {
  const done = keysOf(legs.flatMap(madeIn))
  const open = legs.flatMap((leg) => {
    const own = new Set(madeIn(leg).map(({ id }) => id))
    return plannedTrials(leg.plan).filter(({ id }) => !own.has(id))
  })
  return open.length - [...keysOf(open)].filter((key) => !done.has(key)).length
}
