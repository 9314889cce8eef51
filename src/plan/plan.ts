import type { Plan } from '../domain/plan.ts'
import type { BySide, Revision } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { Witness } from '../domain/witness.ts'

/** Rounds of pairs of the effort `default` until the statistics decide when to stop. */
export const DEFAULT_ROUNDS = 2

/** What will be measured, before the witnesses are known. */
export const planRun = (
  settings: Settings,
  resolved: { readonly revisions: BySide<Revision>; readonly host: Revision },
  timeScale: number
): Plan => ({
  mode: settings.mode,
  effort: settings.effort,
  revisions: resolved.revisions,
  host: resolved.host,
  network: settings.network,
  zkvm: settings.zkvm,
  resource: settings.mode === 'execute' ? 'cpu' : settings.resource,
  proofType: settings.proofType,
  blocks: settings.blocks.map((block) => ({ block, witnessSha256: null, gas: null })),
  rounds: settings.mode === 'execute' ? 0 : DEFAULT_ROUNDS,
  cycleThreshold: settings.cycleThreshold,
  gpuMinutes: settings.gpuMinutes,
  trialTimeout: settings.trialTimeout,
  timeScale
})

/** The plan with the hash and gas of each block that there is a witness of. */
export const withWitnesses = (plan: Plan, witnesses: readonly Witness[]): Plan => ({
  ...plan,
  blocks: plan.blocks.map((planned) => {
    const witness = witnesses.find(({ block }) => block === planned.block)
    return witness === undefined ? planned : { ...planned, witnessSha256: witness.sha256, gas: witness.gas }
  })
})
