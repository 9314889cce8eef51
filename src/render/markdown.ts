import { stripVTControlCharacters } from 'node:util'
import { markdownTable } from 'markdown-table'

/**
 * Text from elsewhere (refs, span names, logs, messages that quote a tool) on its way into a comment. It must
 * come out as text: no link, image, mention, reference, HTML, table break, hidden or reordering character.
 */

/** GitHub looks for names, numbers and hashes after it has rendered; only a character in between stops it. */
const BREAK = '\u200b'

/** A stranger's words. Nothing in them is markup; they may stand in a table, a list, a summary. */
export const prose = (untrusted: string, limit = 300): string => escaped(cut(oneLine(untrusted), limit))

/** A sentence of ours that may quote a tool: plain words between back-ticks stay code. Not for a summary. */
export const sentence = (untrusted: string, limit = 300): string =>
  cut(oneLine(untrusted), limit)
    .split(/(`[\w .,:=/-]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')

const escaped = (text: string): string =>
  text
    .replace(/[&<`*~[\]|\\!#$^{}@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity)
    .replace(
      /^(?:[-+=](?=[-=\s]|$)|\d+[.)](?=\s|$)|>)/,
      (start) => start.slice(0, -1) + entity(start.slice(-1))
    )
    .replace(HASH, (run) => run.replace(/.{6}(?=.)/g, broken))
    .replace(AUTOLINKED, broken)

const broken = (match: string): string => match + BREAK

/** Seven hex digits in a row may be a commit; ten decimal ones at most are a number, and stay whole. */
const HASH = /(?!\d{7,10}(?![0-9a-f]))(?<![0-9a-f])[0-9a-f]{7,}/gi

/** After these GitHub would link, mention or draw: `@a`, `#1` (entities by now), `GH-1`, `GHSA-`, `https:`, `:tada:`, `www.` */
const AUTOLINKED = /&#(?:64|35);|[a-z](?=-\d)|ghsa(?=-)|:(?=\S)|\bwww(?=\.)/gi

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0xfffd};`

/** A name in code type. GitHub leaves code alone; what would break out of it is written as HTML instead. */
export const code = (untrusted: string, limit = 120): string => {
  const text = cut(oneLine(untrusted), limit)
  if (text === '') return '(empty)'
  return /[`|\\$<]/.test(text) ? `<code>${prose(text, limit)}</code>` : `\`${text}\``
}

/** Lines in a fence that nothing in them can close: the last lines win where there are too many. */
export const fence = (
  untrusted: string,
  options: { readonly info?: string; readonly lines?: number } = {}
): string => {
  const lines = untrusted.trimEnd().split(/\r\n|\r|\n/)
  const kept = lines.slice(-(options.lines ?? lines.length)).map((line) => cut(printable(line), 400))
  const body = kept.join('\n').replaceAll('<!--', `<!${BREAK}--`)
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${options.info ?? 'text'}\n${body}\n${marks}`
}

/** A foldable part; both are markdown of ours. The summary is one line. */
export const details = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`

/** A table of cells that are markdown of ours; `l` and `r` align the columns. */
export const table = (rows: readonly (readonly string[])[], align: string): string =>
  markdownTable(rows, { align: [...align], alignDelimiters: rows.length <= PADDED })

/** The same with nothing but its cells: for tables that are as wide as they are long. */
export const denseTable = (rows: readonly (readonly string[])[], align: string): string =>
  markdownTable(rows, { align: [...align], alignDelimiters: false })

/** Beyond this a table is not padded for those who read it as text: the padding would cost the last rows. */
const PADDED = 40

/** Without colours, control characters and everything that is invisible or changes the direction of writing. */
const printable = (text: string): string =>
  stripVTControlCharacters(text.toWellFormed())
    .replaceAll('\t', '  ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')

const oneLine = (text: string): string => printable(text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')).trim()

/** By characters, not code units: half a character is not text. */
const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const characters = Array.from(text)
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`
}
