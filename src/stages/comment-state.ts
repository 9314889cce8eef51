import { milliseconds, seconds, type Milliseconds, type Seconds } from '../domain/quantity.ts'
import type { Asking } from '../io/forge.ts'
import type { Log } from '../io/ports.ts'
import type { CancelWatch } from './comment-cancel.ts'
import type { Draft, Place } from './comment-place.ts'

/** When a pull request gets a comment: the `comment` input. */
export type CommentPolicy = 'auto' | 'changes' | 'never'

/** What the comment is to say, until something else is wanted. */
export interface Wanted {
  readonly draft: Draft
  isNews: boolean
}

/** Why nothing is written any more while the run goes on. */
export type Over =
  { readonly kind: 'superseded'; readonly url: string } | { readonly kind: 'refused'; readonly why: string }

/** What a keeper knows. */
export interface KeeperState {
  readonly place: Place
  readonly policy: CommentPolicy
  readonly watch: CancelWatch
  readonly log: Log
  readonly wait: (duration: Milliseconds) => Promise<void>
  wanted: Wanted | null
  over: Over | null
  /** What is being done at the moment; never rejects. */
  inFlight: Promise<unknown> | null
  /** Counts those who were told to finish: whoever began before the last of them stops. */
  shift: number
  lastLook: Seconds
  lastEdit: Seconds
  /** After a failure. */
  notBefore: Seconds
  /** In a row. */
  failures: number
  hasToldUrl: boolean
}

export const beginKeeping = (
  given: Pick<KeeperState, 'place' | 'policy' | 'watch' | 'log' | 'wait'>
): KeeperState => ({
  ...given,
  wanted: null,
  over: null,
  inFlight: null,
  shift: 0,
  lastLook: seconds(0),
  lastEdit: seconds(0),
  notBefore: seconds(0),
  failures: 0,
  hasToldUrl: false
})

/** While a run goes on: a comment is not worth waiting for. */
export const RUNNING: Asking = { patience: 'once', timeout: milliseconds(10_000) }
