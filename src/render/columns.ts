import type { ReferenceReport } from '../domain/report.ts'
import type { Side } from '../domain/revision.ts'
import type { BlockNumber } from '../domain/workload.ts'
import { nameText, referenceName, revisionName } from './naming.ts'
import type { Group } from './run-view.ts'
import type { View } from './view.ts'

/** What the tables of several legs are made of: proving times, or in a run that only executes, counts. */
export type TableMetric = 'proving-time' | 'cycles'

/** What one side came to on a block. */
export type Figure =
  | {
      readonly kind: 'known'
      /** Seconds, or a count. */
      readonly value: number | bigint
      /** How much longer a time that is cut off may have been, in natural logs; 0 where it is known in full. */
      readonly blur: number
    }
  | { readonly kind: 'failed' }
  | { readonly kind: 'missing' }

const MISSING: Figure = { kind: 'missing' }

/** One prover at one commit, over the blocks. */
export interface Column {
  /** Markdown, in the words of ethrex's tables: `ethrex main (`70fc632`)`, `ethrex (trie3)`. */
  readonly title: string
  readonly figure: (block: BlockNumber) => Figure
  /** The leg that compares it with base; null for base and the reference. */
  readonly leg: View | null
}

/** The columns of a zkVM: base, head, the variants. Each leg has figures of base; those beside head's count. */
export const ethrexColumns = ({ head, variants }: Group, metric: TableMetric): readonly Column[] => {
  const { base, head: own } = head.report.plan.revisions
  return [
    {
      title: `ethrex ${revisionName(base)}`,
      figure: (block) =>
        firstKnown([head, ...variants].map((leg) => figureOf(leg, 'base', { metric, block }))),
      leg: null
    },
    ...[head, ...variants].map((leg): Column => {
      const { variant } = leg.report.plan
      return {
        title: variant === null ? `ethrex ${revisionName(own)}` : `ethrex (${nameText(variant)})`,
        figure: (block) => figureOf(leg, 'head', { metric, block }),
        leg
      }
    })
  ]
}

/** The column of the reference; null where nothing of it was measured or tried. */
export const referenceColumn = (reference: ReferenceReport, metric: TableMetric): Column | null =>
  reference.blocks.length === 0
    ? null
    : {
        title: referenceName(reference),
        figure: (number) => {
          const found = reference.blocks.find(({ block }) => block === number)
          if (found === undefined) return MISSING
          const value = metric === 'cycles' ? found.cycles : found.seconds
          if (value === null) return found.failure === null ? MISSING : { kind: 'failed' }
          const isCut = metric === 'proving-time' && found.exactness === 'rounded-seconds'
          return { kind: 'known', value, blur: isCut ? blurOf(Number(value)) : 0 }
        },
        leg: null
      }

/** A figure of any leg, else that one of them failed at it. */
const firstKnown = (figures: readonly Figure[]): Figure =>
  figures.find(({ kind }) => kind === 'known') ?? figures.find(({ kind }) => kind === 'failed') ?? MISSING

interface Wanted {
  readonly metric: TableMetric
  readonly block: BlockNumber
}

const figureOf = (leg: View, side: Side, { metric, block }: Wanted): Figure => {
  const compared = leg.comparison(block, metric)
  if (compared !== null) {
    const value = compared[side]
    const isCut = compared.rounding !== null
    return { kind: 'known', value, blur: isCut ? legBlur(leg, side, { block, value }) : 0 }
  }
  const value = alone(leg, side, { metric, block })
  if (value === null) return hasFailed(leg, side, { metric, block }) ? { kind: 'failed' } : MISSING
  return { kind: 'known', value, blur: cutsTimes(leg, metric) ? blurOf(Number(value)) : 0 }
}

/** What the side came to where the other one has no figure to compare. */
const alone = ({ report }: View, side: Side, { metric, block }: Wanted): number | bigint | null => {
  const own = report.trials.filter(
    (trial) => trial.side === side && trial.block === block && trial.outcome === 'measured'
  )
  if (metric === 'cycles') return own.find(({ cycles }) => cycles !== null)?.cycles ?? null
  const logs = own.flatMap(({ phase, seconds }) =>
    phase === 'timed' && seconds !== null ? [Math.log(seconds)] : []
  )
  return logs.length === 0 ? null : Math.exp(mean(logs))
}

/** On the block, or at all: what does not build proves nothing. What cannot be executed is not proved either. */
const hasFailed = ({ report }: View, side: Side, { metric, block }: Wanted): boolean =>
  report.failures.some(
    (failure) =>
      failure.side === side &&
      (failure.block === null || failure.block === block) &&
      !(metric === 'cycles' && failure.stage === 'prove')
  )

/** Tools that cut a duration to whole seconds do it to all of them. */
const cutsTimes = ({ report }: View, metric: TableMetric): boolean =>
  metric === 'proving-time' &&
  report.comparisons.some((one) => one.metric === metric && one.rounding !== null)

/** Of a geometric mean: the mean over the times it is of. */
const legBlur = (
  { report }: View,
  side: Side,
  { block, value }: { readonly block: BlockNumber; readonly value: number | bigint }
): number => {
  const pairs = report.time?.pairs.filter((pair) => pair.block === block) ?? []
  return pairs.length === 0 ? blurOf(Number(value)) : mean(pairs.map((pair) => blurOf(pair[side])))
}

/** A time cut to whole seconds stands for anything up to the next one. */
const blurOf = (seconds: number): number => Math.log1p(1 / seconds)

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
