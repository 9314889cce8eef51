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

const ZKVM_NAMES = `${oneOfThese(ZKVMS)}, or several of them separated by commas`

/** zkVMs in the order given, at least one, each once. */
export const zkvms: PlainKind<readonly ZkVm[]> = {
  placeholder: 'LIST',
  parse: (text) => {
    const names = splitItems(text)
    if (names.length === 0) return failure([`${quote(text)} names no zkVM; allowed: ${ZKVM_NAMES}`])
    const found = ZKVMS.filter((zkvm) => names.includes(zkvm))
    const unknown = names.filter((name) => !found.some((zkvm) => zkvm === name))
    const twice = found.filter((zkvm) => names.filter((name) => name === zkvm).length > 1)
    const problems = [
      ...unknown.map((name) => `${quote(name)} is not a zkVM that is known; allowed: ${ZKVM_NAMES}`),
      ...twice.map((zkvm) => `${quote(zkvm)} is given more than once; allowed: each zkVM once`)
    ]
    return problems.length === 0
      ? success(found.toSorted((a, b) => names.indexOf(a) - names.indexOf(b)))
      : failure(firstFew(problems))
  }
}

/** A kind whose input may stay unset: then null. */
export const optional = <T>(kind: Kind<T>): Kind<T | null> => ({
  placeholder: kind.placeholder,
  parse: (text, context) => (text === '' ? success(null) : kind.parse(text, context))
})
