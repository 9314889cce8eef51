import * as v from 'valibot'
import type { RunPlan } from '../domain/plan.ts'
import type { Result } from '../domain/problem.ts'
import {
  blockField,
  digestField,
  effortField,
  gasField,
  minutesField,
  networkField,
  proofTypeField,
  purposeField,
  resourceField,
  revisionField,
  thresholdField,
  variantField,
  whole,
  zkvmField
} from './fields.ts'
import { printCanonical, printDocument } from './json.ts'
import { legsField, withoutTwins } from './legs.ts'
import { readWith } from './read.ts'
import { referencePlanField } from './reference.ts'

/** More than any effort holds; a plan with more was not made by us, and would fill the memory. */
const MOST_LOOKS = 16
const MOST_PAIRS = 1_000

/** How proving time is measured. */
export const timingPlanField = v.strictObject({
  blocks: v.pipe(v.array(blockField), v.maxLength(256)),
  looks: v.pipe(
    v.array(v.pipe(whole, v.minValue(1), v.maxValue(MOST_PAIRS))),
    v.minLength(1),
    v.maxLength(MOST_LOOKS)
  ),
  margin: thresholdField
})

/** What names a leg. */
export const legEntries = { zkvm: zkvmField, variant: v.nullable(variantField) }

/** A leg's plan without what names it, and without its revisions: reports say those at their top. */
export const planEntries = {
  mode: v.picklist(['prove', 'execute']),
  effort: effortField,
  purpose: purposeField,
  network: networkField,
  resource: resourceField,
  proofType: proofTypeField,
  blocks: v.pipe(
    v.array(
      v.strictObject({
        block: blockField,
        witnessSha256: v.nullable(digestField),
        gas: v.nullable(gasField),
        hasEqualCycles: v.boolean()
      })
    ),
    v.maxLength(256)
  ),
  timing: v.nullable(timingPlanField),
  cycleThreshold: thresholdField,
  gpuMinutes: v.nullable(minutesField),
  trialTimeout: minutesField,
  timeScale: v.pipe(v.number(), v.finite(), v.gtValue(0))
}

/** The plan of a leg inside other documents. */
export const planField = v.strictObject({
  ...legEntries,
  ...planEntries,
  revisions: v.strictObject({ base: revisionField, head: revisionField }),
  host: revisionField
})

export const planSchema = v.strictObject({
  schema: v.literal('plan@1'),
  legs: legsField(planField),
  reference: v.nullable(referencePlanField)
})

/** Text of `plan.json`. */
export const planDocument = (plan: RunPlan): string => printDocument({ schema: 'plan@1', ...plan })

/** A run's plan from its document; the problem reads on from the file's name. */
export const readPlan = (json: string): Result<RunPlan, string> => {
  const read = readWith(planSchema, json)
  if (!read.ok) return read
  const { schema: _, ...value } = read.value
  return withoutTwins(value, value.legs)
}

/** What a plan's hash is taken of: equal plans give equal text, whatever the order of their keys. */
export const planHashInput = (plan: RunPlan): string => printCanonical({ schema: 'plan@1', ...plan })
