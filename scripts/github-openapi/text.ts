import { isObject, type JsonObject } from './json.ts'

/** Members at this depth and below are one line each. */
const DEEPEST = 3

/**
 * JSON with one operation, webhook or component a line: not for reading from top to bottom, but a newer description
 * then changes the lines of what GitHub changed, and the file stays small.
 */
export function toText(value: JsonObject): string {
  return `${format(value, 0)}\n`
}

function format(value: unknown, depth: number): string {
  if (!isObject(value) || depth === DEEPEST || Object.keys(value).length === 0) return JSON.stringify(value)
  const indent = '  '.repeat(depth + 1)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${indent}${JSON.stringify(key)}: ${format(member, depth + 1)}`)
  return `{\n${members.join(',\n')}\n${'  '.repeat(depth)}}`
}
