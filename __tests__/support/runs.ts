import type { Build } from '../../src/domain/build.ts'
import type { Machine } from '../../src/domain/machine.ts'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, seconds } from '../../src/domain/quantity.ts'
import { SIDES, type BySide, type Side } from '../../src/domain/revision.ts'
import type { Measurements } from '../../src/domain/run.ts'
import type { Sample, Span } from '../../src/domain/sample.ts'
import type { Outcome, Trial, TrialRecord } from '../../src/domain/trial.ts'
import { plannedTrials } from '../../src/plan/schedule.ts'
import { aPlan, block, sha } from './plans.ts'

/** One block of a made-up run: what either side would measure if nothing failed. */
export interface BlockFigures {
  readonly block: number
  readonly gas: bigint
  readonly cycles: BySide<bigint>
  /** Seconds of a proof; round r takes r - 1 milliseconds more, on both sides. */
  readonly proving: BySide<number>
  readonly spans?: BySide<readonly Span[]>
  readonly proverGas?: BySide<bigint>
}

export const span = (path: readonly string[], cycles: bigint): Span => ({
  path,
  cycles: count(cycles),
  calls: 1
})

export const aMachine = (changes: Partial<Machine> = {}): Machine => ({
  cpu: 'AMD EPYC 7713 64-Core Processor',
  cores: 64,
  memory: bytes(128 * 1024 ** 3),
  os: 'Linux 6.8.0',
  gpu: 'NVIDIA GeForce RTX 4090',
  driver: '550.54.14',
  rustc: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
  node: '24.19.0',
  ...changes
})

export const aBuild = (digit: string, changes: Partial<Build> = {}): Build => ({
  binary: `/cache/builds/${digit}/ethrex-replay`,
  sha256: digit.repeat(64),
  ethrex: sha(digit),
  host: sha('c'),
  features: ['sp1', 'gpu'],
  toolchain: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
  reused: false,
  lockChanges: [],
  ...changes
})

export const planFor = (figures: readonly BlockFigures[], changes: Partial<Plan> = {}): Plan =>
  aPlan({
    blocks: figures.map((one, index) => ({
      block: block(one.block),
      witnessSha256: String(index % 10).repeat(64),
      gas: gas(one.gas)
    })),
    ...changes
  })

const measuredSample = (
  figures: BlockFigures,
  trial: Trial,
  exactness: Exactness = 'tracked-spans'
): Sample => {
  const { side } = trial
  const jitter = ((trial.round ?? 1) - 1) / 1000
  const proverGas = figures.proverGas?.[side]
  return {
    gas: gas(figures.gas),
    transactions: 100,
    metrics: {
      cycles: { value: figures.cycles[side], unit: 'cycles', exactness },
      ...(proverGas === undefined
        ? {}
        : { 'prover-gas': { value: proverGas, unit: 'gas', exactness: 'exact' } }),
      'execution-time': { value: Number(figures.cycles[side]) / 50e6, unit: 's', exactness: 'derived' },
      ...(trial.mode === 'prove'
        ? { 'proving-time': { value: figures.proving[side] + jitter, unit: 's', exactness: 'derived' } }
        : {})
    },
    spans: trial.mode === 'execute' ? (figures.spans?.[side] ?? []) : []
  }
}

/** What a trial came to; null leaves it out of the records. */
export type Fate = (trial: Trial, measured: Outcome) => Outcome | null

const asMeasured: Fate = (_trial, measured) => measured

/** A whole run of the plan, with the fate of each trial decided by the caller. */
export const aRun = (
  figures: readonly BlockFigures[],
  changes: Partial<Measurements> = {},
  fate: Fate = asMeasured
): Measurements => {
  const plan = changes.plan ?? planFor(figures)
  const trials = plannedTrials(plan)
  return {
    plan,
    machine: aMachine(),
    builds: { base: aBuild('a'), head: aBuild('b') },
    records: trials.flatMap((trial, index) => recordOf(figures, { trial, index }, fate)),
    failures: [],
    notes: [],
    ending: 'complete',
    planned: trials.length,
    ...changes
  }
}

const recordOf = (
  figures: readonly BlockFigures[],
  { trial, index }: { readonly trial: Trial; readonly index: number },
  fate: Fate
): readonly TrialRecord[] => {
  const own = figures.find((one) => one.block === trial.block)!
  const outcome = fate(trial, { kind: 'measured', sample: measuredSample(own, trial) })
  if (outcome === null) return []
  const wall = trial.mode === 'prove' ? own.proving[trial.side] * 1.05 : Number(own.cycles[trial.side]) / 40e6
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()
  return [{ trial, outcome, wall: seconds(wall), startedAt, remarks: [] }]
}

export const failing = (
  reason: Extract<Outcome, { kind: 'failed' }>['reason'],
  message: string,
  tail = ''
): Outcome => ({ kind: 'failed', reason, message, tail })

/** The run seen from the other side. */
export const swapped = (measurements: Measurements): Measurements => {
  const other = (side: Side): Side => SIDES.find((candidate) => candidate !== side)!
  const { plan, builds, records } = measurements
  return {
    ...measurements,
    plan: { ...plan, revisions: { base: plan.revisions.head, head: plan.revisions.base } },
    builds: { base: builds.head, head: builds.base },
    records: records.map((record) => ({
      ...record,
      trial: { ...record.trial, side: other(record.trial.side) }
    })),
    failures: measurements.failures.map((failure) => ({
      ...failure,
      side: failure.side === null ? null : other(failure.side)
    }))
  }
}
