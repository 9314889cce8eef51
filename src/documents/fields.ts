import * as v from 'valibot'
import { REASONS, STAGES } from '../domain/failure.ts'
import { EXACTNESS, METRICS, UNITS } from '../domain/metric.ts'
import { bytes, celsius, count, gas, megahertz, minutes, percent, seconds } from '../domain/quantity.ts'
import { EFFORTS } from '../domain/effort.ts'
import { POLLUTIONS, THROTTLE_REASONS } from '../domain/gpu.ts'
import { PURPOSES } from '../domain/plan.ts'
import { CAUSES } from '../domain/trial.ts'
import { parseSha } from '../domain/revision.ts'
import { parseBlockNumber, NETWORKS, PROOF_TYPES, RESOURCES, ZKVMS } from '../domain/workload.ts'

/** The fields that documents share. What is read comes back as the domain's own types. */

const LONG_TEXT = 65_536

/** A name, a ref, a sentence. */
export const text = v.pipe(v.string(), v.maxLength(LONG_TEXT))
export const figure = v.pipe(v.number(), v.finite())
const positive = v.pipe(figure, v.minValue(0))
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Written as a number up to 2^53 and as digits beyond; read either way. */
export const integer = v.union([
  v.pipe(
    whole,
    v.transform((value) => BigInt(value))
  ),
  v.pipe(
    v.string(),
    v.regex(/^(0|[1-9]\d{0,39})$/),
    v.transform((digits) => BigInt(digits))
  )
])

export const countField = v.pipe(integer, v.transform(count))
export const gasField = v.pipe(integer, v.transform(gas))
export const secondsField = v.pipe(positive, v.transform(seconds))
export const minutesField = v.pipe(positive, v.transform(minutes))
export const bytesField = v.pipe(positive, v.transform(bytes))
export const celsiusField = v.pipe(figure, v.transform(celsius))
export const megahertzField = v.pipe(positive, v.transform(megahertz))
export const percentField = v.pipe(figure, v.transform(percent))

/** A value that the schema has checked must be one that the domain takes. */
const agreed = <T>(value: T | null): T => {
  if (value === null) throw new Error('Internal error: a schema lets through what the domain refuses')
  return value
}

export const shaField = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{40}$/),
  v.transform((digits) => agreed(parseSha(digits)))
)
export const digestField = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
export const blockField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(9_999_999_999),
  v.transform((number) => agreed(parseBlockNumber(String(number))))
)
/** UTC, as `Date.toISOString` writes it. */
export const instantField = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/))

export const sideField = v.picklist(['base', 'head'])
export const streamField = v.picklist(['stdout', 'stderr'])
export const modeField = v.picklist(['execute', 'prove'])
export const phaseField = v.picklist(['cycles', 'warm-up', 'timed'])
export const endingField = v.picklist([
  'complete',
  'identical',
  'budget-spent',
  'stopped',
  'cancelled',
  'infrastructure'
])
export const causeField = v.picklist(CAUSES)
export const effortField = v.picklist(EFFORTS)
export const purposeField = v.picklist(PURPOSES)
export const throttleField = v.picklist(THROTTLE_REASONS)
export const pollutionField = v.picklist(POLLUTIONS)
export const zkvmField = v.picklist(ZKVMS)
/** A variant's name is part of a file name. */
export const variantField = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/))
export const networkField = v.picklist(NETWORKS)
export const resourceField = v.picklist(RESOURCES)
export const proofTypeField = v.picklist(PROOF_TYPES)
export const metricField = v.picklist(METRICS)
export const unitField = v.picklist(UNITS)
export const exactnessField = v.picklist(EXACTNESS)
export const reasonField = v.picklist(REASONS)
export const stageField = v.picklist(STAGES)

export const revisionField = v.strictObject({ repository: text, ref: text, sha: shaField })

export const thresholdField = v.strictObject({ text, numerator: integer, denominator: integer })

export const intervalField = v.strictObject({ lo: percentField, hi: percentField, level: figure })

export const pathField = v.pipe(v.array(text), v.minLength(1), v.maxLength(256))
