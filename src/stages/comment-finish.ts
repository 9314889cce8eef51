import { failure, success, unreachable, type Result } from '../domain/problem.ts'
import { milliseconds } from '../domain/quantity.ts'
import type { Answer, Asking } from '../io/forge.ts'
import {
  compose,
  isUnsettled,
  SETTLED_AFTER,
  release,
  type Draft,
  type Held,
  type Place
} from './comment-place.ts'
import { NO_TIME, whyNotWritten } from './comment-refusals.ts'
import { rewrite, settle, type Stand, type Work } from './comment-settle.ts'
import type { KeeperState } from './comment-state.ts'

/** How to write the last word. */
export interface Last {
  /** `hurried`: within about a second and a half, and only where a comment of ours is at hand. */
  readonly pace: 'patient' | 'hurried'
  /** Whether there is something that the policy `changes` is to tell. */
  readonly isChange: boolean
}

/** Where the last word is. */
export type CommentEnd =
  | { readonly kind: 'written'; readonly url: string }
  /** A newer run has the comment. */
  | { readonly kind: 'superseded'; readonly url: string }
  /** By the policy. */
  | { readonly kind: 'not-wanted' }
  /** `why` says what to grant or to do, in whole sentences. */
  | { readonly kind: 'not-written'; readonly why: string }

/** Writes the last word. Never throws. Whoever was told to finish before stops. */
export const finish = (state: KeeperState, draft: Draft, last: Last): Promise<CommentEnd> => {
  state.shift += 1
  const before = state.inFlight ?? Promise.resolve()
  const end = guarded(() =>
    last.pace === 'hurried' ? inHaste(state, draft, before) : inPeace(state, { draft, last }, before)
  )
  state.inFlight = end
  return end
}

const guarded = async (work: () => Promise<CommentEnd>): Promise<CommentEnd> => {
  try {
    return await work()
  } catch (error) {
    return { kind: 'not-written', why: `the comment could not be written: ${String(error)}.` }
  }
}

const PATIENT: Asking = { patience: 'patient', timeout: milliseconds(30_000) }

/** More than it takes to meet a deletion or two between writing and looking. */
const MOST_ROUNDS = 8

const inPeace = async (
  state: KeeperState,
  { draft, last }: { readonly draft: Draft; readonly last: Last },
  before: Promise<unknown>
): Promise<CommentEnd> => {
  const { policy, place, shift, wait } = state
  if (policy === 'never') return { kind: 'not-wanted' }
  await before
  const waitUntilSettled = (): Promise<void> => wait(milliseconds(SETTLED_AFTER * 1000))
  if (isUnsettled(place)) await waitUntilSettled()
  if (state.over?.kind === 'superseded') return state.over
  place.maxCreations += 1
  place.undeletable.clear()
  const work: Work = {
    asking: PATIENT,
    draft,
    waitUntilSettled,
    isStopped: () => state.shift !== shift,
    purpose: policy === 'changes' && !last.isChange ? 'last-if-there' : 'last'
  }
  const written = await writeLast(place, work)
  if (written.ok) return endOf(written.value)
  const { supersededBy } = place
  if (supersededBy !== null) return { kind: 'superseded', url: supersededBy }
  return { kind: 'not-written', why: whyNotWritten(written.error) }
}

const endOf = (stand: Stand): CommentEnd => {
  switch (stand.kind) {
    case 'settled':
      return { kind: 'written', url: stand.held.url }
    case 'superseded':
      return stand
    case 'absent':
      return { kind: 'not-wanted' }
    case 'stopped':
      return { kind: 'not-written', why: NO_TIME }
    default:
      return unreachable(stand)
  }
}

/** Writes, looks whether that is all there is, and only then lets others write. */
const writeLast = async (place: Place, work: Work): Answer<Stand> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (work.isStopped()) return success({ kind: 'stopped' })
    const { held } = place
    if (held?.isVerified !== true) {
      const settled = await settle(place, work)
      // What is written is written, seen or not; nobody else may write it, so the next run replaces it.
      if (!settled.ok) return saysSo(held, work, place) ? settledAs(held) : settled
      if (settled.value.kind !== 'settled') return settled
    } else if (held.written === compose(place, work.draft)) {
      await release(place, held.id, work.asking)
      return settledAs(held)
    } else {
      const written = await rewrite(place, { held, draft: work.draft }, work.asking)
      // An edit that was not heard is made again: nobody else may write there, and twice is as good as once.
      if (written.ok) held.isVerified = false
      else if (written.error.kind !== 'unreachable' || round > 0) return written
    }
  }
  return failure({ kind: 'missing', message: 'it was deleted again and again' })
}

const saysSo = (held: Held | null, { draft }: Work, place: Place): held is Held =>
  held !== null && held === place.held && held.written === compose(place, draft)

const settledAs = (held: Held): Result<Stand, never> => success({ kind: 'settled', held })

/** Milliseconds of the second and a half: to let an edit under way end, to write, to let others write. */
const HASTE = { wait: 300, write: 900, release: 300 }

const hurriedly = (timeout: number): Asking => ({ patience: 'once', timeout: milliseconds(timeout) })

const inHaste = async (state: KeeperState, draft: Draft, before: Promise<unknown>): Promise<CommentEnd> => {
  const { policy, place, wait } = state
  if (policy === 'never') return { kind: 'not-wanted' }
  const isQuiet = await Promise.race([
    before.then(() => true),
    wait(milliseconds(HASTE.wait)).then(() => false)
  ])
  const { held, supersededBy } = place
  if (supersededBy !== null) return { kind: 'superseded', url: supersededBy }
  if (held?.isVerified !== true || !place.claims.has(held.id)) return { kind: 'not-written', why: NO_TIME }
  const written = await rewrite(place, { held, draft }, hurriedly(HASTE.write))
  if (!written.ok) return { kind: 'not-written', why: whyNotWritten(written.error) }
  // An edit under way may be applied after this one.
  if (!isQuiet || written.value === 'lost') return { kind: 'not-written', why: NO_TIME }
  await release(place, held.id, hurriedly(HASTE.release))
  return { kind: 'written', url: held.url }
}
