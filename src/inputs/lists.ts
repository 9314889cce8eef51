/** More would bury the other inputs' problems. */
const NAMED = 5

/** The items of a list separated by commas, blanks or newlines; none where there are only separators. */
export const splitItems = (text: string): readonly string[] =>
  text.split(/[ \t\r\n,]+/).filter((item) => item !== '')

/** The first few problems of one list, and how many there are beyond them. */
export const firstFew = (sentences: readonly string[]): readonly string[] => {
  const more = sentences.length - NAMED
  return more <= 0
    ? sentences
    : [...sentences.slice(0, NAMED), `has ${more} more ${more === 1 ? 'item' : 'items'} that cannot be used`]
}
