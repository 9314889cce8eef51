/** As a process of its own: compares and renders once, as a run does, in a heap and with code that are cold. */
import * as v from 'valibot'
import { createRedactor } from '../../src/io/node/secrets.ts'
import { presentRun } from '../../src/stages/publish.ts'
import { inventedPlan, inventedRun } from './invented-run.ts'

const BLOCKS = 256
const PAIRS = 20
/** Masking is a part of it, and takes no longer for being in vain. */
const SECRETS = [
  'ghs_0123456789abcdefghijABCDEFGHIJ012345',
  'https://user:hunter2hunter2@rpc.example.org/v3/0123456789'
]

export const presentationSchema = v.object({
  seconds: v.number(),
  blocks: v.number(),
  rounds: v.number(),
  trials: v.number(),
  commentLength: v.number(),
  reportBytes: v.number()
})

const presentOnce = (): v.InferOutput<typeof presentationSchema> => {
  const measurements = inventedRun(inventedPlan(BLOCKS, PAIRS))
  const redact = createRedactor(SECRETS)
  const context = {
    pullRequest: 1,
    key: 'default',
    run: { id: 1, attempt: 1 },
    runUrl: null,
    outdatedBy: null
  }
  const began = performance.now()
  const { report, comment, json } = presentRun({ legs: [measurements], reference: null }, context, redact)
  const elapsed = performance.now() - began
  return {
    seconds: elapsed / 1000,
    blocks: new Set(report.legs.flatMap((leg) => leg.comparisons).map((comparison) => comparison.block)).size,
    rounds: new Set(measurements.records.flatMap(({ trial }) => trial.round ?? [])).size,
    trials: measurements.records.length,
    commentLength: comment.length,
    reportBytes: Buffer.byteLength(json)
  }
}

if (import.meta.main) console.log(JSON.stringify(presentOnce()))
