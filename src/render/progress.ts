import type { Seconds } from '../domain/quantity.ts'
import type { Trial } from '../domain/trial.ts'
import { formatDuration } from './format.ts'

/** Where a run stands. */
export interface RunningTrial {
  readonly trial: Trial
  readonly progress: { readonly done: number; readonly planned: number }
  /** Seconds since measuring began in this process. */
  readonly elapsed: number
  /** Null where nothing is known to tell it from. */
  readonly left: Seconds | null
}

/** What runs, k of n, elapsed and how long it may still take, in one line. */
export const renderProgressLine = ({ trial, progress, elapsed, left }: RunningTrial): string => {
  const rest = left === null ? 'time left unknown' : `about ${formatDuration(left)} left`
  return `${progress.done + 1}/${progress.planned} ${trialWords(trial)}; ${formatDuration(elapsed)} so far, ${rest}`
}

/** What a trial does, as in `proving block 23426993 on head, round 2`. */
export const trialWords = ({ mode, block, side, phase, round }: Trial): string => {
  const what = mode === 'prove' ? 'proving' : 'executing'
  const purpose = phase === 'warm-up' ? ' (warm-up)' : round === null ? '' : `, round ${round}`
  return `${what} block ${block} on ${side}${purpose}`
}
