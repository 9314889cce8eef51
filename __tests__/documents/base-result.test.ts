import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { baseResultDocument, baseResultKeyInput, readBaseResult } from '../../src/documents/base-result.ts'
import type { BaseResult } from '../../src/domain/base-result.ts'
import { success } from '../../src/domain/problem.ts'
import { count, gas } from '../../src/domain/quantity.ts'
import { block, sha } from '../support/plans.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const RESULT: BaseResult = {
  key: {
    binary: '1'.repeat(64),
    ethrex: sha('a'),
    host: sha('c'),
    features: ['gpu', 'sp1'],
    toolchain: 'rustc 1.90.0',
    passed: '3'.repeat(64),
    zkvm: 'sp1',
    network: 'mainnet',
    block: block(100),
    witness: '2'.repeat(64),
    reader: '0.1.0'
  },
  sample: {
    gas: gas(20_000_000n),
    transactions: 3,
    metrics: { cycles: { value: count(2n ** 60n), unit: 'cycles', exactness: 'tracked-spans' } },
    spans: [{ path: ['execution', 'setup'], cycles: count(7n), calls: 2 }],
    costs: []
  },
  measuredAt: '2026-03-01T12:00:00.000Z'
}

const document = baseResultDocument(RESULT, sha256)
type Fields = Record<string, Record<string, unknown>>
const changed = (change: (fields: Fields) => void): string => {
  const fields = JSON.parse(document) as Fields
  change(fields)
  return JSON.stringify(fields)
}

test('a result that is read is the one that was written, however it is laid out', () => {
  expect(readBaseResult(document, sha256)).toEqual(success(RESULT))
  const reversed = Object.fromEntries(Object.entries(JSON.parse(document) as object).toReversed())
  expect(readBaseResult(JSON.stringify(reversed), sha256)).toEqual(success(RESULT))
})

test('it keeps to its schema in docs', () => {
  const schema = JSON.parse(readFileSync('docs/schema/base-result.schema.json', 'utf8')) as object
  const check = new Ajv2020({ strict: false }).compile(schema)
  expect([check(JSON.parse(document)), check.errors]).toEqual([true, null])
  expect(check({ ...(JSON.parse(document) as object), extra: 1 })).toBe(false)
})

describe('a result is refused', () => {
  test.each<readonly [string, string, string]>([
    ['that is no JSON', '{', 'is not JSON'],
    [
      'of another schema',
      changed((fields) => Object.assign(fields, { schema: 'base-result@2' })),
      'at "schema"'
    ],
    [
      'without a part of its key',
      changed((fields) => delete fields['key']?.['witness']),
      'lacks "key.witness"'
    ],
    ['with a part too much', changed((fields) => Object.assign(fields['key']!, { gpu: 'x' })), 'unknown key'],
    [
      'with another part',
      changed((fields) => Object.assign(fields['key']!, { block: 101 })),
      'is not what was written'
    ],
    [
      'with other figures',
      changed((fields) => Object.assign(fields['sample']!, { gas: 1 })),
      'is not what was written'
    ],
    [
      'with another date',
      changed((fields) => Object.assign(fields, { measuredAt: '2026-03-01T12:00:00.001Z' })),
      'is not what was written'
    ],
    [
      'with another digest',
      changed((fields) => Object.assign(fields, { digest: '0'.repeat(64) })),
      'is not what was written'
    ],
    [
      'with a time',
      baseResultDocument(
        {
          ...RESULT,
          sample: {
            ...RESULT.sample,
            metrics: { 'execution-time': { value: 1, unit: 's', exactness: 'derived' } }
          }
        },
        sha256
      ),
      'has the unknown key "sample.metrics.execution-time"'
    ]
  ])('%s', (_, json, why) => {
    const read = readBaseResult(json, sha256)
    expect(read.ok ? 'read' : read.error).toContain(why)
  })

  test('whichever of its digits is another', () => {
    const digits = [...document.matchAll(/[0-9a-f]/g)].map(({ index }) => index)
    fc.assert(
      fc.property(
        fc.constantFrom(...digits),
        fc.constantFrom(...Array.from('0123456789abcdef')),
        (at, digit) => {
          const spoiled = document.slice(0, at) + digit + document.slice(at + 1)
          expect(readBaseResult(spoiled, sha256).ok).toBe(spoiled === document)
        }
      )
    )
  })
})

test('every part of the key is part of what it is looked up by', () => {
  const others: Partial<BaseResult['key']>[] = [
    { binary: '3'.repeat(64) },
    { ethrex: sha('b') },
    { host: sha('b') },
    { features: ['sp1'] },
    { toolchain: 'rustc 1.91.0' },
    { passed: '' },
    { zkvm: 'risc0' },
    { network: 'hoodi' },
    { block: block(101) },
    { witness: '3'.repeat(64) },
    { reader: '0.2.0' }
  ]
  expect(others.map((change) => Object.keys(change)[0])).toEqual(Object.keys(RESULT.key))
  const inputs = [{}, ...others].map((change) => baseResultKeyInput({ ...RESULT.key, ...change }))
  expect(new Set(inputs).size).toBe(inputs.length)
})
