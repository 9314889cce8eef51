import { stripVTControlCharacters } from 'node:util'

// Line breaks of every terminal and of the runner, which ends a line at a lone CR too.
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u
const CONTROL = /\p{Cc}/gu
const SPACE = /[\p{Zs}\t]/gu
// What changes the reading of the text around it without being seen: bidi controls, zero widths, fillers.
const UNSEEN = /\p{Cf}|\u034f|[\u115f\u1160\u3164\uffa0]|\u17b4|\u17b5/gu

const escapeUnseen = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

/** One line that shows what it holds: no escape sequences, control characters or invisible ones. */
export const printableLine = (text: string): string =>
  stripVTControlCharacters(text)
    .toWellFormed()
    .replace(SPACE, ' ')
    .replace(CONTROL, '')
    .replace(UNSEEN, escapeUnseen)

/** The lines of a text, each printable. A final line break begins no line. */
export const printableLines = (text: string): readonly string[] => {
  const lines = stripVTControlCharacters(text).split(LINE_BREAK).map(printableLine)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** A short name from elsewhere, for use within one of our sentences. */
export const printableName = (text: string, limit = 200): string => {
  const line = printableLine(text.replace(/\s+/gu, ' ')).trim()
  const characters = Array.from(line)
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`
}
