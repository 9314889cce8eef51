import type { Measurements } from '../domain/run.ts'
import type { SourceComparison } from '../domain/sameness.ts'
import type { Settings } from '../domain/settings.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { planRun, withWitnesses } from '../plan/plan.ts'
import { plannedTrials } from '../plan/trials.ts'
import type { Resolved } from './resolve.ts'
import type { RunOptions, RunPorts } from './run-ports.ts'
import { beginState, type RunState, type Stop } from './run-state.ts'
import type { Collected } from './witnesses.ts'

/** A run's inputs, all known: from here on only commits travel. */
export interface Job {
  readonly settings: Settings
  readonly options: RunOptions
  readonly resolved: Resolved
  readonly collected: Collected
  /** Null where nobody looked: a calibration compares base with itself. */
  readonly sources: SourceComparison | null
}

/** What a run knows before it builds anything. */
export const beginRun = async (
  { settings, options, resolved, collected, sources }: Job,
  records: readonly TrialRecord[],
  { readMachine }: Pick<RunPorts, 'readMachine'>
): Promise<RunState> => {
  const machine = await readMachine(null)
  const plan = withWitnesses(planRun(settings, { ...resolved, ...options }), collected.witnesses)
  const notes = [...options.notes, ...resolved.notes, ...keptNotes(collected.kept)]
  return { ...beginState({ plan, machine }, records, notes), sameness: { sources, inputs: [] } }
}

const keptNotes = (kept: Collected['kept']): readonly string[] =>
  kept.length === 0
    ? []
    : [`Witnesses of ${kept.join(', ')} are those that an earlier run kept in cache-dir.`]

/** All that a run found out, as far as it came. */
export const finish = (state: RunState, stop: Stop): Measurements => ({
  plan: state.plan,
  machine: { ...state.machine, rustc: state.builds.base?.toolchain ?? null },
  builds: state.builds,
  sameness: state.sameness,
  records: state.records,
  failures: [...state.failures, ...stop.failures],
  notes: state.notes,
  caveats: state.caveats,
  ending: stop.ending,
  planned: plannedTrials(state.plan).length
})
