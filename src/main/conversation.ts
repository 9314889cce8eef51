import { setTimeout } from 'node:timers/promises'
import type { Settings } from '../domain/settings.ts'
import { readProveCommand } from '../inputs/prove-command.ts'
import type { WorkflowRun } from '../io/github/workflow-run.ts'
import { clock } from '../io/node/clock.ts'
import { createCommentKeeper, type CommentKeeper, type KeeperOptions } from '../stages/comment-keeper.ts'
import { inputContext, type Scene } from './scene.ts'

/** What the main part of the step leaves for the part after it. */
export const STATE = {
  pullRequest: 'pull-request',
  /** The right to write the comment: two ids. */
  hold: 'hold',
  /** Set when the journal in report-dir is this run's. */
  measuring: 'measuring',
  /** Set when the main part set out to measure. */
  began: 'began',
  /** Set when the files and the summary of this run are as they should be. */
  handedOver: 'handed-over',
  cancelled: 'cancelled',
  /** Set when there is nothing left to be said. */
  finished: 'finished'
} as const

type Hold = NonNullable<KeeperOptions['resume']>

export interface Talk {
  readonly settings: Settings
  readonly run: WorkflowRun
  /** See `KeeperOptions`. */
  readonly hearsSince: string | null
  /** Called for `/prove cancel` by somebody who may write. */
  readonly onCancel: (by: string) => void
}

/** The one comment of this run, as either part of the step keeps it. */
export const openComment = (pullRequest: number, talk: Talk, scene: Scene): CommentKeeper =>
  createCommentKeeper({
    forge: scene.forge,
    clock,
    log: scene.log,
    wait: (duration) => setTimeout(duration),
    pullRequest,
    key: talk.settings.commentKey,
    run: talk.run.run,
    bot: talk.settings.commentAuthor,
    policy: talk.settings.comment,
    isCancel: (body) => readProveCommand(body, inputContext(scene)).kind === 'cancel',
    onCancel: talk.onCancel,
    hearsSince: talk.hearsSince,
    onHold: (hold) => keep(STATE.hold, printHold(hold), scene),
    resume: parseHold(scene.step.state(STATE.hold))
  })

/** Leaves a word for the part of the step that comes after us, should we be killed. */
export const keep = (name: string, value: string, { step, log }: Scene): void => {
  void step.saveState(name, value).then((kept) => {
    if (!kept.ok) log.warn(kept.error)
  })
}

const printHold = ({ comment, reaction }: Hold): string => `${comment} ${reaction}`

const parseHold = (text: string): Hold | null => {
  const [, comment, reaction] = /^(\d{1,15}) (\d{1,15})$/.exec(text) ?? []
  return comment === undefined || reaction === undefined
    ? null
    : { comment: Number(comment), reaction: Number(reaction) }
}

/** Milliseconds between two beats. */
const BEAT = 1_000

/** Beats at once and then every second, until what it returns is called. */
export const every = (beat: () => Promise<void>): (() => void) => {
  void beat()
  const timer = setInterval(() => void beat(), BEAT)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
