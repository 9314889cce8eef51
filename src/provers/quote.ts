import { stripVTControlCharacters } from 'node:util'

/** Controls, invisible format characters (text that changes direction is one) and line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu

/** Room enough for what is wanted, so that a long text is not worked on as a whole. */
const headOf = (text: string, limit: number): string => text.slice(0, 8 * limit)

/**
 * A stranger's text on one line, without control characters, at most `limit` code points (the last is `…` where
 * it was longer). Not escaped for any markup. The result shares no memory with a log's chunk.
 */
export const printable = (text: string, limit: number): string => {
  const characters = Array.from(
    stripVTControlCharacters(headOf(text, limit)).replace(UNPRINTABLE, ' ').trim()
  )
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`
}
