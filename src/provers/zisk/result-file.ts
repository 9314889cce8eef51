import * as v from 'valibot'
import { count, seconds, type Count, type Seconds } from '../../domain/quantity.ts'
import { parseJson, type Reviver } from '../json.ts'
import { parseU64 } from '../u64.ts'

/** What `cargo-zisk prove` says of the proof that it made. */
export interface ProofResult {
  readonly steps: Count
  /** The host passes it on as the time of the proof (ethrex `crates/l2/prover/src/backend/zisk.rs`). */
  readonly time: Seconds
}

/**
 * `zisk_output/result.json` of cargo-zisk v0.15.0 (`common/src/proof_log.rs`): steps under the name `cycles`, the
 * proof's id, seconds. Since v0.16.0 there is no such file.
 */
const ResultFile = v.object({
  cycles: v.bigint(),
  id: v.string(),
  time: v.pipe(v.number(), v.finite(), v.minValue(0))
})

/** Null where the text is no whole result. */
export const parseResultFile = (text: string): ProofResult | null => {
  const parsed = v.safeParse(ResultFile, parseJson(text, withSteps))
  if (!parsed.success) return null
  const { cycles, time } = parsed.output
  return { steps: count(cycles), time: seconds(time) }
}

/** A number of JSON is rounded above 2^53, so the steps are read from the text that it stands for. */
const withSteps: Reviver = (key, value, context) =>
  key === 'cycles' && typeof value === 'number' ? parseU64(context?.source ?? '') : value
