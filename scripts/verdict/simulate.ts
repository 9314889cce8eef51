import { startMachine } from './machine.ts'
import { costsOf, RULES } from './rows.ts'
import type { RowSpec } from './rows.ts'
import { SCENARIO } from './scenarios.ts'
import { add, NOTHING, tallyOf } from './tally.ts'
import type { Tally } from './tally.ts'

/** Some of a row's sessions. */
export interface Portion {
  readonly spec: RowSpec
  readonly seed: number
  /** The first session, and the one after the last. */
  readonly from: number
  readonly to: number
}

/** Runs them; a tally for each effect of the row. The same portion gives the same tallies, whoever runs it. */
export const simulate = ({ spec, seed, from, to }: Portion): readonly Tally[] => {
  const costs = costsOf(spec)
  const rule = RULES[spec.rule](costs)
  const scenario = SCENARIO[spec.machine]
  return spec.effects.map((effect) => {
    let tally = NOTHING
    for (let number = from; number < to; number++) {
      const machine = startMachine({ scenario, costs, effect, seed, number })
      const finding = rule.decide(machine, costs.length)
      const minutes = machine.elapsed() / 60
      tally = add(tally, tallyOf({ finding, effect, proofs: machine.proofs(), minutes }))
    }
    return tally
  })
}
