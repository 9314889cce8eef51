import * as v from 'valibot'
import type { Result } from '../domain/problem.ts'
import type { RunMeasurements } from '../domain/run.ts'
import { endingField, text, whole } from './fields.ts'
import { printDocument } from './json.ts'
import { legsField, withoutTwins } from './legs.ts'
import { buildsField, failureField, machineField, recordEntries } from './parts.ts'
import { planField } from './plan.ts'
import { readWith } from './read.ts'
import { referenceMeasurementsField } from './reference.ts'
import { samenessField } from './sameness.ts'

const legField = v.strictObject({
  plan: planField,
  machine: machineField,
  builds: buildsField,
  sameness: samenessField,
  records: v.array(v.strictObject(recordEntries)),
  failures: v.array(failureField),
  notes: v.array(text),
  caveats: v.array(text),
  ending: endingField,
  planned: whole
})

export const measurementsSchema = v.strictObject({
  schema: v.literal('measurements@1'),
  legs: legsField(legField),
  reference: v.nullable(referenceMeasurementsField)
})

/** Text of `measurements.json`. */
export const measurementsDocument = (measurements: RunMeasurements): string =>
  printDocument({ schema: 'measurements@1', ...measurements })

/** Measurements from their document; the problem reads on from the file's name. */
export const readMeasurements = (json: string): Result<RunMeasurements, string> => {
  const read = readWith(measurementsSchema, json)
  if (!read.ok) return read
  const { schema: _, ...value } = read.value
  return withoutTwins(
    value,
    value.legs.map(({ plan }) => plan)
  )
}
