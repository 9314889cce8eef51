import type { Side } from '../../src/domain/revision.ts'

/** A run as the vectors name it: block, index of the pair, and the number of the side. */
export type Run = readonly [block: string, pair: number, side: number]

export const sideNumber = (side: Side): 0 | 1 => (side === 'base' ? 0 : 1)

/** In an order of their own, so that lists can be compared that have the same runs. */
export const inOrder = (runs: readonly Run[]): readonly Run[] =>
  runs.toSorted((a, b) => (a[0] === b[0] ? a[1] - b[1] || a[2] - b[2] : a[0] < b[0] ? -1 : 1))
