import type { Laboratory } from './laboratory.ts'

const DECIMALS = { '×': 3, MiB: 2, ms: 1, s: 2, processes: 0, commands: 0, streams: 0, faults: 0 } as const

/** A number that was measured, and what it may be at most. */
export interface Row {
  /** The bench that measured it. */
  readonly name: string
  readonly what: string
  readonly measured: number
  /** In the same unit. */
  readonly limit: number
  readonly unit: keyof typeof DECIMALS
  /** What the number was made of. */
  readonly how: string
}

/** What the benches share. */
export interface Workshop {
  /** The tree that is measured. */
  readonly root: string
  /** For files; gone at the end. */
  readonly directory: string
  /** Made by the first bench that asks. */
  readonly laboratory: () => Promise<Laboratory>
}

/** Measures one thing. Throws where it cannot be measured. */
export interface Bench {
  readonly name: string
  readonly run: (workshop: Workshop) => Promise<readonly Row[]>
}

/** A number that is none is over any limit. */
export const isOver = ({ measured, limit }: Row): boolean => !(measured <= limit)

export const withUnit = (value: number, unit: Row['unit']): string =>
  `${value.toFixed(DECIMALS[unit])} ${unit}`
