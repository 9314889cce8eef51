/** The middle one, or the mean of the two in the middle. NaN of nothing. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

export interface Pair<Ours, Theirs> {
  readonly ours: Ours
  readonly theirs: Theirs
}

/** Runs both so many times, each first in every second pair: a machine that drifts favours neither. */
export const alternate = async <Ours, Theirs>(
  count: number,
  ours: () => Promise<Ours>,
  theirs: () => Promise<Theirs>
): Promise<readonly Pair<Ours, Theirs>[]> => {
  const pairs: Pair<Ours, Theirs>[] = []
  while (pairs.length < count) {
    if (pairs.length % 2 === 0) {
      const first = await ours()
      pairs.push({ ours: first, theirs: await theirs() })
    } else {
      const first = await theirs()
      pairs.push({ ours: await ours(), theirs: first })
    }
  }
  return pairs
}
