import fc from 'fast-check'
import { EFFORTS } from '../../src/domain/effort.ts'
import type { Failure } from '../../src/domain/failure.ts'
import { REASONS, STAGES } from '../../src/domain/failure.ts'
import { THROTTLE_REASONS, type GpuTrace } from '../../src/domain/gpu.ts'
import { EXACTNESS, METRIC, METRICS, type MetricName } from '../../src/domain/metric.ts'
import { PURPOSES, type Plan, type ReferencePlan, type RunPlan } from '../../src/domain/plan.ts'
import { bytes, celsius, count, gas, megahertz, minutes, seconds } from '../../src/domain/quantity.ts'
import type { ReferenceReport, RunReport } from '../../src/domain/report.ts'
import { parseSha, type Revision, type Sha } from '../../src/domain/revision.ts'
import type { Ending, Measurements, ReferenceMeasurements, RunMeasurements } from '../../src/domain/run.ts'
import { PARTS, type Sameness } from '../../src/domain/sameness.ts'
import type { Figure, Sample } from '../../src/domain/sample.ts'
import type { Outcome, TrialRecord } from '../../src/domain/trial.ts'
import { NETWORKS, PROOF_TYPES, RESOURCES, ZKVMS } from '../../src/domain/workload.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { reportOfRun } from '../../src/stages/report-of.ts'
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

const plannedBlocks = fc.uniqueArray(fc.nat(9_999_999_999), { minLength: 1, maxLength: 3 }).chain((numbers) =>
  fc.tuple(
    ...numbers
      .toSorted((a, b) => a - b)
      .map((number) =>
        fc.record({
          block: fc.constant(block(number)),
          witnessSha256: fc.option(hex(64)),
          gas: fc.option(amount.map(gas)),
          hasEqualCycles: fc.boolean()
        })
      )
  )
)

const thresholds = fc.record({ text, numerator: amount, denominator: amount.map((value) => value + 1n) })

const legPlans: fc.Arbitrary<Plan> = fc
  .record({
    mode: fc.constantFrom('prove' as const, 'execute' as const),
    effort: fc.constantFrom(...EFFORTS),
    purpose: fc.constantFrom(...PURPOSES),
    variant: fc.constant(null),
    revisions: fc.record({ base: revisions, head: revisions }),
    host: revisions,
    network: fc.constantFrom(...NETWORKS),
    zkvm: fc.constantFrom(...ZKVMS),
    resource: fc.constantFrom(...RESOURCES),
    proofType: fc.constantFrom(...PROOF_TYPES),
    blocks: plannedBlocks,
    cycleThreshold: thresholds,
    timeMargin: fc.option(thresholds),
    gpuMinutes: fc.option(fc.nat(10_000).map(minutes)),
    trialTimeout: fc.nat(10_000).map(minutes),
    timeScale: fc.constantFrom(1, 500)
  })
  .map(({ timeMargin, ...plan }) => ({
    ...plan,
    timing: plan.mode === 'execute' ? null : planTiming({ effort: plan.effort, timeMargin }, plan.blocks)
  }))

/** What several legs of one run differ in. */
const legNames = fc.uniqueArray(
  fc.record({
    zkvm: fc.constantFrom(...ZKVMS),
    variant: fc.option(fc.constantFrom('trie3', 'all-opts_2', 'v1.0'))
  }),
  { minLength: 1, maxLength: 3, selector: ({ zkvm, variant }) => `${zkvm} ${variant ?? ''}` }
)

const legsOfRun: fc.Arbitrary<readonly [Plan, ...Plan[]]> = fc
  .tuple(legPlans, legNames, fc.array(revisions, { minLength: 3, maxLength: 3 }))
  .map(([plan, names, heads]) => {
    const [first, ...others] = names.map((name, index): Plan => {
      const head = index === 0 ? plan.revisions.head : (heads[index] ?? plan.revisions.head)
      return { ...plan, ...name, revisions: { ...plan.revisions, head } }
    })
    return [first!, ...others]
  })

const referencePlans: fc.Arbitrary<ReferencePlan> = fc.record({
  prover: fc.constant('rsp' as const),
  revision: revisions
})

export const plans: fc.Arbitrary<RunPlan> = fc.record({
  legs: legsOfRun,
  reference: fc.option(referencePlans)
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
  ),
  costs: fc.array(fc.record({ name: text, cost: amount.map(count) }), { maxLength: 2 })
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
  'identical' as const,
  'budget-spent' as const,
  'stopped' as const,
  'cancelled' as const,
  'infrastructure' as const
)

const traces: fc.Arbitrary<GpuTrace> = fc.record({
  samples: fc.nat(),
  temperature: fc.option(fc.integer({ min: -40, max: 120 }).map(celsius)),
  smClock: fc.option(fc.constant({ lo: megahertz(2100), hi: megahertz(2520) })),
  throttled: fc.subarray([...THROTTLE_REASONS]),
  peakMemory: fc.option(fc.nat().map(bytes)),
  foreign: fc.array(text, { maxLength: 2 })
})

const sameness: fc.Arbitrary<Sameness> = fc.record({
  sources: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('unknown' as const), why: text }),
      fc.record({
        kind: fc.constantFrom('identical' as const, 'different' as const),
        paths: fc.array(
          fc.record({
            path: text,
            parts: fc.subarray([...PARTS]),
            base: fc.option(hex(40)),
            head: fc.option(hex(64))
          }),
          { maxLength: 3 }
        )
      })
    )
  ),
  inputs: fc.array(
    fc.record({
      block: fc.nat(9_999_999_999).map(block),
      base: fc.option(hex(64)),
      head: fc.option(hex(64))
    }),
    { maxLength: 2 }
  )
})

const instants = fc
  .date({ min: new Date(0), max: new Date(8.64e13), noInvalidDate: true })
  .map((at) => at.toISOString())

const unread = fc.array(
  fc.record({ stream: fc.constantFrom('stdout' as const, 'stderr' as const), line: fc.nat(), text }),
  { maxLength: 2 }
)

const recordsOf = (plan: Plan): fc.Arbitrary<readonly TrialRecord[]> =>
  fc.tuple(
    ...plannedTrials(plan).map((trial) =>
      fc.record({
        trial: fc.constant(trial),
        outcome: outcomes,
        wall: duration,
        startedAt: instants,
        remarks: fc.array(text, { maxLength: 2 }),
        unread,
        gpu: fc.option(traces),
        kept: fc.boolean()
      })
    )
  )

const measurementsOf = (plan: Plan): fc.Arbitrary<Measurements> =>
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
    sameness,
    records: recordsOf(plan),
    failures: fc.array(failures, { maxLength: 3 }),
    notes: fc.array(text, { maxLength: 3 }),
    caveats: fc.array(text, { maxLength: 2 }),
    ending: endings,
    planned: fc.nat(1000).map((more) => plannedTrials(plan).length + more)
  })

const references: fc.Arbitrary<ReferenceMeasurements> = fc.record({
  plan: referencePlans,
  records: fc.array(
    fc.record({
      block: fc.nat(9_999_999_999).map(block),
      outcome: outcomes,
      wall: duration,
      startedAt: instants,
      unread,
      kept: fc.boolean()
    }),
    { maxLength: 3 }
  ),
  failures: fc.array(failures, { maxLength: 2 }),
  notes: fc.array(text, { maxLength: 2 })
})

export const measurements: fc.Arbitrary<RunMeasurements> = legsOfRun.chain((legs) =>
  fc.record({
    legs: fc.tuple(...legs.map(measurementsOf)),
    reference: fc.option(references)
  })
)

const referenceReports: fc.Arbitrary<ReferenceReport> = fc.record({
  prover: fc.constant('rsp' as const),
  revision: revisions,
  blocks: fc.array(
    fc.record({
      block: fc.nat(9_999_999_999).map(block),
      seconds: fc.option(duration),
      exactness: fc.option(fc.constantFrom(...EXACTNESS)),
      cycles: fc.option(amount.map(count)),
      failure: fc.option(fc.record({ reason: fc.constantFrom(...REASONS), message: text, tail: text })),
      kept: fc.boolean(),
      measuredAt: instants
    }),
    { maxLength: 3 }
  ),
  failures: fc.array(failures, { maxLength: 2 }),
  notes: fc.array(text, { maxLength: 2 }),
  gpuMinutes: fc.nat(10_000).map(minutes)
})

export const reports: fc.Arbitrary<RunReport> = fc
  .tuple(measurements, fc.option(referenceReports))
  .map(([measured, reference]) => ({ ...reportOfRun(measured), reference }))
