import { seconds } from '../../domain/quantity.ts'
import type { Clock } from '../ports.ts'

/** The machine's clock. */
export const clock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => seconds(performance.now() / 1000)
}
