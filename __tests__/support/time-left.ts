import type { Plan } from '../../src/domain/plan.ts'
import { seconds, type Seconds } from '../../src/domain/quantity.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { expectedWall } from '../../src/plan/estimate.ts'
import { trialsToNextLook } from '../../src/plan/schedule.ts'

/**
 * For one leg, by its definition: wall time until the next look, which may be the last one, from the wall times of the same block and mode so far
 * (else of the same mode, scaled by gas). Null where nothing of that mode has run yet: an invented figure would be
 * worse.
 */
export const timeLeft = (plan: Plan, records: readonly TrialRecord[]): Seconds | null => {
  let total = 0
  for (const trial of trialsToNextLook(plan, records)) {
    const wall = expectedWall(plan, records, trial)
    if (wall === null) return null
    total += wall
  }
  return seconds(total)
}
