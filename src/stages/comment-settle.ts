import type { ForgeComment } from '../domain/forge-comment.ts'
import { failure, success } from '../domain/problem.ts'
import type { Answer, Asking, Refusal } from '../io/forge.ts'
import { newestOf, type Ours } from './comment-ours.ts'
import {
  claim,
  compose,
  create,
  edit,
  list,
  release,
  remove,
  secure,
  type Draft,
  type Held,
  type Place
} from './comment-place.ts'

/** How to come by a comment. */
export interface Work {
  readonly asking: Asking
  readonly draft: Draft
  /** Waits until what was asked without an answer is done, or never will be. */
  readonly waitUntilSettled: () => Promise<void>
  /** Somebody else will finish: asked before anything is written. */
  readonly isStopped: () => boolean
  /** `last`: what is written now is not edited again, so that the right to edit it is not needed. */
  readonly purpose: 'first' | 'last' | 'last-if-there'
}

export type Stand =
  /** The comment is there, is ours to write and is the only one. */
  | { readonly kind: 'settled'; readonly held: Held }
  | Superseded
  /** There is no comment of ours, and none was wanted. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'stopped' }

/** A newer run has the comment; nothing is to be written any more. */
interface Superseded {
  readonly kind: 'superseded'
  /** Of the newer run's comment. */
  readonly url: string
}

type Step = Answer<Stand | { readonly kind: 'again' }>

const again = (): Step => Promise.resolve(success({ kind: 'again' }))

/** More than the longest way there is: a takeover given up, its successor deleted twice. */
const MOST_STEPS = 16

/**
 * Brings about that there is exactly one comment of ours, that it is this run's, and that nobody else writes it;
 * or finds that a newer run has it. May be called again after any failure, and goes on from there.
 */
export const settle = async (place: Place, work: Work): Answer<Stand> => {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { held } = place
    const done = held === null ? await begin(place, work) : await verify(place, held, work)
    if (!done.ok) return done
    const stand = done.value
    if (stand.kind !== 'again') return success(stand)
  }
  return failure(RESTLESS)
}

const RESTLESS: Refusal = {
  kind: 'missing',
  message: 'it was deleted again and again, or asked for without an answer'
}

/** From nothing: an unsettled creation of this run, the one comment of an older run, or a new one. */
const begin = async (place: Place, work: Work): Step => {
  const listed = await list(place, 'all', work.asking)
  if (!listed.ok) return listed
  if (work.isStopped()) return success({ kind: 'stopped' })
  const { ours } = listed.value
  const newer = newestOf(ours.newer)
  if (newer !== null) return standDown(place, { ours, newer }, work.asking)
  if (work.purpose === 'last-if-there' && ours.older.length + ours.same.length === 0)
    return success({ kind: 'absent' })
  if (resumed(place, ours)) return again()
  const lost = ours.same.find(({ id }) => !place.givenUp.has(id))
  if (lost !== undefined) return adopt(place, lost, work)
  const only = onlyOne(ours)
  return only === null ? createOwn(place, work) : takeOver(place, only, work)
}

/** One comment of ours, by an older run: more of them mean a race, in which somebody may be about to delete. */
const onlyOne = ({ older, same }: Ours): ForgeComment | null =>
  same.length === 0 && older.length === 1 ? (older[0] ?? null) : null

/** An earlier process of this run had the right to write this comment, and so have we. */
const resumed = (place: Place, { same }: Ours): boolean => {
  const { resume } = place
  place.resume = null
  const comment = same.find(({ id }) => id === resume?.comment)
  if (resume === null || comment === undefined) return false
  place.claims.set(comment.id, resume.reaction)
  place.earlier = comment.body
  place.since ??= comment.updatedAt
  hold(place, comment, { written: comment.body, isSafe: false })
  return true
}

const hold = (place: Place, { id, url }: ForgeComment, rest: Pick<Held, 'written' | 'isSafe'>): void => {
  place.held = { id, url, isVerified: false, ...rest }
}

/** Takes a comment that this run created. */
const adopt = async (place: Place, comment: ForgeComment, work: Work): Step => {
  const { id, body } = comment
  if (work.purpose === 'first' || body !== compose(place, work.draft)) {
    const secured = await secure(place, id, work.asking)
    if (!secured.ok && !isLastWord(work)) return secured
    if (!secured.ok) place.givenUp.add(id)
    if (!secured.ok || !secured.value) return again()
  }
  place.since ??= comment.createdAt
  hold(place, comment, { written: body, isSafe: !place.taken.has(id) })
  return again()
}

/** Edits the comment of an older run in place, if nobody else has the right to. */
const takeOver = async (place: Place, comment: ForgeComment, work: Work): Step => {
  const { id } = comment
  const claimed = await claim(place, id, work.asking)
  if (!claimed.ok) return isLastWord(work) ? createOwn(place, work) : claimed
  if (claimed.value === 'gone') return again()
  if (claimed.value !== 'ours') return createOwn(place, work)
  // What was listed may be of before another run's work on it. From here on only we write it.
  const listed = await list(place, 'all', work.asking)
  if (!listed.ok) return listed
  const { ours } = listed.value
  const newer = newestOf(ours.newer)
  if (newer !== null) return standDown(place, { ours, newer }, work.asking)
  place.taken.add(id)
  const edited = await edit(place, { id, draft: work.draft }, work.asking)
  if (!edited.ok) return edited
  if (edited.value === null) return again()
  hold(place, edited.value.comment, { written: edited.value.body, isSafe: false })
  return again()
}

/** Writes on our comment anew. `lost`: it is gone, or no longer ours to write; settle again. */
export const rewrite = async (
  place: Place,
  { held, draft }: { readonly held: Held; readonly draft: Draft },
  asking: Asking
): Answer<'written' | 'lost'> => {
  const secured = await secure(place, held.id, asking)
  if (!secured.ok) return secured
  const edited = secured.value ? await edit(place, { id: held.id, draft }, asking) : success(null)
  if (!edited.ok) {
    if (edited.error.kind === 'unreachable') held.written = null
    return edited
  }
  if (edited.value === null) {
    place.held = null
    return success('lost')
  }
  held.written = edited.value.body
  return success('written')
}

const isLastWord = ({ purpose }: Work): boolean => purpose !== 'first'

const createOwn = async (place: Place, work: Work): Step => {
  if (place.creations >= place.maxCreations) return failure(RESTLESS)
  const created = await create(place, work.draft, work.asking)
  if (created.ok) return adopt(place, created.value, work)
  if (created.error.kind !== 'unreachable' || !isLastWord(work)) return created
  // There is no later turn to look for what came of it.
  await work.waitUntilSettled()
  return again()
}

/** Looks at all our comments: is ours still there, is it alone? */
const verify = async (place: Place, held: Held, work: Work): Step => {
  const listed = await list(place, 'all', work.asking)
  if (!listed.ok) return listed
  const { ours } = listed.value
  const newer = newestOf(ours.newer)
  if (newer !== null) return standDown(place, { ours, newer }, work.asking)
  const mine = ours.same.find(({ id }) => id === held.id)
  if (mine === undefined && !(await isThere(place, held, work.asking))) {
    place.held = null
    return again()
  }
  const others = othersThan(held, ours)
  if (!held.isSafe && others.length > 0) {
    // Who wrote them may have seen our comment before our marker was on it, and be about to delete it.
    place.givenUp.add(held.id)
    place.held = null
    return again()
  }
  for (const { id } of others) {
    const removed = await remove(place, id, work.asking)
    if (!removed.ok) return removed
  }
  held.isVerified = true
  held.isSafe = true
  return success({ kind: 'settled', held })
}

/** From the first written: what an earlier run is about to delete goes before the comment that tells of it. */
export const othersThan = (held: Held, { older, same }: Ours): readonly ForgeComment[] =>
  [...older, ...same].filter(({ id }) => id !== held.id).toSorted((a, b) => a.id - b.id)

/** A list may be older than the last write. A reaction is not: it fails where there is nothing to react to. */
const isThere = async (place: Place, { id }: Held, asking: Asking): Promise<boolean> => {
  const reacted = await place.forge.react(id, 'eyes', asking)
  if (reacted.ok && reacted.value.isNew) place.claims.set(id, reacted.value.id)
  return reacted.ok || reacted.error.kind !== 'missing'
}

/** A newer run has the comment: what this run wrote goes, as far as nobody else may be writing it. */
export const standDown = async (
  place: Place,
  { ours, newer }: { readonly ours: Ours; readonly newer: ForgeComment },
  asking: Asking
): Answer<Superseded> => {
  place.supersededBy = newer.url
  for (const { id } of ours.same) {
    if (!(await isOnlyOurs(place, id, asking))) continue
    const removed = await remove(place, id, asking)
    if (!removed.ok) return removed
  }
  for (const { id } of ours.newer) await release(place, id, asking)
  place.held = null
  return success({ kind: 'superseded', url: newer.url })
}

/** Where the answer was lost, it was most likely a yes: leaving two comments behind would be worse than a mistake. */
const isOnlyOurs = async (place: Place, id: number, asking: Asking): Promise<boolean> => {
  if (place.unclear.has(id)) return true
  const claimed = await claim(place, id, asking)
  return !claimed.ok || claimed.value === 'ours'
}
