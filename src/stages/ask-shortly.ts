import { milliseconds } from '../domain/quantity.ts'
import type { Answer, Asking } from '../io/forge.ts'

const SHORTLY: Asking = { patience: 'once', timeout: milliseconds(10_000) }
const MOST_TRIES = 3

/**
 * Asks while a runner or the machine waits for the answer: again where none came, but a limit is not waited for, or
 * whoever uses up the requests of the hour would hold the machine.
 */
export const askShortly = async <T>(ask: (asking: Asking) => Answer<T>): Answer<T> => {
  let answer = await ask(SHORTLY)
  for (let tries = 1; tries < MOST_TRIES && !answer.ok && answer.error.kind === 'unreachable'; tries += 1)
    answer = await ask(SHORTLY)
  return answer
}
