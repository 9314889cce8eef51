import { tQuantile } from '../../../src/statistics/student-t.ts'
import { callByZero } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { createMoments } from './moments.ts'

const LEAST = 2
const MOST = 20

/**
 * Both sides in turn, and after every round a 95 % interval of two unpaired samples, until it clears zero or twenty
 * rounds are over: resampling as tachometer does it, with nothing taken off for having looked so often.
 */
export const resampling: Rule = {
  decide: (machine, blocks) => {
    machine.prove(0, 'base')
    const base = Array.from({ length: blocks }, createMoments)
    const head = Array.from({ length: blocks }, createMoments)
    let bounds = { lo: -Infinity, hi: Infinity }
    for (let round = 1; round <= MOST; round++) {
      for (let block = 0; block < blocks; block++) {
        base[block]?.add(Math.log(machine.prove(block, 'base')))
        head[block]?.add(Math.log(machine.prove(block, 'head')))
      }
      if (round < LEAST) continue
      let change = 0
      let variance = 0
      for (let block = 0; block < blocks; block++) {
        change += (head[block]?.mean() ?? NaN) - (base[block]?.mean() ?? NaN)
        variance += ((base[block]?.variance() ?? NaN) + (head[block]?.variance() ?? NaN)) / round
      }
      const half = (tQuantile(0.975, 2 * blocks * (round - 1)) * Math.sqrt(variance)) / blocks
      bounds = { lo: change / blocks - half, hi: change / blocks + half }
      if (callByZero(bounds) !== 'inconclusive') break
    }
    return { call: callByZero(bounds), bounds }
  }
}
