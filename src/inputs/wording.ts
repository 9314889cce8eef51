/** Characters of a value that a message shows. */
const SHOWN = 80
/** Enough of a value to find what must be hidden in the part that is shown. */
const EXAMINED = 2000

/**
 * A value as messages show it: on one line, in double quotes, with everything invisible escaped, cut at 80
 * characters. Logs are public, so what may be a credential in the wrong place is hidden.
 */
export const quote = (value: string): string => {
  const characters = Array.from(hideSecrets(value.slice(0, EXAMINED)))
  const cut = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : characters.join('')
  return escapeInvisible(JSON.stringify(cut))
}

/** A strange name as messages show it: as `quote`, without the quotes. */
export const printable = (name: string): string => quote(name).slice(1, -1)

/** The text with control, format and unusual blank characters as `\u` escapes. */
const escapeInvisible = (text: string): string =>
  text.replace(/[\p{C}\p{Z}]/gu, (character) =>
    character === ' ' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  )

const hideSecrets = (text: string): string =>
  text
    .replace(
      /([a-z][a-z0-9+.-]{0,15}:\/\/)(\S*)/gi,
      (_, scheme: string, rest: string) => scheme + hostOf(rest)
    )
    .replace(/\b(gh[a-z]_|github_pat_)\w+/gi, '…')
    .replace(/\S+/g, hideUserinfo)

/** Keys of RPC providers are in paths, passwords before the last `@`: neither is shown. */
const hostOf = (rest: string): string => {
  const at = rest.lastIndexOf('@')
  const visible = rest.slice(at + 1)
  const end = visible.search(/[/?#]/)
  return (
    (at < 0 ? '' : '…@') + (end < 0 || end === visible.length - 1 ? visible : `${visible.slice(0, end)}/…`)
  )
}

const hideUserinfo = (word: string): string => {
  const at = word.lastIndexOf('@')
  return word.slice(0, Math.max(at, 0)).includes(':') && !word.includes('://') ? `…${word.slice(at)}` : word
}

/** `a, b or c`. */
export const oneOfThese = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`

/** The candidate that was probably meant, or null where none is close. */
export const nearest = (text: string, candidates: readonly string[]): string | null => {
  if (text.length > 40) return null
  const limit = Math.max(1, Math.floor(text.length / 3))
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(text, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= limit ? best.candidate : null
}

/** Levenshtein's: insertions, deletions and substitutions, row by row. */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, character] of Array.from(a).entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const substituted = at(row, j) + (character === b[j] ? 0 : 1)
      next.push(Math.min(substituted, at(row, j + 1) + 1, at(next, j) + 1))
    }
    row = next
  }
  return at(row, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity
