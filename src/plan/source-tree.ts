import { posix } from 'node:path'
import type { FoundLine, TreeEntry } from '../domain/source-tree.ts'
import type { Manifests } from './cargo-manifest.ts'

/** What is read of a commit without checking it out. */
export interface Sources {
  /** All of the tree. */
  readonly entries: readonly TreeEntry[]
  /** By object id, at least of all that `isRead` names. */
  readonly texts: ReadonlyMap<string, string>
  /** What `UPWARD_PATHS` finds. */
  readonly lines: readonly FoundLine[]
}

/** Sources to be asked by path. */
export interface SourceTree extends Sources {
  readonly entry: (path: string) => TreeEntry | null
  /** Null where there is no such file, or it was not read. */
  readonly text: (path: string) => string | null
  readonly manifests: Manifests
}

/** Looks for paths that lead upwards in what rustc reads. */
export const UPWARD_PATHS = {
  texts: ['../', '.."'],
  globs: ['**/*.rs', '**/*.in', '**/*.inc']
} as const

/** In all of ethrex there are hundreds of lines, few paths of more than ten names, and 200 kB of manifests. */
const MOST_LINES = 50_000
const MOST_NAMES = 64
const MOST_BYTES = 2_000_000

/** Why nobody looks through a tree, as a clause: it was made to keep us busy. Null where it is one that people write. */
export const whyTooMuch = ({ lines, entries }: Pick<Sources, 'lines' | 'entries'>): string | null => {
  if (lines.length > MOST_LINES) return 'too many lines have paths that lead upwards'
  const isDeep = entries.some(({ path }) => path.split('/', MOST_NAMES + 1).length > MOST_NAMES)
  if (isDeep) return 'a path is too long'
  const manifests = entries.filter(({ path }) => posix.basename(path) === 'Cargo.toml')
  return manifests.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES ? 'the manifests are too long' : null
}

/** Where rustup looks for the toolchain of a directory. */
export const TOOLCHAIN_FILES = ['rust-toolchain', 'rust-toolchain.toml'] as const
const READ_NAMES: ReadonlySet<string> = new Set(['Cargo.toml', 'Cargo.lock', 'build.rs', ...TOOLCHAIN_FILES])
const CARGO_CONFIG = /(^|\/)\.cargo\/config(\.toml)?$/
const TOOLCHAIN = /(^|\/)rust-toolchain(\.toml)?$/

export const isCargoConfig = ({ path }: Pick<TreeEntry, 'path'>): boolean => CARGO_CONFIG.test(path)

/** Whether an entry has settings of cargo or rustup, which may name files. */
export const hasSettings = (entry: Pick<TreeEntry, 'path'>): boolean =>
  isCargoConfig(entry) || TOOLCHAIN.test(entry.path)

/** Whether the text of an entry decides what else is compared. Of other files, `readWhole` knows. */
export const isRead = (entry: TreeEntry): boolean =>
  entry.kind === 'link' ||
  (entry.kind === 'file' && (READ_NAMES.has(posix.basename(entry.path)) || isCargoConfig(entry)))

export const sourceTree = (sources: Sources): SourceTree => {
  const byPath = new Map(sources.entries.map((entry) => [entry.path, entry]))
  const entry = (path: string): TreeEntry | null => byPath.get(path) ?? null
  const textOf = (found: TreeEntry | null): string | null =>
    found?.kind === 'file' ? (sources.texts.get(found.object) ?? null) : null
  const manifests = sources.entries.flatMap((found): [string, string][] => {
    const text = posix.basename(found.path) === 'Cargo.toml' ? textOf(found) : null
    return text === null ? [] : [[found.path, text]]
  })
  return { ...sources, entry, text: (path) => textOf(entry(path)), manifests: new Map(manifests) }
}

/** A path from a directory of the tree, without `..`, `.` for the root; null where it leads out of it. */
export const pathFrom = (directory: string, path: string): string | null => {
  const joined = posix.join(directory, path).replace(/\/$/, '')
  return joined.startsWith('/') || joined === '..' || joined.startsWith('../') ? null : joined || '.'
}

export const manifestIn = (directory: string): string =>
  directory === '.' ? 'Cargo.toml' : `${directory}/Cargo.toml`

/** The path itself, then every directory above it, the root `.` last. */
export const upwards = (path: string): readonly string[] => {
  const found = [path]
  for (let at = path; at !== '.';) {
    at = posix.dirname(at)
    found.push(at)
  }
  return found
}

/** Whether a directory holds the path, or is it. */
export const holds = (directory: string, path: string): boolean =>
  directory === '.' || path === directory || path.startsWith(`${directory}/`)
