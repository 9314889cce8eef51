import { compareExact } from '../../src/compare/exact.ts'
import { indexMeasured } from '../../src/compare/measured.ts'
import { overallOf } from '../../src/compare/overall.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { count, gas, seconds } from '../../src/domain/quantity.ts'
import { SIDES, type Side } from '../../src/domain/revision.ts'
import type { PercentThreshold } from '../../src/domain/threshold.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import type { BlockNumber } from '../../src/domain/workload.ts'
import { withEqualCycles } from '../../src/plan/plan.ts'
import { cyclesPlace, trialAt } from '../../src/plan/trials.ts'
import { simulatedPlan } from '../verdict/product.ts'
import type { VectorOf } from './format.ts'

/** Cycles of every block, executed as they stand in the case and compared by the product. */
export const compareCycles = (input: VectorOf<'cycles'>['input']): unknown => {
  const names = Object.keys(input.base)
  const plan: Plan = {
    ...withEqualCycles(
      simulatedPlan(
        'default',
        names.map(() => 1)
      ),
      []
    ),
    cycleThreshold: thresholdOf(input.threshold)
  }
  const records = names.flatMap((name, index) =>
    SIDES.flatMap((side) => {
      const block = plan.blocks[index]?.block
      const cycles = input[side][name]
      return block === undefined || cycles === undefined ? [] : [executed(plan, { block, side, cycles })]
    })
  )
  const measured = indexMeasured(plan, records)
  const comparisons = plan.blocks.flatMap(
    ({ block }) => compareExact(plan, { block, metric: 'cycles' }, measured).comparison ?? []
  )
  const overall = overallOf(plan, { metric: 'cycles', comparisons, equal: [] })
  // Both sides name the same blocks, so each has a comparison.
  const percents = comparisons.map(({ percent }) => Number(percent))
  return {
    perBlockPercent: Object.fromEntries(names.map((name, index) => [name, percents[index]])),
    percent: overall?.percent,
    worstPercent: percents.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0],
    verdict: overall?.verdict
  }
}

/** A ratio as the exact fraction of a percent that its shortest decimal notation is: 0.005 is 5/10. */
const thresholdOf = (ratio: number): PercentThreshold => {
  const [digits = '0', exponent = '0'] = String(ratio).split('e')
  const [integer = '0', fraction = ''] = digits.split('.')
  const places = BigInt(fraction.length) - BigInt(exponent)
  return {
    text: `${100 * ratio}%`,
    numerator: BigInt(integer + fraction) * 100n * (places < 0n ? 10n ** -places : 1n),
    denominator: places > 0n ? 10n ** places : 1n
  }
}

const executed = (
  plan: Plan,
  { block, side, cycles }: { readonly block: BlockNumber; readonly side: Side; readonly cycles: number }
): TrialRecord => ({
  trial: trialAt(plan, cyclesPlace(side, block), { take: 1, cause: 'planned' }),
  outcome: {
    kind: 'measured',
    sample: {
      gas: gas(1n),
      transactions: 1,
      metrics: { cycles: { value: count(BigInt(cycles)), unit: 'cycles', exactness: 'exact' } },
      spans: [],
      costs: []
    }
  },
  wall: seconds(1),
  startedAt: '2026-01-01T00:00:00.000Z',
  remarks: [],
  unread: [],
  gpu: null,
  kept: false
})
