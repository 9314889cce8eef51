import type { Plan } from '../domain/plan.ts'
import { seconds, type Seconds } from '../domain/quantity.ts'
import type { TrialRecord } from '../domain/trial.ts'

/**
 * Wall time of all proving trials so far, the warm-up and failed ones included: what the budget is spent on. What another
 * leg made is counted there.
 */
export const provingWall = (records: readonly TrialRecord[]): Seconds => {
  let sum = 0
  for (const { trial, wall, kept } of records) if (trial.mode === 'prove' && !kept) sum += wall
  return seconds(sum)
}

export const isBudgetSpent = ({ gpuMinutes }: Plan, records: readonly TrialRecord[]): boolean =>
  gpuMinutes !== null && provingWall(records) >= gpuMinutes * 60
