import { printableName } from '../../src/io/text/printable.ts'

export interface Difference {
  /** `blocks.b1.meanLog`; empty for the value itself. */
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** Relative; of numbers below SMALL the same absolute tolerance as at SMALL, since there digits cancel. */
const TOLERANCE = 1e-9
const SMALL = 1e-6
/** What has percent in its name is a hundred times as large, and so is what it loses. */
const PERCENT = /percent$/i

/** Where two values differ; every key and item of either counts. */
export const differencesBetween = (
  expected: unknown,
  got: unknown,
  path: readonly string[] = []
): readonly Difference[] => {
  const [wanted, found] = [partsOf(expected), partsOf(got)]
  if (wanted === null || found === null || Array.isArray(expected) !== Array.isArray(got)) {
    if (isSame(expected, got, path)) return []
    return [
      {
        path: path.map((key) => printableName(key, 60)).join('.'),
        expected: shown(expected),
        got: shown(got)
      }
    ]
  }
  const keys = new Set([...wanted.keys(), ...found.keys()])
  return [...keys].flatMap((key) => differencesBetween(wanted.get(key), found.get(key), [...path, key]))
}

const partsOf = (value: unknown): ReadonlyMap<string, unknown> | null =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : null

const isSame = (expected: unknown, got: unknown, path: readonly string[]): boolean => {
  if (typeof expected !== 'number' || typeof got !== 'number') return expected === got
  const small = path.some((key) => PERCENT.test(key)) ? 100 * SMALL : SMALL
  return Math.abs(got - expected) <= TOLERANCE * Math.max(small, Math.abs(expected))
}

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  return printableName(JSON.stringify(value), 120)
}
