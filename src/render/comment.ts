import type { Report } from '../domain/report.ts'
import { earlierSection, markedResult, type EarlierResult } from './earlier.ts'
import { leftOutLine, shortened } from './ladder.ts'
import { joined } from './page.ts'
import { reportSections } from './report-sections.ts'
import { footer } from './sections/footer.ts'
import { headline } from './sections/summary.ts'
import { viewOf, type CommentContext } from './view.ts'

/**
 * The comment on a report, never longer than GitHub takes. Where it would be, whole parts are left out, and it
 * says which. An earlier result stays in sight where this run has none of its own.
 */
export const renderComment = (
  report: Report,
  context: CommentContext,
  earlier: EarlierResult | null = null
): string => {
  const { sha: head } = report.plan.revisions.head
  const isMarked = isResult(report) && context.pullRequest !== null
  const kept = isResult(report) ? null : earlier
  return shortened(
    (rung) => {
      const view = viewOf(report, context, rung.detail)
      const { figures, folded } = reportSections(view)
      const result = isMarked ? markedResult({ head, figures, folded }) : joined([figures, folded])
      const parts = [result, leftOutLine(rung, context, 'done'), earlierSection(kept, rung.share)]
      return { heading: headline(view), parts, footer: footer(view) }
    },
    { head, context },
    kept
  )
}

/** Whether a later run has something to show of this one. */
const isResult = ({ verdict, comparisons }: Report): boolean => {
  const isWithheld = verdict === 'cancelled' || verdict === 'infrastructure' || verdict === 'base-failed'
  return !isWithheld || comparisons.length > 0
}
