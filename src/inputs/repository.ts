import { failure, success } from '../domain/problem.ts'
import type { Repository } from '../domain/revision.ts'
import type { InputContext, Kind, Parsed } from './kind.ts'
import { parsePath } from './paths.ts'
import { quote } from './wording.ts'

const ALLOWED = 'allowed: owner/name, a URL, or a path that is ".", ".." or begins with "/", "./" or "../"'

const OWNER_AND_NAME =
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._][A-Za-z0-9._-]{0,99}(?<!\.git)$/
/** No name in it begins with a dash, which ssh would read as an option. */
const SCP_LIKE = /^git@[A-Za-z0-9][A-Za-z0-9.-]*:(?!-)[^\s\\?#]+$/
const URL_FORM = /^([a-z]+):\/\/([^/]*)\/([^/].*)$/
const HOST = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/
const SSH_USER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*@/

const SCHEMES = ['https', 'http', 'ssh', 'git', 'file']

/** Where a repository is. The form alone decides whether a text is a path, a URL or `owner/name`. */
export const repository: Kind<Repository> = {
  placeholder: 'REPOSITORY',
  parse: (text, context) => {
    const asked = text === '' ? context.defaultRepository : text
    if (asked === null) return failure([`is required where there is no repository to default to; ${ALLOWED}`])
    if (/^(\.{1,2}$|\/|\.{1,2}\/)/.test(asked)) return parseLocal(asked, context)
    return asked.includes('://') || asked.startsWith('git@') ? parseUrl(asked) : parseName(asked, context)
  }
}

const parseLocal = (text: string, context: InputContext): Parsed<Repository> => {
  const path = parsePath(text, context)
  return path.ok ? success({ name: path.value, source: path.value, kind: 'path' }) : path
}

const parseName = (text: string, { serverUrl }: InputContext): Parsed<Repository> =>
  OWNER_AND_NAME.test(text)
    ? success({ name: text, source: `${serverUrl.replace(/\/$/, '')}/${text}`, kind: 'url' })
    : failure([`${quote(text)} is not a repository; ${ALLOWED}`])

const parseUrl = (text: string): Parsed<Repository> => {
  const fault = text.includes('://') ? faultOfUrl(text) : faultOfScpLike(text)
  return fault === null
    ? success({ name: text, source: text, kind: 'url' })
    : failure([`${quote(text)} ${fault}`])
}

const faultOfScpLike = (text: string): string | null =>
  SCP_LIKE.test(text) ? null : 'is not a URL; allowed: git@host:path'

const faultOfUrl = (text: string): string | null => {
  if (/[\p{C}\p{Z}\\]/u.test(text)) {
    return 'has a blank, a backslash or a control character in it; allowed: a plain URL'
  }
  const scheme = text.slice(0, text.indexOf('://'))
  if (!SCHEMES.includes(scheme)) return `is of a scheme that is not fetched; allowed: ${SCHEMES.join(', ')}`
  if (/[?#]/.test(text)) return 'has a query or fragment; allowed: a URL that ends with its path'
  const [, , authority = null] = URL_FORM.exec(text) ?? []
  if (authority === null) return `is not a whole URL; allowed: ${example(scheme)}`
  if (scheme === 'file') return authority === '' ? null : `names a host; allowed: ${example(scheme)}`
  const host = scheme === 'ssh' ? authority.replace(SSH_USER, '') : authority
  if (host.includes('@')) {
    return 'carries credentials, which logs would show; allowed: the URL without them, or git@host:path with a key on this machine'
  }
  return HOST.test(host) ? null : `has no usable host; allowed: ${example(scheme)}`
}

const example = (scheme: string): string =>
  scheme === 'file' ? 'file:///path' : `${scheme}://${scheme === 'ssh' ? 'git@' : ''}host/path`
