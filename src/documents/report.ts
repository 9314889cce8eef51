import * as v from 'valibot'
import type { Result } from '../domain/problem.ts'
import type { Report } from '../domain/report.ts'
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
  variantField,
  whole,
  zkvmField
} from './fields.ts'
import { printDocument } from './json.ts'
import { buildsField, failureField, gpuField, machineField, trialEntries } from './parts.ts'
import { planEntries } from './plan.ts'
import { readWith } from './read.ts'
import { samenessField } from './sameness.ts'
import { timeField } from './timing.ts'

const verdictField = v.picklist(METRIC_VERDICTS)
const roundingField = v.strictObject({ lo: percentField, hi: percentField })

const comparisonEntries = {
  block: blockField,
  network: networkField,
  zkvm: zkvmField,
  variant: v.nullable(variantField),
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
  zkvm: zkvmField,
  variant: v.nullable(variantField),
  metric: metricField,
  percent: v.nullable(percentField),
  interval: v.nullable(intervalField),
  verdict: verdictField,
  pairs: whole,
  blocks: whole
})

const spanField = v.strictObject({
  block: blockField,
  zkvm: zkvmField,
  variant: v.nullable(variantField),
  path: pathField,
  base: v.nullable(countField),
  head: v.nullable(countField)
})

const costField = v.strictObject({
  block: blockField,
  zkvm: zkvmField,
  variant: v.nullable(variantField),
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

export const reportSchema = v.strictObject({
  schema: v.literal('report@1'),
  verdict: v.picklist([...RUN_STATES, ...METRIC_VERDICTS]),
  cyclesVerdict: verdictField,
  timeVerdict: v.nullable(verdictField),
  ending: endingField,
  base: revisionField,
  head: revisionField,
  host: revisionField,
  plan: v.strictObject(planEntries),
  machine: machineField,
  builds: buildsField,
  sameness: samenessField,
  time: v.nullable(timeField),
  comparisons: v.array(comparisonField),
  overall: v.array(overallField),
  spans: v.array(spanField),
  costs: v.array(costField),
  unread: v.array(v.strictObject({ trial: text, stream: streamField, line: whole, text })),
  trials: v.array(trialField),
  failures: v.array(failureField),
  notes: v.array(text),
  caveats: v.array(text),
  proofs: whole,
  gpuMinutes: minutesField,
  progress: v.strictObject({ done: whole, planned: whole }),
  wall: secondsField
})

/** Text of `report.json`. The revisions stand at its top, where readers look for them, and only there. */
export const reportDocument = (report: Report): string => {
  const { verdict, cyclesVerdict, timeVerdict, ending, plan, ...rest } = report
  const { revisions, host, ...planned } = plan
  return printDocument({
    schema: 'report@1',
    verdict,
    cyclesVerdict,
    timeVerdict,
    ending,
    ...revisions,
    host,
    plan: planned,
    ...rest
  })
}

/** A report from its document; the problem reads on from the file's name. */
export const readReport = (json: string): Result<Report, string> => {
  const read = readWith(reportSchema, json)
  if (!read.ok) return read
  const { schema: _, base, head, host, plan, ...rest } = read.value
  return { ok: true, value: { ...rest, plan: { ...plan, revisions: { base, head }, host } } }
}
