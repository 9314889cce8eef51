/**
 * Complete pairs of each block at each look: the fewest that give the noise every wanted number of degrees of
 * freedom. One pair on each of K blocks gives K − 1 (spread across blocks), n > 1 give K·(n − 1) (spread within).
 * Ascending; degrees of freedom that the same pairs give make one look. Empty without blocks.
 */
export const pairsAtLooks = (blocks: number, degreesOfFreedom: readonly number[]): readonly number[] => {
  if (blocks < 1) return []
  const pairs = degreesOfFreedom.map((df) => (blocks - 1 >= df ? 1 : Math.max(2, 1 + Math.ceil(df / blocks))))
  return [...new Set(pairs)].toSorted((a, b) => a - b)
}
