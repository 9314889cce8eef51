import { bytesOf } from './page.ts'
import { closing, openAfter, type Open } from './structure.ts'

/**
 * As many whole lines as fit into so many bytes, what is open behind the last one closed, and a sentence that
 * says so. A table is cut between two rows, never before its first.
 */
export const cutToBytes = (markdown: string, limit: number, sentence: string): string => {
  if (bytesOf(markdown) <= limit) return markdown
  const lines = markdown.split('\n')
  const open = openAfter(lines)
  const end = endOf(lines, open, limit - bytesOf(sentence))
  const last = open[end - 1]
  const closed = last === undefined ? [] : closing(last)
  return [...lines.slice(0, end), ...closed, '', sentence, ''].join('\n')
}

/** How many lines can stay: the most that fit and are not followed by what would be half a table or fold. */
const endOf = (lines: readonly string[], open: readonly Open[], limit: number): number => {
  let [bytes, end] = [0, 0]
  for (const [index, line] of lines.entries()) {
    const behind = open[index]
    bytes += bytesOf(line) + 1
    if (behind === undefined || bytes > limit) break
    const closed = closing(behind).reduce((sum, text) => sum + bytesOf(text) + 1, 2)
    if (bytes + closed <= limit && isWholeBehind(line, behind)) end = index + 1
  }
  return end
}

/** Whether nothing is broken if the text ends behind this line. */
const isWholeBehind = (line: string, { fence, rows }: Open): boolean =>
  fence !== null || (line !== '<details>' && rows !== 1 && rows !== 2)
