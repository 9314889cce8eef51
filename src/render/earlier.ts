import { parseSha, shortSha, type Sha } from '../domain/revision.ts'
import { details } from './markdown.ts'
import { isInert, isPlain } from './structure.ts'

/** What an older run found out, taken from its comment to be shown in that of a newer one. */
export interface EarlierResult {
  /** The commit that it is about. */
  readonly head: Sha
  /** The heading, with its icon. */
  readonly headline: string
  /** What stood open below it. */
  readonly figures: string
  /** What was folded; empty where there is nothing, or no more room for it. */
  readonly folded: string
}

/** How much of an earlier result is shown, and with it handed on. */
export type Share = 'all' | 'figures' | 'headline' | 'nothing'

const FOLDED = '<!-- folded -->'
const END = '<!-- end of result -->'

/** A result between hidden marks, by which a later run finds it in the comment. */
export const markedResult = ({ head, figures, folded }: Omit<EarlierResult, 'headline'>): string =>
  [`<!-- result head=${head} -->`, figures, ...(folded === '' ? [] : [FOLDED, folded]), END].join('\n\n')

/** An earlier result, folded, its headline in sight; null where there is none or no room for it. */
export const earlierSection = (earlier: EarlierResult | null, share: Share): string | null => {
  if (earlier === null || share === 'nothing') return null
  const { head, headline } = earlier
  const figures =
    share === 'headline' ? 'The figures are left out, because a comment has to be short.' : earlier.figures
  const folded = share === 'all' ? earlier.folded : ''
  const summary = `Earlier result, for <code>${shortSha(head)}</code>: ${headline}`
  return details(summary, markedResult({ head, figures, folded }))
}

/**
 * The result in a comment of ours, be it the comment's own or an earlier one that it shows; null where there is
 * none. Others may edit our comments: what does not read as if we had written it is not taken over.
 */
export const earlierResult = (body: string): EarlierResult | null => {
  const text = body.replaceAll('\r\n', '\n')
  const found = PART.exec(text)
  const [, hex = '', inside = ''] = found ?? []
  const head = parseSha(hex)
  const headline = headlineBefore(text.slice(0, found?.index ?? 0))
  const [figures = '', folded = ''] = inside.split(`\n\n${FOLDED}\n\n`)
  if (head === null || headline === null || !isPlain(headline) || !isInert(figures)) return null
  return { head, headline, figures, folded: isInert(folded) ? folded : '' }
}

const PART = /^<!-- result head=([0-9a-f]{40}) -->\n\n([^]*?)\n\n<!-- end of result -->$/m

/** Of an earlier result the summary of its fold, else the comment's heading. */
const headlineBefore = (text: string): string | null =>
  /^<summary>Earlier result, for <code>[0-9a-f]{7}<\/code>: (.+)<\/summary>\n\n$/m.exec(text)?.[1] ??
  /^.*\n## (.+)\n/.exec(text)?.[1] ??
  null
