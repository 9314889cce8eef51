import * as v from 'valibot'
import {
  blockField,
  bytesField,
  causeField,
  celsiusField,
  countField,
  digestField,
  exactnessField,
  figure,
  gasField,
  instantField,
  integer,
  megahertzField,
  modeField,
  pathField,
  phaseField,
  reasonField,
  secondsField,
  shaField,
  sideField,
  stageField,
  streamField,
  text,
  throttleField,
  unitField,
  variantField,
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
  clocks: v.nullable(v.picklist(['locked', 'not-locked'])),
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
  guest: v.nullable(v.strictObject({ elf: digestField, key: v.nullable(text) })),
  reused: v.boolean(),
  lockChanges: v.array(text)
})

export const buildsField = v.strictObject({ base: v.nullable(buildField), head: v.nullable(buildField) })

export const failureEntries = {
  side: v.nullable(sideField),
  stage: stageField,
  block: v.nullable(blockField),
  reason: reasonField,
  message: text,
  tail: text
}

export const failureField = v.strictObject(failureEntries)

/** What names a trial. */
export const trialEntries = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,119}(?:@[A-Za-z0-9][A-Za-z0-9._-]{0,39})?$/)),
  phase: phaseField,
  side: sideField,
  block: blockField,
  zkvm: zkvmField,
  variant: v.nullable(variantField),
  mode: modeField,
  round: v.nullable(whole),
  take: v.pipe(whole, v.minValue(1)),
  cause: causeField
}

export const gpuField = v.strictObject({
  samples: whole,
  temperature: v.nullable(celsiusField),
  smClock: v.nullable(v.strictObject({ lo: megahertzField, hi: megahertzField })),
  throttled: v.array(throttleField),
  peakMemory: v.nullable(bytesField),
  foreign: v.array(text)
})

/** Seconds are numbers with digits after the point; every other unit counts. */
const timeField = v.strictObject({ value: figure, unit: v.literal('s'), exactness: exactnessField })
const amountField = v.strictObject({
  value: integer,
  unit: v.picklist(unitField.options.filter((unit) => unit !== 's')),
  exactness: exactnessField
})
const figureField = v.variant('unit', [timeField, amountField])

/** The figures of an execution that are the same whenever and wherever it is made. */
const exactMetrics = {
  cycles: v.exactOptional(figureField),
  'prover-gas': v.exactOptional(figureField),
  segments: v.exactOptional(figureField),
  steps: v.exactOptional(figureField),
  instructions: v.exactOptional(figureField)
}

const sampleEntries = {
  gas: v.nullable(gasField),
  transactions: v.nullable(whole),
  spans: v.array(v.strictObject({ path: pathField, cycles: countField, calls: whole })),
  costs: v.array(v.strictObject({ name: text, cost: countField }))
}

/** A sample without times. */
export const exactSampleField = v.strictObject({ ...sampleEntries, metrics: v.strictObject(exactMetrics) })

const sampleField = v.strictObject({
  ...sampleEntries,
  metrics: v.strictObject({
    ...exactMetrics,
    'execution-time': v.exactOptional(figureField),
    'proving-time': v.exactOptional(figureField)
  })
})

/** Why there are no figures. */
export const whyFailedEntries = { reason: reasonField, message: text, tail: text }

export const outcomeField = v.variant('kind', [
  v.strictObject({ kind: v.literal('measured'), sample: sampleField }),
  v.strictObject({ kind: v.literal('failed'), ...whyFailedEntries })
])

export const unreadField = v.strictObject({ stream: streamField, line: whole, text })

/** What is known of a finished trial. */
export const recordEntries = {
  trial: v.strictObject(trialEntries),
  outcome: outcomeField,
  wall: secondsField,
  startedAt: instantField,
  remarks: v.array(text),
  unread: v.array(unreadField),
  gpu: v.nullable(gpuField),
  kept: v.boolean()
}
