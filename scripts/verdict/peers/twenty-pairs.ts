import { otherSide } from '../../../src/domain/revision.ts'
import { tQuantile } from '../../../src/statistics/student-t.ts'
import type { Machine } from '../machine.ts'
import { callByZero } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { wilcoxon } from '../wilcoxon.ts'
import { createMoments } from './moments.ts'

const PAIRS = 20
const ALPHA = 0.05
const HALF_WIDTH = tQuantile(1 - ALPHA / 2, PAIRS - 1) / Math.sqrt(PAIRS)

/** Twenty pairs in the order ABBA; a change is one that both the t and the Wilcoxon test see at 95 %. */
export const twentyPairs: Rule = { decide: (machine, blocks) => decide(machine, blocks) }

/** The same as it is used: on one block. Here the cheapest of the suite, which it then stands for. */
export const twentyPairsOfOneBlock: Rule = { decide: (machine) => decide(machine, 1) }

const decide = (machine: Machine, blocks: number): ReturnType<Rule['decide']> => {
  machine.prove(0, 'base')
  const changes = Array.from({ length: PAIRS }, (_, pass) => {
    let sum = 0
    for (let block = 0; block < blocks; block++) sum += pair(machine, block, (pass + block) % 2 === 0)
    return sum / blocks
  })
  const moments = createMoments()
  for (const change of changes) moments.add(change)
  const half = HALF_WIDTH * Math.sqrt(moments.variance())
  const bounds = { lo: moments.mean() - half, hi: moments.mean() + half }
  const call = callByZero(bounds)
  return { call: call !== 'inconclusive' && wilcoxon(changes).p >= ALPHA ? 'inconclusive' : call, bounds }
}

const pair = (machine: Machine, block: number, isBaseFirst: boolean): number => {
  const first = isBaseFirst ? 'base' : 'head'
  const before = machine.prove(block, first)
  const after = machine.prove(block, otherSide(first))
  return isBaseFirst ? Math.log(after / before) : Math.log(before / after)
}
