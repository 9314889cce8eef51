import type { Plan, PlannedBlock } from '../domain/plan.ts'
import { minutes, type Minutes } from '../domain/quantity.ts'
import type { Settings } from '../domain/settings.ts'
import type { Trial, TrialRecord } from '../domain/trial.ts'
import type { Witness } from '../domain/witness.ts'
import { planTiming } from './plan.ts'
import { cheapest } from './trials.ts'

/** Wall seconds that a trial will take, from those of its like; null where none of its mode has run. */
export const expectedWall = (
  plan: Plan,
  records: readonly TrialRecord[],
  trial: Pick<Trial, 'block' | 'mode'>
): number | null => {
  const sameMode = records.filter((record) => record.trial.mode === trial.mode && !record.kept)
  const sameBlock = sameMode.filter((record) => record.trial.block === trial.block)
  if (sameBlock.length > 0) return mean(sameBlock.map((record) => record.wall))
  if (sameMode.length === 0) return null
  const gas = (block: number): number =>
    Number(plan.blocks.find((planned) => planned.block === block)?.gas ?? 0n)
  const perGas = sameMode.flatMap(({ trial: { block }, wall }) => (gas(block) > 0 ? [wall / gas(block)] : []))
  // A block without gas, or of unknown gas, tells nothing of others, nor others of it.
  return perGas.length > 0 && gas(trial.block) > 0
    ? mean(perGas) * gas(trial.block)
    : mean(sameMode.map((record) => record.wall))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** From the first look to the last. */
interface Range<T> {
  readonly least: T
  readonly most: T
}

/** What a run takes, before anything has run: as if nothing failed and nothing had to be made again. */
export interface Cost {
  readonly builds: number
  readonly executions: number
  /** The warm-up included. */
  readonly proofs: Range<number>
  /** Of proving; null where the gas of a block is not known, or times of a zkVM are not. */
  readonly minutes: Range<Minutes> | null
}

/** Seconds a Mgas: ethrex main's times over the gas of the four blocks in ethrex's document "ethrex-prover performance". */
const PUBLISHED_SECONDS_PER_MGAS = (1240 + 804 + 614 + 1018) / (35.7 + 20.7 + 16.6 + 22.5)

/** What is published is of SP1. */
const isPublished = ({ zkvms }: Pick<Settings, 'zkvms'>): boolean => zkvms.every((zkvm) => zkvm === 'sp1')

/** Base, head and the variants. */
const commitsOf = ({ variants }: Pick<Settings, 'variants'>): number => 2 + variants.length

/** The sessions of a calibration are two runs; the first has one build on both sides and may execute nothing. */
const sessionsOf = ({ mode }: Pick<Settings, 'mode'>): number => (mode === 'calibrate' ? 2 : 1)

export const estimateCost = (
  settings: Pick<Settings, 'blocks' | 'mode' | 'effort' | 'timeMargin' | 'zkvms' | 'variants'>,
  witnesses: readonly Pick<Witness, 'block' | 'gas'>[]
): Cost => {
  const commits = commitsOf(settings)
  const times = sessionsOf(settings) * settings.zkvms.length
  // Each commit executes each block, and the cheapest twice.
  const made = {
    builds: settings.zkvms.length * commits,
    executions: times * commits * (settings.blocks.length + 1)
  }
  if (settings.mode === 'execute') return { ...made, proofs: NOTHING, minutes: NO_MINUTES }
  const planned = settings.blocks.map((block): PlannedBlock => {
    const gas = witnesses.find((witness) => witness.block === block)?.gas ?? null
    return { block, witnessSha256: null, gas, hasEqualCycles: false }
  })
  const { blocks, looks } = planTiming(settings, planned)
  const timed = planned.filter(({ block }) => blocks.includes(block))
  const proofs = (rounds: number): number => times * (1 + commits * rounds * timed.length)
  const seen = (of: (rounds: number) => number): Range<number> => ({
    least: of(looks[0] ?? 0),
    most: of(looks.at(-1) ?? 0)
  })
  if (planned.some(({ gas }) => gas === null) || !isPublished(settings))
    return { ...made, proofs: seen(proofs), minutes: null }
  const mgas = (of: readonly PlannedBlock[]): number =>
    of.reduce((sum, { gas }) => sum + Number(gas ?? 0n) / 1e6, 0)
  const warmUp = cheapest(timed)
  const time = (rounds: number): number =>
    (times *
      (commits * rounds * mgas(timed) + mgas(warmUp === null ? [] : [warmUp])) *
      PUBLISHED_SECONDS_PER_MGAS) /
    60
  const { least, most } = seen(time)
  return { ...made, proofs: seen(proofs), minutes: { least: minutes(least), most: minutes(most) } }
}

const NOTHING: Range<number> = { least: 0, most: 0 }
const NO_MINUTES: Range<Minutes> = { least: minutes(0), most: minutes(0) }
