import { tQuantile } from './student-t.ts'

/** Bounds of a change, in natural logs of head/base. */
export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/** An estimate in natural logs, its standard error, and the degrees of freedom that this error is known by. */
export interface Estimate {
  readonly estimate: number
  readonly se: number
  readonly df: number
}

/** Student's interval: it misses the truth with probability `alpha`, half of that on either side. */
export const intervalOf = ({ estimate, se, df }: Estimate, alpha: number): Bounds => {
  const reach = tQuantile(1 - alpha / 2, df) * se
  return { lo: estimate - reach, hi: estimate + reach }
}

/** 100 · (head/base − 1), from ln(head/base). `expm1` keeps the digits of small changes; never −0. */
export const percentOfLog = (log: number): number => 100 * Math.expm1(log) + 0
