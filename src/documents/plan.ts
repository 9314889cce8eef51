import * as v from 'valibot'
import type { Plan } from '../domain/plan.ts'
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
import { readWith } from './read.ts'

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

/** A plan without its revisions: reports say those at their top. */
export const planEntries = {
  mode: v.picklist(['prove', 'execute']),
  effort: effortField,
  purpose: purposeField,
  variant: v.nullable(variantField),
  network: networkField,
  zkvm: zkvmField,
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

/** A plan inside other documents. */
export const planField = v.strictObject({
  ...planEntries,
  revisions: v.strictObject({ base: revisionField, head: revisionField }),
  host: revisionField
})

export const planSchema = v.strictObject({ schema: v.literal('plan@1'), ...planField.entries })

/** Text of `plan.json`. */
export const planDocument = (plan: Plan): string => printDocument({ schema: 'plan@1', ...plan })

/** A plan from its document; the problem reads on from the file's name. */
export const readPlan = (json: string): Result<Plan, string> => {
  const read = readWith(planSchema, json)
  if (!read.ok) return read
  const { schema: _, ...value } = read.value
  return { ok: true, value }
}

/** What a plan's hash is taken of: equal plans give equal text, whatever the order of their keys. */
export const planHashInput = (plan: Plan): string => printCanonical({ schema: 'plan@1', ...plan })
