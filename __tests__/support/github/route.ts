import { OPERATIONS, type Operation } from './description.ts'

/** What a path means: the operation where one fits, and the values of its parameters. */
export interface Route {
  readonly operation: Operation
  readonly path: Readonly<Record<string, string>>
}

const matchPath = (pattern: readonly string[], path: readonly string[]): Record<string, string> | null => {
  if (pattern.length !== path.length) return null
  const values: Record<string, string> = {}
  for (const [index, segment] of pattern.entries()) {
    const value = path[index] ?? ''
    if (segment.startsWith('{')) {
      if (value === '') return null
      values[segment.slice(1, -1)] = decodeURIComponent(value)
    } else if (segment !== value) {
      return null
    }
  }
  return values
}

/** Of several that fit, the one with the fewest parameters: `/issues/comments/…` before `/issues/{issue_number}`. */
export const findRoute = (method: string, path: readonly string[]): Route | null => {
  const fitting = OPERATIONS.filter((operation) => operation.method === method).flatMap((operation) => {
    const values = matchPath(operation.path, path)
    return values === null ? [] : [{ operation, path: values }]
  })
  const [first] = fitting.sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length)
  return first ?? null
}
