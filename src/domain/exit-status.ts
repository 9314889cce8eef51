import type { FailOn } from './settings.ts'
import type { RunVerdict } from './verdict.ts'

/** Exit statuses of the terminal; the action fails its step on anything but 0. */
export const EXIT = {
  done: 0,
  tripped: 1,
  badInput: 2,
  infrastructure: 3,
  cancelled: 130
} as const
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT]

/** What a finished run exits with. `mixed` holds a regression, and trips `fail-on: regression` as one. */
export const exitStatus = (verdict: RunVerdict, failOn: FailOn): ExitStatus => {
  switch (verdict) {
    case 'cancelled':
      return EXIT.cancelled
    case 'infrastructure':
    case 'base-failed':
      return EXIT.infrastructure
    case 'head-failed':
      return failOn === 'never' ? EXIT.done : EXIT.tripped
    case 'regression':
    case 'mixed':
      return failOn === 'regression' ? EXIT.tripped : EXIT.done
    case 'identical':
    case 'no-change':
    case 'inconclusive':
    case 'incomparable':
    case 'improvement':
      return EXIT.done
  }
}
