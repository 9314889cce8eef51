/** Given the text that a number stands for, since one above 2^53 is rounded. */
export type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** Every string of a JSON text, with the colon that follows it where it is a key. */
const STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * What a JSON text says, undefined where it is none: JSON itself has no undefined. Undefined too where a key stands twice
 * in an object: one of the two is wrong, and `JSON.parse` takes the last.
 */
export const parseJson = (text: string, reviver?: Reviver): unknown => {
  try {
    const said: unknown = JSON.parse(text, reviver)
    return membersIn(said) === keysIn(text) ? said : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const membersIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const within: readonly unknown[] = Object.values(value)
  return within.reduce<number>((sum, one) => sum + membersIn(one), Array.isArray(value) ? 0 : within.length)
}

const keysIn = (text: string): number =>
  [...text.matchAll(STRINGS)].filter(([, colon]) => colon !== undefined).length
