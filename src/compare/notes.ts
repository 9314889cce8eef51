import type { Build } from '../domain/build.ts'
import { COUNTED } from '../domain/counted.ts'
import type { Comparison, TimeJudgement } from '../domain/report.ts'
import { SIDES, type Side } from '../domain/revision.ts'
import type { Measurements } from '../domain/run.ts'
import { isMadeAgain } from '../domain/timing.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { failedTrialNotes } from './failed-trials.ts'
import { listed } from './listed.ts'
import { sideWord } from './side-word.ts'
import { timeNotes } from './time-notes.ts'

interface Found {
  readonly comparisons: readonly Comparison[]
  readonly time: TimeJudgement | null
  /** What stands against comparing figures. */
  readonly found: readonly string[]
  /** What ran for other legs of the zkVM. */
  readonly beside: readonly TrialRecord[]
}

/** What a reader should know beside the figures, our sentences; they may quote tools. */
export const notesOf = (
  measurements: Measurements,
  { comparisons, time, found, beside }: Found
): readonly string[] => [
  ...measurements.notes,
  ...found,
  ...endingNotes(measurements),
  ...timeNotes(measurements, time),
  ...failedTrialNotes(measurements.records),
  ...splitPairNotes(measurements, beside),
  ...roundingNotes(comparisons),
  ...missingCycles(measurements, comparisons),
  ...buildNotes(measurements),
  ...remarks(measurements)
]

const endingNotes = ({ ending, records, planned }: Measurements): readonly string[] =>
  ending === 'stopped' && records.length > 0
    ? [`Stopped after ${records.length} of ${planned + records.filter(isMadeAgain).length} trials.`]
    : []

/** Longer than anything of ours takes between two trials. */
const BACK_TO_BACK_SECONDS = 300

/**
 * A run that was interrupted inside a pair and continued later compares two hours, not two builds: say so. What other
 * trials of the pair's block and round took in between, as those of other legs, is no interruption.
 */
const splitPairNotes = (
  { records, plan }: Measurements,
  beside: readonly TrialRecord[]
): readonly string[] => {
  const timed = records.filter(({ trial }) => trial.phase === 'timed')
  const others = Map.groupBy(
    beside.filter(({ trial }) => trial.phase === 'timed'),
    pairOf
  )
  const split = [...Map.groupBy(timed, pairOf)].flatMap(([name, own]) =>
    idleSeconds(own, others.get(name) ?? []) > BACK_TO_BACK_SECONDS ? [name] : []
  )
  return split.length === 0
    ? []
    : [
        `Not back to back, more than ${BACK_TO_BACK_SECONDS / 60} minutes without a proof in between: base and ${sideWord(plan, 'head')} in ${listed(split)}.`
      ]
}

const pairOf = ({ trial: { round, block } }: TrialRecord): string => `round ${round} of block ${block}`

/** From one half of a pair to the other, while nothing ran. */
const idleSeconds = (own: readonly TrialRecord[], others: readonly TrialRecord[]): number => {
  const [first, second] = SIDES.flatMap((side) => halfOf(own, side) ?? []).toSorted(byStart)
  if (first === undefined || second === undefined) return 0
  const [from, to] = [startOf(first), startOf(second)]
  const between = [...own.filter(({ kept }) => !kept), ...others].filter((record) => {
    const at = startOf(record)
    return from < at && at < to
  })
  return (to - from) / 1000 - [first, ...between].reduce((sum, { wall }) => sum + wall, 0)
}

/** The take that stands for a half. The repeat of an outlier is made at a look, and never next to the other half. */
const halfOf = (own: readonly TrialRecord[], side: Side): TrialRecord | undefined => {
  const takes = own.filter(({ trial }) => trial.side === side).toSorted((a, b) => a.trial.take - b.trial.take)
  const repeat = takes.findIndex(({ trial }) => trial.cause === 'outlier')
  return takes
    .slice(0, repeat < 0 ? takes.length : repeat)
    .findLast(({ outcome }) => outcome.kind === 'measured')
}

const startOf = ({ startedAt }: TrialRecord): number => Date.parse(startedAt)

const byStart = (a: TrialRecord, b: TrialRecord): number => startOf(a) - startOf(b)

const roundingNotes = (comparisons: readonly Comparison[]): readonly string[] =>
  comparisons.some(({ metric, rounding }) => metric === 'proving-time' && rounding !== null)
    ? [
        'Some proving times are whole seconds; the range in round brackets beside a percentage is what they allow, and every interval is wider by it.'
      ]
    : []

/** A block that both sides executed and that still has no cycles to compare: the tool did not say them. */
const missingCycles = (
  { plan, records }: Measurements,
  comparisons: readonly Comparison[]
): readonly string[] => {
  const compared = new Set(comparisons.filter(({ metric }) => metric === 'cycles').map(({ block }) => block))
  const executions = records.filter(
    ({ trial, outcome }) => trial.phase === 'cycles' && outcome.kind === 'measured'
  )
  const executed = (block: number): boolean =>
    SIDES.every((side) => executions.some(({ trial }) => trial.block === block && trial.side === side))
  const silent = plan.blocks.filter(({ block }) => !compared.has(block) && executed(block))
  if (silent.length === 0) return []
  return [
    `No ${COUNTED[plan.zkvm]} to compare for ${listed(silent.map(({ block }) => `block ${block}`))}: not reported by both sides.`
  ]
}

const buildNotes = ({ plan, builds: { base, head } }: Measurements): readonly string[] => {
  if (base === null || head === null) return []
  const other = sideWord(plan, 'head')
  const differing = (what: string, ofBase: string, ofHead: string): readonly string[] =>
    ofBase === ofHead ? [] : [`${what}: base ${ofBase}, ${other} ${ofHead}.`]
  return [
    ...differing('Toolchains differ', base.toolchain, head.toolchain),
    ...differing('Features differ', base.features.join(','), head.features.join(',')),
    ...differing('Hosts differ', base.host, head.host),
    ...lockNotes(base, head, other)
  ]
}

/** Locks are expected to change a little when ethrex is swapped in; what matters is a difference between the sides. */
const lockNotes = (base: Build, head: Build, other: string): readonly string[] => {
  const onlyBase = base.lockChanges.filter((change) => !head.lockChanges.includes(change))
  const onlyHead = head.lockChanges.filter((change) => !base.lockChanges.includes(change))
  const both = base.lockChanges.length - onlyBase.length
  return [
    ...(onlyBase.length > 0 ? [`Locked packages that only base changed: ${listed(onlyBase)}.`] : []),
    ...(onlyHead.length > 0 ? [`Locked packages that only ${other} changed: ${listed(onlyHead)}.`] : []),
    ...(both > 0 ? [`Locked packages that cargo changed for both sides alike: ${both}.`] : [])
  ]
}

/** The same remark on many trials is said once. */
const remarks = ({ records }: Measurements): readonly string[] => {
  const byText = new Map<string, string[]>()
  for (const { trial, remarks: texts } of records) {
    for (const text of texts) byText.set(text, [...(byText.get(text) ?? []), trial.id])
  }
  return [...byText].map(([text, ids]) => `${text} (${listed(ids)})`)
}
