import type { Problem } from '../domain/problem.ts'
import type { Parsed } from './kind.ts'

/** A part of a whole, read or not. */
export interface Part<T> {
  readonly input: string
  readonly parsed: Parsed<T>
}

export interface Gathered<T> {
  /** The parts that could be read: all of them where there is no problem. */
  readonly draft: Partial<T>
  readonly problems: readonly Problem[]
}

/** Reads all parts and keeps every problem, not only the first. */
export const gather = <T extends object>(parts: { readonly [K in keyof T]: Part<T[K]> }): Gathered<T> => {
  const draft: Partial<T> = {}
  const problems: Problem[] = []
  for (const key in parts) {
    const { input, parsed } = parts[key]
    if (parsed.ok) draft[key] = parsed.value
    else problems.push(...parsed.error.map((message) => ({ input, message })))
  }
  return { draft, problems }
}
