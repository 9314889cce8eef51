import * as v from 'valibot'
import type { Result } from '../domain/problem.ts'
import type { Report, RunReport } from '../domain/report.ts'
import { METRIC_VERDICTS, RUN_STATES } from '../domain/verdict.ts'
import {
  blockField,
  countField,
  endingField,
  exactnessField,
  instantField,
  integer,
  intervalField,
  metricField,
  minutesField,
  networkField,
  pathField,
  percentField,
  reasonField,
  revisionField,
  secondsField,
  text,
  streamField,
  unitField,
  whole
} from './fields.ts'
import { printDocument } from './json.ts'
import { legsField, withoutTwins } from './legs.ts'
import { buildsField, failureEntries, gpuField, machineField, trialEntries } from './parts.ts'
import { legEntries, planEntries } from './plan.ts'
import { readWith } from './read.ts'
import { referenceReportField } from './reference.ts'
import { samenessField } from './sameness.ts'
import { timeField } from './timing.ts'

const verdictField = v.picklist(METRIC_VERDICTS)
const verdicts = {
  verdict: v.picklist([...RUN_STATES, ...METRIC_VERDICTS]),
  cyclesVerdict: verdictField,
  timeVerdict: v.nullable(verdictField)
}
const spent = {
  proofs: whole,
  gpuMinutes: minutesField,
  progress: v.strictObject({ done: whole, planned: whole }),
  wall: secondsField
}
const roundingField = v.strictObject({ lo: percentField, hi: percentField })

const comparisonEntries = {
  block: blockField,
  network: networkField,
  ...legEntries,
  metric: metricField,
  percent: v.nullable(percentField),
  interval: v.nullable(intervalField),
  rounding: v.nullable(roundingField),
  exactness: v.nullable(exactnessField),
  verdict: verdictField,
  pairs: whole
}

const comparisonField = v.variant('unit', [
  v.strictObject({ ...comparisonEntries, unit: v.literal('s'), base: secondsField, head: secondsField }),
  v.strictObject({
    ...comparisonEntries,
    unit: v.picklist(unitField.options.filter((unit) => unit !== 's')),
    base: integer,
    head: integer
  })
])

const overallField = v.strictObject({
  ...legEntries,
  metric: metricField,
  percent: v.nullable(percentField),
  interval: v.nullable(intervalField),
  verdict: verdictField,
  pairs: whole,
  blocks: whole
})

const spanField = v.strictObject({
  block: blockField,
  ...legEntries,
  path: pathField,
  base: v.nullable(countField),
  head: v.nullable(countField)
})

const costField = v.strictObject({
  block: blockField,
  ...legEntries,
  name: text,
  base: v.nullable(countField),
  head: v.nullable(countField)
})

const trialField = v.strictObject({
  ...trialEntries,
  outcome: v.picklist(['measured', 'failed']),
  reason: v.nullable(reasonField),
  seconds: v.nullable(secondsField),
  cycles: v.nullable(countField),
  wall: secondsField,
  startedAt: instantField,
  gpu: v.nullable(gpuField),
  kept: v.boolean()
})

/** What a report says of one leg alone; the rest stands at its top, each entry with the leg's name. */
const legField = v.strictObject({
  ...legEntries,
  /** What stands in head's place. */
  revision: revisionField,
  ...verdicts,
  ending: endingField,
  plan: v.strictObject(planEntries),
  machine: machineField,
  builds: buildsField,
  sameness: samenessField,
  time: v.nullable(timeField),
  unread: v.array(v.strictObject({ trial: text, stream: streamField, line: whole, text })),
  notes: v.array(text),
  caveats: v.array(text),
  ...spent
})

export const reportSchema = v.strictObject({
  schema: v.literal('report@1'),
  ...verdicts,
  base: revisionField,
  head: revisionField,
  host: revisionField,
  machine: machineField,
  comparisons: v.array(comparisonField),
  overall: v.array(overallField),
  spans: v.array(spanField),
  costs: v.array(costField),
  trials: v.array(trialField),
  failures: v.array(v.strictObject({ ...legEntries, ...failureEntries })),
  notes: v.array(text),
  ...spent,
  legs: legsField(legField),
  reference: v.nullable(referenceReportField)
})

/**
 * Text of `report.json`. What the legs have in common stands at its top, where readers look for it, and only there; so do
 * their lists, one after the other. The sentences of all legs are at the top too, each once.
 */
export const reportDocument = (report: RunReport): string => {
  const { verdict, cyclesVerdict, timeVerdict, legs, reference, ...spentInRun } = report
  const [first] = legs
  if (first === undefined) throw new Error('Internal error: a report without a leg')
  const { revisions, host } = first.plan
  const all = <T>(of: (leg: Report) => readonly T[]): readonly T[] => legs.flatMap(of)
  return printDocument({
    schema: 'report@1',
    verdict,
    cyclesVerdict,
    timeVerdict,
    ...revisions,
    host,
    machine: first.machine,
    comparisons: all(({ comparisons }) => comparisons),
    overall: all(({ overall }) => overall),
    spans: all(({ spans }) => spans),
    costs: all(({ costs }) => costs),
    trials: all(({ trials }) => trials),
    failures: all(({ plan: { zkvm, variant }, failures }) =>
      failures.map((failure) => ({ zkvm, variant, ...failure }))
    ),
    notes: [...new Set(all(({ notes }) => notes))],
    ...spentInRun,
    legs: legs.map(printedLeg),
    reference
  })
}

const printedLeg = (leg: Report): object => {
  const { comparisons: _c, overall: _o, spans: _s, costs: _k, trials: _t, failures: _f, plan, ...own } = leg
  const { zkvm, variant, revisions, host: _, ...planned } = plan
  return { zkvm, variant, revision: revisions.head, ...own, plan: planned }
}

type Printed = v.InferOutput<typeof reportSchema>

/** A report from its document; the problem reads on from the file's name. */
export const readReport = (json: string): Result<RunReport, string> => {
  const read = readWith(reportSchema, json)
  if (!read.ok) return read
  const { verdict, cyclesVerdict, timeVerdict, proofs, gpuMinutes, progress, wall, reference } = read.value
  const legs = read.value.legs.map((leg) => legOf(leg, read.value))
  const inRun = { verdict, cyclesVerdict, timeVerdict, proofs, gpuMinutes, progress, wall }
  return withoutTwins({ ...inRun, legs, reference }, read.value.legs)
}

const legOf = (leg: Printed['legs'][number], report: Printed): Report => {
  const { zkvm, variant, revision, plan, ...own } = leg
  const ofLeg = <T extends { readonly zkvm: string; readonly variant: string | null }>(
    all: readonly T[]
  ): readonly T[] => all.filter((one) => one.zkvm === zkvm && one.variant === variant)
  const { base, host } = report
  return {
    ...own,
    plan: { ...plan, zkvm, variant, revisions: { base, head: revision }, host },
    comparisons: ofLeg(report.comparisons),
    overall: ofLeg(report.overall),
    spans: ofLeg(report.spans),
    costs: ofLeg(report.costs),
    trials: ofLeg(report.trials),
    failures: ofLeg(report.failures).map(({ zkvm: _z, variant: _v, ...failure }) => failure)
  }
}
