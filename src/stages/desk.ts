import { unreachable } from '../domain/problem.ts'
import { isFork } from '../domain/pull-request.ts'
import type { Sha } from '../domain/revision.ts'
import type { Sides, Standing } from '../domain/standing.ts'
import type { Target } from '../domain/target.ts'
import type { RunVerdict } from '../domain/verdict.ts'
import type { Forge } from '../io/forge.ts'
import type { Log } from '../io/ports.ts'
import { earlierResult, type EarlierResult } from '../render/earlier.ts'
import { renderComment } from '../render/comment.ts'
import { renderEnded } from '../render/ended.ts'
import { renderRunning } from '../render/running.ts'
import type { CommentContext } from '../render/view.ts'
import { askShortly } from './ask-shortly.ts'
import type { CommentEnd, CommentKeeper } from './comment-keeper.ts'
import { redactBelowMarker } from './publish.ts'
import type { RunEnd } from './run.ts'

/** What is asked for, and by which run. */
export interface Question {
  readonly target: Target
  /** Whether a pull request is looked for by its head, where the event names none. */
  readonly looksForPullRequest: boolean
  /** The pull request may be found later, and its head may move. */
  readonly context: Omit<CommentContext, 'pullRequest' | 'outdatedBy'>
}

export interface DeskPorts {
  readonly forge: Pick<Forge, 'pullRequestsAt'>
  readonly log: Log
  readonly openComment: (pullRequest: number) => Promise<CommentKeeper>
  readonly redact: (text: string) => string
}

/** Where the conversation about a run is kept: at most one comment, on at most one pull request. */
export interface Desk {
  readonly show: (standing: Standing, sides: Sides | null) => void
  readonly beat: () => Promise<void>
  /** Writes the last word, if there is a comment; never throws for what the forge answers. */
  readonly finish: (end: RunEnd, pace: 'patient' | 'hurried') => Promise<CommentEnd | null>
  /** Takes down where the head of the pull request is. */
  readonly see: (head: Sha) => void
  /** Where head went; null where it did not move, as far as somebody looked. */
  readonly moved: () => Sha | null
  /** Of the comment, as far as there is one. */
  readonly url: () => string | null
  readonly pullRequest: () => number | null
  /** Resolves when no pull request is looked for any more. */
  readonly searched: () => Promise<void>
  readonly context: () => CommentContext
}

export const openDesk = async (question: Question, ports: DeskPorts): Promise<Desk> => {
  const { target, context } = question
  let [number, keeper] = [target.pullRequest?.number ?? null, null as CommentKeeper | null]
  let sides: Sides | null = target.head === null ? null : { base: null, head: target.head }
  let moved: Sha | null = null
  let search: Promise<void> | null = null
  const open = async (pullRequest: number): Promise<void> => {
    number = pullRequest
    keeper = await ports.openComment(pullRequest)
  }
  const about = (): CommentContext => ({ ...context, pullRequest: number, outdatedBy: moved })
  const draft =
    (render: (earlier: EarlierResult | null) => string) =>
    (earlier: string | null): string =>
      redactBelowMarker(render(earlier === null ? null : earlierResult(earlier)), ports.redact)
  if (number !== null) await open(number)
  const show = steps((standing, isNews) => {
    const [known, current] = [sides, { context: about() }]
    if (known === null) return
    keeper?.show(
      draft((earlier) => renderRunning(standing, { ...current, sides: known }, earlier)),
      isNews
    )
  })
  return {
    moved: () => moved,
    see: (head) => {
      moved = head === sides?.head ? null : head
    },
    url: () => keeper?.url() ?? null,
    pullRequest: () => number,
    searched: async () => {
      await search
    },
    context: about,
    show: (standing, known) => {
      sides = known ?? sides
      if (number === null && known !== null && question.looksForPullRequest)
        search ??= findPullRequest(known.head, open, ports)
      show(maskedStanding(standing, ports.redact))
    },
    beat: async () => keeper?.beat(),
    finish: async (end, pace) => {
      if (pace === 'patient') await search
      const text = draft((earlier) =>
        wordsOf(maskedEnd(end, ports.redact), { context: about(), sides, earlier })
      )
      return keeper === null ? null : keeper.finish(text, { pace, isChange: isChange(end) })
    }
  }
}

/** Tells whether what stands there is another step than the last time, not only later in the same one. */
const steps = (tell: (standing: Standing, isNews: boolean) => void): ((standing: Standing) => void) => {
  let last = ''
  return (standing) => {
    const step = stepOf(standing)
    tell(standing, step !== last)
    last = step
  }
}

const stepOf = (standing: Standing): string => {
  switch (standing.kind) {
    case 'queued':
      return 'queued'
    case 'preparing':
      return standing.what
    case 'building':
      return `building ${standing.side}`
    case 'measuring':
      return standing.trial.id
    default:
      return unreachable(standing)
  }
}

/** One that has this very head: a comment anywhere else would be about something else. */
const findPullRequest = async (
  head: Sha,
  open: (pullRequest: number) => Promise<void>,
  { forge, log }: DeskPorts
): Promise<void> => {
  const found = await askShortly((asking) => forge.pullRequestsAt(head, asking))
  // Anybody can open one from a fork with a commit of ours as its head.
  const own = found.ok ? found.value.filter((one) => !isFork(one)) : []
  if (!found.ok)
    log.warn(`no pull request was looked for, so that there is no comment: ${found.error.message}`)
  else if (own.length > 1) log.info('several pull requests have this head: none gets a comment')
  else if (own[0] === undefined) log.info('no open pull request has this head: there is no comment')
  else await open(own[0].number)
}

interface LastWords {
  readonly context: CommentContext
  readonly sides: Sides | null
  readonly earlier: EarlierResult | null
}

const wordsOf = (end: RunEnd, { context, sides, earlier }: LastWords): string =>
  end.kind === 'published'
    ? renderComment(end.published.report, context, earlier)
    : renderEnded(end, { context, sides }, earlier)

/** Texts without secrets, before they are rendered: see `maskedReport`. A published report has none. */
const maskedEnd = (end: RunEnd, redact: DeskPorts['redact']): RunEnd => {
  switch (end.kind) {
    case 'published':
    case 'cancelled':
      return end
    case 'refused': {
      const problems = end.problems.map(({ input, message }) => ({ input, message: redact(message) }))
      return { ...end, problems }
    }
    case 'unreachable': {
      const { message, tail } = end.failure
      return { ...end, failure: { ...end.failure, message: redact(message), tail: redact(tail) } }
    }
    case 'withdrawn':
      return { ...end, why: redact(end.why) }
    default:
      return unreachable(end)
  }
}

const maskedStanding = (standing: Standing, redact: DeskPorts['redact']): Standing =>
  standing.kind === 'queued' && standing.waitingFor !== null
    ? { ...standing, waitingFor: redact(standing.waitingFor) }
    : standing

/** What `comment: changes` speaks of. */
const CHANGES: readonly RunVerdict[] = ['regression', 'improvement', 'mixed', 'incomparable', 'head-failed']

const isChange = (end: RunEnd): boolean =>
  end.kind === 'published' && CHANGES.includes(end.published.report.verdict)
