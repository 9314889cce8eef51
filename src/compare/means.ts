import { percent, type Percent } from '../domain/quantity.ts'

/** Arithmetic mean; the list is not empty. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** 100 · (head/base − 1), from ln(head/base). `expm1` keeps the digits of small changes. */
export const percentOfLog = (logRatio: number): Percent => percent(100 * Math.expm1(logRatio) + 0)

/** Geometric mean of positive numbers, scaled by the first so that equal values give exactly that value. */
export const geometricMean = (values: readonly number[]): number => {
  const [first = Number.NaN] = values
  return first * Math.exp(mean(values.map((value) => Math.log(value / first))))
}
