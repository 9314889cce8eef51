import type { SpanChange } from '../domain/report.ts'
import { formatChange } from './format.ts'
import type { View } from './view.ts'

/** A span's cycles summed over the blocks; null on a side that has the span in no block. */
interface SpanSum {
  readonly path: readonly string[]
  readonly base: bigint | null
  readonly head: bigint | null
}

/**
 * A span's own cycles, without those of the spans directly inside it, summed over the blocks; null on a side
 * that has the span in no block. Own parts do not overlap, so their shares add up.
 */
export interface Mover extends SpanSum {
  readonly hasInner: boolean
}

/** The spans whose own cycles changed, over all blocks; those that moved most first. */
export const moversOf = (view: View): readonly Mover[] =>
  ownParts(sumByPath(comparable(view)))
    .filter((mover) => deltaOf(mover) !== 0n)
    .toSorted((a, b) => compareBig(size(b), size(a)))

export const deltaOf = ({ base, head }: SpanSum): bigint => (head ?? 0n) - (base ?? 0n)

/** `x3.4`: base has so many times the cycles of head; a percentage where a factor would hide the change. */
export const ratioOf = (base: bigint, head: bigint): string => {
  const factor = Number(base) / Number(head)
  if (factor >= 1.1 && Number.isFinite(factor)) return `x${factor.toFixed(1)}`
  return base === 0n ? 'from none' : formatChange((100 * Number(head - base)) / Number(base), 2)
}

/** A span that only base has and one that only head has, which may be the same one under two names. */
interface Renamed {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** What speaks for it: about as many cycles, or that nothing else inside the same span came or went. */
  readonly why: 'cycles' | 'place'
}

/** Spans that may have been renamed, those directly inside the same span matched. A guess: names are all that is known. */
export const renamedIn = (view: View): readonly Renamed[] => {
  const sums = [...sumByPath(comparable(view)).values()]
  const inside = Map.groupBy(sums, ({ path }) => JSON.stringify(path.slice(0, -1)))
  return [...inside.values()].flatMap((all) => {
    const gone = all.filter(({ head }) => head === null)
    const come = all.filter(({ base }) => base === null)
    const [only, other] = [gone[0], come[0]]
    if (gone.length === 1 && come.length === 1 && only !== undefined && other !== undefined) {
      return [{ from: only.path, to: other.path, why: isAbout(only, other) ? 'cycles' : 'place' }]
    }
    return gone.flatMap((from) => {
      const alike = come.filter((to) => isAbout(from, to))
      const [to] = alike
      const isMutual = to !== undefined && gone.filter((one) => isAbout(one, to)).length === 1
      return alike.length === 1 && isMutual ? [{ from: from.path, to: to.path, why: 'cycles' as const }] : []
    })
  })
}

/** Within 1 % of the larger. */
const isAbout = ({ base }: SpanSum, { head }: SpanSum): boolean => {
  const [one, other] = [base ?? 0n, head ?? 0n]
  const [less, more] = one < other ? [one, other] : [other, one]
  return (more - less) * 100n <= more
}

/** Blocks whose cycles are incomparable would pass their doubt on to the spans. */
const comparable = ({ report, comparison }: View): readonly SpanChange[] =>
  report.spans.filter(({ block }) => comparison(block, 'cycles')?.percent !== null)

type Sums = ReadonlyMap<string, SpanSum>

const sumByPath = (spans: readonly SpanChange[]): Sums => {
  const sums = new Map<string, SpanSum>()
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

const size = (mover: Mover): bigint => (deltaOf(mover) < 0n ? -deltaOf(mover) : deltaOf(mover))
const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
