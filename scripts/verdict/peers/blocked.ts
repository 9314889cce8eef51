import { tQuantile } from '../../../src/statistics/student-t.ts'
import type { Machine } from '../machine.ts'
import { callByZero } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { createMoments } from './moments.ts'
import type { Moments } from './moments.ts'

const RUNS = 5
const CHANGE = 0.99
const SAME = 0.95
const MARGIN = Math.log(1.02)

/**
 * Base five times, then head five times, and Welch's t over the blocks. Its levels and margin are those of our own
 * rule, so that all that differs is the order.
 */
export const blocked: Rule = {
  decide: (machine, blocks) => {
    machine.prove(0, 'base')
    const base = passes(machine, blocks, 'base')
    const head = passes(machine, blocks, 'head')
    let change = 0
    let variance = 0
    let forDf = 0
    for (let block = 0; block < blocks; block++) {
      change += (head[block]?.mean() ?? NaN) - (base[block]?.mean() ?? NaN)
      for (const series of [base[block], head[block]]) {
        const part = (series?.variance() ?? NaN) / RUNS
        variance += part
        forDf += part ** 2 / (RUNS - 1)
      }
    }
    // Welch and Satterthwaite, over twice as many series as blocks.
    const df = variance ** 2 / forDf
    const error = Math.sqrt(variance) / blocks
    const within = (level: number): { readonly lo: number; readonly hi: number } => {
      const half = tQuantile((1 + level) / 2, df) * error
      return { lo: change / blocks - half, hi: change / blocks + half }
    }
    const same = within(SAME)
    const bounds = within(CHANGE)
    const isSame = same.lo > -MARGIN && same.hi < MARGIN
    return { call: isSame ? 'no-change' : callByZero(bounds), bounds }
  }
}

const passes = (machine: Machine, blocks: number, side: 'base' | 'head'): readonly Moments[] => {
  const series = Array.from({ length: blocks }, createMoments)
  for (let pass = 0; pass < RUNS; pass++) {
    for (const [block, moments] of series.entries()) moments.add(Math.log(machine.prove(block, side)))
  }
  return series
}
