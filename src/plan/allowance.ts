import { minutes } from '../domain/quantity.ts'
import { provingWall } from './budget.ts'
import { zkvmsOf, type Leg } from './legs.ts'

/**
 * The legs of a run, each with the minutes that it may spend in place of the run's in its plan. A zkVM may spend what those
 * before it have left, divided by the zkVMs that are still to come; of that a leg may spend what the other legs of its
 * zkVM have not. Decided by the records alone, so that whoever follows them again comes to the same looks. Legs that are not measured
 * at all must not be among these.
 */
export const withAllowances = (legs: readonly Leg[]): readonly Leg[] => {
  const zkvms = zkvmsOf(legs)
  const spentBy = (own: readonly Leg[]): number =>
    own.reduce((sum, { records }) => sum + provingWall(records), 0) / 60
  return legs.map((leg) => {
    const { plan } = leg
    if (plan.gpuMinutes === null) return leg
    const turn = zkvms.indexOf(plan.zkvm)
    const before = spentBy(legs.filter((one) => zkvms.indexOf(one.plan.zkvm) < turn))
    const others = spentBy(legs.filter((one) => one !== leg && one.plan.zkvm === plan.zkvm))
    const share = Math.max(0, plan.gpuMinutes - before) / (zkvms.length - turn)
    return { ...leg, plan: { ...plan, gpuMinutes: minutes(share - others) } }
  })
}
