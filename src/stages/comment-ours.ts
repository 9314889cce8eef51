import { compareRuns, parseMarker, type RunId } from '../domain/comment-marker.ts'
import { isOurs, type ForgeComment, type Identity } from '../domain/forge-comment.ts'

/** Which comments a run shares with the runs before and after it. */
export interface Slot {
  readonly pullRequest: number
  /** The `comment-key` input. */
  readonly key: string
  readonly run: RunId
}

/** Comments of ours, each list from the first written to the last. */
export interface Ours {
  readonly older: readonly ForgeComment[]
  /** By this run, also those it has lost sight of. */
  readonly same: readonly ForgeComment[]
  readonly newer: readonly ForgeComment[]
}

/** Picks our comments out of a conversation: written by us, and with the marker of the slot at byte 0. */
export const oursAmong = (comments: readonly ForgeComment[], identity: Identity, slot: Slot): Ours => {
  const found = comments
    .filter(({ author }) => isOurs(author, identity))
    .flatMap((comment) => {
      const marker = parseMarker(comment.body)
      const isMeant = marker !== null && marker.pullRequest === slot.pullRequest && marker.key === slot.key
      return isMeant ? [{ comment, age: compareRuns(marker.run, slot.run) }] : []
    })
    .toSorted((a, b) => a.comment.id - b.comment.id)
  const those = (isMeant: (age: number) => boolean): readonly ForgeComment[] =>
    found.filter(({ age }) => isMeant(age)).map(({ comment }) => comment)
  return {
    older: those((age) => age < 0),
    same: those((age) => age === 0),
    newer: those((age) => age > 0)
  }
}

/** The comment of the newest run among some that are ours; null where there are none. */
export const newestOf = (comments: readonly ForgeComment[]): ForgeComment | null =>
  comments.toSorted((a, b) => {
    const [first, second] = [parseMarker(a.body), parseMarker(b.body)]
    return first === null || second === null ? 0 : compareRuns(first.run, second.run)
  })[comments.length - 1] ?? null

/** Whether a text that is to be written would be found again as this run's. */
export const isOfSlot = (body: string, { pullRequest, key, run }: Slot): boolean => {
  const marker = parseMarker(body)
  return (
    marker !== null &&
    marker.pullRequest === pullRequest &&
    marker.key === key &&
    compareRuns(marker.run, run) === 0
  )
}
