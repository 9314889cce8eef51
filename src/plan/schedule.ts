import { givenUp } from '../domain/given-up.ts'
import type { Plan } from '../domain/plan.ts'
import type { Progress } from '../domain/standing.ts'
import { isMadeAgain, type Timing } from '../domain/timing.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import { isBudgetSpent } from './budget.ts'
import type { Course, Step } from './course.ts'
import { pendingCycles, pendingWarmUp } from './opening.ts'
import { beginSession, pendingToLook, timingOf, walk } from './session.ts'
import { plannedTrials } from './trials.ts'

/**
 * All that follows from a plan and what is on record, decided by these two alone, never by the clock: the looks that
 * were made, and the next trial or the end.
 *
 * Order: cycles of every block at base, then at head, and the cheapest block once more on each side, since a count
 * that is not the same twice is none. Then one warm-up proof, and rounds of pairs, back to back, in an order that
 * alternates by round and block so that a drifting machine favours neither side. After the rounds that the plan names
 * comes a look; the first that reaches a verdict is the last. What fails is tried once more; when a side is given up,
 * no proof can change the verdict any more, and no further round begins; when the machine is, nothing at all. Once the budget is spent nothing new is
 * begun, and the pairs at hand are judged.
 */
export const courseOf = (plan: Plan, records: readonly TrialRecord[]): Course => {
  const { timing } = plan
  const opening = openingStep(plan, records)
  if (timing === null) return { timing: null, next: opening ?? COMPLETE }
  if (opening !== null) return { timing: NOTHING_TIMED, next: opening }
  const session = beginSession({ plan, timing, records })
  const next = walk(session)
  return { timing: timingOf(session), next }
}

/** What comes before the first round; null where the rounds have their turn. */
const openingStep = (plan: Plan, records: readonly TrialRecord[]): Step | null => {
  const lost = givenUp(records.filter(({ trial }) => trial.phase !== 'timed'))
  if (lost.some(({ isMachines }) => isMachines)) return COMPLETE
  const [execution] = pendingCycles(plan, records)
  if (execution !== undefined) return trialStep(execution)
  if (plan.timing === null) return null
  if (lost.length > 0) return COMPLETE
  const [warmUp] = pendingWarmUp(plan, records)
  if (warmUp === undefined) return null
  return warmUp.cause === 'planned' && isBudgetSpent(plan, records) ? BUDGET_SPENT : trialStep(warmUp)
}

/** The course's next step, without the rest. */
export const nextStep = (plan: Plan, records: readonly TrialRecord[]): Step => {
  const opening = openingStep(plan, records)
  if (opening !== null) return opening
  return plan.timing === null ? COMPLETE : walk(beginSession({ plan, timing: plan.timing, records }))
}

const COMPLETE: Step = { kind: 'done', ending: 'complete' }
const BUDGET_SPENT: Step = { kind: 'done', ending: 'budget-spent' }
const NOTHING_TIMED: Timing = { pairs: [], looks: [], retaken: [], dropped: [], isUnstable: false }

const trialStep = (trial: Trial): Step => ({ kind: 'trial', trial })

/** The trials that are still to come before the next look (or the end, where nothing is timed), if nothing fails. */
export const trialsToNextLook = (plan: Plan, records: readonly TrialRecord[]): readonly Trial[] => {
  const course = courseOf(plan, records)
  if (course.next.kind === 'done') return []
  const opening = [
    ...pendingCycles(plan, records),
    ...(plan.timing === null ? [] : pendingWarmUp(plan, records))
  ]
  if (plan.timing === null) return opening
  return [...opening, ...pendingToLook(beginSession({ plan, timing: plan.timing, records }))]
}

export const progressOf = (plan: Plan, records: readonly TrialRecord[]): Progress => {
  const { timing, next } = courseOf(plan, records)
  const made = timing?.looks.length ?? 0
  const of = plan.timing?.looks.length ?? 0
  const done = records.length
  const look = of === 0 ? null : { index: Math.min(made + 1, of), of }
  if (next.kind === 'done') return { done, planned: done, most: done, look }
  const planned = done + trialsToNextLook(plan, records).length
  return { done, planned, most: Math.max(planned, mostTrials(plan, records)), look }
}

/** If every look is made: what is planned, and what was made again so far. */
const mostTrials = (plan: Plan, records: readonly TrialRecord[]): number =>
  plannedTrials(plan).length + records.filter(isMadeAgain).length
