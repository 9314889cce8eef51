import type { Stats } from 'node:fs'
import { lstat, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { bytes, MEBIBYTE } from '../../domain/quantity.ts'
import { makeDirectory } from './directories.ts'
import { errorCode } from './errors.ts'
import { files, writeWhole } from './files.ts'

/** A text that was kept. `why` reads on from its name. */
export type KeptText =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly why: string }

/** A result is a few kilobytes, most of them spans. */
const LIMIT = bytes(4 * MEBIBYTE)
/** Of its owner alone. */
const MODE = 0o600
const WRITABLE_BY_OTHERS = 0o022

/** Results of base in `<cacheDir>/base/<key>.json`. What is in them is for the reader to check. */
export const createBaseStore = (cacheDir: string) => createResultStore(join(cacheDir, 'base'))

/** Texts in `<directory>/<key>.json` that nobody else can have written. */
export const createResultStore = (directory: string) => {
  const pathOf = (key: string): string => join(directory, `${key}.json`)
  return {
    pathOf,
    read: (key: string) => read(pathOf(key)),
    write: async (key: string, text: string): Promise<void> => {
      await makeDirectory(directory)
      await makeRoom(pathOf(key))
      await writeWhole(pathOf(key), text, MODE)
    },
    remove: (key: string) => files.remove(pathOf(key))
  }
}

const read = async (path: string): Promise<KeptText> => {
  try {
    const why = distrust(await lstat(path))
    if (why !== null) return { kind: 'unusable', why }
    const text = await files.readText(path, LIMIT)
    if (text === null) return { kind: 'absent' }
    // The cache loses first what was not used for longest.
    const now = new Date()
    await utimes(path, now, now)
    return { kind: 'found', text }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' }
    return { kind: 'unusable', why: `cannot be read (${code ?? error.message})` }
  }
}

const distrust = (stats: Stats): string | null => {
  if (!stats.isFile()) return 'is not a file'
  const isOurs = stats.uid === process.getuid?.() && (stats.mode & WRITABLE_BY_OTHERS) === 0
  return isOurs ? null : 'may be written to by others'
}

/** A file is replaced whole; anything else that stands in its place has to go first. */
const makeRoom = async (path: string): Promise<void> => {
  const kept = await read(path)
  if (kept.kind === 'unusable') await rm(path, { recursive: true, force: true })
}
