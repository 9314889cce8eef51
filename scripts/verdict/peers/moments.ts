/** Mean and variance of numbers that come one by one (Welford). */
export interface Moments {
  readonly add: (value: number) => void
  readonly count: () => number
  readonly mean: () => number
  /** Of one number, by n - 1. */
  readonly variance: () => number
}

export const createMoments = (): Moments => {
  let count = 0
  let mean = 0
  let squares = 0
  const add = (value: number): void => {
    count += 1
    const before = value - mean
    mean += before / count
    squares += before * (value - mean)
  }
  return { add, count: () => count, mean: () => mean, variance: () => squares / (count - 1) }
}
