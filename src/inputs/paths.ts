import { failure, success } from '../domain/problem.ts'
import type { InputContext, Kind, Parsed } from './kind.ts'
import { quote } from './wording.ts'

/** The absolute POSIX path without `.`, `..`, doubled or trailing slashes. */
export const resolvePath = (path: string, from: string): string => {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${from}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** True also where both are the same; both paths are resolved. */
export const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`)

/** The absolute path of a directory, which need not exist. */
export const directory: Kind<string> = {
  placeholder: 'DIR',
  parse: (text, context) => parsePath(text, context)
}

/** As `directory`; unset it is the place of the surface. */
export const cacheDirectory: Kind<string> = {
  placeholder: 'DIR',
  parse: (text, context) => parsePath(text === '' ? context.defaultCacheDir : text, context)
}

/** An absolute path. Fails with one sentence. */
export const parsePath = (text: string, context: InputContext): Parsed<string> => {
  const fault = faultOf(text)
  return fault === null
    ? success(resolvePath(text, context.workingDirectory))
    : failure([
        `${quote(text)} ${fault}; allowed: an absolute path, or one relative to the working directory`
      ])
}

const faultOf = (text: string): string | null => {
  if (text === '') return 'is empty'
  if (/\p{Cc}/u.test(text)) return 'has a control character in it'
  if (text.includes('://')) return 'is a URL'
  return /^~(\/|$)/.test(text) ? 'begins with "~", which only a shell replaces' : null
}
