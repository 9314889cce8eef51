import * as v from 'valibot'
import { failure, success, type Result } from '../domain/problem.ts'
import type { ZkVm } from '../domain/workload.ts'

/** Four zkVMs, each with head and sixteen variants. */
const MOST_LEGS = 68

/** The legs of a run, inside its documents. */
export const legsField = <Leg extends v.GenericSchema>(leg: Leg) =>
  v.pipe(v.array(leg), v.minLength(1), v.maxLength(MOST_LEGS))

/** The document's value, unless two of its legs have one name: their records could not be told apart. */
export const withoutTwins = <T>(
  value: T,
  legs: readonly { readonly zkvm: ZkVm; readonly variant: string | null }[]
): Result<T, string> => {
  const names = new Set(legs.map(({ zkvm, variant }) => `${zkvm} ${variant ?? ''}`))
  return names.size === legs.length ? success(value) : failure('has a leg twice')
}
