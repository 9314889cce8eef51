import type { Side } from './revision.ts'
import type { TrialRecord } from './trial.ts'
import type { BlockNumber, Mode } from './workload.ts'

/** A side that cannot do a block. */
export interface GivenUp {
  readonly side: Side
  readonly block: BlockNumber
  readonly mode: Mode
  /** The failure to show: the last one. */
  readonly record: TrialRecord
}

/**
 * Where a side was given up. What fails is tried once more. A side that fails twice in a row on a block which it never
 * did before cannot do it; one that did it before has lost that pair only, and is given up the second time.
 */
export const givenUp = (records: readonly TrialRecord[]): readonly GivenUp[] => {
  if (!records.some(({ outcome }) => outcome.kind === 'failed')) return []
  const workloads = Map.groupBy(records, ({ trial: { mode, side, block } }) => `${mode} ${side} ${block}`)
  return [...workloads.values()].flatMap((own) => {
    const lost = lostSlots(own)
    const last = lost.at(-1)
    const isAble = own.some(({ outcome }) => outcome.kind === 'measured')
    if (last === undefined || (isAble && lost.length < 2)) return []
    const { side, block, mode } = last.trial
    return [{ side, block, mode, record: last }]
  })
}

/** The last records of those places in the schedule where the last two takes failed. */
const lostSlots = (own: readonly TrialRecord[]): readonly TrialRecord[] => {
  const slots = Map.groupBy(own, ({ trial: { phase, round } }) => `${phase} ${round}`)
  return [...slots.values()].flatMap((takes) => {
    const [last, before] = takes.toSorted((a, b) => b.trial.take - a.trial.take)
    const isLost = last?.outcome.kind === 'failed' && before?.outcome.kind === 'failed'
    return isLost ? [last] : []
  })
}
