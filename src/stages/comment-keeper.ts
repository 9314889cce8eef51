import type { RunId } from '../domain/comment-marker.ts'
import type { Forge } from '../io/forge.ts'
import type { Clock } from '../io/ports.ts'
import { watchForCancel, type CancelWatch } from './comment-cancel.ts'
import { finish, type CommentEnd, type Last } from './comment-finish.ts'
import type { Draft, Hold, Place } from './comment-place.ts'
import { beginKeeping, type CommentPolicy, type KeeperState } from './comment-state.ts'
import { beat } from './comment-turn.ts'

export type { CommentEnd }

/** Keeps the one comment of a run on its pull request (docs/adr/0005-one-comment.md). Nothing here throws. */
export interface CommentKeeper {
  /**
   * What the comment is to say from now on; returns at once. `isNews`: another step than before, which earns an
   * edit 20 s after the last one; anything else waits for 45 s, and for the text to differ.
   */
  show(draft: Draft, isNews: boolean): void
  /** To be called about every second: does what is due. Calls that overlap do nothing. */
  beat(): Promise<void>
  /** Of the comment, as far as it is known to be ours. */
  url(): string | null
  /** The last word: written now, after what is under way. Says where it is. */
  finish(draft: Draft, last: Last): Promise<CommentEnd>
}

export interface KeeperOptions {
  readonly forge: Forge
  readonly clock: Clock
  readonly log: KeeperState['log']
  readonly wait: KeeperState['wait']
  readonly pullRequest: number
  /** The `comment-key` input. */
  readonly key: string
  readonly run: RunId
  /** The `comment-author` input. */
  readonly bot: string | null
  readonly policy: CommentPolicy
  /** Whether the text of a comment is the command that ends the run. */
  readonly isCancel: CancelWatch['isCancel']
  /** Commands from this moment on are meant for this run (ISO 8601, by the forge's clock); null: from its first write on. */
  readonly hearsSince: string | null
  /** Called once, with the login of whoever may write and said so. */
  readonly onCancel: CancelWatch['onCancel']
  /** Called for each comment that we alone may write from now on; to be kept for a later process of this run. */
  readonly onHold: (hold: Hold) => void
  /** What an earlier process of this run was told by `onHold` last, if it did not finish. */
  readonly resume: Hold | null
}

/** Comments that a run creates before its last word: the first, and two where that was deleted or got no answer. */
const MOST_CREATIONS = 3

export const createCommentKeeper = (options: KeeperOptions): CommentKeeper => {
  const { policy, log, wait } = options
  const watch = watchForCancel(options.isCancel, options.onCancel)
  const state = beginKeeping({ place: placeOf(options), watch, policy, log, wait })
  return {
    show: (draft, isNews) => {
      state.wanted = { draft, isNews: isNews || state.wanted?.isNews === true }
    },
    beat: () => beat(state),
    url: () => state.place.held?.url ?? null,
    finish: (draft, last) => finish(state, draft, last)
  }
}

const placeOf = (options: KeeperOptions): Place => {
  const { forge, clock, bot, onHold, resume, pullRequest, key, run, hearsSince } = options
  return {
    forge,
    clock,
    slot: { pullRequest, key, run },
    bot,
    onHold,
    identity: null,
    held: null,
    resume,
    earlier: null,
    since: hearsSince,
    size: 'full',
    claims: new Map(),
    unclear: new Set(),
    taken: new Set(),
    givenUp: new Set(),
    undeletable: new Set(),
    creations: 0,
    maxCreations: MOST_CREATIONS,
    supersededBy: null,
    lostAt: null
  }
}
