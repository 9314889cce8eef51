import { isLasting } from '../domain/given-up.ts'
import { SIDES } from '../domain/revision.ts'
import type { Plan } from '../domain/plan.ts'
import { isOfEarlierRun, type Cause, type Trial, type TrialRecord } from '../domain/trial.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { cheapest, cyclesPlace, executedBlocks, trialAt, warmUpPlace, type Place } from './trials.ts'

/**
 * Executions that are still to be made, in order, if nothing fails any more. Executions that failed are tried once
 * more. The cheapest block is executed twice on each side, the second time to see the same cycles: also where the
 * first time was in another run. So is base where head cannot execute a block and base was not tried in this run:
 * what base cannot do either is not head's fault.
 */
export const pendingCycles = (plan: Plan, records: readonly TrialRecord[]): readonly Trial[] => {
  const executed = executedBlocks(plan)
  const again = cheapest(executed)
  const takesOf = takesBy(records, 'cycles')
  const pending = (place: Place, cause: Attempted['cause']): readonly Trial[] =>
    pendingAt(plan, place, { takes: takesOf(place), cause })
  const isLost = (place: Place): boolean =>
    !takesOf(place).some(isMeasured) && pending(place, 'planned').length === 0
  const isInDoubt = (block: BlockNumber): boolean =>
    takesOf(cyclesPlace('base', block)).slice(0, 1).some(isOfEarlierRun) && isLost(cyclesPlace('head', block))
  const first = SIDES.flatMap((side) =>
    executed.flatMap(({ block }) => pending(cyclesPlace(side, block), 'planned'))
  )
  const second = SIDES.flatMap((side) =>
    executed
      .filter(({ block }) => block === again?.block || (side === 'base' && isInDoubt(block)))
      .map(({ block }) => cyclesPlace(side, block))
      .flatMap((place) => (isLost(place) ? [] : pending(place, 'determinism')))
  )
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
  return isMeasured(record) || isRetried || isLasting(record.outcome)
    ? []
    : [trialAt(plan, place, { take, cause: 'retry' })]
}

const isMeasured = ({ outcome }: TrialRecord): boolean => outcome.kind === 'measured'
