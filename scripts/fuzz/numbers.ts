import fc from 'fast-check'

const U64 = 2n ** 64n - 1n
/** Where a number of JavaScript, or of 32 bits, goes wrong. */
const EDGES = [2n ** 31n, 2n ** 32n, 2n ** 53n]

/** Counts of all sizes up to `most`. */
export const counts = (most = U64): fc.Arbitrary<bigint> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.bigInt(0n, 3_000_000_000n) },
    ...EDGES.filter((edge) => edge + 2n <= most).map((edge) => ({
      weight: 1,
      arbitrary: fc.bigInt(edge - 2n, edge + 2n)
    })),
    { weight: 1, arbitrary: fc.bigInt(most - 2n, most) },
    { weight: 1, arbitrary: fc.bigInt(0n, most) }
  )

/** `1,234,567`. */
export const grouped = (value: bigint): string => value.toString().replace(/\B(?=(?:\d{3})+$)/g, ',')

const SECOND = 1_000_000_000n

/** Nanoseconds, from a millisecond to four days. */
export const durations: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt(1_000_000n, 60n * SECOND),
  fc.bigInt(60n * SECOND, 3_600n * SECOND),
  fc.bigInt(3_600n * SECOND, 345_600n * SECOND)
)

export const secondsOf = (nanoseconds: bigint): number => Number(nanoseconds) / 1e9
