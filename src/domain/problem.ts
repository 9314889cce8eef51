/** One thing wrong with what the user gave: which input, what value, what is allowed. */
export interface Problem {
  readonly input: string
  /** The sentence, without the name of the input. */
  readonly message: string
}

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const success = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const failure = <E>(error: E): Result<never, E> => ({ ok: false, error })

/** Closes a union: a new member that nobody handled stops the compiler here. */
export const unreachable = (value: never): never => {
  throw new Error(`Internal error: unhandled value ${JSON.stringify(value)}`)
}
