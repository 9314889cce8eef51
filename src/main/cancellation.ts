/** What a signal to us sets off: the first one ends the run in order, the second one at once. */
export interface Cancellation {
  /** Aborted by the first INT or TERM. */
  readonly signal: AbortSignal
  /** Aborted by the second: skip to the kill. */
  readonly hardSignal: AbortSignal
  /** Does what the first signal does. */
  readonly cancel: () => void
}

/** Listens for INT and TERM from now on; `process` is never ended by them. */
export const listenForCancellation = (source: NodeJS.Process): Cancellation => {
  const soft = new AbortController()
  const hard = new AbortController()
  const onSignal = (): void => {
    if (soft.signal.aborted) hard.abort()
    soft.abort()
  }
  source.on('SIGINT', onSignal)
  source.on('SIGTERM', onSignal)
  return {
    signal: soft.signal,
    hardSignal: hard.signal,
    cancel: () => {
      soft.abort()
    }
  }
}
