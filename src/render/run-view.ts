import type { RunReport } from '../domain/report.ts'
import { headsOf } from './order.ts'
import { viewOf, type CommentContext, type Detail, type View } from './view.ts'

/** One zkVM of a run: head's leg, and those of the variants that stand in its place. */
export interface Group {
  readonly head: View
  /** In the order of the run. */
  readonly variants: readonly View[]
}

/** A run as the sections read it. */
export interface RunView {
  readonly run: RunReport
  readonly context: CommentContext
  readonly detail: Detail
  /** By zkVM, the worst verdict of head first; at least one. */
  readonly groups: readonly Group[]
  /** Of head, in the same order. */
  readonly heads: readonly View[]
  /** In the order of the run. */
  readonly legs: readonly View[]
}

export const runViewOf = (run: RunReport, context: CommentContext, detail: Detail): RunView => {
  const heads = headsOf(run)
  const about = { context, detail, isOneOfSeveral: heads.length > 1 }
  const legs = run.legs.map((leg) => viewOf(leg, about))
  const groups = heads.flatMap(({ plan: { zkvm } }): readonly Group[] => {
    const own = legs.filter(({ report }) => report.plan.zkvm === zkvm)
    const head = own.find(({ report }) => report.plan.variant === null)
    return head === undefined ? [] : [{ head, variants: own.filter((leg) => leg !== head) }]
  })
  return { run, context, detail, groups, heads: groups.map(({ head }) => head), legs }
}

/** Whether a run is base against head on one zkVM, and nothing beside. */
export const isPlain = ({ legs, reference }: RunReport): boolean => legs.length === 1 && reference === null
