import { baseResultDocument, baseResultKeyInput, readBaseResult } from '../documents/base-result.ts'
import type { BaseResult, BaseResultKey } from '../domain/base-result.ts'
import type { Build } from '../domain/build.ts'
import type { Failure, Reason } from '../domain/failure.ts'
import { METRIC, METRICS } from '../domain/metric.ts'
import type { Plan } from '../domain/plan.ts'
import { failure, success, type Result } from '../domain/problem.ts'
import { seconds } from '../domain/quantity.ts'
import type { Sha } from '../domain/revision.ts'
import type { Sample } from '../domain/sample.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { ZkVm } from '../domain/workload.ts'
import type { Clock, Files, Log } from '../io/ports.ts'
import type { Mirror, Repositories } from './repositories.ts'

/** Results of base that earlier runs kept, as texts by the hash of their key. */
export interface BaseStore {
  /** Absolute. */
  pathOf(key: string): string
  /** `why` reads on from the path. */
  read(
    key: string
  ): Promise<
    | { readonly kind: 'found'; readonly text: string }
    | { readonly kind: 'absent' }
    | { readonly kind: 'unusable'; readonly why: string }
  >
  write(key: string, text: string): Promise<void>
  remove(key: string): Promise<void>
}

/** What base's executions in a run depend on. */
interface OfBase {
  readonly plan: Plan
  /** Base's. */
  readonly build: Build
  /** See `BaseResultKey`. */
  readonly passed: string
  /** Of this project. */
  readonly version: string
}

interface BasePorts {
  readonly baseStore: BaseStore
  readonly files: Pick<Files, 'sha256OfText'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Records of those trials whose figures an earlier run got from the same binary on the same witness. Only executions
 * of base are looked up; a second take, which is there to contradict the first, is made. What was kept and is not
 * what it should be is told in a line and left out, and so is measured anew.
 */
export const keptRecords = async (
  { trials, ...base }: OfBase & { readonly trials: readonly Trial[] },
  ports: BasePorts
): Promise<readonly TrialRecord[]> => {
  const records: TrialRecord[] = []
  for (const trial of trials.filter(isKeepable)) {
    const key = keyOf(trial, base)
    const result = key === null ? null : await findKept(key, ports)
    if (result !== null) records.push(recordOf(trial, result, ports.clock))
  }
  return records
}

const isKeepable = ({ phase, side, mode, take }: Trial): boolean =>
  phase === 'cycles' && side === 'base' && mode === 'execute' && take === 1

/**
 * What counts for these is a program of the machine, `ziskemu` or `r0vm`, that is no part of the build: brought up to date
 * between two runs, it would look like a change of head.
 */
const COUNTED_OUTSIDE: ReadonlySet<ZkVm> = new Set<ZkVm>(['zisk', 'risc0'])

/** Null where the block has no witness, or nothing may be kept of the zkVM. */
const keyOf = ({ block, zkvm }: Trial, { plan, build, passed, version }: OfBase): BaseResultKey | null => {
  if (COUNTED_OUTSIDE.has(zkvm)) return null
  const witness = plan.blocks.find((planned) => planned.block === block)?.witnessSha256 ?? null
  if (witness === null) return null
  const { sha256: binary, ethrex, host, features, toolchain } = build
  const { network } = plan
  const made = { binary, ethrex, host, features, toolchain, passed }
  return { ...made, zkvm, network, block, witness, reader: version }
}

const findKept = async (key: BaseResultKey, ports: BasePorts): Promise<BaseResult | null> => {
  const { baseStore, files, log } = ports
  const name = files.sha256OfText(baseResultKeyInput(key))
  const kept = await baseStore.read(name)
  if (kept.kind === 'absent') return null
  const read = kept.kind === 'found' ? check(kept.text, key, ports) : failure(kept.why)
  if (read.ok) return read.value
  log.warn(`base is executed again on block ${key.block}: ${baseStore.pathOf(name)} ${read.error}`)
  return null
}

const check = (text: string, key: BaseResultKey, { files, clock }: BasePorts): Result<BaseResult, string> => {
  const read = readBaseResult(text, files.sha256OfText)
  if (!read.ok) return read
  const { value } = read
  if (baseResultKeyInput(value.key) !== baseResultKeyInput(key)) return failure('is of another execution')
  if (value.sample.metrics.cycles === undefined) return failure('has no cycles')
  return Date.parse(value.measuredAt) > Date.parse(clock.now())
    ? failure('is dated in the future')
    : success(value)
}

const recordOf = (trial: Trial, { sample }: BaseResult, clock: Clock): TrialRecord => ({
  trial,
  outcome: { kind: 'measured', sample },
  wall: seconds(0),
  startedAt: clock.now(),
  // One line of the report says it of all of them.
  remarks: [],
  gpu: null,
  unread: [],
  kept: true
})

interface Keeping extends OfBase {
  /** All of the run. */
  readonly records: readonly TrialRecord[]
  readonly failures: readonly Failure[]
  /** Whether the run was one of the repository's own code on both sides. */
  readonly mayKeep: boolean
  /** Of ethrex, all that the run built. */
  readonly commits: readonly Sha[]
  /** Where the commits of the run are from. */
  readonly mirrors: { readonly ethrex: Mirror; readonly host: Mirror }
}

type KeepingPorts = BasePorts & { readonly repositories: Pick<Repositories, 'isOnBranch'> }

/**
 * Keeps what executing base came to, for runs to come: figures that are the same whenever they are taken, of blocks
 * that were executed here, and only where nothing in the run gives a reason to doubt them. All that was run must be
 * commits of the repositories' own branches, whoever named them. Where figures of the run contradict each other, those that an earlier run
 * kept may be the wrong ones, and are kept no longer.
 */
export const keepResults = async (keeping: Keeping, ports: KeepingPorts): Promise<void> => {
  if (contradict(keeping.records)) return forget(keeping, ports)
  if (!keeping.mayKeep || isTampered(keeping)) return
  const fresh = keeping.records.filter(({ kept }) => !kept)
  const results = fresh.flatMap((record) => resultOf(record, keeping) ?? [])
  if (results.length === 0 || !(await areOnBranches(keeping, ports))) return
  const { sha256OfText } = ports.files
  for (const result of results) {
    const name = sha256OfText(baseResultKeyInput(result.key))
    await ports.baseStore.write(name, baseResultDocument(result, sha256OfText))
  }
}

/** Whether all that a run built are commits of the repositories' own branches. */
export const areOnBranches = async (
  { plan: { host }, commits, mirrors }: Pick<Keeping, 'plan' | 'commits' | 'mirrors'>,
  { repositories }: Pick<KeepingPorts, 'repositories'>
): Promise<boolean> => {
  const answers = await Promise.all([
    ...commits.map((sha) => repositories.isOnBranch(mirrors.ethrex, sha)),
    repositories.isOnBranch(mirrors.host, host.sha)
  ])
  return answers.every((isOnBranch) => isOnBranch)
}

const forget = async (keeping: Keeping, { baseStore, files, log }: KeepingPorts): Promise<void> => {
  for (const { trial, kept } of keeping.records) {
    const key = kept ? keyOf(trial, keeping) : null
    if (key === null) continue
    await baseStore.remove(files.sha256OfText(baseResultKeyInput(key)))
    log.warn(
      `what was kept of base on block ${trial.block} is kept no longer: figures of this run contradict each other`
    )
  }
}

const resultOf = ({ trial, outcome, startedAt }: TrialRecord, keeping: OfBase): BaseResult | null => {
  if (!isKeepable(trial) || outcome.kind === 'failed') return null
  const sample = withoutTimes(outcome.sample)
  const key = keyOf(trial, keeping)
  if (key === null || sample.metrics.cycles === undefined) return null
  return { key, sample, measuredAt: startedAt }
}

const withoutTimes = ({ metrics, ...rest }: Sample): Sample => ({
  ...rest,
  metrics: Object.fromEntries(
    METRICS.flatMap((name) => {
      const figure = metrics[name]
      return figure === undefined || METRIC[name].nature === 'noisy' ? [] : [[name, figure]]
    })
  )
})

/** After these, nothing that the machine said is worth keeping. */
const DOUBTFUL: ReadonlySet<Reason> = new Set<Reason>(['tampered', 'witness-changed'])

/** Whether anything in a run makes doubtful what its machine said. */
export const isTampered = ({ records, failures }: Pick<Keeping, 'records' | 'failures'>): boolean =>
  failures.some(({ reason }) => DOUBTFUL.has(reason)) ||
  records.some(({ outcome }) => outcome.kind === 'failed' && DOUBTFUL.has(outcome.reason))

/** Whether a side's exact figures of a block, come by in one way, are not always the same. */
export const contradict = (records: readonly TrialRecord[]): boolean => {
  const seen = new Map<string, number | bigint>()
  return records.some(({ trial: { side, block }, outcome }) =>
    METRICS.some((name) => {
      const figure = outcome.kind === 'measured' ? outcome.sample.metrics[name] : undefined
      if (figure === undefined || METRIC[name].nature === 'noisy') return false
      const place = [side, block, name, figure.exactness].join(' ')
      const before = seen.get(place) ?? figure.value
      seen.set(place, before)
      return before !== figure.value
    })
  )
}
