import * as v from 'valibot'
import { failure, success, type Result } from '../domain/problem.ts'
import { parseJson } from './json.ts'

/** Checks text against a schema. The problem reads on from the file's name: `is not JSON`, `lacks "rounds"`. */
export const readWith = <Schema extends v.GenericSchema>(
  schema: Schema,
  text: string
): Result<v.InferOutput<Schema>, string> => {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const checked = v.safeParse(schema, parsed.value, { abortEarly: true })
  return checked.success ? success(checked.output) : failure(describe(checked.issues[0]))
}

/** What was received is a stranger's: quoted and cut. */
const describe = (issue: v.BaseIssue<unknown>): string => {
  const path = v.getDotPath(issue)
  const at = path === null ? '' : JSON.stringify(path.slice(0, 120))
  if (issue.expected === 'never') return `has the unknown key ${at}`
  if (issue.input === undefined) return `lacks ${at}`
  const wanted = `${issue.expected ?? 'something else'} is wanted`
  return `has ${shown(issue.input)}${at === '' ? '' : ` at ${at}`} where ${wanted}`
}

const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60))
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
