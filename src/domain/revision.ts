/** The two sides of a comparison. Base is always named first. */
export type Side = 'base' | 'head'
export const SIDES: readonly Side[] = ['base', 'head']

export type BySide<T> = Readonly<Record<Side, T>>

export const otherSide = (side: Side): Side => (side === 'base' ? 'head' : 'base')

declare const checked: unique symbol
/** A full commit id: 40 lower-case hex digits. Nothing else travels between steps. */
export type Sha = string & { readonly [checked]: 'sha' }

const FULL_SHA = /^[0-9a-f]{40}$/

/** The full commit id, or null where the text is anything else (an abbreviation, a branch, upper case). */
export const parseSha = (text: string): Sha | null => (FULL_SHA.test(text) ? (text as Sha) : null)

/** As people read it: the first seven digits. */
export const shortSha = (sha: Sha): string => sha.slice(0, 7)

/** Where a repository is, as the user named it and as git is asked for it. */
export interface Repository {
  /** What the report shows: `owner/name`, a URL without credentials, or an absolute path. */
  readonly name: string
  /** What git fetches from: an absolute path or a URL. */
  readonly source: string
  readonly kind: 'path' | 'url'
}

/** A commit of a repository, with the name by which it was asked for. */
export interface Revision {
  readonly repository: string
  /** The ref as given or derived (`merge-base of main and abc`): text of the user, escape it where shown. */
  readonly ref: string
  readonly sha: Sha
}
