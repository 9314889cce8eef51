import { failure, success } from '../domain/problem.ts'
import type { PlainKind } from './kind.ts'
import { firstFew } from './lists.ts'
import { quote } from './wording.ts'

const LONGEST = 255
const VARIANT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

const ALLOWED = 'allowed: the name of a branch or tag, or a commit id'

/** A name that `git check-ref-format --allow-onelevel` takes and that no program can read as an option. */
export const ref: PlainKind<string> = {
  placeholder: 'REF',
  parse: (text) => {
    const fault = faultOf(text)
    return fault === null ? success(text) : failure([`${quote(text)} ${fault}; ${ALLOWED}`])
  }
}

/** `name=ref`, one on a line. */
export const variants: PlainKind<string> = {
  placeholder: 'NAME=REF',
  parse: (text) => {
    const faulty = text.split(/[\r\n]+/).filter((line) => !isVariant(line.trim()))
    const allowed = 'allowed: name=ref, one on a line, names of letters, digits, dots, dashes and underscores'
    return faulty.length === 0
      ? success(text)
      : failure(firstFew(faulty.map((line) => `${quote(line)} is not a variant; ${allowed}`)))
  }
}

/** Another prover at a ref of its own. */
export const reference: PlainKind<string> = {
  placeholder: 'rsp@REF',
  parse: (text) =>
    text.startsWith('rsp@') && faultOf(text.slice('rsp@'.length)) === null
      ? success(text)
      : failure([`${quote(text)} is not a reference; allowed: rsp@ and a branch, tag or commit id`])
}

const isVariant = (line: string): boolean => {
  const [name = '', ...rest] = line.split('=')
  return VARIANT_NAME.test(name) && faultOf(rest.join('=')) === null
}

const faultOf = (text: string): string | null => FAULTS.find(({ in: has }) => has(text))?.fault ?? null

/** The rules of git-check-ref-format(1), in an order that names the most telling fault first. */
const FAULTS: readonly { readonly in: (ref: string) => boolean; readonly fault: string }[] = [
  { in: (ref) => ref === '', fault: 'is empty' },
  { in: (ref) => ref.length > LONGEST, fault: `is longer than ${LONGEST} characters` },
  { in: (ref) => ref.startsWith('-'), fault: 'begins with "-"' },
  { in: (ref) => /[\p{C}\p{Z}]/u.test(ref), fault: 'has a blank or control character in it' },
  { in: (ref) => /[~^:?*[\\]/.test(ref), fault: 'has one of ~ ^ : ? * [ \\ in it' },
  { in: (ref) => ref.includes('..'), fault: 'has ".." in it' },
  { in: (ref) => ref === '@' || ref.includes('@{'), fault: 'is a shorthand of git, not a name' },
  { in: (ref) => ref.split('/').includes(''), fault: 'has an empty part before, between or after "/"' },
  { in: (ref) => /(^|\/)\.|\.$/.test(ref), fault: 'has a part that begins with ".", or ends with one' },
  { in: (ref) => /\.lock($|\/)/.test(ref), fault: 'has a part that ends in ".lock"' }
]
