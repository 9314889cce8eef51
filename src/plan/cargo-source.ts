import type { Repository } from '../domain/revision.ts'

/** Whether the URL of a git dependency is ethrex's. */
export type IsEthrex = (url: string) => boolean

/** A URL as cargo compares it: without a final slash and `.git`, and at GitHub without regard to case. */
export const canonicalUrl = (url: string): string => {
  const trimmed = url
    .replace(/^git\+/, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
  const lower = /^[a-z+]+:\/\/([^/@]*@)?github\.com\//i.test(trimmed) ? trimmed.toLowerCase() : trimmed
  return lower.replace(/\.git$/, '')
}

/** ethrex under any owner, and the measured repository whatever it is called. */
export const ethrexOf = (measured: Repository): IsEthrex => {
  const own = canonicalUrl(measured.source)
  return (url) => {
    const canonical = canonicalUrl(url)
    return canonical === own || canonical.split('/').at(-1) === 'ethrex'
  }
}
