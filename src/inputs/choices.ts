import { failure, success } from '../domain/problem.ts'
import { ZKVMS } from '../domain/workload.ts'
import type { ZkVm } from '../domain/workload.ts'
import type { Kind, PlainKind } from './kind.ts'
import { firstFew, splitItems } from './lists.ts'
import { oneOfThese, quote } from './wording.ts'

/** One of some words. Those in `later` are known and refused as not supported yet. */
export const oneOf = <const T extends readonly string[]>(
  allowed: T,
  later: readonly string[] = []
): PlainKind<T[number]> => ({
  placeholder: allowed.join('|'),
  parse: (text) => {
    const found = allowed.find((word) => word === text)
    if (found !== undefined) return success(found)
    return failure([
      later.includes(text)
        ? `${quote(text)} is not supported yet; allowed for now: ${oneOfThese(allowed)}`
        : `${quote(text)} is not known; allowed: ${oneOfThese(allowed)}`
    ])
  }
})

/** A list of zkVMs, of which only sp1 alone can be measured for now. */
export const zkvms: PlainKind<ZkVm> = {
  placeholder: 'sp1',
  parse: (text) => {
    const names = splitItems(text)
    const unknown = names.filter((name) => !ZKVMS.some((zkvm) => zkvm === name))
    if (names.length === 0) return failure([`${quote(text)} names no zkVM; allowed: sp1`])
    if (unknown.length > 0) {
      return failure(
        firstFew(unknown.map((name) => `${quote(name)} is not a zkVM that is known; allowed: sp1`))
      )
    }
    return names.every((name) => name === 'sp1')
      ? success('sp1')
      : failure([`${quote(text)} is not supported yet; allowed for now: sp1`])
  }
}

/** A kind whose input may stay unset: then null. */
export const optional = <T>(kind: Kind<T>): Kind<T | null> => ({
  placeholder: kind.placeholder,
  parse: (text, context) => (text === '' ? success(null) : kind.parse(text, context))
})

/** An input that must stay unset for now. What would never be allowed gets the sentence of its kind. */
export const later = (kind: Kind<unknown>): Kind<null> => ({
  placeholder: kind.placeholder,
  parse: (text, context) => {
    if (text === '') return success(null)
    const parsed = kind.parse(text, context)
    return parsed.ok
      ? failure([`${quote(text)} is not supported yet; allowed for now: nothing, leave it unset`])
      : parsed
  }
})
