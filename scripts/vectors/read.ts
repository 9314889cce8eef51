import * as v from 'valibot'
import { parseJson } from '../../src/documents/json.ts'
import { failure, success, type Result } from '../../src/domain/problem.ts'
import { printableName } from '../../src/io/text/printable.ts'
import { vectorsSchema, type Vector } from './format.ts'

/** The cases of a file, or everything that is wrong with it, each as a line that reads on from the file's name. */
export const readVectors = (text: string): Result<readonly Vector[], readonly string[]> => {
  const parsed = parseJson(text)
  if (!parsed.ok) return failure([parsed.error])
  const checked = v.safeParse(vectorsSchema, parsed.value)
  if (!checked.success) return failure(checked.issues.map(problemOf))
  const { count, cases } = checked.output
  // A file that was cut, or edited by hand.
  if (count !== undefined && count !== cases.length)
    return failure([`${count} at count, and ${cases.length} cases`])
  return success(cases)
}

/** Keys and values are a stranger's: shown in one line, and cut. */
const problemOf = (issue: v.BaseIssue<unknown>): string => {
  const path = printableName(v.getDotPath(issue) ?? '')
  const at = path === '' ? '' : ` at ${path}`
  if (issue.expected === 'never') return `something that the format does not have${at}`
  if (issue.input === undefined) return `nothing${at}`
  const wanted = printableName(issue.expected ?? issue.message)
  return `${shown(issue.input)}${at} where ${wanted} is wanted`
}

const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(printableName(value, 60))
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
