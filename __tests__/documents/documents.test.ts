import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reportOf } from '../../src/stages/report-of.ts'
import { journalEnd, journalStart, journalTrial } from '../../src/documents/journal.ts'
import { measurementsDocument, readMeasurements } from '../../src/documents/measurements.ts'
import { planDocument, planHashInput, readPlan } from '../../src/documents/plan.ts'
import { readReport, reportDocument } from '../../src/documents/report.ts'
import { success } from '../../src/domain/problem.ts'
import { renderSchemas } from '../../scripts/generated/schemas.ts'
import { aPlan } from '../support/plans.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun } from '../support/runs.ts'
import { endings, measurements, plans, reports } from './arbitrary.ts'

describe('parse after print is the identity', () => {
  test('plan.json', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(readPlan(planDocument(plan))).toEqual(success(plan))
      })
    )
  })

  test('measurements.json', () => {
    fc.assert(
      fc.property(measurements, (run) => {
        expect(readMeasurements(measurementsDocument(run))).toEqual(success(run))
      }),
      { numRuns: 50 }
    )
  })

  test('report.json', () => {
    fc.assert(
      fc.property(reports, (report) => {
        expect(readReport(reportDocument(report))).toEqual(success(report))
      }),
      { numRuns: 50 }
    )
  })
})

describe('every document keeps to its JSON Schema', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  const validate = (name: string) => {
    const schema: unknown = JSON.parse(readFileSync(`docs/schema/${name}.schema.json`, 'utf8'))
    const check = ajv.compile(schema as object)
    return (json: string): void => {
      check(JSON.parse(json))
      expect(check.errors ?? []).toEqual([])
    }
  }

  test('plan.json, measurements.json, report.json and the lines of journal.jsonl', () => {
    const [plan, run, report, line] = ['plan', 'measurements', 'report', 'journal'].map(validate)
    fc.assert(
      fc.property(measurements, endings, (measured, ending) => {
        plan!(planDocument(measured.plan))
        run!(measurementsDocument(measured))
        report!(reportDocument(reportOf(measured)))
        line!(journalStart('a'.repeat(64)))
        for (const record of measured.records) line!(journalTrial(record))
        line!(journalEnd(ending))
      }),
      { numRuns: 30 }
    )
  })

  test('and the schemas in docs are those of the code', () => {
    for (const { path, text } of renderSchemas()) {
      expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text))
    }
  })

  test('which refuses what is not there', () => {
    const document = JSON.parse(planDocument(aPlan())) as Record<string, unknown>
    const schema: unknown = JSON.parse(readFileSync('docs/schema/plan.schema.json', 'utf8'))
    const check = ajv.compile(schema as object)
    expect(check({ ...document, extra: 1 })).toBe(false)
    expect(check({ ...document, timeScale: 0 })).toBe(false)
  })
})

describe('report.json', () => {
  const document = JSON.parse(reportDocument(reportOf(aRun(RECORDED)))) as Record<string, never>

  test('holds what the design names', () => {
    expect(document).toMatchObject({
      schema: 'report@1',
      verdict: 'improvement',
      cyclesVerdict: 'improvement',
      timeVerdict: 'improvement',
      base: { sha: 'a'.repeat(40), ref: 'main', repository: 'lambdaclass/ethrex' },
      head: { sha: 'b'.repeat(40), ref: 'faster-trie', repository: 'lambdaclass/ethrex' },
      host: { repository: 'lambdaclass/ethrex-replay', sha: 'c'.repeat(40) },
      failures: [],
      notes: [],
      proofs: 16
    })
    expect(document['comparisons']![0]).toEqual({
      block: 23426993,
      network: 'mainnet',
      zkvm: 'sp1',
      metric: 'cycles',
      unit: 'cycles',
      base: 6812344190,
      head: 4718220871,
      percent: expect.closeTo(-30.74, 2) as number,
      interval: null,
      rounding: null,
      exactness: 'tracked-spans',
      verdict: 'improvement',
      pairs: 1
    })
    expect(document['trials']![0]).toMatchObject({
      id: 'cycles-23426993-sp1-base',
      side: 'base',
      block: 23426993,
      zkvm: 'sp1',
      mode: 'execute',
      round: null,
      outcome: 'measured',
      reason: null,
      cycles: 6812344190,
      startedAt: '2026-01-01T00:00:00.000Z'
    })
    expect(document['spans']![0]).toEqual({
      block: 23426993,
      zkvm: 'sp1',
      path: ['read_input'],
      base: 1204551,
      head: 1204551
    })
  })

  test('writes integers above 2^53 as digits', () => {
    const [figures] = RECORDED
    const run = aRun([{ ...figures!, cycles: { base: 2n ** 53n - 1n, head: 2n ** 53n + 1n } }])
    const comparison = (
      JSON.parse(reportDocument(reportOf(run))) as { comparisons: { base: unknown; head: unknown }[] }
    ).comparisons[0]!
    expect([comparison.base, comparison.head]).toEqual([9007199254740991, '9007199254740993'])
  })
})

describe('a plan that is read', () => {
  const document = JSON.parse(planDocument(aPlan())) as Record<string, unknown>
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  test.each<readonly [string, string, string]>([
    ['text', 'hello', 'is not JSON'],
    ['nothing', '', 'is not JSON'],
    ['another kind of value', '3', 'has 3 where Object is wanted'],
    [
      'another schema',
      JSON.stringify({ ...document, schema: 'plan@2' }),
      'has "plan@2" at "schema" where "plan@1" is wanted'
    ],
    ['an unknown key', JSON.stringify({ ...document, extra: 1 }), 'has the unknown key "extra"'],
    ['a missing key', JSON.stringify({ ...document, timeScale: undefined }), 'lacks "timeScale"'],
    [
      'a number that is text',
      JSON.stringify({ ...document, trialTimeout: '2' }),
      'at "trialTimeout" where number is wanted'
    ],
    [
      'a number too large to read',
      planDocument(aPlan()).replace('"timeScale": 1', '"timeScale": 1e999'),
      'at "timeScale"'
    ],
    [
      'a short commit',
      planDocument(aPlan()).replace('a'.repeat(40), 'a'.repeat(39)),
      'at "revisions.base.sha"'
    ],
    [
      'its own prototype',
      planDocument(aPlan()).replace('"mode"', '"__proto__": {}, "mode"'),
      'has the key __proto__'
    ],
    [
      'a hidden prototype',
      planDocument(aPlan()).replace('"mode"', '"\\u005f_proto__": {}, "mode"'),
      'has the key __proto__'
    ],
    [
      'a nested constructor',
      planDocument(aPlan()).replace('"sha"', '"constructor": {}, "sha"'),
      'has the key constructor'
    ],
    ['depth', deep, 'is nested deeper than 8 levels']
  ])('refuses %s', (_name, json, wanted) => {
    const read = readPlan(json)
    expect(read.ok).toBe(false)
    expect(!read.ok && read.error).toContain(wanted)
  })

  test('takes integers as digits too', () => {
    const json = planDocument(aPlan()).replace('20000000', '"20000000"')
    expect(readPlan(json)).toEqual(success(aPlan()))
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (json) => {
        expect(readPlan(json).ok).toBe(false)
        expect(readReport(json).ok).toBe(false)
        expect(readMeasurements(json).ok).toBe(false)
      })
    )
  })
})

describe('what a plan is hashed by', () => {
  const reversed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, inner]) => [key, reversed(inner)])
    )
  }

  test('is the same whatever the order of keys, and reads back as the plan', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const input = planHashInput(plan)
        expect(planHashInput(reversed(plan) as typeof plan)).toBe(input)
        expect(readPlan(input)).toEqual(success(plan))
      })
    )
  })

  test('differs where the plan does', () => {
    expect(planHashInput(aPlan({ effort: 'thorough' }))).not.toBe(planHashInput(aPlan()))
    expect(planHashInput(aPlan({ timeScale: 500 }))).not.toBe(planHashInput(aPlan()))
  })
})
