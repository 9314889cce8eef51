import { failure, success } from '../domain/problem.ts'
import type { Settings, Variant } from '../domain/settings.ts'
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

/** Each takes as many proofs as head. */
const MOST_VARIANTS = 16

const VARIANTS_ALLOWED =
  'allowed: name=ref, on lines or between blanks, names of letters, digits, dots, dashes and underscores'

/** `name=ref`, one on a line or, where a form has only one, between blanks: neither part can have any. */
export const variants: PlainKind<readonly Variant[]> = {
  placeholder: 'NAME=REF',
  parse: (text) => {
    const items = text.split(/[ \t\r\n]+/).filter((item) => item !== '')
    const found = items.flatMap((item) => parseVariant(item) ?? [])
    const problems = [
      ...items
        .filter((item) => parseVariant(item) === null)
        .map((item) => `${quote(item)} is not a variant; ${VARIANTS_ALLOWED}`),
      ...namesTaken(found).map(
        (name) => `the name ${quote(name)} is taken; allowed: another for each variant`
      ),
      ...(items.length > MOST_VARIANTS
        ? [`has ${items.length} variants; allowed: at most ${MOST_VARIANTS}`]
        : [])
    ]
    return problems.length === 0 ? success(found) : failure(firstFew(problems))
  }
}

/** Another prover at a ref of its own. */
export const reference: PlainKind<NonNullable<Settings['reference']>> = {
  placeholder: 'rsp@REF',
  parse: (text) => {
    const named = text.startsWith('rsp@') ? text.slice('rsp@'.length) : ''
    return faultOf(named) === null
      ? success({ prover: 'rsp', ref: named })
      : failure([`${quote(text)} is not a reference; allowed: rsp@ and a branch, tag or commit id`])
  }
}

const parseVariant = (item: string): Variant | null => {
  const [name = '', ...rest] = item.split('=')
  const named = rest.join('=')
  return VARIANT_NAME.test(name) && faultOf(named) === null ? { name, ref: named } : null
}

/** Names become those of files, and not every file system tells upper from lower case. */
const namesTaken = (found: readonly Variant[]): readonly string[] => {
  const taken = new Set(['base', 'head'])
  return found.flatMap(({ name }) => {
    const key = name.toLowerCase()
    if (taken.has(key)) return [name]
    taken.add(key)
    return []
  })
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
