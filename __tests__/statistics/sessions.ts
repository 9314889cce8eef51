import fc from 'fast-check'
import type { Pair } from '../../src/statistics/strata.ts'

export type Session = ReadonlyMap<string, readonly Pair[]>

export const session = (blocks: Readonly<Record<string, readonly Pair[]>>): Session =>
  new Map(Object.entries(blocks))

const seconds = fc.double({ min: 0.01, max: 1e5, noNaN: true })
const noTime = fc.constantFrom(null, 0, -5, NaN, Infinity, -Infinity)

const sessionsOf = (time: fc.Arbitrary<number | null>, fewest: number): fc.Arbitrary<Session> =>
  fc
    .array(fc.array(fc.tuple(time, time), { minLength: fewest, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8
    })
    .map((blocks) => new Map(blocks.map((pairs, index) => [`b${index}`, pairs])))

/** Any times, some of them missing or none at all. */
export const anySessions = sessionsOf(fc.oneof({ weight: 9, arbitrary: seconds }, noTime), 0)

/** Times within some percent of each other, so that all verdicts are met. */
export const likelySessions: fc.Arbitrary<Session> = fc
  .tuple(fc.constantFrom(0, 0.005, 0.02, 0.2), fc.double({ min: 0.9, max: 1.1, noNaN: true }))
  .chain(([noise, change]) =>
    sessionsOf(fc.double({ min: 1 - noise, max: 1 + noise, noNaN: true }), 1).map((found) =>
      each(found, ([base, head]) => [100 * (base ?? 1), 100 * (head ?? 1) * change])
    )
  )

export const each = (blocks: Session, change: (pair: Pair) => Pair): Session =>
  new Map([...blocks].map(([block, pairs]) => [block, pairs.map(change)]))

/** Base and head changed about. */
export const swapped = (blocks: Session): Session => each(blocks, ([base, head]) => [head, base])

/** Blocks, and pairs within each, from the last to the first. */
export const reversed = (blocks: Session): Session =>
  new Map([...blocks].toReversed().map(([block, pairs]) => [block, pairs.toReversed()]))
