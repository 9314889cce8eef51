import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { resultSchema } from './result.ts'
import type { Result } from './result.ts'

/** From the root of the tree: the result that docs/method.md shows. */
export const RESULT_FILE = 'docs/verdict-bench.json'

export const readResult = (): Result => {
  const text = readFileSync(resolve(import.meta.dirname, '../..', RESULT_FILE), 'utf8')
  return v.parse(resultSchema, JSON.parse(text))
}
