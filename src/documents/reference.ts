import * as v from 'valibot'
import {
  blockField,
  countField,
  exactnessField,
  instantField,
  minutesField,
  revisionField,
  secondsField,
  text
} from './fields.ts'
import { failureField, outcomeField, unreadField, whyFailedEntries } from './parts.ts'

const planEntries = { prover: v.literal('rsp'), revision: revisionField }

/** Another prover to be measured, inside other documents. */
export const referencePlanField = v.strictObject(planEntries)

/** What was found out of it. */
export const referenceMeasurementsField = v.strictObject({
  plan: referencePlanField,
  records: v.array(
    v.strictObject({
      block: blockField,
      outcome: outcomeField,
      wall: secondsField,
      startedAt: instantField,
      unread: v.array(unreadField),
      kept: v.boolean()
    })
  ),
  failures: v.array(failureField),
  notes: v.array(text)
})

/** What is said of it. */
export const referenceReportField = v.strictObject({
  ...planEntries,
  blocks: v.array(
    v.strictObject({
      block: blockField,
      seconds: v.nullable(secondsField),
      exactness: v.nullable(exactnessField),
      cycles: v.nullable(countField),
      failure: v.nullable(v.strictObject(whyFailedEntries)),
      kept: v.boolean(),
      measuredAt: instantField
    })
  ),
  failures: v.array(failureField),
  notes: v.array(text),
  gpuMinutes: minutesField
})
