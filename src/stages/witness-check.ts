import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Plan } from '../domain/plan.ts'
import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import type { Trial } from '../domain/trial.ts'
import type { Witness } from '../domain/witness.ts'
import { planRun, withWitnesses } from '../plan/plan.ts'
import { buildDirectoryIn } from './build-directory.ts'
import { plannedTrials } from '../plan/trials.ts'
import { beginBuilding, endBuilding } from './build-directory.ts'
import { buildBase } from './builds.ts'
import { logDirectoryIn, takeReportDirectory } from './report-directory.ts'
import type { Resolved } from './resolve.ts'
import { findInputs } from './run-inputs.ts'
import type { RunPorts } from './run-ports.ts'
import { beginState } from './run-state.ts'
import { runTrial } from './trial.ts'
import { fetchMissing } from './witness-fetch.ts'
import type { Collected } from './witnesses.ts'

export type WitnessCheckEnd =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }
  | { readonly kind: 'verified' }

/** Fetches the witnesses that nothing covers and proves each good by executing its block at base. */
export const verifyWitnesses = async (
  settings: Settings,
  hasRpcUrl: boolean,
  ports: RunPorts
): Promise<WitnessCheckEnd> => {
  const inputs = await findInputs(settings, { hasRpcUrl }, ports)
  if (inputs.kind === 'unreachable') return { kind: 'failed', failures: [inputs.failure] }
  if (inputs.kind !== 'found') return inputs
  const lock = await ports.lockMachine('fetching witnesses')
  if (lock === null) return { kind: 'cancelled' }
  try {
    await ports.endOrphans()
    return await fetchAndExecute({ settings, ...inputs }, ports)
  } finally {
    await endBuilding(settings.cacheDir, ports.files)
    await lock.release()
  }
}

interface Job {
  readonly settings: Settings
  readonly resolved: Resolved
  readonly collected: Collected
}

const fetchAndExecute = async (job: Job, ports: RunPorts): Promise<WitnessCheckEnd> => {
  const { settings, resolved, collected } = job
  const machine = await ports.readMachine(null)
  const about = { ...resolved, variants: [], reference: null, purpose: 'compare' as const, timeScale: 1 }
  const { legs } = beginState(planRun(settings, about), machine, [])
  await takeReportDirectory(settings.reportDir, null, ports)
  const notOurs = await beginBuilding(settings.cacheDir, ports.files)
  if (notOurs !== null) return { kind: 'refused', problems: [{ input: 'cache-dir', message: notOurs }] }
  const failures: Failure[] = []
  let witnesses: readonly Witness[] | null = null
  for (const state of legs) {
    const stop = await buildBase({ settings, resolved, state, legs }, ports)
    if (stop !== null) return endOf(stop)
    const { base } = state.builds
    if (base === null) throw new Error('Internal error: base is built')
    if (witnesses === null) {
      const fetched = await fetchMissing({ settings, collected, base }, ports)
      if (fetched.kind === 'stop') return endOf(fetched.stop)
      witnesses = [...collected.witnesses, ...fetched.witnesses]
    }
    const plan = withWitnesses(state.plan, witnesses)
    const end = await executeAll({ settings, plan, base, witnesses }, ports)
    if (end.kind === 'cancelled') return end
    if (end.kind === 'failed') failures.push(...end.failures)
  }
  return failures.length > 0 ? { kind: 'failed', failures } : { kind: 'verified' }
}

const endOf = (stop: { readonly ending: string; readonly failures: readonly Failure[] }): WitnessCheckEnd =>
  stop.ending === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failures: stop.failures }

interface Executing {
  readonly settings: Settings
  readonly plan: Plan
  readonly base: Build
  readonly witnesses: readonly Witness[]
}

const executeAll = async (executing: Executing, ports: RunPorts): Promise<WitnessCheckEnd> => {
  const { settings, plan, base, witnesses } = executing
  const context = {
    plan,
    prover: ports.prover,
    builds: { base, head: base },
    witnesses,
    workDirectory: join(settings.cacheDir, 'work', 'trial'),
    checkout: buildDirectoryIn(settings.cacheDir).ethrex,
    logDirectory: logDirectoryIn(settings.reportDir),
    environment: ports.environments.trial,
    isWitnessIntact: ports.witnessStore.isIntact,
    ports
  }
  const failures: Failure[] = []
  for (const trial of plannedTrials(plan).filter(isFirstOfBase)) {
    const end = await runTrial(trial, context)
    if (end.kind === 'cancelled') return { kind: 'cancelled' }
    if (end.kind === 'infrastructure') return { kind: 'failed', failures: [end.failure] }
    const { outcome } = end.record
    if (outcome.kind === 'failed') failures.push(failureOf({ settings, trial }, outcome))
    else
      ports.log.info(`block ${trial.block}: executes${inZkvm(settings, trial)}; ${pathOf(trial, witnesses)}`)
  }
  return failures.length > 0 ? { kind: 'failed', failures } : { kind: 'verified' }
}

/** One execution a block is enough to know a witness by, and a plan may hold more. */
const isFirstOfBase = ({ phase, side, take }: Trial): boolean =>
  phase === 'cycles' && side === 'base' && take === 1

const pathOf = (trial: Trial, witnesses: readonly Witness[]): string =>
  witnesses.find(({ block }) => block === trial.block)?.path ?? ''

/** Which zkVM, where several are asked for. */
const inZkvm = ({ zkvms }: Settings, { zkvm }: Trial): string => (zkvms.length > 1 ? ` in ${zkvm}` : '')

const failureOf = (
  { settings, trial }: { readonly settings: Settings; readonly trial: Trial },
  outcome: Pick<Failure, 'reason' | 'message' | 'tail'>
): Failure => ({
  side: 'base',
  stage: 'execute',
  block: trial.block,
  reason: outcome.reason,
  message: `block ${trial.block}${inZkvm(settings, trial)}: ${outcome.message}`,
  tail: outcome.tail
})
