import type { MetricName } from '../../domain/metric.ts'
import type { ReferenceReport, RunReport } from '../../domain/report.ts'
import { formatBlocks, formatMinutes, plural } from '../format.ts'
import { code, details, sentence, table } from '../markdown.ts'
import { revisionName, sideOf, titled, zkvmOf } from '../naming.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { RunView } from '../run-view.ts'
import { changeOf, type View } from '../view.ts'
import { NONE, VERDICT_WORD } from '../words.ts'

const FEW = 10

/** What each variant came to against base, and what to know of it: as of head, but nothing is decided by it. */
export const variants = (view: RunView): string | null => {
  const all = view.groups.flatMap((group) => group.variants)
  if (all.length === 0) return null
  const known = new Set(view.heads.flatMap(({ report }) => [...report.notes, ...report.caveats]))
  const notes = all.flatMap((leg) =>
    [...leg.report.caveats, ...leg.report.notes]
      .filter((note) => !known.has(note))
      .map((note) => `- ${titled(leg, sentence(note))}`)
  )
  const { shown, hidden } = firstOf([...sharedBase(all), ...notes], FEW, view.detail)
  const more = hidden > 0 ? [`- And ${plural(hidden, 'more note')} in ${wholeIn(view.context)}.`] : []
  const body = [
    table(rowsOf(all, view.run), 'l'.repeat(view.heads.length > 1 ? 4 : 3) + 'rrr'),
    [...shown, ...more].join('\n')
  ]
  return details(`Variants: ${all.length} beside head`, body.filter((part) => part !== '').join('\n\n'))
}

/** Trials of base that no earlier run made, and this one made for another leg. */
const sharedBase = (all: readonly View[]): readonly string[] =>
  all.some(({ report }) => report.trials.some(({ kept, wall }) => kept && wall > 0))
    ? [
        "- Base was measured once for head and all variants: a pair is a variant's trial and base's of the same round."
      ]
    : []

const rowsOf = (all: readonly View[], { timeVerdict }: RunReport): readonly (readonly string[])[] => {
  const [first] = all
  const isSeveral = first?.isOneOfSeveral === true
  return [
    [
      'Variant',
      ...(isSeveral ? ['zkVM'] : []),
      'Commit',
      'Verdict',
      `Δ ${isSeveral ? 'count' : (first?.counted ?? 'cycles')}`,
      ...(timeVerdict === null ? ['Blocks'] : ['Δ time', 'Pairs'])
    ],
    ...all.map((leg) => [
      sideOf(leg, 'head'),
      ...zkvmOf(leg),
      revisionName(leg.report.plan.revisions.head),
      verdictOf(leg),
      overallOf(leg, 'cycles'),
      ...(timeVerdict === null ? [blocksOf(leg)] : [overallOf(leg, 'proving-time'), pairsOf(leg)])
    ])
  ]
}

/** Of a variant `Head failed` would be misread. */
const verdictOf = ({ report: { verdict } }: View): string =>
  verdict === 'head-failed' ? 'Failed' : VERDICT_WORD[verdict]

const overallOf = (leg: View, metric: MetricName): string => {
  const overall = leg.overall(metric)
  return overall === null ? NONE : changeOf(overall)
}

const blocksOf = (leg: View): string => String(leg.overall('cycles')?.blocks ?? 0)
const pairsOf = (leg: View): string => String(leg.overall('proving-time')?.pairs ?? 0)

/** How the reference was measured; null without one. */
export const reference = ({ run, detail, context }: RunView): string | null => {
  if (run.reference === null) return null
  const { prover, revision, blocks, notes, gpuMinutes } = run.reference
  const { shown, hidden } = firstOf(notes, FEW, detail)
  const lines = [
    `- ${prover} ${revisionName(revision)} of ${code(revision.repository, 80)}: each block once, after all of ethrex's. It is another prover, and decides no verdict.`,
    ...timesOf(run.reference),
    ...keptOf(run.reference),
    ...shown.map((note) => `- Note: ${sentence(note)}`),
    ...(hidden > 0 ? [`- And ${plural(hidden, 'more note')} in ${wholeIn(context)}.`] : [])
  ]
  const failed = blocks.filter(({ failure }) => failure !== null).length
  const said = [
    `${plural(blocks.length - failed, 'block')} measured`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(gpuMinutes === 0 ? [] : [`${formatMinutes(gpuMinutes)} GPU minutes`])
  ].join(', ')
  return details(`Reference: ${prover}, ${said}`, lines.join('\n'))
}

const timesOf = ({ blocks }: ReferenceReport): readonly string[] =>
  blocks.some(({ exactness }) => exactness === 'rounded-seconds')
    ? ['- Its times are cut to whole seconds: `87` stands for anything from 87 up to 88.']
    : []

/** Its figures depend on commit, block and machine alone, so they are measured once. */
const keptOf = ({ blocks }: ReferenceReport): readonly string[] => {
  const kept = blocks.filter((block) => block.kept)
  if (kept.length === 0) return []
  const oldest = kept.map(({ measuredAt }) => measuredAt.slice(0, 10)).toSorted()[0] ?? ''
  return [
    `- Kept from earlier runs on this machine, the oldest of ${oldest}: ${formatBlocks(kept.map(({ block }) => block))}.`
  ]
}
