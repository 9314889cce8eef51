import * as v from 'valibot'
import type { Reason } from '../../domain/failure.ts'
import type { Result } from '../../domain/problem.ts'
import { failure, success } from '../../domain/problem.ts'
import type { Gas, Seconds } from '../../domain/quantity.ts'
import { seconds } from '../../domain/quantity.ts'
import type { ZkVm } from '../../domain/workload.ts'
import { parseJson } from '../json.ts'
import { ZKVM_OF } from './zkvm-names.ts'

/**
 * `bench_latest.json` (ethrex-replay `src/cli.rs`, `--bench`): gas / 1e6 / seconds of the proof, or of the
 * execution where nothing was proved, as an f64 in its shortest exact form. serde_json writes null for infinity. Its name is
 * the zkVM's and, behind a comma, the machine's.
 */
const BenchFile = v.strictTuple([
  v.object({ name: v.string(), unit: v.literal('Mgas/s'), value: v.nullable(v.number()) })
])

/** Why a bench file gave no time. */
export interface BenchProblem {
  readonly reason: Reason
  /** Ours, without a name of the file. */
  readonly message: string
}

interface Expected {
  readonly gas: Gas
  /** Null: none was used, and no file is left then. */
  readonly zkvm: ZkVm | null
}

/** The time that the rate was made from, good to about 1e-15 of itself. */
export const parseBench = (text: string, { gas, zkvm }: Expected): Result<Seconds, BenchProblem> => {
  const parsed = v.safeParse(BenchFile, parseJson(text))
  if (!parsed.success) {
    return failure({ reason: 'unreadable-output', message: 'is not one result in Mgas/s' })
  }
  const { name, value } = parsed.output[0]
  const told = ZKVM_OF.get(name.split(', ', 1)[0] ?? '') ?? zkvm
  if (told !== zkvm) return failure({ reason: 'unreadable-output', message: `is of ${told ?? 'no zkVM'}` })
  const time = value === null ? 0 : Number(gas) / 1e6 / value
  return Number.isFinite(time) && time > 0
    ? success(seconds(time))
    : failure({ reason: 'implausible-time', message: `holds a rate of ${value ?? 'infinite'} Mgas/s` })
}
