import type { Rule } from '../rule.ts'

const LIMIT = 0.05

/** One proof a side and block, and a limit: what most bots do that compare with a base measured before. */
export const onePair: Rule = {
  decide: (machine, blocks) => {
    let sum = 0
    for (let block = 0; block < blocks; block++) {
      const base = machine.prove(block, 'base')
      sum += Math.log(machine.prove(block, 'head') / base)
    }
    const change = Math.expm1(sum / blocks)
    const call = change > LIMIT ? 'regression' : change < -LIMIT ? 'improvement' : 'no-change'
    return { call, bounds: null }
  }
}
