import type { Failure } from '../domain/failure.ts'
import { unreachable, type Problem } from '../domain/problem.ts'
import { earlierSection, type EarlierResult } from './earlier.ts'
import { plural } from './format.ts'
import { shortened, type Rung } from './ladder.ts'
import { code, details, fence, sentence } from './markdown.ts'
import { box } from './sections/alert.ts'
import { earlyFooter } from './sections/footer.ts'
import type { About } from './running.ts'

/** How a run ended of which there is no report. */
export type Ended =
  /** What was asked for is not possible, as was found out after the event was taken on. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  /** `progress`: the trials that its journal has, where that is known. */
  | { readonly kind: 'cancelled'; readonly progress?: Progress }
  /** Its process is gone and did not say why. */
  | { readonly kind: 'broken-off'; readonly progress?: Progress }
  /** Head may not be run any more; `why` is a sentence of ours. */
  | { readonly kind: 'withdrawn'; readonly why: string }

interface Progress {
  readonly done: number
  readonly planned: number
}

/** The comment of a run that ended without a report. An earlier result stays in sight. */
export const renderEnded = (ended: Ended, { context, sides }: About, earlier: EarlierResult | null): string =>
  shortened(
    (rung) => ({
      heading: `⚠️ ${headingOf(ended)}`,
      parts: [...explained(ended, rung), earlierSection(earlier, rung.share)],
      footer: earlyFooter(sides, context)
    }),
    { head: sides?.head ?? null, context },
    earlier
  )

const headingOf = (ended: Ended): string => {
  switch (ended.kind) {
    case 'refused':
      return `Refused: ${plural(ended.problems.length, 'problem')} with what was asked for`
    case 'unreachable':
      return `Infrastructure: no verdict, the machine or the network got in the way (${ended.failure.reason})`
    case 'cancelled':
      return `Cancelled: ${soFar(ended.progress)}`
    case 'broken-off':
      return `Broken off: ${soFar(ended.progress)}`
    case 'withdrawn':
      return 'Withdrawn: head may not be run any more'
    default:
      return unreachable(ended)
  }
}

const soFar = (progress: Progress | undefined): string => {
  if (progress === undefined) return 'no verdict'
  if (progress.done === 0) return 'nothing was measured'
  return `no verdict after ${progress.done} of ${plural(progress.planned, 'trial')}`
}

const explained = (ended: Ended, rung: Rung): readonly string[] => {
  switch (ended.kind) {
    case 'refused':
      return refused(ended.problems, rung)
    case 'unreachable':
      return [box('WARNING', [sentence(ended.failure.message), BLAMELESS]), ...logOf(ended.failure, rung)]
    case 'cancelled':
      return kept(ended.progress)
    case 'broken-off':
      return [
        'Its process is gone and did not say why, as after a kill or for want of memory. Its log may say more.',
        ...kept(ended.progress)
      ]
    case 'withdrawn':
      return [`${sentence(ended.why)} Nothing of it was run.`]
    default:
      return unreachable(ended)
  }
}

const BLAMELESS = 'Neither side is to blame. Mend what is named here and run again.'

const kept = (progress: Progress | undefined): readonly string[] =>
  progress === undefined || progress.done === 0
    ? []
    : ['A run of the same commits goes on from there, if the report directory is still what it was.']

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
