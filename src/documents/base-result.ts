import * as v from 'valibot'
import type { BaseResult, BaseResultKey } from '../domain/base-result.ts'
import { failure, success, type Result } from '../domain/problem.ts'
import { blockField, digestField, instantField, networkField, shaField, text, zkvmField } from './fields.ts'
import { printCanonical, printDocument } from './json.ts'
import { exactSampleField } from './parts.ts'
import { readWith } from './read.ts'

const SCHEMA = 'base-result@1'

const keyField = v.strictObject({
  binary: digestField,
  ethrex: shaField,
  host: shaField,
  features: v.pipe(v.array(text), v.maxLength(64)),
  toolchain: text,
  passed: v.union([v.literal(''), digestField]),
  zkvm: zkvmField,
  network: networkField,
  block: blockField,
  witness: digestField,
  reader: text
})

export const baseResultSchema = v.strictObject({
  schema: v.literal(SCHEMA),
  key: keyField,
  sample: exactSampleField,
  measuredAt: instantField,
  /** SHA-256 of all the rest as canonical JSON. */
  digest: digestField
})

/** SHA-256 of a text, 64 hex digits. */
type Sha256 = (text: string) => string

/** Text of a kept result of base. */
export const baseResultDocument = (result: BaseResult, sha256: Sha256): string =>
  printDocument({ schema: SCHEMA, ...result, digest: digestOf(result, sha256) })

/** A kept result from its document, whole as it was written; the problem reads on from the file's name. */
export const readBaseResult = (json: string, sha256: Sha256): Result<BaseResult, string> => {
  const read = readWith(baseResultSchema, json)
  if (!read.ok) return read
  const { schema: _, digest, ...result } = read.value
  return digest === digestOf(result, sha256) ? success(result) : failure('is not what was written')
}

const digestOf = (result: BaseResult, sha256: Sha256): string =>
  sha256(printCanonical({ schema: SCHEMA, ...result }))

/** What a result is looked up by is the hash of this: equal keys give equal text, whatever the order. */
export const baseResultKeyInput = (key: BaseResultKey): string => printCanonical({ schema: SCHEMA, ...key })
