import { expect, test } from 'vitest'
import { referenceReport } from '../../src/compare/reference.ts'
import type { Reason } from '../../src/domain/failure.ts'
import type { Exactness } from '../../src/domain/metric.ts'
import { count, gas, seconds } from '../../src/domain/quantity.ts'
import type { ReferenceMeasurements, ReferenceRecord } from '../../src/domain/run.ts'
import type { Figure } from '../../src/domain/sample.ts'
import { block, sha } from '../support/plans.ts'

const AT = '2026-03-01T12:00:00.000Z'

const record = (number: number, changes: Partial<ReferenceRecord> = {}): ReferenceRecord => ({
  ...proved(number, 469, 'rounded-seconds'),
  ...changes
})

const proved = (number: number, time: number, exactness: Exactness): ReferenceRecord =>
  measured(number, { value: time, unit: 's', exactness })

const measured = (number: number, time: Figure | null): ReferenceRecord => ({
  block: block(number),
  outcome: {
    kind: 'measured',
    sample: {
      gas: gas(1n),
      transactions: 1,
      metrics: {
        cycles: { value: count(702_345_678n), unit: 'cycles', exactness: 'exact' },
        ...(time === null ? {} : { 'proving-time': time })
      },
      spans: [],
      costs: []
    }
  },
  wall: seconds(600),
  startedAt: AT,
  unread: [],
  kept: false
})

const failing = (number: number, reason: Reason): ReferenceRecord =>
  record(number, { outcome: { kind: 'failed', reason, message: 'why', tail: 'the log' } })

const measurements = (records: readonly ReferenceRecord[]): ReferenceMeasurements => ({
  plan: { prover: 'rsp', revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: sha('e') } },
  records,
  failures: [{ side: null, stage: 'build', block: null, reason: 'build-failed', message: 'no', tail: '' }],
  notes: ['a note']
})

test('a block is shown with its time and cycles, or with why it has none', () => {
  const of = measurements([record(100), failing(101, 'execution-failed'), { ...record(102), kept: true }])
  const { blocks, failures, notes, ...plan } = referenceReport(of)
  expect(blocks).toEqual([
    {
      block: 100,
      seconds: 469,
      exactness: 'rounded-seconds',
      cycles: 702_345_678n,
      failure: null,
      kept: false,
      measuredAt: AT
    },
    {
      block: 101,
      seconds: null,
      exactness: null,
      cycles: null,
      failure: { reason: 'execution-failed', message: 'why', tail: 'the log' },
      kept: false,
      measuredAt: AT
    },
    expect.objectContaining({ block: 102, seconds: 469, kept: true })
  ])
  expect({ failures, notes }).toEqual({ failures: of.failures, notes: of.notes })
  expect(plan).toEqual({ ...of.plan, gpuMinutes: 10 })
})

test.each([0, -1, 1e12])('a time of %d s is none', (time) => {
  expect(referenceReport(measurements([proved(100, time, 'exact')])).blocks[0]).toMatchObject({
    seconds: null,
    exactness: null,
    cycles: 702_345_678n
  })
})

test.each<readonly [string, readonly ReferenceRecord[], number]>([
  ['proofs', [record(100), record(101)], 20],
  ['those that failed as well', [record(100), failing(101, 'proving-failed'), failing(102, 'timeout')], 30],
  ['not what was kept', [record(100), record(101, { kept: true })], 10],
  [
    'not blocks that no proof was begun of',
    [record(100), failing(101, 'execution-failed'), failing(102, 'bad-input')],
    10
  ],
  ['none where nothing is proved', [measured(100, null), failing(101, 'timeout')], 0],
  ['none where nothing ran', [], 0]
])('the minutes are those of %s', (_, records, total) => {
  expect(referenceReport(measurements(records)).gpuMinutes).toBe(total)
})
