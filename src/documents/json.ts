import { failure, success, type Result } from '../domain/problem.ts'

/** Beyond this a document is not read: nothing that a run writes comes near it. In UTF-16 code units. */
const TEXT_LIMIT = 64 * 1024 * 1024

/** Objects and lists inside one another; the deepest document of ours, measurements, has 10. */
const DEPTH_LIMIT = 10

/** Keys that mean something to JavaScript itself. No document of ours has them. */
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype']

/** JSON from a stranger: size, depth and keys are checked before anything looks at the content. */
export const parseJson = (text: string): Result<unknown, string> => {
  if (text.length > TEXT_LIMIT) return failure(`is longer than ${TEXT_LIMIT} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return failure('is not JSON')
  }
  const objection = objectionTo(value)
  return objection === null ? success(value) : failure(objection)
}

/** Without recursion, so that no nesting can exhaust the stack. */
const objectionTo = (root: unknown): string | null => {
  const queue: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth > DEPTH_LIMIT) return `is nested deeper than ${DEPTH_LIMIT} levels`
    const forbidden = FORBIDDEN_KEYS.find((key) => Object.hasOwn(value, key))
    if (forbidden !== undefined) return `has the key ${forbidden}`
    for (const inner of Object.values(value)) queue.push({ value: inner, depth: depth + 1 })
  }
  return null
}

/** A whole document for a file: indented, ending in a newline. */
export const printDocument = (value: object): string => `${JSON.stringify(value, figures, 2)}\n`

/** One line, without its newline. */
export const printLine = (value: object): string => JSON.stringify(value, figures)

/** The same text for equal values, whatever the order of their keys. */
export const printCanonical = (value: object): string => JSON.stringify(value, sortedFigures)

/** Integers that a JSON number holds exactly are numbers; larger ones are strings of digits. */
const figures = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

const sortedFigures = (key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return figures(key, value)
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
