import type { Build } from '../domain/build.ts'
import { COUNTED } from '../domain/counted.ts'
import type { Comparison, TimeJudgement } from '../domain/report.ts'
import { SIDES } from '../domain/revision.ts'
import type { Measurements } from '../domain/run.ts'
import { isMadeAgain } from '../domain/timing.ts'
import { failedTrialNotes } from './failed-trials.ts'
import { listed } from './listed.ts'
import { timeNotes } from './time-notes.ts'

interface Found {
  readonly comparisons: readonly Comparison[]
  readonly time: TimeJudgement | null
  /** What stands against comparing figures. */
  readonly found: readonly string[]
}

/** What a reader should know beside the figures, our sentences; they may quote tools. */
export const notesOf = (
  measurements: Measurements,
  { comparisons, time, found }: Found
): readonly string[] => [
  ...measurements.notes,
  ...found,
  ...endingNotes(measurements),
  ...timeNotes(measurements, time),
  ...failedTrialNotes(measurements.records),
  ...splitPairNotes(measurements),
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

/** A run that was interrupted inside a pair and continued later compares two hours, not two builds: say so. */
const splitPairNotes = ({ records }: Measurements): readonly string[] => {
  const timed = records.filter(({ trial }) => trial.phase === 'timed' && trial.cause === 'planned')
  const pairs = Map.groupBy(timed, ({ trial }) => `round ${trial.round} of block ${trial.block}`)
  const split = [...pairs].filter(([, pair]) => gapSeconds(pair) > BACK_TO_BACK_SECONDS).map(([name]) => name)
  return split.length === 0
    ? []
    : [
        `Not back to back, more than ${BACK_TO_BACK_SECONDS / 60} minutes apart: the two sides of ${listed(split)}.`
      ]
}

const gapSeconds = (pair: Measurements['records']): number => {
  const [first, second] = pair.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  if (first === undefined || second === undefined) return 0
  return (Date.parse(second.startedAt) - Date.parse(first.startedAt)) / 1000 - first.wall
}

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

const buildNotes = ({ builds: { base, head } }: Measurements): readonly string[] => {
  if (base === null || head === null) return []
  return [
    ...differing('Toolchains differ', base.toolchain, head.toolchain),
    ...differing('Features differ', base.features.join(','), head.features.join(',')),
    ...differing('Hosts differ', base.host, head.host),
    ...lockNotes(base, head)
  ]
}

const differing = (what: string, base: string, head: string): readonly string[] =>
  base === head ? [] : [`${what}: base ${base}, head ${head}.`]

/** Locks are expected to change a little when ethrex is swapped in; what matters is a difference between the sides. */
const lockNotes = (base: Build, head: Build): readonly string[] => {
  const onlyBase = base.lockChanges.filter((change) => !head.lockChanges.includes(change))
  const onlyHead = head.lockChanges.filter((change) => !base.lockChanges.includes(change))
  const both = base.lockChanges.length - onlyBase.length
  return [
    ...(onlyBase.length > 0 ? [`Locked packages that only base changed: ${listed(onlyBase)}.`] : []),
    ...(onlyHead.length > 0 ? [`Locked packages that only head changed: ${listed(onlyHead)}.`] : []),
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
