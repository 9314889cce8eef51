/** A percentage as an exact fraction: `0.1%` is 1/10 of a percent. */
export interface PercentThreshold {
  /** As the user wrote it, `0.1%`. */
  readonly text: string
  readonly numerator: bigint
  readonly denominator: bigint
}

/** As a ratio: `2%` is 0.02. */
export const ratioOf = ({ numerator, denominator }: PercentThreshold): number =>
  Number(numerator) / Number(denominator) / 100
