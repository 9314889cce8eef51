import type { RunReport } from '../domain/report.ts'
import { cutToBytes } from './cut.ts'
import { textOf } from './page.ts'
import { reportSections } from './report-sections.ts'
import { runViewOf } from './run-view.ts'
import { footer } from './sections/footer.ts'
import { headline } from './sections/summary.ts'
import type { CommentContext, Detail } from './view.ts'

/** 1 MiB: the runner drops a longer summary as a whole. */
const SUMMARY_LIMIT = 1_048_576

/** Kept free for what happens to a summary behind us. */
const RESERVE = 16_384

const WHOLE: Detail = { tails: true, spans: true, rows: 'all', lists: 'all' }

const CUT = 'Cut here, because a job summary has to stay below 1 MiB. All of it is in report.json.'

/** The comment with its long lists in full and without what only a comment needs, cut between two lines. */
export const renderJobSummary = (run: RunReport, context: CommentContext): string => {
  const view = runViewOf(run, context, WHOLE)
  const { figures, folded } = reportSections(view)
  const text = textOf({ heading: headline(view), parts: [figures, folded], footer: footer(view) })
  return cutToBytes(text, SUMMARY_LIMIT - RESERVE, CUT)
}
