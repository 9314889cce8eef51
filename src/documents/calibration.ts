import * as v from 'valibot'
import type { Calibration, Setup } from '../domain/calibration.ts'
import type { Result } from '../domain/problem.ts'
import { LOOK_VERDICTS } from '../domain/timing.ts'
import {
  blockField,
  effortField,
  figure,
  instantField,
  intervalField,
  minutesField,
  networkField,
  percentField,
  proofTypeField,
  resourceField,
  revisionField,
  shaField,
  text,
  whole,
  zkvmField
} from './fields.ts'
import { printCanonical, printDocument } from './json.ts'
import { machineField } from './parts.ts'
import { timingPlanField } from './plan.ts'
import { readWith } from './read.ts'

const sdField = v.pipe(figure, v.minValue(0))

const sessionEntries = {
  verdict: v.picklist(LOOK_VERDICTS),
  percent: v.nullable(percentField),
  interval: v.nullable(intervalField),
  pairSd: v.nullable(sdField),
  df: whole,
  pairs: whole,
  proofs: whole,
  gpuMinutes: minutesField
}

const alarmsField = v.strictObject({ sessions: whole, changes: whole })

export const calibrationSchema = v.strictObject({
  schema: v.literal('calibration@1'),
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  setup: v.strictObject({
    gpu: v.nullable(text),
    driver: v.nullable(text),
    clocks: machineField.entries.clocks,
    cpu: v.nullable(text),
    network: networkField,
    zkvm: zkvmField,
    resource: resourceField,
    proofType: proofTypeField,
    host: shaField,
    blocks: v.pipe(v.array(blockField), v.maxLength(256))
  }),
  machine: machineField,
  base: revisionField,
  effort: effortField,
  timing: timingPlanField,
  finishedAt: instantField,
  sessions: v.strictObject({
    sameBuild: v.strictObject({ purpose: v.literal('same-build'), ...sessionEntries }),
    rebuild: v.strictObject({ purpose: v.literal('rebuild'), ...sessionEntries })
  }),
  noise: v.nullable(v.strictObject({ pairSd: sdField, df: whole })),
  resolution: v.nullable(v.strictObject({ onePair: percentField, lastLook: percentField })),
  falseAlarms: v.strictObject({ here: alarmsField, kept: alarmsField }),
  buildBias: v.strictObject({ isSameBinary: v.boolean(), isPassed: v.boolean() })
})

/** Text of `calibration.json`. */
export const calibrationDocument = (calibration: Calibration): string =>
  printDocument({ schema: 'calibration@1', ...calibration })

/** A calibration from its document; the problem reads on from the file's name. */
export const readCalibration = (json: string): Result<Calibration, string> => {
  const read = readWith(calibrationSchema, json)
  if (!read.ok) return read
  const { schema: _, ...value } = read.value
  return { ok: true, value }
}

/** What a setup's key is taken of: equal setups give equal text, whatever the order of their keys. */
export const setupHashInput = (setup: Setup): string => printCanonical({ schema: 'setup@1', ...setup })
