import fc from 'fast-check'
import { expect } from 'vitest'
import { createOpenVmFold } from '../../../src/provers/openvm/execution.ts'
import { AT, testFold } from '../fold-properties.ts'

const SAY = `${AT}  INFO openvm_circuit::arch::execution_mode::metered::segment_ctx:`
const pad = (value: bigint | number, width: number) => String(value).padStart(width)

const told = fc
  .array(fc.bigInt({ min: 1n, max: 2n ** 60n }), { minLength: 1, maxLength: 6 })
  .map((segments) => {
    const before = segments.map((_, index) => segments.slice(0, index).reduce((sum, own) => sum + own, 0n))
    const lines = segments.map(
      (own, index) =>
        `${SAY} Segment ${pad(index, 3)} | instret ${pad(before[index]!, 10)} | ${pad(own, 8)} instructions | ` +
        `${pad(1000, 10)} cells | ${pad(7, 10)} interactions | ${pad(1024, 8)} max height (ProgramAir)` +
        (index === segments.length - 1 ? ' [TERMINATED]' : '')
    )
    return {
      lines: [...lines, `${AT}  INFO openvm_sdk::prover::agg: num_leaf_proofs=2`],
      truth: { instructions: segments.reduce((sum, own) => sum + own, 0n), segments: BigInt(segments.length) }
    }
  })

testFold({
  createFold: createOpenVmFold,
  told,
  expectTrue({ metrics, remarks }, truth) {
    const { cycles, instructions, segments, ...others } = metrics
    expect([others, cycles]).toEqual([{}, instructions])
    if (cycles === undefined || segments === undefined) {
      expect([metrics, remarks]).toEqual([{}, [expect.any(String)]])
    } else {
      expect([cycles.value, segments.value]).toEqual([truth.instructions, truth.segments])
    }
  },
  expectAll({ metrics, remarks }, truth) {
    const { instructions, segments } = metrics
    expect([instructions?.value, segments?.value, remarks]).toEqual([truth.instructions, truth.segments, []])
  }
})
