import { percent, type Percent } from '../domain/quantity.ts'
import { percentOfLog as plainPercentOfLog } from '../statistics/interval.ts'

/** Arithmetic mean; the list is not empty. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** 100 · (head/base − 1), from ln(head/base). */
export const percentOfLog = (logRatio: number): Percent => percent(plainPercentOfLog(logRatio))

/** Geometric mean of positive numbers, scaled by the first so that equal values give exactly that value. */
export const geometricMean = (values: readonly number[]): number => {
  const [first = Number.NaN] = values
  return first * Math.exp(mean(values.map((value) => Math.log(value / first))))
}
