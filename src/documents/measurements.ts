import * as v from 'valibot'
import type { Result } from '../domain/problem.ts'
import type { Measurements } from '../domain/run.ts'
import { endingField, text, whole } from './fields.ts'
import { printDocument } from './json.ts'
import { buildsField, failureField, machineField, recordEntries } from './parts.ts'
import { planField } from './plan.ts'
import { samenessField } from './sameness.ts'
import { readWith } from './read.ts'

export const measurementsSchema = v.strictObject({
  schema: v.literal('measurements@1'),
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

/** Text of `measurements.json`. */
export const measurementsDocument = (measurements: Measurements): string =>
  printDocument({ schema: 'measurements@1', ...measurements })

/** Measurements from their document; the problem reads on from the file's name. */
export const readMeasurements = (json: string): Result<Measurements, string> => {
  const read = readWith(measurementsSchema, json)
  if (!read.ok) return read
  const { schema: _, ...value } = read.value
  return { ok: true, value }
}
