import { createHash } from 'node:crypto'
import type { Build } from '../../src/domain/build.ts'
import type { Machine } from '../../src/domain/machine.ts'
import { pollutionOf, type GpuTrace } from '../../src/domain/gpu.ts'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, celsius, count, gas, megahertz, seconds } from '../../src/domain/quantity.ts'
import { SIDES, type BySide, type Side } from '../../src/domain/revision.ts'
import type { Measurements, RunMeasurements } from '../../src/domain/run.ts'
import { NOT_COMPARED, type Sameness } from '../../src/domain/sameness.ts'
import type { Sample, Span } from '../../src/domain/sample.ts'
import type { Outcome, Trial, TrialRecord } from '../../src/domain/trial.ts'
import { isBudgetSpent } from '../../src/plan/budget.ts'
import { courseOf, progressOf, trialsToNextLook } from '../../src/plan/schedule.ts'
import { aPlan, block, sha } from './plans.ts'

/** One block of a made-up run: what either side would measure if nothing failed. */
export interface BlockFigures {
  readonly block: number
  readonly gas: bigint
  readonly cycles: BySide<bigint>
  /** Seconds of a proof. */
  readonly proving: BySide<number>
  /** What a proof takes more or less than that, in percent. */
  readonly noise?: (trial: Trial) => number
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
  clocks: 'locked',
  rustc: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
  node: '24.19.0',
  ...changes
})

export const aBuild = (digit: string, changes: Partial<Build> = {}): Build => ({
  guest: { elf: digit.repeat(64), key: null },
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
      gas: gas(one.gas),
      hasEqualCycles: false
    })),
    ...changes
  })

/** Two paths that proving depends on are not the same. */
const DIFFERENT: Sameness = {
  sources: {
    kind: 'different',
    paths: [
      { path: 'crates/common', parts: ['guest', 'input'], base: 'a1'.repeat(20), head: 'b1'.repeat(20) },
      { path: 'crates/vm', parts: ['guest'], base: 'a2'.repeat(20), head: 'b2'.repeat(20) }
    ]
  },
  inputs: []
}

/** Undisturbed: a card under load meets its power limit, and head needs a little more memory. */
export const watched = ({ mode, side }: Trial): GpuTrace | null =>
  mode === 'execute'
    ? null
    : {
        samples: 40,
        temperature: celsius(side === 'base' ? 70 : 71),
        smClock: { lo: megahertz(2520), hi: megahertz(2520) },
        throttled: ['sw-power-cap'],
        peakMemory: bytes((side === 'base' ? 18.2 : 18.4) * 1024 ** 3),
        foreign: []
      }

/** Normal noise of so many percent a run, the same for the same seed and trial. */
export const noiseOf =
  (sd: number, seed: string) =>
  ({ id }: Trial): number => {
    const digest = createHash('sha256').update(`${seed} ${id}`).digest()
    const [a, b] = [digest.readUInt32BE(0), digest.readUInt32BE(4)].map((word) => (word + 1) / 2 ** 32)
    return sd * Math.sqrt(-2 * Math.log(a!)) * Math.cos(2 * Math.PI * b!)
  }

/** The same blocks and cycles, with head's proofs taking so many times as long. */
export const slowedBy = (
  figures: readonly BlockFigures[],
  factors: readonly number[]
): readonly BlockFigures[] =>
  figures.map((one, index) => ({
    ...one,
    cycles: { base: one.cycles.base, head: one.cycles.base },
    ...(one.spans === undefined ? {} : { spans: { base: one.spans.base, head: one.spans.base } }),
    ...(one.proverGas === undefined
      ? {}
      : { proverGas: { base: one.proverGas.base, head: one.proverGas.base } }),
    proving: { base: one.proving.base, head: one.proving.base * (factors[index] ?? 1) }
  }))

/** The same blocks, each proof off by normal noise. */
export const noisy = (figures: readonly BlockFigures[], sd: number, seed = 'a'): readonly BlockFigures[] =>
  figures.map((one) => ({ ...one, noise: noiseOf(sd, seed) }))

const measuredSample = (
  figures: BlockFigures,
  trial: Trial,
  exactness: Exactness = 'tracked-spans'
): Sample => {
  const { side } = trial
  const time = figures.proving[side] * (1 + (figures.noise?.(trial) ?? 0) / 100)
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
      ...(trial.mode === 'prove' ? { 'proving-time': { value: time, unit: 's', exactness: 'derived' } } : {})
    },
    spans: trial.mode === 'execute' ? (figures.spans?.[side] ?? []) : [],
    costs: []
  }
}

/** What a trial came to; null breaks the run off before it. */
export type Fate = (trial: Trial, measured: Outcome) => Outcome | null

const asMeasured: Fate = (_trial, measured) => measured

/** What happens besides: what is seen of the GPU during a trial. */
interface Circumstances {
  readonly gpu?: (trial: Trial) => GpuTrace | null
}

/** A run that goes where its plan and the fates of its trials lead it. */
export const aRun = (
  figures: readonly BlockFigures[],
  { gpu = watched, ...changes }: Partial<Measurements> & Circumstances = {},
  fate: Fate = asMeasured
): Measurements => {
  const plan = changes.plan ?? planFor(figures)
  const { records, ending } = follow(plan, figures, { gpu, fate })
  return {
    plan,
    machine: aMachine(),
    builds: { base: aBuild('a'), head: aBuild('b') },
    sameness: DIFFERENT,
    records,
    failures: [],
    notes: [],
    caveats: [],
    ending,
    planned: progressOf(plan, []).most,
    ...changes
  }
}

/** A run of one leg. */
export const ofOneLeg = (leg: Measurements): RunMeasurements => ({ legs: [leg], reference: null })

/** More trials than any run of a test has. */
const ENDLESS = 5_000

/** Trials in the order of the schedule; it is asked once a look until something comes between. */
const follow = (
  plan: Plan,
  figures: readonly BlockFigures[],
  { gpu, fate }: Required<Circumstances> & { readonly fate: Fate }
): Pick<Measurements, 'records' | 'ending'> => {
  const records: TrialRecord[] = []
  let isPlain = true
  for (;;) {
    const { next } = courseOf(plan, records)
    if (next.kind === 'done') return { records, ending: next.ending }
    if (records.length > ENDLESS) throw new Error(`no end after ${ENDLESS} trials`)
    for (const trial of isPlain ? trialsToNextLook(plan, records) : [next.trial]) {
      const record = recordOf(figures, { trial, index: records.length, gpu: gpu(trial) }, fate)
      if (record === null) return { records, ending: 'cancelled' }
      records.push(record)
      isPlain &&= record.outcome.kind === 'measured' && pollutionOf(record.gpu) === null
      if (!isPlain || isBudgetSpent(plan, records)) break
    }
  }
}

interface Made {
  readonly trial: Trial
  readonly index: number
  readonly gpu: GpuTrace | null
}

const recordOf = (
  figures: readonly BlockFigures[],
  { trial, index, gpu }: Made,
  fate: Fate
): TrialRecord | null => {
  const own = figures.find((one) => one.block === trial.block)!
  const outcome = fate(trial, { kind: 'measured', sample: measuredSample(own, trial) })
  if (outcome === null) return null
  const wall = trial.mode === 'prove' ? own.proving[trial.side] * 1.05 : Number(own.cycles[trial.side]) / 40e6
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()
  return { trial, outcome, wall: seconds(wall), startedAt, remarks: [], unread: [], gpu, kept: false }
}

/** The run with some trials failed, each twice, at once: following the schedule through hundreds of failures is slow. */
export const withFailed = (
  run: Measurements,
  isFailed: (trial: Trial) => boolean,
  outcome: Outcome
): Measurements => ({
  ...run,
  records: run.records.flatMap((record) =>
    isFailed(record.trial)
      ? [
          { ...record, outcome },
          { ...record, outcome, trial: again(record.trial) }
        ]
      : [record]
  )
})

const again = (trial: Trial): Trial => ({
  ...trial,
  id: `${trial.id}-again`,
  take: trial.take + 1,
  cause: 'retry'
})

export const failing = (
  reason: Extract<Outcome, { kind: 'failed' }>['reason'],
  message: string,
  tail = ''
): Outcome => ({ kind: 'failed', reason, message, tail })

const onSide = (trial: Trial, side: Side): Trial => ({
  ...trial,
  side,
  id: trial.id.replace(`-${trial.side}`, `-${side}`)
})

/** What a proof took, times a factor. */
export const stretched = (measured: Outcome, factor: number): Outcome => {
  if (measured.kind === 'failed') return measured
  const time = measured.sample.metrics['proving-time']!
  const metrics = {
    ...measured.sample.metrics,
    'proving-time': { ...time, value: Number(time.value) * factor }
  }
  return { kind: 'measured', sample: { ...measured.sample, metrics } }
}

const withoutFigures = (outcome: Outcome): Outcome =>
  outcome.kind === 'failed' ? outcome : { ...outcome, sample: { ...outcome.sample, metrics: {} } }

/** The run seen from the other side. */
export const swapped = (measurements: Measurements): Measurements => {
  const other = (side: Side): Side => SIDES.find((candidate) => candidate !== side)!
  const { plan, builds, records } = measurements
  return {
    ...measurements,
    plan: { ...plan, revisions: { base: plan.revisions.head, head: plan.revisions.base } },
    builds: { base: builds.head, head: builds.base },
    sameness: NOT_COMPARED,
    // The warm-up is base's, whichever side that is; its cycles would be the other's.
    records: records.map((record) =>
      record.trial.phase === 'warm-up'
        ? { ...record, outcome: withoutFigures(record.outcome) }
        : { ...record, trial: onSide(record.trial, other(record.trial.side)) }
    ),
    failures: measurements.failures.map((failure) => ({
      ...failure,
      side: failure.side === null ? null : other(failure.side)
    }))
  }
}
