import type { Percent } from './quantity.ts'

/** Bounds of a change in percent, at a level such as 0.99. */
export interface Interval {
  readonly lo: Percent
  readonly hi: Percent
  readonly level: number
}
