import { failure, success } from '../domain/problem.ts'
import type { Kind, PlainKind } from './kind.ts'

/** One input: a key of `with:` in a workflow, a flag in the terminal. */
export interface Input {
  readonly kind: Kind<unknown>
  /** Taken where the input is unset or empty; itself empty where there is none. */
  readonly default: string
  /** How the reference puts a default that is not a constant. */
  readonly defaultWords?: string
  /** The variable that holds it in the terminal: only secrets have one, and they have no flag. */
  readonly variable?: string
  /** One sentence, all that --help shows. */
  readonly summary: string
  /** What else the reference says. */
  readonly more?: string
}

/** A value that must not travel with the others: it is refused wherever it turns up. */
export const secret = (variable: string): PlainKind<null> => ({
  placeholder: variable,
  parse: (text) =>
    text === ''
      ? success(null)
      : failure([`is a secret and must not be among the settings; allowed: the variable ${variable}`])
})
