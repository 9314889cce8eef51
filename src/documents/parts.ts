import * as v from 'valibot'
import {
  blockField,
  bytesField,
  countField,
  digestField,
  exactnessField,
  figure,
  gasField,
  instantField,
  integer,
  modeField,
  pathField,
  phaseField,
  reasonField,
  secondsField,
  shaField,
  sideField,
  stageField,
  text,
  unitField,
  whole,
  zkvmField
} from './fields.ts'

export const machineField = v.strictObject({
  cpu: v.nullable(text),
  cores: whole,
  memory: bytesField,
  os: text,
  gpu: v.nullable(text),
  driver: v.nullable(text),
  rustc: v.nullable(text),
  node: text
})

const buildField = v.strictObject({
  binary: text,
  sha256: digestField,
  ethrex: shaField,
  host: shaField,
  features: v.array(text),
  toolchain: text,
  reused: v.boolean(),
  lockChanges: v.array(text)
})

export const buildsField = v.strictObject({ base: v.nullable(buildField), head: v.nullable(buildField) })

export const failureField = v.strictObject({
  side: v.nullable(sideField),
  stage: stageField,
  block: v.nullable(blockField),
  reason: reasonField,
  message: text,
  tail: text
})

/** What names a trial. */
export const trialEntries = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,119}$/)),
  phase: phaseField,
  side: sideField,
  block: blockField,
  zkvm: zkvmField,
  mode: modeField,
  round: v.nullable(whole)
}

/** Seconds are numbers with digits after the point; every other unit counts. */
const timeField = v.strictObject({ value: figure, unit: v.literal('s'), exactness: exactnessField })
const amountField = v.strictObject({
  value: integer,
  unit: v.picklist(unitField.options.filter((unit) => unit !== 's')),
  exactness: exactnessField
})
const figureField = v.variant('unit', [timeField, amountField])

const sampleField = v.strictObject({
  gas: gasField,
  transactions: whole,
  metrics: v.strictObject({
    cycles: v.exactOptional(figureField),
    'prover-gas': v.exactOptional(figureField),
    segments: v.exactOptional(figureField),
    steps: v.exactOptional(figureField),
    instructions: v.exactOptional(figureField),
    'execution-time': v.exactOptional(figureField),
    'proving-time': v.exactOptional(figureField)
  }),
  spans: v.array(v.strictObject({ path: pathField, cycles: countField, calls: whole }))
})

const outcomeField = v.variant('kind', [
  v.strictObject({ kind: v.literal('measured'), sample: sampleField }),
  v.strictObject({ kind: v.literal('failed'), reason: reasonField, message: text, tail: text })
])

/** What is known of a finished trial. */
export const recordEntries = {
  trial: v.strictObject(trialEntries),
  outcome: outcomeField,
  wall: secondsField,
  startedAt: instantField,
  remarks: v.array(text)
}
