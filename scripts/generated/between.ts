/**
 * Puts `content` between `<!-- begin generated: name -->` and `<!-- end generated: name -->`, on lines of its own.
 * Throws unless each mark stands exactly once and in order: a lost mark would silently freeze the text.
 */
export function replaceBetween(text: string, name: string, content: string): string {
  const begin = `<!-- begin generated: ${name} -->`
  const end = `<!-- end generated: ${name} -->`
  for (const mark of [begin, end]) {
    const times = text.split(mark).length - 1
    if (times !== 1) throw new Error(`the mark ${mark} stands ${times} times, not once`)
  }
  const [before = '', rest = ''] = text.split(begin)
  const [, after] = rest.split(end)
  if (after === undefined) throw new Error(`the mark ${end} stands before ${begin}`)
  return `${before}${begin}\n\n${content.trim()}\n\n${end}${after}`
}
