import { unreachable } from '../domain/problem.ts'
import type { Finished } from '../io/ports.ts'

/** Why a host that was to prepare something did not come to a good end, as a clause; null where it did. */
export const howItFailed = ({ end }: Finished): string | null => {
  switch (end.kind) {
    case 'ended':
      if (end.exit.kind === 'signalled') return `the host was ended by ${end.exit.signal}`
      return end.exit.code === 0 ? null : `the host ended with status ${end.exit.code}`
    case 'not-started':
      return `the host could not be started: ${end.message}`
    case 'timeout':
    case 'log-limit':
    case 'cancelled':
      return `the host was ended: ${end.kind}`
    default:
      return unreachable(end)
  }
}
