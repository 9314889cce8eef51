import type { SpanChange } from '../../domain/report.ts'
import { formatChange, formatCount, formatCycles, formatShare, plural } from '../format.ts'
import { code, details, prose, table } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import type { View } from '../view.ts'
import { NONE } from '../words.ts'

const FEW = 10

/**
 * A span's own cycles, without those of the spans directly inside it, summed over the blocks; null on a side
 * that has the span in no block. Own parts do not overlap, so their shares add up.
 */
interface Mover {
  readonly path: readonly string[]
  readonly base: bigint | null
  readonly head: bigint | null
  readonly hasInner: boolean
}

/** Where in the guest the cycles went: the spans that moved most, over all blocks. */
export const movers = (view: View): string | null => {
  if (!view.detail.spans) return null
  const moved = ownParts(sumByPath(comparable(view)))
    .filter((mover) => delta(mover) !== 0n)
    .toSorted((a, b) => compareBig(size(b), size(a)))
  const [first] = moved
  if (first === undefined) return null
  const total = totalChange(view)
  const { shown, hidden } = firstOf(moved, FEW, view.detail)
  const rows = [
    ['Span', 'Base → head', 'Change', 'Share'],
    ...shown.map((mover) => [nameOf(mover), change(mover), signed(delta(mover)), share(mover, total)])
  ]
  const more = hidden > 0 ? ` ${plural(hidden, 'more span')} moved less.` : ''
  const body = `${table(rows, 'lrrr')}\n\n${NOTE}${more}`
  return details(
    `Where the cycles changed, by span: <b>${prose(first.path.at(-1) ?? '', 80)}</b> ${signed(delta(first))} cycles`,
    body
  )
}

const NOTE =
  "Sums over the blocks that both sides executed. x2.0: head needs half of base's cycles. Share: part of the whole change."

/** Blocks whose cycles are incomparable would pass their doubt on to the spans. */
const comparable = ({ report, comparison }: View): readonly SpanChange[] =>
  report.spans.filter(({ block }) => comparison(block, 'cycles')?.percent !== null)

type Sums = ReadonlyMap<string, Omit<Mover, 'hasInner'>>

const sumByPath = (spans: readonly SpanChange[]): Sums => {
  const sums = new Map<string, Omit<Mover, 'hasInner'>>()
  for (const { path, base, head } of spans) {
    const key = JSON.stringify(path)
    const sum = sums.get(key)
    sums.set(key, { path, base: plus(sum?.base ?? null, base), head: plus(sum?.head ?? null, head) })
  }
  return sums
}

const ownParts = (sums: Sums): readonly Mover[] => {
  const inner = new Map<string, { base: bigint; head: bigint }>()
  for (const { path, base, head } of sums.values()) {
    const key = JSON.stringify(path.slice(0, -1))
    const sum = inner.get(key) ?? { base: 0n, head: 0n }
    inner.set(key, { base: sum.base + (base ?? 0n), head: sum.head + (head ?? 0n) })
  }
  return [...sums].map(([key, { path, base, head }]) => {
    const inside = inner.get(key) ?? { base: 0n, head: 0n }
    return { path, base: minus(base, inside.base), head: minus(head, inside.head), hasInner: inner.has(key) }
  })
}

const minus = (whole: bigint | null, part: bigint): bigint | null =>
  whole === null ? null : whole > part ? whole - part : 0n

const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : a + b)

const delta = ({ base, head }: Mover): bigint => (head ?? 0n) - (base ?? 0n)
const size = (mover: Mover): bigint => (delta(mover) < 0n ? -delta(mover) : delta(mover))
const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const totalChange = ({ report }: View): bigint =>
  report.comparisons
    .filter(({ metric, percent }) => metric === 'cycles' && percent !== null)
    .reduce((sum, { base, head }) => sum + BigInt(head) - BigInt(base), 0n)

const nameOf = ({ path, hasInner }: Mover): string =>
  `${code(path.join(' > '))}${hasInner ? ', outside its inner spans' : ''}`

/** `218.999M → 64.435M (x3.4)`; a percentage where a factor would hide the change. */
const change = ({ base, head }: Mover): string => {
  if (base === null || head === null) {
    return `${base === null ? NONE : formatCycles(base)} → ${head === null ? NONE : formatCycles(head)} (${base === null ? 'new' : 'gone'})`
  }
  const factor = Number(base) / Number(head)
  const ratio =
    factor >= 1.1 && Number.isFinite(factor)
      ? `x${factor.toFixed(1)}`
      : base === 0n
        ? 'from none'
        : formatChange((100 * Number(head - base)) / Number(base), 2)
  return `${formatCycles(base)} → ${formatCycles(head)} (${ratio})`
}

const signed = (value: bigint): string =>
  `${value < 0n ? '-' : '+'}${formatCount(value < 0n ? -value : value)}`

const share = (mover: Mover, total: bigint): string =>
  total === 0n ? NONE : formatShare((100 * Number(delta(mover))) / Number(total))
