import type { CommentContext } from './view.ts'

/** The runner's address of the run, and nothing that would break out of a link. */
const ADDRESS = /^https:\/\/[\w.:/-]+$/

/** Words that lead to the run; null where its address is not known. */
export const runLink = (words: string, { runUrl }: Pick<CommentContext, 'runUrl'>): string | null =>
  runUrl !== null && ADDRESS.test(runUrl) ? `[${words}](${runUrl})` : null

/** Where all of a run can be read that a comment leaves out. Without a link, as in folded parts, which newer runs take over. */
export const wholeIn = ({ runUrl }: Pick<CommentContext, 'runUrl'>): string =>
  runUrl === null ? 'report.json' : 'the summary of the run'

/** The same, linked. */
export const wholeAt = (context: Pick<CommentContext, 'runUrl'>): string => {
  const link = runLink('summary of the run', context)
  return link === null ? wholeIn(context) : `the ${link}`
}
