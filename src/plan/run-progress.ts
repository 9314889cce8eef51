import { seconds, type Seconds } from '../domain/quantity.ts'
import type { Progress } from '../domain/standing.ts'
import { isMadeAgain } from '../domain/timing.ts'
import type { Trial } from '../domain/trial.ts'
import { expectedWall } from './estimate.ts'
import { sharedKey, type Leg } from './legs.ts'
import type { LegCourse } from './lockstep.ts'
import { trialsToNextLook } from './schedule.ts'
import { plannedTrials } from './trials.ts'

/** How far a run has come whose next trial is of one leg; a trial of base that several legs share counts once. */
export const progressOfRun = (courses: readonly LegCourse[], current: LegCourse): Progress => {
  const done = keysOf(courses.flatMap(madeIn))
  const planned = new Set([...done, ...keysOf(pendingOf(courses, current))]).size
  const { timing, plan } = current
  const of = plan.timing?.looks.length ?? 0
  const look = of === 0 ? null : { index: Math.min((timing?.looks.length ?? 0) + 1, of), of }
  return { done: done.size, planned, most: Math.max(planned, mostOf(courses)), look }
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
  courses.flatMap(({ plan, records }) =>
    trialsToNextLook(plan, records).filter((trial) => trial.zkvm === zkvm || trial.phase === 'cycles')
  )

/** Wall time of that; null where nothing like one of these trials has run yet. */
export const timeLeftOfRun = (courses: readonly LegCourse[], current: LegCourse): Seconds | null => {
  const done = keysOf(courses.flatMap(madeIn))
  const pending = new Map(pendingOf(courses, current).map((trial) => [sharedKey(trial), trial]))
  let total = 0
  for (const [key, trial] of pending) {
    if (done.has(key)) continue
    const records = courses.filter(({ plan }) => plan.zkvm === trial.zkvm).flatMap((own) => own.records)
    const wall = expectedWall(current.plan, records, trial)
    if (wall === null) return null
    total += wall
  }
  return seconds(total)
}
