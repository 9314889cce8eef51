/** A copy, smallest first. */
export const ascending = (values: readonly number[]): ArrayLike<number> => new Float64Array(values).sort()

/**
 * The value below which a share `q` (0 to 1) of the values lies, straight between neighbours (Hyndman and Fan's
 * type 7). NaN without values.
 */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = ascending(values)
  const position = q * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (position - below) * (high - low)
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
