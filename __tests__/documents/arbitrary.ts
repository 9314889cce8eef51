import fc from 'fast-check'
import { compareRun } from '../../src/compare/compare.ts'
import type { Failure } from '../../src/domain/failure.ts'
import { REASONS, STAGES } from '../../src/domain/failure.ts'
import { EXACTNESS, METRIC, METRICS, type MetricName } from '../../src/domain/metric.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, minutes, seconds } from '../../src/domain/quantity.ts'
import type { Report } from '../../src/domain/report.ts'
import { parseSha, type Revision, type Sha } from '../../src/domain/revision.ts'
import type { Ending, Measurements } from '../../src/domain/run.ts'
import type { Figure, Sample } from '../../src/domain/sample.ts'
import type { Outcome, TrialRecord } from '../../src/domain/trial.ts'
import { NETWORKS, PROOF_TYPES, RESOURCES, ZKVMS } from '../../src/domain/workload.ts'
import { plannedTrials } from '../../src/plan/schedule.ts'
import { block } from '../support/plans.ts'
import { aBuild, aMachine } from '../support/runs.ts'

/** Values of the domain in every shape that a run can leave. */

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: length,
    maxLength: length
  })
const shas: fc.Arbitrary<Sha> = hex(40).map((digits) => parseSha(digits)!)
const text = fc.string({ unit: 'grapheme', maxLength: 40 })
/** On both sides of 2^53. */
const amount = fc.bigInt({ min: 0n, max: 2n ** 70n })
/** JSON has no minus zero. */
const duration = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => seconds(value + 0))
const revisions: fc.Arbitrary<Revision> = fc.record({ sha: shas, ref: text, repository: text })

export const plans: fc.Arbitrary<Plan> = fc.record({
  mode: fc.constantFrom('prove' as const, 'execute' as const),
  effort: fc.constant('default' as const),
  revisions: fc.record({ base: revisions, head: revisions }),
  host: revisions,
  network: fc.constantFrom(...NETWORKS),
  zkvm: fc.constantFrom(...ZKVMS),
  resource: fc.constantFrom(...RESOURCES),
  proofType: fc.constantFrom(...PROOF_TYPES),
  blocks: fc.uniqueArray(fc.nat(9_999_999_999), { minLength: 1, maxLength: 3 }).chain((numbers) =>
    fc.tuple(
      ...numbers
        .toSorted((a, b) => a - b)
        .map((number) =>
          fc.record({
            block: fc.constant(block(number)),
            witnessSha256: fc.option(hex(64)),
            gas: fc.option(amount.map(gas))
          })
        )
    )
  ),
  rounds: fc.nat(2),
  cycleThreshold: fc.record({ text, numerator: amount, denominator: amount.map((value) => value + 1n) }),
  gpuMinutes: fc.option(fc.nat(10_000).map(minutes)),
  trialTimeout: fc.nat(10_000).map(minutes),
  timeScale: fc.constantFrom(1, 500)
})

const figureOf = (metric: MetricName): fc.Arbitrary<Figure> =>
  fc.record({
    value: METRIC[metric].unit === 's' ? duration : amount.map(count),
    unit: fc.constant(METRIC[metric].unit),
    exactness: fc.constantFrom(...EXACTNESS)
  })

const samples: fc.Arbitrary<Sample> = fc.record({
  gas: amount.map(gas),
  transactions: fc.nat(),
  metrics: fc
    .tuple(...METRICS.map((metric) => fc.option(figureOf(metric)).map((figure) => [metric, figure] as const)))
    .map((pairs) => Object.fromEntries(pairs.filter(([, figure]) => figure !== null))),
  spans: fc.array(
    fc.record({
      path: fc.array(text, { minLength: 1, maxLength: 3 }),
      cycles: amount.map(count),
      calls: fc.nat()
    }),
    { maxLength: 3 }
  )
})

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  samples.map((sample) => ({ kind: 'measured' as const, sample })),
  fc.record({
    kind: fc.constant('failed' as const),
    reason: fc.constantFrom(...REASONS),
    message: text,
    tail: text
  })
)

const failures: fc.Arbitrary<Failure> = fc.record({
  side: fc.constantFrom('base' as const, 'head' as const, null),
  stage: fc.constantFrom(...STAGES),
  block: fc.option(fc.nat(9_999_999_999).map(block)),
  reason: fc.constantFrom(...REASONS),
  message: text,
  tail: text
})

export const endings: fc.Arbitrary<Ending> = fc.constantFrom(
  'complete' as const,
  'budget-spent' as const,
  'stopped' as const,
  'cancelled' as const,
  'infrastructure' as const
)

const recordsOf = (plan: Plan): fc.Arbitrary<readonly TrialRecord[]> =>
  fc.tuple(
    ...plannedTrials(plan).map((trial) =>
      fc.record({
        trial: fc.constant(trial),
        outcome: outcomes,
        wall: duration,
        startedAt: fc
          .date({ min: new Date(0), max: new Date(8.64e13), noInvalidDate: true })
          .map((at) => at.toISOString()),
        remarks: fc.array(text, { maxLength: 2 })
      })
    )
  )

export const measurements: fc.Arbitrary<Measurements> = plans.chain((plan) =>
  fc.record({
    plan: fc.constant(plan),
    machine: fc.constantFrom(
      aMachine(),
      aMachine({ cpu: null, gpu: null, driver: null, rustc: null, memory: bytes(0) })
    ),
    builds: fc.constantFrom(
      { base: aBuild('a'), head: aBuild('b', { reused: true, lockChanges: ['x 1 -> 2'] }) },
      { base: null, head: null }
    ),
    records: recordsOf(plan),
    failures: fc.array(failures, { maxLength: 3 }),
    notes: fc.array(text, { maxLength: 3 }),
    ending: endings,
    planned: fc.nat()
  })
)

export const reports: fc.Arbitrary<Report> = measurements.map(compareRun)
