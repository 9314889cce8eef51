import { SIDES } from '../domain/revision.ts'
import type { Plan } from '../domain/plan.ts'
import type { Cause, Trial, TrialRecord } from '../domain/trial.ts'
import { cheapest, cyclesPlace, executedBlocks, trialAt, warmUpPlace, type Place } from './trials.ts'

/**
 * Executions that are still to be made, in order, if nothing fails any more. Executions that failed are tried once
 * more. The cheapest block is executed twice on each side, the second time to see the same cycles: also where the
 * first time was in another run.
 */
export const pendingCycles = (plan: Plan, records: readonly TrialRecord[]): readonly Trial[] => {
  const executed = executedBlocks(plan)
  const again = cheapest(executed)
  const takesOf = takesBy(records, 'cycles')
  const first = SIDES.flatMap((side) =>
    executed.flatMap(({ block }) => {
      const place = cyclesPlace(side, block)
      return pendingAt(plan, place, { takes: takesOf(place), cause: 'planned' })
    })
  )
  if (again === null) return first
  const second = SIDES.flatMap((side) => {
    const place = cyclesPlace(side, again.block)
    const takes = takesOf(place)
    if (takes.length > 0 && !takes.some(isMeasured)) return []
    return pendingAt(plan, place, { takes, cause: 'determinism' })
  })
  return [...first, ...second]
}

/** The warm-up proof where it is still to be made. */
export const pendingWarmUp = (plan: Plan, records: readonly TrialRecord[]): readonly Trial[] => {
  const place = warmUpPlace(plan)
  if (place === null) return []
  return pendingAt(plan, place, { takes: takesBy(records, 'warm-up')(place), cause: 'planned' })
}

type TakesOf = (place: Place) => readonly TrialRecord[]

const takesBy = (records: readonly TrialRecord[], phase: 'cycles' | 'warm-up'): TakesOf => {
  const takes = new Map<string, TrialRecord[]>()
  for (const record of records) {
    if (record.trial.phase !== phase) continue
    const key = placeKey(record.trial)
    const own = takes.get(key)
    if (own === undefined) takes.set(key, [record])
    else own.push(record)
  }
  for (const own of takes.values()) own.sort((a, b) => a.trial.take - b.trial.take)
  return (place) => takes.get(placeKey(place)) ?? []
}

const placeKey = ({ side, block }: Pick<Place, 'side' | 'block'>): string => `${side} ${block}`

interface Attempted {
  readonly takes: readonly TrialRecord[]
  readonly cause: Exclude<Cause, 'retry'>
}

/** The take for a cause where there is none, one more where that failed, and no third. */
const pendingAt = (plan: Plan, place: Place, { takes, cause }: Attempted): readonly Trial[] => {
  const begun = takes.findIndex(({ trial }) => trial.cause === cause)
  const record = takes[begun]
  // The second take of a place may be asked for before the first is made.
  const take = Math.max(takes.length + 1, cause === 'determinism' ? 2 : 1)
  if (record === undefined) return [trialAt(plan, place, { take, cause })]
  const isRetried = takes[begun + 1]?.trial.cause === 'retry'
  return isMeasured(record) || isRetried ? [] : [trialAt(plan, place, { take, cause: 'retry' })]
}

const isMeasured = ({ outcome }: TrialRecord): boolean => outcome.kind === 'measured'
