import type { Report } from '../domain/report.ts'
import { alert } from './sections/alert.ts'
import { blocks } from './sections/blocks.ts'
import { failures } from './sections/failures.ts'
import { footer } from './sections/footer.ts'
import { method } from './sections/method.ts'
import { metrics } from './sections/metrics.ts'
import { movers } from './sections/movers.ts'
import { optimizations } from './sections/optimizations.ts'
import { reproduce } from './sections/reproduce.ts'
import { headline, summary } from './sections/summary.ts'
import { TOP_ROWS } from './rows.ts'
import { viewOf, type CommentContext, type Detail, type View } from './view.ts'

/** GitHub refuses a longer comment. */
export const COMMENT_LIMIT = 65_536

/** Room for a line that publishing may put on top, such as "outdated". */
const RESERVE = 1_024

/** A step of degrading: what is still shown, and what this step takes away. */
interface Step {
  readonly detail: Detail
  readonly leavesOut: string | null
}

/** Least useful first: what goes is in report.json, and what stays is whole. */
const STEPS: readonly Step[] = [
  { detail: { tails: true, spans: true, rows: 'all' }, leavesOut: null },
  { detail: { tails: false, spans: true, rows: 'all' }, leavesOut: 'the tails of logs' },
  { detail: { tails: false, spans: false, rows: 'all' }, leavesOut: 'cycles by span' },
  {
    detail: { tails: false, spans: false, rows: 'changed' },
    leavesOut: 'blocks whose cycles did not change'
  },
  {
    detail: { tails: false, spans: false, rows: 'top' },
    leavesOut: `all but the ${TOP_ROWS} blocks that changed most`
  },
  {
    detail: { tails: false, spans: false, rows: 'none' },
    leavesOut: 'the tables, the method and the failures'
  }
]

/** Names the comment as ours, and says which run wrote it; it stands at byte 0. */
export const commentMarker = ({ pullRequest, key, run }: CommentContext): string => {
  if (!/^[a-z0-9-]{1,40}$/.test(key) || !/^\d+\.\d+$/.test(run)) {
    throw new Error(`Internal error: not a comment key or run: ${JSON.stringify([key, run])}`)
  }
  return `<!-- proving-regression v1 pr=${pullRequest ?? 0} key=${key} run=${run} -->`
}

/** The comment on a report. Where it would be too long, whole parts are left out, and it says which. */
export const renderComment = (report: Report, context: CommentContext): string => {
  for (const index of STEPS.keys()) {
    const comment = compose(report, context, STEPS.slice(0, index + 1))
    if (fits(comment) || index === STEPS.length - 1) return comment
  }
  throw new Error('Internal error: no step to render a comment with')
}

/** GitHub counts characters; bytes are never fewer. */
const fits = (comment: string): boolean => new TextEncoder().encode(comment).length <= COMMENT_LIMIT - RESERVE

const compose = (report: Report, context: CommentContext, steps: readonly Step[]): string => {
  const detail = steps.at(-1)?.detail ?? { tails: false, spans: false, rows: 'none' }
  const view = viewOf(report, context, detail)
  const sections = detail.rows === 'none' ? SHORTEST : SECTIONS
  const parts = sections.map((section) => section(view)).filter((part) => part !== null)
  return (
    [`${commentMarker(context)}\n${headline(view)}`, ...parts, ...leftOut(steps), footer(view), '']
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

type Section = (view: View) => string | null

const SECTIONS: readonly Section[] = [
  alert,
  summary,
  blocks,
  movers,
  metrics,
  method,
  reproduce,
  optimizations,
  failures
]

const SHORTEST: readonly Section[] = [alert, summary]

const leftOut = (steps: readonly Step[]): readonly string[] => {
  const missing = steps.flatMap(({ leavesOut }) => leavesOut ?? [])
  return missing.length === 0
    ? []
    : [`Left out, because a comment has to be short: ${missing.join('; ')}. All of it is in report.json.`]
}
