import type { Failure } from '../domain/failure.ts'
import type { Sha } from '../domain/revision.ts'
import type { Ending, Measurements, RunMeasurements } from '../domain/run.ts'
import type { Settings } from '../domain/settings.ts'
import type { SourceComparison } from '../domain/sameness.ts'
import { planRun, withWitnesses } from '../plan/plan.ts'
import { plannedTrials } from '../plan/trials.ts'
import type { Resolved } from './resolve.ts'
import type { RunOptions, RunPorts } from './run-ports.ts'
import { beginState, type LegState, type RunState, type Stop } from './run-state.ts'
import type { Collected } from './witnesses.ts'

/** A run's inputs, all known: from here on only commits travel. */
export interface Job {
  readonly settings: Settings
  readonly options: RunOptions
  readonly resolved: Resolved
  readonly collected: Collected
  /** By leg, in the order of the plan's; null where nobody looked: a calibration compares base with itself. */
  readonly sources: readonly (SourceComparison | null)[]
}

/** What a run knows before it builds anything. */
export const beginRun = async (
  { settings, options, resolved, collected, sources }: Job,
  { readMachine }: Pick<RunPorts, 'readMachine'>
): Promise<RunState> => {
  const machine = await readMachine(null)
  const plan = planRun(settings, { ...resolved, ...options })
  const legs = plan.legs.map((leg) => withWitnesses(leg, collected.witnesses))
  const notes = [...options.notes, ...resolved.notes, ...keptNotes(collected.kept)]
  const state = beginState({ ...plan, legs }, machine, notes)
  for (const [index, leg] of state.legs.entries()) {
    leg.sameness = { sources: sources[index] ?? null, inputs: [] }
    if (isSkipped(leg.sameness.sources, settings)) leg.ending = 'identical'
  }
  return state
}

/** Whether a leg is not measured: nothing that proving depends on differs. */
export const isSkipped = (
  sources: SourceComparison | null,
  { whenIdentical }: Pick<Settings, 'whenIdentical'>
): boolean => sources?.kind === 'identical' && whenIdentical === 'skip'

/** Of ethrex, all that a run builds. */
export const commitsOf = (legs: readonly Pick<LegState, 'plan'>[]): readonly Sha[] => [
  ...new Set(legs.flatMap(({ plan: { revisions } }) => [revisions.base.sha, revisions.head.sha]))
]

const keptNotes = (kept: Collected['kept']): readonly string[] =>
  kept.length === 0
    ? []
    : [`Witnesses of ${kept.join(', ')} are those that an earlier run kept in cache-dir.`]

/**
 * All that a run found out, as far as it came. What ended the run ended its open legs, and is told with the first of
 * them. A run of whose figures none is trusted has none that came to its end.
 */
export const finish = (state: RunState, stop: Stop): RunMeasurements => {
  const isTampered = stop.failures.some(({ reason }) => reason === 'tampered')
  const endings = state.legs.map(({ ending }) => (isTampered ? stop.ending : (ending ?? stop.ending)))
  const told = Math.max(
    0,
    state.legs.findIndex(({ ending }) => ending === null)
  )
  return {
    legs: state.legs.map((leg, index) =>
      measurementsOf(leg, state, {
        ending: endings[index] ?? stop.ending,
        failures: index === told ? stop.failures : []
      })
    ),
    reference: state.reference
  }
}

const measurementsOf = (
  leg: LegState,
  { machine, legs }: RunState,
  stop: { readonly ending: Ending; readonly failures: readonly Failure[] }
): Measurements => ({
  plan: leg.plan,
  machine: { ...machine, rustc: toolchainOf([leg, ...legs]) },
  builds: { ...leg.builds },
  sameness: leg.sameness,
  records: [...leg.records],
  failures: [...leg.failures, ...stop.failures],
  notes: leg.notes,
  caveats: leg.caveats,
  ending: stop.ending,
  planned: plannedTrials(leg.plan).length
})

/** A leg of which nothing is built, such as an identical head's, is on the same machine as the others. */
const toolchainOf = (legs: readonly LegState[]): string | null =>
  legs.find(({ builds: { base } }) => base !== null)?.builds.base?.toolchain ?? null
