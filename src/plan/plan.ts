import { EFFORT, type Effort } from '../domain/effort.ts'
import type { Plan, PlannedBlock, Purpose, ReferencePlan, RunPlan, TimingPlan } from '../domain/plan.ts'
import type { BySide, Revision } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { Witness } from '../domain/witness.ts'
import type { BlockNumber, ZkVm } from '../domain/workload.ts'
import { pairsAtLooks } from '../statistics/looks.ts'
import { byGas } from './trials.ts'

/** What the settings do not say of a run. */
interface Circumstances {
  readonly revisions: BySide<Revision>
  /** In the order of the settings. */
  readonly variants: readonly { readonly name: string; readonly revision: Revision }[]
  readonly host: Revision
  readonly reference: ReferencePlan | null
  readonly purpose: Purpose
  readonly timeScale: number
}

/** What will be measured, before the witnesses are known. */
export const planRun = (settings: Settings, circumstances: Circumstances): RunPlan => {
  const { revisions, variants, reference } = circumstances
  const compared = [
    { variant: null, revisions },
    ...variants.map(({ name, revision }) => ({
      variant: name,
      revisions: { base: revisions.base, head: revision }
    }))
  ]
  return {
    legs: settings.zkvms.flatMap((zkvm) =>
      compared.map((sides) => planLeg(settings, { ...circumstances, ...sides, zkvm }))
    ),
    reference: reference === null ? null : { prover: reference.prover, revision: reference.revision }
  }
}

type LegCircumstances = Pick<Circumstances, 'revisions' | 'host' | 'purpose' | 'timeScale'> & {
  readonly zkvm: ZkVm
  readonly variant: string | null
}

const planLeg = (
  settings: Settings,
  { revisions, host, purpose, timeScale, zkvm, variant }: LegCircumstances
): Plan => {
  const blocks = settings.blocks.map((block) => ({
    block,
    witnessSha256: null,
    gas: null,
    hasEqualCycles: false
  }))
  return {
    mode: settings.mode === 'execute' ? 'execute' : 'prove',
    effort: settings.effort,
    purpose,
    variant,
    revisions,
    host,
    network: settings.network,
    zkvm,
    resource: settings.mode === 'execute' ? 'cpu' : settings.resource,
    proofType: settings.proofType,
    blocks,
    timing: settings.mode === 'execute' ? null : planTiming(settings, blocks),
    cycleThreshold: settings.cycleThreshold,
    gpuMinutes: settings.gpuMinutes,
    trialTimeout: settings.trialTimeout,
    timeScale
  }
}

/** The plan with the hash and gas of each block that there is a witness of, and the timed blocks chosen by it. */
export const withWitnesses = (plan: Plan, witnesses: readonly Witness[]): Plan => {
  const blocks = plan.blocks.map((planned) => {
    const witness = witnesses.find(({ block }) => block === planned.block)
    return witness === undefined ? planned : { ...planned, witnessSha256: witness.sha256, gas: witness.gas }
  })
  const { timing } = plan
  return {
    ...plan,
    blocks,
    timing: timing === null ? null : { ...timing, blocks: timedBlocks(plan.effort, blocks) }
  }
}

/** The plan once it is known that these blocks' cycles are equal. */
export const withEqualCycles = (plan: Plan, equal: readonly BlockNumber[]): Plan => ({
  ...plan,
  blocks: plan.blocks.map((planned) => ({ ...planned, hasEqualCycles: equal.includes(planned.block) }))
})

/** What of a plan is decided before anything is built: a run that goes on compares it with its own. */
export const beforeBuilds = (plan: Plan): Plan => withEqualCycles(plan, [])

/** How proving time is measured: as the effort says, its margin too where none is given. */
export const planTiming = (
  { effort, timeMargin }: Pick<Settings, 'effort' | 'timeMargin'>,
  planned: readonly PlannedBlock[]
): TimingPlan => {
  const { degreesOfFreedom, margin } = EFFORT[effort]
  const blocks = timedBlocks(effort, planned)
  return { blocks, looks: pairsAtLooks(blocks.length, degreesOfFreedom), margin: timeMargin ?? margin }
}

/** The cheapest of an effort that does not time all; the first ones as long as nobody knows which are cheap. */
const timedBlocks = (effort: Effort, planned: readonly PlannedBlock[]): readonly BlockNumber[] => {
  const most = EFFORT[effort].timedBlocks ?? planned.length
  const isKnown = planned.every(({ gas }) => gas !== null)
  return planned
    .toSorted((a, b) => (isKnown ? byGas(a, b) : a.block - b.block))
    .slice(0, most)
    .map(({ block }) => block)
    .toSorted((a, b) => a - b)
}
