import type { Reason } from './failure.ts'
import { pollutionOf } from './gpu.ts'
import type { Side } from './revision.ts'
import { isOfEarlierRun, type Outcome, type TrialRecord } from './trial.ts'
import type { BlockNumber, Mode } from './workload.ts'

/** Reasons that say nothing about either side's code, whichever side met them. */
export const MACHINE_REASONS: ReadonlySet<Reason> = new Set<Reason>([
  'repository-unreachable',
  'fetch-failed',
  'bad-input',
  'witness-changed',
  'stale-container',
  'port-taken',
  'gpu-busy',
  'gpu-lost',
  'prover-not-ready',
  'not-started',
  'disk-full',
  'tampered',
  'internal'
])

/** Of these no second try comes off: somebody has to put right what is in the way. */
const LASTING: ReadonlySet<Reason> = new Set<Reason>([
  'bad-input',
  'witness-changed',
  'stale-container',
  'gpu-lost',
  'disk-full',
  'tampered',
  'internal'
])

/** Whether a trial failed for what is there the next time too. */
export const isLasting = (outcome: Outcome): boolean =>
  outcome.kind === 'failed' && LASTING.has(outcome.reason)

/** A side that cannot do a block, or a machine that cannot. */
export interface GivenUp {
  readonly side: Side
  readonly block: BlockNumber
  readonly mode: Mode
  /** The failure to show: the last one, or the one that was the machine's. */
  readonly record: TrialRecord
  /** True where what failed says nothing about the side: neither is judged then. */
  readonly isMachines: boolean
}

/**
 * Where a side was given up. What fails is tried once more, unless that is in vain. A side that fails twice in a row on
 * a block which it never did before cannot do it; one that did it before has lost that pair only, and is given up
 * the second time. That an earlier run did it shows nothing of this machine today.
 */
export const givenUp = (records: readonly TrialRecord[]): readonly GivenUp[] => {
  if (!records.some(({ outcome }) => outcome.kind === 'failed')) return []
  const workloads = Map.groupBy(records, ({ trial: { mode, side, block } }) => `${mode} ${side} ${block}`)
  return [...workloads.values()].flatMap((own) => {
    const found = giveUpOn(own)
    if (found === null) return []
    const { side, block, mode } = found.record.trial
    return [{ side, block, mode, ...found }]
  })
}

const giveUpOn = (own: readonly TrialRecord[]): Pick<GivenUp, 'record' | 'isMachines'> | null => {
  const lost = lostSlots(own)
  const isAble = own.some((record) => record.outcome.kind === 'measured' && !isOfEarlierRun(record))
  const enough = isAble ? 2 : 1
  const theirs = lost.filter(({ isMachines }) => !isMachines)
  if (theirs.length >= enough) return theirs.at(-1) ?? null
  const isOver = lost.length >= enough || lost.some(({ record }) => isLasting(record.outcome))
  return isOver ? (lost.findLast(({ isMachines }) => isMachines) ?? null) : null
}

/** A record of each place in the schedule where the last two takes failed, or one that lasts. */
const lostSlots = (own: readonly TrialRecord[]): readonly Pick<GivenUp, 'record' | 'isMachines'>[] => {
  const slots = Map.groupBy(own, ({ trial: { phase, round } }) => `${phase} ${round}`)
  return [...slots.values()].flatMap((takes) => {
    const [last, before] = takes.toSorted((a, b) => b.trial.take - a.trial.take)
    if (last?.outcome.kind !== 'failed') return []
    if (isLasting(last.outcome)) return [{ record: last, isMachines: true }]
    if (before?.outcome.kind !== 'failed') return []
    const machines = [last, before].find(isOfMachine)
    return [{ record: machines ?? last, isMachines: machines !== undefined }]
  })
}

/** The machine's doing, or perhaps that of somebody else's process, which takes memory as well as time. */
const isOfMachine = ({ outcome, gpu }: TrialRecord): boolean =>
  (outcome.kind === 'failed' && MACHINE_REASONS.has(outcome.reason)) || pollutionOf(gpu) === 'foreign-process'
