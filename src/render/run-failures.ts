import type { Failure } from '../domain/failure.ts'
import { sideOf, zkvmOf } from './naming.ts'
import type { RunView } from './run-view.ts'
import type { View } from './view.ts'

/** A failure and the leg that met it. */
interface LegFailure {
  readonly failure: Failure
  readonly view: View
}

/** Every failure of a run once, head's legs first: what base or the machine failed at, more than one leg may have met. */
export const runFailures = ({ heads, legs }: RunView): readonly LegFailure[] => {
  const met = new Set<string>()
  return [...heads, ...legs.filter((leg) => !heads.includes(leg))].flatMap((view) =>
    view.report.failures.flatMap((failure) => {
      const key = keyOf(failure, view)
      if (key !== null && met.has(key)) return []
      if (key !== null) met.add(key)
      return [{ failure, view }]
    })
  )
}

/** Null where no other leg can have met it. */
const keyOf = ({ side, stage, block, reason, message }: Failure, { report }: View): string | null =>
  side === 'head'
    ? null
    : JSON.stringify([side === null ? null : report.plan.zkvm, stage, block, reason, message])

/** `ZisK, head, block 5`: whose failure it is. The machine is that of all zkVMs. */
export const whoseOf = ({ failure: { side }, view }: LegFailure): readonly string[] => [
  ...(side === null ? [] : zkvmOf(view)),
  sideOf(view, side)
]
