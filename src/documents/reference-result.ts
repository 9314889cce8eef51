import * as v from 'valibot'
import { failure, success, type Result } from '../domain/problem.ts'
import type { ReferenceResult, ReferenceResultKey } from '../domain/reference-result.ts'
import {
  blockField,
  digestField,
  instantField,
  modeField,
  networkField,
  resourceField,
  shaField,
  text
} from './fields.ts'
import { printCanonical, printDocument } from './json.ts'
import { outcomeField } from './parts.ts'
import { readWith } from './read.ts'

const SCHEMA = 'reference-result@1'

const keyField = v.strictObject({
  prover: v.literal('rsp'),
  sha: shaField,
  network: networkField,
  block: blockField,
  mode: modeField,
  resource: resourceField,
  machine: v.strictObject({ cpu: v.nullable(text), gpu: v.nullable(text), driver: v.nullable(text) }),
  passed: v.union([v.literal(''), digestField]),
  reader: text
})

export const referenceResultSchema = v.strictObject({
  schema: v.literal(SCHEMA),
  key: keyField,
  outcome: outcomeField,
  measuredAt: instantField,
  /** SHA-256 of all the rest as canonical JSON. */
  digest: digestField
})

/** SHA-256 of a text, 64 hex digits. */
type Sha256 = (text: string) => string

/** Text of a kept result of a reference. */
export const referenceResultDocument = (result: ReferenceResult, sha256: Sha256): string =>
  printDocument({ schema: SCHEMA, ...result, digest: digestOf(result, sha256) })

/** A kept result from its document, whole as it was written; the problem reads on from the file's name. */
export const readReferenceResult = (json: string, sha256: Sha256): Result<ReferenceResult, string> => {
  const read = readWith(referenceResultSchema, json)
  if (!read.ok) return read
  const { schema: _, digest, ...result } = read.value
  return digest === digestOf(result, sha256) ? success(result) : failure('is not what was written')
}

const digestOf = (result: ReferenceResult, sha256: Sha256): string =>
  sha256(printCanonical({ schema: SCHEMA, ...result }))

/** What a result is looked up by is the hash of this: equal keys give equal text, whatever the order. */
export const referenceResultKeyInput = (key: ReferenceResultKey): string =>
  printCanonical({ schema: SCHEMA, ...key })
