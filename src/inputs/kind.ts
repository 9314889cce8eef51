import type { Result } from '../domain/problem.ts'

/** What reading the inputs needs to know of the world, as data. */
export interface InputContext {
  readonly surface: Surface
  /** Absolute; relative paths start here. */
  readonly workingDirectory: string
  /** Absolute, or null where there is none. */
  readonly home: string | null
  /** Absolute. */
  readonly defaultCacheDir: string
  /** Where `owner/name` lives, such as `https://github.com`. */
  readonly serverUrl: string
  /** What "this repository" is, in a form that the input takes; null where there is none. */
  readonly defaultRepository: string | null
  /** The secret, only to be checked: it is neither quoted nor part of the settings. */
  readonly rpcUrl: string | undefined
}

/** Where the inputs come from, which decides how a message names them. */
export type Surface = 'action' | 'terminal'

/** A value, or what is wrong: one sentence each, without the name of the input. */
export type Parsed<T> = Result<T, readonly string[]>

/** A kind of value: how it is shown in a usage line, and how its text is read. */
export interface Kind<T> {
  readonly placeholder: string
  /** The text is trimmed; it is empty only where the input is unset and has no default. */
  readonly parse: (text: string, context: InputContext) => Parsed<T>
}

/** A kind that needs nothing but the text. */
export interface PlainKind<T> extends Kind<T> {
  readonly parse: (text: string) => Parsed<T>
}
