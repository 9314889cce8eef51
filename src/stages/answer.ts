import type { Target } from '../domain/target.ts'
import type { Forge } from '../io/forge.ts'
import type { CommentContext } from '../render/view.ts'
import { askShortly } from './ask-shortly.ts'
import type { CommentEnd } from './comment-keeper.ts'
import { openDesk, type Desk, type DeskPorts, type Question } from './desk.ts'
import type { RunEnd } from './run.ts'
import type { RunPorts, Withdrawal } from './run-ports.ts'

/** What a run asks of whoever it is for. */
export interface Hooks extends Pick<RunPorts, 'tell' | 'whyWithdrawn'> {
  readonly describeComment: () => Promise<CommentContext>
}

interface HandedOver {
  readonly context: CommentContext
  readonly commentUrl: string | null
}

export interface AnswerPorts extends DeskPorts {
  readonly forge: Pick<Forge, 'pullRequestsAt' | 'pullRequest'>
  /** Calls the function about every second until what it returns is called. */
  readonly every: (beat: () => Promise<void>) => () => void
  readonly measure: (hooks: Hooks) => Promise<RunEnd>
  /** Outputs and summary. */
  readonly handOver: (end: RunEnd, about: HandedOver) => Promise<void>
  readonly isCancelled: () => boolean
  /** Resolves when the run is cancelled, if ever. */
  readonly whenCancelled: Promise<void>
}

/** A run's end, and what became of the comment's last word; null where there is no comment. */
export interface Answered {
  readonly end: RunEnd
  readonly lastWord: CommentEnd | null
}

/**
 * Measures what was asked for and keeps the comment about it, from the first word to the last. The comment never
 * decides: whatever the forge answers, the end of the run and its files are the same.
 */
export const answer = async (question: Question, ports: AnswerPorts): Promise<Answered> => {
  const desk = await openDesk(question, ports)
  desk.show({ kind: 'preparing', what: 'fetch' }, null)
  const stop = ports.every(desk.beat)
  try {
    const end = await ports.measure(hooksOf(question.target, desk, ports))
    stop()
    const lastWord = await conclude(end, desk, ports)
    return { end, lastWord }
  } finally {
    stop()
  }
}

/** Cancelled, seconds are left: what lies on this machine must not wait for the forge, and the forge is asked once. */
const conclude = async (end: RunEnd, desk: Desk, ports: AnswerPorts): Promise<CommentEnd | null> => {
  const hurry = ports.whenCancelled.then((): typeof HURRY => HURRY)
  const written = ports.isCancelled() ? HURRY : await Promise.race([desk.finish(end, 'patient'), hurry])
  if (written === HURRY) {
    await ports.handOver(end, { context: desk.context(), commentUrl: desk.url() })
    // What could not be said is told by the part of the step that comes after, which tries again.
    return desk.finish(end, 'hurried')
  }
  if (written?.kind === 'not-written') ports.log.warn(written.why)
  const commentUrl = written?.kind === 'written' ? written.url : desk.url()
  await ports.handOver(end, { context: desk.context(), commentUrl })
  return written
}

const HURRY = 'hurry' as const

const lookForMove = async (desk: Desk, ports: AnswerPorts): Promise<void> => {
  await desk.searched()
  await lookAgain(desk, ports)
}

const hooksOf = (target: Target, desk: Desk, ports: AnswerPorts): Hooks => ({
  tell: desk.show,
  whyWithdrawn: () =>
    target.pullRequest === null ? Promise.resolve(null) : whyWithdrawn(target, desk, ports),
  describeComment: async () => {
    // Seconds are left to a cancelled run, and its figures say which commit they are of.
    if (!ports.isCancelled()) await Promise.race([lookForMove(desk, ports), ports.whenCancelled])
    return desk.context()
  }
})

/** What was approved, by a person or by whoever may push, was one commit of an open pull request. */
const whyWithdrawn = async (target: Target, desk: Desk, ports: AnswerPorts): Promise<Withdrawal | null> => {
  const found = await lookAgain(desk, ports)
  if (found === null || !found.ok) {
    return target.isApprovedFork ? unknownHead(found?.error.message ?? 'it has no pull request') : null
  }
  if (!found.value.isOpen) return withdrawn('The pull request was closed before anything was built.')
  const moved = desk.moved()
  if (moved === null) return null
  if (target.isApprovedFork) {
    const anew = `\`/prove head-sha=${moved}\``
    return withdrawn(
      `The fork was pushed to again, so that its head is not the approved commit any more. It takes a new approval: ${anew}.`
    )
  }
  ports.log.info('head has moved since this run was asked for: the commit that was asked for is measured')
  return null
}

const withdrawn = (why: string): Withdrawal => ({ kind: 'withdrawn', why })

/** Nobody knows whether what was approved is still what is there: not a word against head, and nothing is run. */
const unknownHead = (why: string): Withdrawal => {
  const message = `where the head of the approved fork is by now could not be found out: ${why}`
  const told = { side: null, stage: 'resolve', block: null, reason: 'repository-unreachable' } as const
  return { kind: 'unreachable', failure: { ...told, message, tail: '' } }
}

type Look = Awaited<ReturnType<Forge['pullRequest']>>

const lookAgain = async (desk: Desk, { forge }: AnswerPorts): Promise<Look | null> => {
  const number = desk.pullRequest()
  if (number === null) return null
  const found = await askShortly((asking) => forge.pullRequest(number, asking))
  if (found.ok) desk.see(found.value.head.sha)
  return found
}
