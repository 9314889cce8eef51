import { Ajv2020 } from 'ajv/dist/2020.js'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  readReferenceResult,
  referenceResultDocument,
  referenceResultKeyInput
} from '../../src/documents/reference-result.ts'
import { success } from '../../src/domain/problem.ts'
import { count, gas } from '../../src/domain/quantity.ts'
import type { ReferenceResult } from '../../src/domain/reference-result.ts'
import { block, sha } from '../support/plans.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const RESULT: ReferenceResult = {
  key: {
    prover: 'rsp',
    sha: sha('e'),
    network: 'mainnet',
    block: block(100),
    mode: 'prove',
    resource: 'gpu',
    machine: { cpu: 'a CPU', gpu: 'a GPU', driver: '550.54.14' },
    passed: '3'.repeat(64),
    reader: '0.1.0'
  },
  outcome: {
    kind: 'measured',
    sample: {
      gas: gas(20_000_000n),
      transactions: 3,
      metrics: {
        cycles: { value: count(2n ** 60n), unit: 'cycles', exactness: 'exact' },
        'proving-time': { value: 469.137204915, unit: 's', exactness: 'exact' }
      },
      spans: [],
      costs: []
    }
  },
  measuredAt: '2026-03-01T12:00:00.000Z'
}

const FAILED: ReferenceResult = {
  ...RESULT,
  outcome: {
    kind: 'failed',
    reason: 'execution-failed',
    message: 'block gas used mismatch',
    tail: 'Error: …'
  }
}

const document = referenceResultDocument(RESULT, sha256)
type Fields = Record<string, Record<string, unknown>>
const changed = (change: (fields: Fields) => void): string => {
  const fields = JSON.parse(document) as Fields
  change(fields)
  return JSON.stringify(fields)
}

test('a result that is read is the one that was written, however it is laid out', () => {
  expect(readReferenceResult(document, sha256)).toEqual(success(RESULT))
  expect(readReferenceResult(referenceResultDocument(FAILED, sha256), sha256)).toEqual(success(FAILED))
  const reversed = Object.fromEntries(Object.entries(JSON.parse(document) as object).toReversed())
  expect(readReferenceResult(JSON.stringify(reversed), sha256)).toEqual(success(RESULT))
})

test('it keeps to its schema in docs', () => {
  const schema = JSON.parse(readFileSync('docs/schema/reference-result.schema.json', 'utf8')) as object
  const check = new Ajv2020({ strict: false }).compile(schema)
  expect([check(JSON.parse(document)), check.errors]).toEqual([true, null])
  expect(check({ ...(JSON.parse(document) as object), extra: 1 })).toBe(false)
})

describe('a result is refused', () => {
  test.each<readonly [string, string, string]>([
    ['that is no JSON', '{', 'is not JSON'],
    ['of another schema', changed((fields) => Object.assign(fields, { schema: 'x@1' })), 'at "schema"'],
    [
      'without a part of its key',
      changed((fields) => delete fields['key']?.['machine']),
      'lacks "key.machine"'
    ],
    ['with a part too much', changed((fields) => Object.assign(fields['key']!, { os: 'x' })), 'unknown key'],
    [
      'with another part',
      changed((fields) => Object.assign(fields['key']!, { resource: 'cpu' })),
      'is not what was written'
    ],
    [
      'with another date',
      changed((fields) => Object.assign(fields, { measuredAt: '2026-03-01T12:00:00.001Z' })),
      'is not what was written'
    ],
    ['with other figures', document.replace('469.137204915', '46.137204915'), 'is not what was written']
  ])('%s', (_, json, why) => {
    const read = readReferenceResult(json, sha256)
    expect(read.ok ? 'read' : read.error).toContain(why)
  })
})

test('every part of the key is part of what it is looked up by', () => {
  const { machine } = RESULT.key
  const others: readonly Partial<ReferenceResult['key']>[] = [
    { sha: sha('f') },
    { network: 'sepolia' },
    { block: block(101) },
    { mode: 'execute' },
    { resource: 'cpu' },
    { machine: { ...machine, cpu: null } },
    { machine: { ...machine, gpu: null } },
    { machine: { ...machine, driver: null } },
    { passed: '' },
    { reader: '0.2.0' }
  ]
  const inputs = [{}, ...others].map((change) => referenceResultKeyInput({ ...RESULT.key, ...change }))
  expect(new Set(inputs).size).toBe(inputs.length)
})
