import type { CostChange } from '../../domain/report.ts'
import { formatChange, formatCount } from '../format.ts'
import { details, prose, table } from '../markdown.ts'
import { titled } from '../naming.ts'
import type { View } from '../view.ts'
import { NONE } from '../words.ts'

/** The name that ZisK gives the sum of all parts. */
const TOTAL = 'TOTAL'

/** A part over all blocks; null on a side that has it in no block. */
interface PartSum {
  readonly name: string
  readonly base: bigint | null
  readonly head: bigint | null
}

/** What the zkVM itself estimates proving to cost, part by part, over the blocks that both sides executed. */
export const costs = (view: View): string | null => {
  const sums = sumsOf(view.report.costs)
  if (sums.length === 0) return null
  const total = sums.find(({ name }) => name === TOTAL)
  const parts = sums.filter((sum) => sum !== total)
  const rows = [
    ['Part', 'Base → head', 'Δ'],
    ...parts.map((sum) => [prose(sum.name, 60), figuresOf(sum), deltaOf(sum)]),
    ...(total === undefined ? [] : [['**Total**', figuresOf(total), `**${deltaOf(total)}**`]])
  ]
  const said = total === undefined ? '' : `: ${deltaOf(total)}`
  return details(
    titled(view, `Estimated cost of proving, by part${said}`),
    `${table(rows, 'lrr')}\n\nThe emulator's estimate in units of its own, summed over the blocks, for information.`
  )
}

const sumsOf = (costs: readonly CostChange[]): readonly PartSum[] => {
  const sums = new Map<string, PartSum>()
  for (const { name, base, head } of costs) {
    const sum = sums.get(name)
    sums.set(name, { name, base: plus(sum?.base ?? null, base), head: plus(sum?.head ?? null, head) })
  }
  return [...sums.values()]
}

const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : a + b)

const figuresOf = ({ base, head }: PartSum): string =>
  [base, head].map((cost) => (cost === null ? NONE : formatCount(cost))).join(' → ')

const deltaOf = ({ base, head }: PartSum): string => {
  if (base === null || head === null) return base === null ? 'new' : 'gone'
  return base === 0n ? NONE : formatChange((100 * Number(head - base)) / Number(base), 2)
}
