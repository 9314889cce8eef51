import type { RunReport } from '../domain/report.ts'
import type { Sha } from '../domain/revision.ts'
import { earlierSection, markedResult, type EarlierResult } from './earlier.ts'
import { leftOutLine, shortened } from './ladder.ts'
import { joined } from './page.ts'
import { reportSections } from './report-sections.ts'
import { isPlain, runViewOf } from './run-view.ts'
import { footer } from './sections/footer.ts'
import { headline } from './sections/summary.ts'
import type { CommentContext } from './view.ts'

/**
 * The comment on a report, never longer than GitHub takes. Where it would be, whole parts are left out, and it
 * says which. An earlier result stays in sight where this run has none of its own.
 */
export const renderComment = (
  run: RunReport,
  context: CommentContext,
  earlier: EarlierResult | null = null
): string => {
  const head = headOf(run)
  const isMarked = isResult(run) && context.pullRequest !== null
  const kept = isResult(run) ? null : earlier
  return shortened(
    (rung) => {
      const view = runViewOf(run, context, rung.detail)
      const { figures, folded } = reportSections(view)
      const result =
        isMarked && head !== null ? markedResult({ head, figures, folded }) : joined([figures, folded])
      const parts = [result, leftOutLine(rung, context, 'done'), earlierSection(kept, rung.share)]
      return { heading: headline(view), parts, footer: footer(view) }
    },
    { head, context, isPlain: isPlain(run) },
    kept
  )
}

const headOf = ({ legs }: RunReport): Sha | null => legs[0]?.plan.revisions.head.sha ?? null

/** Whether a later run has something to show of this one. */
const isResult = ({ verdict, legs }: RunReport): boolean => {
  const isWithheld = verdict === 'cancelled' || verdict === 'infrastructure' || verdict === 'base-failed'
  return !isWithheld || legs.some(({ comparisons }) => comparisons.length > 0)
}
