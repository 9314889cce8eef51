/**
 * The structure of comments as we write them: a fence, a fold and a table row each begin on a line of their
 * own, and no text of a stranger can begin one. So a reader of lines is enough.
 */

/** What is open behind a line. */
export interface Open {
  /** The marks that close the fence. */
  readonly fence: string | null
  /** `<details>` that are not closed yet; below 0 where more are closed than were opened. */
  readonly folds: number
  /** Lines of the table that the line is one of, its head and the rule below it included. */
  readonly rows: number
}

const NOTHING: Open = { fence: null, folds: 0, rows: 0 }

/** For each line what is open behind it. */
export const openAfter = (lines: readonly string[]): readonly Open[] => {
  let open = NOTHING
  return lines.map((line) => (open = behind(open, line)))
}

const behind = (open: Open, line: string): Open => {
  if (open.fence !== null) return closes(line, open.fence) ? { ...open, fence: null } : open
  const fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? null
  const folds = open.folds + (line === '<details>' ? 1 : line === '</details>' ? -1 : 0)
  return { fence, folds, rows: line.startsWith('| ') ? open.rows + 1 : 0 }
}

/** CommonMark 4.5: as many marks or more, alone. */
const closes = (line: string, fence: string): boolean => /^`+$/.test(line) && line.length >= fence.length

/** What closes everything that is open, on lines of its own. */
export const closing = ({ fence, folds }: Open): readonly string[] => [
  ...(fence === null ? [] : [fence]),
  ...Array.from({ length: folds }, () => '\n</details>')
]

/** Code, which GitHub leaves alone, and the tags that we write within a line. */
const HARMLESS = /<\/?(?:b|code)>|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g

/** What GitHub makes more of than text. */
const MARKUP: readonly RegExp[] = [
  // Tags, code without its end, links, images, definitions of links.
  /[<`]|\]\(|\]:|!\[/,
  // Addresses.
  /:\/\/|\bwww\./i,
  // Names and numbers, and entities that may be one.
  /@|(?<!&)#\d|\bGH-\d|\bGHSA-|&(?!#\d+;)|&#(?:64|35);(?!\u200b)/i,
  // Emoji and hashes.
  /:[a-z\d_+-]+:|(?<![\da-f])(?=\d*[a-f])[\da-f]{7,40}(?![\da-f])/i
]

/** What is not seen or turns the direction of writing; two of these we write ourselves, in breaks and icons. */
const HIDDEN = /(?!\u200b|\ufe0f)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** Whether a line is free of markup, code and our own tags set aside. */
export const isPlain = (line: string): boolean => {
  const rest = line.replace(HARMLESS, '')
  return !HIDDEN.test(line) && !MARKUP.some((markup) => markup.test(rest))
}

/** Whether all that is opened is closed, and nothing outside fences is markup but what we write. */
export const isInert = (markdown: string): boolean => {
  const lines = markdown.split('\n')
  const open = openAfter(lines)
  const last = open.at(-1) ?? NOTHING
  return (
    last.fence === null &&
    last.folds === 0 &&
    open.every(({ folds }) => folds >= 0) &&
    lines.every((line, index) => (isFenced(open, index) ? !HIDDEN.test(line) : isPlain(withoutFold(line))))
  )
}

const withoutFold = (line: string): string =>
  /^<\/?details>$/.test(line) ? '' : (/^<summary>(.*)<\/summary>$/.exec(line)?.[1] ?? line)

/** Whether a line is inside a fence, or one of its two ends. */
const isFenced = (open: readonly Open[], index: number): boolean =>
  open[index]?.fence !== null || (index > 0 && open[index - 1]?.fence !== null)
