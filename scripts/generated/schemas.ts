import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { baseResultSchema } from '../../src/documents/base-result.ts'
import { calibrationSchema } from '../../src/documents/calibration.ts'
import { journalLineSchema } from '../../src/documents/journal.ts'
import { measurementsSchema } from '../../src/documents/measurements.ts'
import { planSchema } from '../../src/documents/plan.ts'
import { referenceResultSchema } from '../../src/documents/reference-result.ts'
import { reportSchema } from '../../src/documents/report.ts'

/** A generated file. */
interface RenderedSchema {
  /** From the root of the tree. */
  readonly path: string
  readonly text: string
}

interface Described {
  readonly name: string
  readonly title: string
  readonly schema: GenericSchema
}

const DESCRIBED: readonly Described[] = [
  { name: 'plan', title: 'plan.json of a run: everything that decides what is measured', schema: planSchema },
  {
    name: 'journal',
    title: 'One line of journal.jsonl: a start, then a line a finished trial, then an end',
    schema: journalLineSchema
  },
  {
    name: 'measurements',
    title: 'measurements.json of a run: all that it found out',
    schema: measurementsSchema
  },
  { name: 'report', title: 'report.json of a run: what is said of head against base', schema: reportSchema },
  {
    name: 'calibration',
    title:
      'calibration.json of a calibration, and a file of `calibrations` in the cache: what a machine is like',
    schema: calibrationSchema
  },
  {
    name: 'base-result',
    title: 'A file of `base` in the cache: what executing base on a block came to',
    schema: baseResultSchema
  },
  {
    name: 'reference-result',
    title: 'A file of `reference/results` in the cache: what a reference came to on a block',
    schema: referenceResultSchema
  }
]

/** The JSON Schemas of the documents that a run writes, from the schemas that read them back. */
export const renderSchemas = (): readonly RenderedSchema[] =>
  DESCRIBED.map(({ name, title, schema }) => ({
    path: `docs/schema/${name}.schema.json`,
    text: `${JSON.stringify({ title, ...toJsonSchema(schema, CONVERSION) }, null, 2)}\n`
  }))

/** `finite`: JSON has no infinity of its own, only numbers too large to read, which no schema can forbid. */
const CONVERSION = {
  typeMode: 'input',
  target: 'draft-2020-12',
  ignoreActions: ['finite']
} satisfies ConversionConfig
