import { markerLine } from '../domain/comment-marker.ts'
import { code } from './markdown.ts'
import { shortSha, type Sha } from '../domain/revision.ts'
import type { CommentContext } from './view.ts'

/** GitHub refuses a longer comment. */
const COMMENT_LIMIT = 65_536

/** Kept free for what happens to a comment behind us, such as secrets that are masked. */
const RESERVE = 1_024

/** A comment, top to bottom; what is null or empty is left out. */
export interface Page {
  /** One line, with its icon. */
  readonly heading: string
  readonly parts: readonly (string | null)[]
  readonly footer: string | null
}

/** The text of a comment, with the marker that names it as ours at byte 0. */
export const commentOf = (
  page: Page,
  { head, context }: { readonly head: Sha | null; readonly context: CommentContext }
): string => {
  const { pullRequest, key, run, outdatedBy } = context
  const marker = markerLine({ pullRequest: pullRequest ?? 0, key, run })
  const outdated = outdatedBy === null ? null : outdatedLine(head, outdatedBy)
  return `${marker}\n${textOf({ ...page, parts: [outdated, ...page.parts] })}`
}

/** The same without a marker: what is read elsewhere than in a comment. */
export const textOf = ({ heading, parts, footer }: Page): string =>
  `${joined([`## ${heading}`, ...parts, footer])}\n`

/** Parts below one another; what is null or empty is left out. */
export const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('\n\n')

/** Head moved while it was measured. */
const outdatedLine = (head: Sha | null, by: Sha): string =>
  `⚠️ **Outdated:** this is about ${head === null ? 'an older head' : code(shortSha(head))}; ` +
  `the pull request is at ${code(shortSha(by))} by now.`

/** The first text that is short enough for a comment; the last one has to be. */
export const firstThatFits = (drafts: readonly (() => string)[]): string => {
  for (const draft of drafts) {
    const text = draft()
    if (bytesOf(text) <= COMMENT_LIMIT - RESERVE) return text
  }
  throw new Error('Internal error: the shortest comment is too long')
}

/** In UTF-8: never fewer than the characters that GitHub counts. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length
