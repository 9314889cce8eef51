/**
 * Reads an output file as the runner does (FileCommandManager.cs): `name=value` on a line, or `name<<end`, then
 * lines, then `end` alone. Lines end with LF or CRLF; empty ones are skipped. Null where the runner would refuse
 * the file. A name that is there twice comes twice.
 */
export const parseOutputFile = (text: string): readonly (readonly [name: string, value: string])[] | null => {
  const entries: (readonly [string, string])[] = []
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const entry = OPENING.exec(line)
    if (entry === null) return null
    const [, name = '', sign, rest = ''] = entry
    if (sign === '=') {
      entries.push([name, rest])
      continue
    }
    const end = lines.indexOf(rest, at + 1)
    if (rest === '' || end < 0) return null
    entries.push([name, lines.slice(at + 1, end).join('\n')])
    at = end
  }
  return entries
}

/** Whichever sign comes first decides. */
const OPENING = /^([^=]+?)(=|<<)(.*)$/s

/** Whether the runner would read exactly these outputs, each once. */
export const holdsOnly = (text: string, outputs: Readonly<Record<string, string>>): boolean => {
  const [held, wanted] = [parseOutputFile(text), Object.entries(outputs)]
  return (
    held?.length === wanted.length &&
    wanted.every(([name, value]) => held.some((other) => other[0] === name && other[1] === value))
  )
}
