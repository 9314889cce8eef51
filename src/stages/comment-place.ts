import type { ForgeComment, Identity } from '../domain/forge-comment.ts'
import { success, type Result } from '../domain/problem.ts'
import { seconds, type Seconds } from '../domain/quantity.ts'
import type { Answer, Asking, Forge, Refusal } from '../io/forge.ts'
import type { Clock } from '../io/ports.ts'
import { isOfSlot, newestOf, oursAmong, type Ours, type Slot } from './comment-ours.ts'

/** `short` is asked for where the forge did not take the full text. */
type DraftSize = 'full' | 'short'

/**
 * Makes the body of our comment, marker and all. `earlier` is the body of our comment as an earlier run left it,
 * null where there was none.
 */
export type Draft = (earlier: string | null, size: DraftSize) => string

/** The right to write a comment, as it can be handed to a later process of the same run. */
export interface Hold {
  readonly comment: number
  readonly reaction: number
}

/** The comment that is this run's. */
export interface Held {
  readonly id: number
  readonly url: string
  /** What the forge has, as far as we know; null after a write that was not answered. */
  written: string | null
  /** Whether all our comments were looked at after the last write that called for it. */
  isVerified: boolean
  /** No older run can be about to delete it: we created it, or saw it alone with our marker on it. */
  isSafe: boolean
}

/** What a run knows about its comment; see docs/adr/0005-one-comment.md. */
export interface Place {
  readonly forge: Forge
  readonly clock: Clock
  readonly slot: Slot
  /** The `comment-author` input. */
  readonly bot: string | null
  readonly onHold: (hold: Hold) => void
  identity: Identity | null
  held: Held | null
  /** Handed over by an earlier process of this run, until it was looked for. */
  resume: Hold | null
  earlier: string | null
  /** The forge's time of our first write, ISO 8601. */
  since: string | null
  size: DraftSize
  /** Comments that we alone may write, with our reaction; null where the forge lets us write but not react. */
  readonly claims: Map<number, number | null>
  /** Comments that we asked to write, without an answer. */
  readonly unclear: Set<number>
  /** Comments of older runs that we wrote, or may have written, upon. */
  readonly taken: Set<number>
  /** Comments that carry our run and that we must not write: another run may be writing them. */
  readonly givenUp: Set<number>
  /** Comments that we may not delete. */
  readonly undeletable: Set<number>
  creations: number
  maxCreations: number
  /** Address of a newer run's comment, once one was seen. */
  supersededBy: string | null
  /** When a write last got no answer, by the monotonic clock. */
  lostAt: Seconds | null
}

/** A write that got no answer is done by then, or never will be: GitHub ends a request after ten seconds. */
export const SETTLED_AFTER = seconds(20)

/** Whether a write that got no answer may yet be done. */
export const isUnsettled = ({ lostAt, clock }: Place): boolean =>
  lostAt !== null && clock.monotonic() - lostAt < SETTLED_AFTER

/** Takes down whether the answer to a write was lost. */
const noteLoss = (place: Place, answer: Result<unknown, Refusal>): boolean => {
  const isLost = !answer.ok && answer.error.kind === 'unreachable'
  if (isLost) place.lostAt = place.clock.monotonic()
  return isLost
}

interface Listed {
  readonly comments: readonly ForgeComment[]
  readonly ours: Ours
}

/** Reads the conversation: all of it, or what changed since our first write. */
export const list = async (place: Place, reach: 'all' | 'recent', asking: Asking): Answer<Listed> => {
  if (place.identity === null) {
    const identity = await place.forge.identity(place.bot, asking)
    if (!identity.ok) return identity
    place.identity = identity.value
  }
  const since = reach === 'recent' ? place.since : null
  const comments = await place.forge.comments(place.slot.pullRequest, since, asking)
  if (!comments.ok) return comments
  const ours = oursAmong(comments.value, place.identity, place.slot)
  place.earlier ??= newestOf(ours.older)?.body ?? null
  return success({ comments: comments.value, ours })
}

/**
 * What came of asking for the right to write a comment. `occupied`: another run has it, lives or died with it,
 * or we have it and lost the answer that told us so. `not-granted`: the forge does not let us react.
 */
type Claim = 'ours' | 'occupied' | 'gone' | 'not-granted'

/** Asks for the right to be the only one to write a comment. */
export const claim = async (place: Place, id: number, asking: Asking): Answer<Claim> => {
  if (place.claims.has(id)) return success('ours')
  // Asked twice, a lost yes would come back as a no.
  const reacted = await place.forge.react(id, 'eyes', { ...asking, patience: 'once' })
  if (reacted.ok) {
    if (!reacted.value.isNew) return success('occupied')
    place.claims.set(id, reacted.value.id)
    place.onHold({ comment: id, reaction: reacted.value.id })
    return success('ours')
  }
  if (reacted.error.kind === 'unreachable') place.unclear.add(id)
  if (reacted.error.kind === 'missing') return success('gone')
  if (reacted.error.kind === 'forbidden' || reacted.error.kind === 'invalid') return success('not-granted')
  return reacted
}

/** Asks for the right to write a comment that this run created, and says whether we have it. */
export const secure = async (place: Place, id: number, asking: Asking): Answer<boolean> => {
  const claimed = await claim(place, id, asking)
  if (!claimed.ok) return claimed
  // Where nobody can react, nobody takes a comment over.
  if (claimed.value === 'not-granted') place.claims.set(id, null)
  if (claimed.value === 'occupied') place.givenUp.add(id)
  return success(claimed.value === 'ours' || claimed.value === 'not-granted')
}

/** Gives the right to write a comment back; where that fails, the next run replaces the comment. */
export const release = async (place: Place, id: number, asking: Asking): Promise<void> => {
  const reaction = place.claims.get(id)
  if (reaction === undefined || reaction === null || isUnsettled(place)) return
  const released = await place.forge.unreact(id, reaction, asking)
  if (released.ok) place.claims.delete(id)
}

/** What the comment is to say now. */
export const compose = (place: Place, draft: Draft): string => {
  const body = draft(place.earlier, place.size)
  if (!isOfSlot(body, place.slot)) throw new Error('Internal error: the comment lacks the marker of its run')
  return body
}

/** Writes a draft, the shorter one where the full one is not taken. */
const send = async (
  place: Place,
  draft: Draft,
  write: (body: string) => Answer<ForgeComment>
): Promise<{ readonly body: string; readonly answer: Result<ForgeComment, Refusal> }> => {
  const body = compose(place, draft)
  const answer = await write(body)
  if (answer.ok || answer.error.kind !== 'invalid' || place.size === 'short') return { body, answer }
  place.size = 'short'
  const shorter = compose(place, draft)
  return shorter === body ? { body, answer } : { body: shorter, answer: await write(shorter) }
}

/** Creates a comment. Where the answer is lost, there may be one all the same. */
export const create = async (place: Place, draft: Draft, asking: Asking): Answer<ForgeComment> => {
  const { answer } = await send(place, draft, (body) =>
    place.forge.createComment(place.slot.pullRequest, body, asking)
  )
  if (noteLoss(place, answer) || answer.ok) place.creations += 1
  if (answer.ok) place.since ??= answer.value.updatedAt
  return answer
}

/** What came of an edit: the comment as it is, or null where it is gone. */
export const edit = async (
  place: Place,
  { id, draft }: { readonly id: number; readonly draft: Draft },
  asking: Asking
): Answer<{ readonly comment: ForgeComment; readonly body: string } | null> => {
  const { body, answer } = await send(place, draft, (text) => place.forge.editComment(id, text, asking))
  if (answer.ok) {
    place.since ??= answer.value.updatedAt
    return success({ comment: answer.value, body })
  }
  noteLoss(place, answer)
  return answer.error.kind === 'missing' ? success(null) : answer
}

/** Deletes a comment of ours. What we may not delete is let be. */
export const remove = async (place: Place, id: number, asking: Asking): Answer<null> => {
  if (place.undeletable.has(id)) return success(null)
  const removed = await place.forge.deleteComment(id, asking)
  if (removed.ok || removed.error.kind === 'missing') return success(null)
  if (noteLoss(place, removed) || removed.error.kind === 'limited') return removed
  place.undeletable.add(id)
  return success(null)
}
