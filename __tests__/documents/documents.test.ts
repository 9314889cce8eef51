import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reportOfRun } from '../../src/stages/report-of.ts'
import { journalEnd, journalStart, journalTrial } from '../../src/documents/journal.ts'
import { measurementsDocument, readMeasurements } from '../../src/documents/measurements.ts'
import { planDocument, planHashInput, readPlan } from '../../src/documents/plan.ts'
import { readReport, reportDocument } from '../../src/documents/report.ts'
import type { RunPlan } from '../../src/domain/plan.ts'
import { success } from '../../src/domain/problem.ts'
import type { Revision } from '../../src/domain/revision.ts'
import type { RunMeasurements } from '../../src/domain/run.ts'
import { renderSchemas } from '../../scripts/generated/schemas.ts'
import { aRunPlan, sha } from '../support/plans.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun, ofOneLeg } from '../support/runs.ts'
import { endings, measurements, plans, reports } from './arbitrary.ts'

const planOf = ({ legs, reference }: RunMeasurements): RunPlan => ({
  legs: legs.map(({ plan }) => plan),
  reference: reference?.plan ?? null
})

const revision = (digit: string): Revision => ({
  repository: 'lambdaclass/ethrex',
  ref: 'trie',
  sha: sha(digit)
})

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
        plan!(planDocument(planOf(measured)))
        run!(measurementsDocument(measured))
        report!(reportDocument(reportOfRun(measured)))
        line!(journalStart('a'.repeat(64)))
        for (const record of measured.legs.flatMap(({ records }) => records)) line!(journalTrial(record))
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
    const document = JSON.parse(planDocument(aRunPlan())) as Record<string, unknown>
    const schema: unknown = JSON.parse(readFileSync('docs/schema/plan.schema.json', 'utf8'))
    const check = ajv.compile(schema as object)
    expect(check({ ...document, extra: 1 })).toBe(false)
    const [leg] = document['legs'] as readonly object[]
    expect(check({ ...document, legs: [{ ...leg, timeScale: 0 }] })).toBe(false)
    expect(check({ ...document, legs: [] })).toBe(false)
  })
})

describe('report.json', () => {
  const document = JSON.parse(reportDocument(reportOfRun(ofOneLeg(aRun(RECORDED))))) as Record<string, never>

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
      proofs: 16,
      legs: [{ zkvm: 'sp1', variant: null, ending: 'complete', plan: { effort: 'default' } }],
      reference: null
    })
    expect(document['comparisons']![0]).toEqual({
      block: 23426993,
      network: 'mainnet',
      zkvm: 'sp1',
      variant: null,
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
      variant: null,
      path: ['read_input'],
      base: 1204551,
      head: 1204551
    })
  })

  test('says at its top what the legs have in common, and of each what it alone has', () => {
    const head = aRun(RECORDED)
    const plan = {
      ...head.plan,
      variant: 'trie3',
      revisions: { ...head.plan.revisions, head: revision('d') }
    }
    const failure = {
      side: 'head',
      stage: 'build',
      block: null,
      reason: 'build-failed',
      message: 'It does not build.',
      tail: ''
    } as const
    const variant = { ...head, plan, records: [], failures: [failure], ending: 'stopped' } as const
    const report = reportOfRun({ legs: [head, variant], reference: null })
    const printed = JSON.parse(reportDocument(report)) as Record<string, readonly Record<string, unknown>[]>
    expect(printed).toMatchObject({
      verdict: 'improvement',
      head: { ref: 'faster-trie' },
      failures: [{ zkvm: 'sp1', variant: 'trie3', ...failure }],
      legs: [
        {
          zkvm: 'sp1',
          variant: null,
          revision: { ref: 'faster-trie' },
          verdict: 'improvement'
        },
        { zkvm: 'sp1', variant: 'trie3', revision: revision('d'), verdict: 'head-failed', ending: 'stopped' }
      ]
    })
    expect(printed['trials']!.every(({ variant: of }) => of === null)).toBe(true)
    expect(Object.keys(printed['legs']![0]!)).not.toContain('trials')
  })

  test('writes integers above 2^53 as digits', () => {
    const [figures] = RECORDED
    const run = aRun([{ ...figures!, cycles: { base: 2n ** 53n - 1n, head: 2n ** 53n + 1n } }])
    const comparison = (
      JSON.parse(reportDocument(reportOfRun(ofOneLeg(run)))) as {
        comparisons: { base: unknown; head: unknown }[]
      }
    ).comparisons[0]!
    expect([comparison.base, comparison.head]).toEqual([9007199254740991, '9007199254740993'])
  })
})

describe('a plan that is read', () => {
  const document = JSON.parse(planDocument(aRunPlan())) as Record<string, unknown>
  const [leg] = document['legs'] as readonly object[]
  const withLeg = (changes: object): string => JSON.stringify({ ...document, legs: [{ ...leg, ...changes }] })
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
    ['a missing key', JSON.stringify({ ...document, reference: undefined }), 'lacks "reference"'],
    ['a missing key of a leg', withLeg({ timeScale: undefined }), 'lacks "legs.0.timeScale"'],
    [
      'a number that is text',
      withLeg({ trialTimeout: '2' }),
      'at "legs.0.trialTimeout" where number is wanted'
    ],
    ['no leg', JSON.stringify({ ...document, legs: [] }), 'at "legs"'],
    ['a leg twice', JSON.stringify({ ...document, legs: [leg, leg] }), 'has a leg twice'],
    ['a variant that is a path', withLeg({ variant: '../x' }), 'at "legs.0.variant"'],
    [
      'a number too large to read',
      planDocument(aRunPlan()).replace('"timeScale": 1', '"timeScale": 1e999'),
      'at "legs.0.timeScale"'
    ],
    [
      'a short commit',
      planDocument(aRunPlan()).replace('a'.repeat(40), 'a'.repeat(39)),
      'at "legs.0.revisions.base.sha"'
    ],
    [
      'its own prototype',
      planDocument(aRunPlan()).replace('"mode"', '"__proto__": {}, "mode"'),
      'has the key __proto__'
    ],
    [
      'a hidden prototype',
      planDocument(aRunPlan()).replace('"mode"', '"\\u005f_proto__": {}, "mode"'),
      'has the key __proto__'
    ],
    [
      'a nested constructor',
      planDocument(aRunPlan()).replace('"sha"', '"constructor": {}, "sha"'),
      'has the key constructor'
    ],
    ['depth', deep, 'is nested deeper than 10 levels']
  ])('refuses %s', (_name, json, wanted) => {
    const read = readPlan(json)
    expect(read.ok).toBe(false)
    expect(!read.ok && read.error).toContain(wanted)
  })

  test('takes integers as digits too', () => {
    const json = planDocument(aRunPlan()).replace('20000000', '"20000000"')
    expect(readPlan(json)).toEqual(success(aRunPlan()))
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
    expect(planHashInput(aRunPlan({ effort: 'thorough' }))).not.toBe(planHashInput(aRunPlan()))
    expect(planHashInput(aRunPlan({ timeScale: 500 }))).not.toBe(planHashInput(aRunPlan()))
  })
})
