import type { Witness } from '../domain/witness.ts'
import { withWitnesses } from '../plan/plan.ts'
import { zkvmsOf } from '../plan/legs.ts'
import { buildBase, buildHead } from './builds.ts'
import type { Job } from './run-job.ts'
import type { RunPorts } from './run-ports.ts'
import { endLeg, openLegs, type LegState, type RunState, type Stop } from './run-state.ts'
import { fetchMissing } from './witness-fetch.ts'

export type BuiltRun =
  | { readonly kind: 'built'; readonly witnesses: readonly Witness[] }
  | { readonly kind: 'stop'; readonly stop: Stop }

interface Building {
  readonly job: Job
  readonly state: RunState
}

/**
 * Builds all that the open legs of a run need, zkVM by zkVM: base once, then head and the variants. What cannot be built
 * ends its legs and no others. Witnesses that nothing covers are fetched with the first base that there is.
 */
export const buildLegs = async (building: Building, ports: RunPorts): Promise<BuiltRun> => {
  const { job, state } = building
  let witnesses: readonly Witness[] | null = null
  for (const zkvm of zkvmsOf(openLegs(state))) {
    const own = openLegs(state).filter(({ plan }) => plan.zkvm === zkvm)
    const stop = await buildBaseOf(own, building, ports)
    if (stop !== null) return { kind: 'stop', stop }
    const base = own[0]?.builds.base ?? null
    if (base === null) continue
    if (witnesses === null) {
      const fetched = await fetchMissing({ ...job, base }, ports)
      if (fetched.kind === 'stop') return fetched
      witnesses = [...job.collected.witnesses, ...fetched.witnesses].toSorted((a, b) => a.block - b.block)
      for (const leg of state.legs) leg.plan = withWitnesses(leg.plan, witnesses)
    }
    const stopped = await buildHeadsOf(own, building, ports)
    if (stopped !== null) return { kind: 'stop', stop: stopped }
  }
  return { kind: 'built', witnesses: witnesses ?? [] }
}

/** Null to go on, also without these legs. */
const buildBaseOf = async (
  own: readonly LegState[],
  { job, state }: Building,
  ports: RunPorts
): Promise<Stop | null> => {
  const [first] = own
  if (first === undefined) return null
  const stop = await buildBase({ ...job, state: first, legs: state.legs }, ports)
  for (const leg of own) leg.builds.base = first.builds.base
  if (stop === null || isOfRun(stop)) return stop
  for (const leg of own) endLeg(leg, stop)
  return null
}

const buildHeadsOf = async (
  own: readonly LegState[],
  { job, state }: Building,
  ports: RunPorts
): Promise<Stop | null> => {
  for (const leg of own) {
    const stop = await buildHead({ ...job, state: leg, legs: state.legs }, ports)
    if (stop !== null && isOfRun(stop)) return stop
    if (stop !== null) endLeg(leg, stop)
  }
  return null
}

/** Whether no other leg would fare better: the run was cancelled, or the machine is at fault. */
const isOfRun = ({ ending, failures }: Stop): boolean =>
  ending !== 'stopped' || failures.some(({ side }) => side === null)
