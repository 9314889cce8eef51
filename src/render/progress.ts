import type { Seconds } from '../domain/quantity.ts'
import type { Progress } from '../domain/standing.ts'
import type { Cause, Trial } from '../domain/trial.ts'
import { formatDuration } from './format.ts'
import { ZKVM_NAME } from './words.ts'

/** Where a run stands. */
export interface RunningTrial {
  readonly trial: Trial
  readonly progress: Progress
  /** Seconds since measuring began in this process. */
  readonly elapsed: number
  /** Until the next look. Null where nothing is known to tell it from. */
  readonly left: Seconds | null
}

/** What runs, k of n, elapsed and how long it may still take, in one line. */
export const renderProgressLine = ({ trial, progress, elapsed, left }: RunningTrial): string => {
  const goal = progress.look === null ? 'left' : `to ${lookWords(progress.look)}`
  const rest = left === null ? 'time left unknown' : `about ${formatDuration(left)} ${goal}`
  return `${progress.done + 1}/${progress.planned} ${trialWords(trial)}; ${formatDuration(elapsed)} so far, ${rest}`
}

/** Which look is worked for, as in `look 1 of 3`. */
export const lookWords = ({ index, of }: NonNullable<Progress['look']>): string => `look ${index} of ${of}`

/**
 * What a trial does, as in `proving block 23426993 on head, round 2`; of a variant `on trie3`, plain text. SP1 goes
 * without saying.
 */
export const trialWords = ({ mode, block, side, phase, round, cause, zkvm, variant }: Trial): string => {
  const what = mode === 'prove' ? 'proving' : 'executing'
  const where = side === 'head' && variant !== null ? variant : side
  const within = zkvm === 'sp1' ? '' : ` in ${ZKVM_NAME[zkvm]}`
  const purpose = phase === 'warm-up' ? ' (warm-up)' : round === null ? '' : `, round ${round}`
  return `${what} block ${block} on ${where}${within}${purpose}${AGAIN[cause]}`
}

const AGAIN: Readonly<Record<Cause, string>> = {
  planned: '',
  retry: ', again because it failed',
  polluted: ', again because the GPU was disturbed',
  outlier: ', again because it was far slower than its like',
  determinism: ', again to see the same cycles'
}
