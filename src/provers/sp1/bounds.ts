import type { Count } from '../../domain/quantity.ts'
import { count } from '../../domain/quantity.ts'

/**
 * What bounds the cycles of an execution that SP1 v5 gives no total of: its clock, and the warning of a proof on a
 * CPU (v5.0.8 `prover/src/lib.rs:1404`).
 */
export interface Bounds {
  /** A multiple of CLOCK_STEP that the clock has passed. */
  clock(cycles: bigint): void
  /** The warning, in millions, rounded down. */
  millions(millions: bigint): void
  /** The highest of them; null where none is above zero. */
  floor(): Floor | null
}

/** cycles ≤ the true count < cycles + step. */
export interface Floor {
  readonly cycles: Count
  readonly step: bigint
  /** Where it comes from, as part of a sentence. */
  readonly source: string
  /** Where it is all that is known. */
  readonly remark: string
}

/** SP1 v5 prints its clock whenever it passes a multiple of this (`core/executor/src/executor.rs:2330`). */
const CLOCK_STEP = 10_000_000n
const MILLION = 1_000_000n
/** Cycles that may lie outside all spans: start, the gaps between spans, the end. A few thousand in truth. */
const UNTRACKED_LIMIT = 100_000n

/** Bounds that know nothing. */
export const createBounds = (): Bounds => {
  let floor: Floor | null = null
  const raise = (cycles: bigint, step: bigint, source: string): void => {
    if (cycles <= (floor?.cycles ?? 0n)) return
    const remark = `SP1 printed no cycle count, only that there are at least ${cycles} and fewer than ${cycles + step}.`
    floor = { cycles: count(cycles), step, source, remark }
  }
  return {
    clock: (cycles) => raise(cycles, CLOCK_STEP, 'the clock was last seen at'),
    millions: (millions) => raise(millions * MILLION, MILLION, 'SP1 warned of'),
    floor: () => floor
  }
}

/** Why the spans cannot be the whole execution; null where the two agree. */
export const againstSpans = (floor: Floor, tracked: bigint): string | null =>
  isWithin(floor, tracked, UNTRACKED_LIMIT)
    ? null
    : `The outermost spans sum to ${tracked} cycles, but ${floor.source} ${floor.cycles}: no total is given.`

/** Why a total cannot be that of the execution; null where the two agree. */
export const againstTotal = (floor: Floor, total: bigint): string | null =>
  isWithin(floor, total, 0n)
    ? null
    : `SP1 counted ${total} cycles, but ${floor.source} ${floor.cycles}: no total is given.`

const isWithin = ({ cycles, step }: Floor, counted: bigint, uncounted: bigint): boolean =>
  cycles <= counted + uncounted && counted < cycles + step
