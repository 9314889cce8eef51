import type { Failure } from '../domain/failure.ts'
import { unreachable, type Problem } from '../domain/problem.ts'
import { earlierSection, type EarlierResult } from './earlier.ts'
import { plural } from './format.ts'
import { interfered } from './headline-failures.ts'
import { interferenceOf } from './interference.ts'
import { shortened, type Rung } from './ladder.ts'
import { code, details, fence, sentence } from './markdown.ts'
import { runLink } from './run-link.ts'
import { box } from './sections/alert.ts'
import { earlyFooter } from './sections/footer.ts'
import type { About } from './running.ts'
import type { CommentContext } from './view.ts'

/** How a run ended of which there is no report. */
export type Ended =
  /** What was asked for is not possible, as was found out after the event was taken on. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  /** Before anything was measured: else there is a report. */
  | { readonly kind: 'cancelled' }
  /** Its process is gone and did not say why. */
  | { readonly kind: 'broken-off' }
  /** Head may not be run any more, or nobody knows whether it may; `why` is a sentence of ours. */
  | { readonly kind: 'withdrawn'; readonly why: string }

/** The comment of a run that ended without a report. An earlier result stays in sight. */
export const renderEnded = (ended: Ended, { context, sides }: About, earlier: EarlierResult | null): string =>
  shortened(
    (rung) => ({
      heading: `⚠️ ${headingOf(ended)}`,
      parts: [...explained(ended, context, rung), earlierSection(earlier, rung.share)],
      footer: earlyFooter(sides, context)
    }),
    { head: sides?.head ?? null, context, isPlain: true },
    earlier
  )

const headingOf = (ended: Ended): string => {
  switch (ended.kind) {
    case 'refused':
      return `Not started: ${plural(ended.problems.length, 'problem')} with the inputs`
    case 'unreachable':
      return `Infrastructure: ${interfered([ended.failure])}`
    case 'cancelled':
      return 'Cancelled before anything was measured'
    case 'broken-off':
      return 'Broken off: no verdict'
    case 'withdrawn':
      return 'Not run: the pull request changed, or could not be read, while it waited'
    default:
      return unreachable(ended)
  }
}

const explained = (ended: Ended, context: CommentContext, rung: Rung): readonly string[] => {
  switch (ended.kind) {
    case 'refused':
      return refused(ended.problems, rung)
    case 'unreachable':
      return [
        box('WARNING', [sentence(ended.failure.message), interferenceOf([ended.failure]).kind.advice]),
        ...logOf(ended.failure, rung)
      ]
    case 'cancelled':
      return again(context)
    case 'broken-off':
      return [
        'The run ended without saying why: it was killed, or memory ran out. ' +
          `The ${runLink('log of the run', context) ?? 'log of the run'} may tell more.`,
        ...again(context)
      ]
    case 'withdrawn':
      return [`${sentence(ended.why)} Nothing of it was run.`]
    default:
      return unreachable(ended)
  }
}

const again = ({ pullRequest }: CommentContext): readonly string[] =>
  pullRequest === null ? [] : ['- **To start again:** put the label on again, or comment `/prove`.']

const SHOWN = 20

const refused = (problems: readonly Problem[], { detail }: Rung): readonly string[] => {
  const limit = detail.tails ? WHOLE_MESSAGE : SHORT_MESSAGE
  const lines = problems
    .slice(0, SHOWN)
    .map(({ input, message }) => `- ${code(input)}: ${sentence(message, limit)}`)
  const more = problems.length > SHOWN ? [`- And ${problems.length - SHOWN} more.`] : []
  return [[...lines, ...more].join('\n'), 'Nothing was built or measured.']
}

/** A list of blocks without a witness may be long. */
const WHOLE_MESSAGE = 2_000
const SHORT_MESSAGE = 200

const logOf = ({ tail }: Failure, { detail }: Rung): readonly string[] =>
  detail.tails && tail.trim() !== '' ? [details('Log', fence(tail, { lines: TAIL_LINES }))] : []

const TAIL_LINES = 20
