import fc from 'fast-check'
import { expect } from 'vitest'
import { createRisc0Fold } from '../../../src/provers/risc0/execution.ts'
import { AT, testFold } from '../fold-properties.ts'

const SAY = `${AT}  INFO risc0_zkvm::host::server::session:`
const count = fc.bigInt({ min: 0n, max: 2n ** 62n })

const told = fc
  .record({
    segments: fc.nat({ max: 100_000 }),
    user: count,
    paging: count,
    reserved: count,
    // A proof prints the block again.
    blocks: fc.integer({ min: 1, max: 2 })
  })
  .map(({ segments, user, paging, reserved, blocks }) => {
    const block = [
      `${AT}  INFO risc0_zkvm::host::server::exec::executor: execution time: 25.441604522s`,
      `${SAY} number of segments: ${segments}`,
      `${SAY} ${user + paging + reserved} total cycles`,
      `${SAY} ${user} user cycles (84.37%)`,
      `${SAY} ${paging} paging cycles (14.24%)`,
      `${SAY} ${reserved} reserved cycles (1.39%)`,
      `${SAY} ecalls`,
      `${SAY} \t1215199 BigInt calls, 75747423 cycles, (9.33%)`
    ]
    return {
      lines: Array.from({ length: blocks }, () => block).flat(),
      truth: { cycles: user, segments: BigInt(segments) }
    }
  })

testFold({
  createFold: createRisc0Fold,
  told,
  expectTrue({ metrics, remarks }, truth) {
    const { cycles, segments, ...others } = metrics
    expect(others).toEqual({})
    if (cycles !== undefined) expect(cycles.value).toBe(truth.cycles)
    else expect(remarks).toHaveLength(1)
    if (segments !== undefined) expect(segments.value).toBe(truth.segments)
  },
  expectAll({ metrics, remarks }, truth) {
    expect([metrics.cycles?.value, metrics.segments?.value, remarks]).toEqual([
      truth.cycles,
      truth.segments,
      []
    ])
  }
})
