import { success } from '../domain/problem.ts'
import { seconds } from '../domain/quantity.ts'
import type { Answer, Refusal } from '../io/forge.ts'
import { ignoreAll, lookForCancel } from './comment-cancel.ts'
import { newestOf } from './comment-ours.ts'
import { compose, list, remove, type Held } from './comment-place.ts'
import { mayPass, whyNotWritten } from './comment-refusals.ts'
import { othersThan, rewrite, settle, standDown } from './comment-settle.ts'
import { RUNNING, type KeeperState, type Over, type Wanted } from './comment-state.ts'

/** Seconds between edits for what is only a little later than before, and between looks at the conversation. */
const USUAL_PACE = 45
/** Seconds between edits for another step. */
const FASTEST_PACE = 20

/** Seconds to wait after failures: doubled with each in a row. */
const AFTER_FAILURE = { limited: 60, other: 20, most: 600 }

/** Does what is due. Never throws, and does nothing while it is busy. */
export const beat = async (state: KeeperState): Promise<void> => {
  const { wanted } = state
  if (wanted === null || state.inFlight !== null || !isDue(state, wanted)) return
  const turn = guarded(state, wanted)
  state.inFlight = turn
  await turn
  if (state.inFlight === turn) state.inFlight = null
}

const isDue = (state: KeeperState, { isNews }: Wanted): boolean => {
  const { shift, place } = state
  const now = place.clock.monotonic()
  if (shift > 0 || now < state.notBefore) return false
  if (isSilent(state)) return !state.watch.isCancelled && now - state.lastLook >= USUAL_PACE
  if (place.held?.isVerified !== true) return true
  return now - state.lastLook >= USUAL_PACE || (isNews && now - state.lastEdit >= FASTEST_PACE)
}

/** Whether nothing is written, and commands alone are listened to. */
const isSilent = ({ policy, over }: KeeperState): boolean => policy !== 'auto' || over !== null

const guarded = async (state: KeeperState, wanted: Wanted): Promise<void> => {
  const { isNews } = wanted
  wanted.isNews = false
  try {
    const done = await takeTurn(state, wanted)
    if (done.ok) {
      state.failures = 0
      return
    }
    putOff(state, done.error)
  } catch (error) {
    stop(state, { kind: 'refused', why: `the comment could not be written: ${String(error)}.` })
  }
  if (state.wanted !== null && isNews) state.wanted.isNews = true
}

const takeTurn = async (state: KeeperState, wanted: Wanted): Answer<null> => {
  if (isSilent(state)) return listen(state)
  const { held } = state.place
  if (held?.isVerified !== true) return settleDown(state, wanted)
  const looked = await look(state, held)
  state.lastLook = now(state)
  if (!looked.ok || isLeft(state)) return looked
  if (compose(state.place, wanted.draft) === held.written) return success(null)
  const written = await rewrite(state.place, { held, draft: wanted.draft }, RUNNING)
  state.lastEdit = now(state)
  if (!written.ok) return written
  return written.value === 'lost' && !isLeft(state) ? settleDown(state, wanted) : success(null)
}

const now = ({ place }: KeeperState) => place.clock.monotonic()

/** Whether this turn is to do no more. */
const isLeft = ({ over, shift }: KeeperState): boolean => over !== null || shift > 0

const settleDown = async (state: KeeperState, { draft }: Wanted): Answer<null> => {
  const settled = await settle(state.place, {
    asking: RUNNING,
    draft,
    purpose: 'first',
    // The next turn does.
    waitUntilSettled: () => Promise.resolve(),
    isStopped: () => isLeft(state)
  })
  state.lastLook = now(state)
  state.lastEdit = now(state)
  if (!settled.ok) return settled
  const stand = settled.value
  if (stand.kind === 'superseded') stop(state, stand)
  if (stand.kind === 'settled' && !state.hasToldUrl) {
    state.hasToldUrl = true
    state.log.info(`the comment of this run: ${stand.held.url}`)
  }
  return success(null)
}

/** One reading of what changed since we began: a newer run's comment, one that was late, a command to cancel. */
const look = async (state: KeeperState, held: Held): Answer<null> => {
  const { place, watch } = state
  const listed = await list(place, 'recent', RUNNING)
  if (!listed.ok) return listed
  const { ours, comments } = listed.value
  const newer = newestOf(ours.newer)
  if (newer !== null) {
    const stand = await standDown(place, { ours, newer }, RUNNING)
    if (!stand.ok) return stand
    stop(state, stand.value)
    return success(null)
  }
  // What cannot be deleted now is still there at the next look.
  for (const { id } of othersThan(held, ours)) await remove(place, id, RUNNING)
  const { since, forge } = place
  if (since !== null) await lookForCancel(watch, comments, { forge, asking: RUNNING })
  return success(null)
}

/** A run that may not write any more still holds the machine: whoever may, can end it. */
const listen = async (state: KeeperState): Answer<null> => {
  const { place, watch } = state
  const isFirst = place.since === null && !watch.isPrimed
  const comments = await place.forge.comments(place.slot.pullRequest, place.since, RUNNING)
  state.lastLook = now(state)
  if (comments.ok && isFirst) ignoreAll(watch, comments.value)
  else if (comments.ok) await lookForCancel(watch, comments.value, { forge: place.forge, asking: RUNNING })
  else state.notBefore = seconds(now(state) + AFTER_FAILURE.limited)
  return success(null)
}

const putOff = (state: KeeperState, refusal: Refusal): void => {
  if (!mayPass(refusal)) {
    stop(state, { kind: 'refused', why: whyNotWritten(refusal) })
    return
  }
  if (state.failures === 0) state.log.info(`the comment has to wait: ${refusal.message}`)
  const first = refusal.kind === 'limited' ? AFTER_FAILURE.limited : AFTER_FAILURE.other
  const wait = Math.min(first * 2 ** state.failures, AFTER_FAILURE.most)
  state.failures += 1
  state.notBefore = seconds(now(state) + wait)
}

const stop = (state: KeeperState, over: Over): void => {
  state.over = over
  if (over.kind === 'refused') state.log.warn(over.why)
  else state.log.info(`a newer run has the comment, so this one writes no more: ${over.url}`)
}
