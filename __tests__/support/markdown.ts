/** A reader of comments, as strict about what it takes for markup as GitHub is generous. */
export interface ReadComment {
  /** Everything outside fences and code spans. */
  readonly open: string
  readonly tables: readonly (readonly (readonly string[])[])[]
  /** `<details>` and `</details>` in the order they stand, outside fences. */
  readonly folds: readonly string[]
  readonly fences: readonly string[]
}

export const readComment = (comment: string): ReadComment => {
  const { outside, fences } = splitFences(comment)
  const open = outside.map(withoutCode)
  return {
    open: open.join('\n'),
    tables: tablesOf(outside),
    folds: open.flatMap((line) => line.match(/<\/?details>/g) ?? []),
    fences
  }
}

/** CommonMark 4.5: a fence closes with as many marks or more, alone on their line. */
const splitFences = (
  comment: string
): { readonly outside: readonly string[]; readonly fences: readonly string[] } => {
  const outside: string[] = []
  const fences: string[] = []
  let open: { readonly marks: number; readonly lines: string[] } | null = null
  for (const line of comment.split('\n')) {
    const marks = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1]?.length ?? 0
    if (open === null && marks > 0) open = { marks, lines: [] }
    else if (open === null) outside.push(line)
    else if (marks >= open.marks && /^ {0,3}`+\s*$/.test(line)) {
      fences.push(open.lines.join('\n'))
      open = null
    } else open.lines.push(line)
  }
  if (open !== null) throw new Error(`a fence is not closed: ${open.lines[0] ?? ''}`)
  return { outside, fences }
}

/** CommonMark 6.1: a run of back-ticks closes with a run of the same length. */
const withoutCode = (line: string): string => line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '')

/** GFM: cells end at every `|` that no backslash escapes, in code spans too. */
const tablesOf = (lines: readonly string[]): readonly (readonly (readonly string[])[])[] => {
  const tables: string[][][] = []
  let isInside = false
  for (const line of lines) {
    const isRow = line.startsWith('| ')
    if (isRow && !isInside) tables.push([])
    if (isRow)
      tables.at(-1)!.push(
        line
          .slice(1)
          .replace(/\|\s*$/, '')
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim())
      )
    isInside = isRow
  }
  return tables
}
