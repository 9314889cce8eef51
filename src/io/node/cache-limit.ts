import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bytes, type Bytes } from '../../domain/quantity.ts'
import { expectCode } from './errors.ts'

export interface CacheLimit {
  readonly cacheDir: string
  readonly limit: Bytes
  /** Absolute paths of entries, or of files in them, that a run uses: they stay. */
  readonly inUse: readonly string[]
  /** ms since the epoch: what was used after this may be what a waiting run has prepared, and stays too. */
  readonly since?: number
}

/** What was removed, and the size of what is left. */
export interface CacheSweep {
  readonly removed: readonly string[]
  readonly size: Bytes
}

interface Entry {
  readonly path: string
  readonly size: number
  readonly usedAt: number
  readonly isInUse: boolean
}

/**
 * Removes builds, mirrors, witnesses, inputs and kept results, the least recently used first, until the cache is no larger than
 * its limit. Reading an entry from the cache dates it anew.
 */
export const limitCache = async ({
  cacheDir,
  limit,
  inUse,
  since = Infinity
}: CacheLimit): Promise<CacheSweep> => {
  const networks = [
    ...(await pathsIn(join(cacheDir, 'witnesses'))),
    ...(await pathsIn(join(cacheDir, 'reference', 'inputs')))
  ]
  const parents = [
    ...['builds', 'mirrors', 'base', 'rebuild/builds', 'reference/results'].map((name) =>
      join(cacheDir, name)
    ),
    ...networks
  ]
  const paths = (await Promise.all(parents.map(pathsIn))).flat()
  const entries = await Promise.all(paths.map((path) => measure(path, inUse)))
  let size = entries.reduce((sum, entry) => sum + entry.size, 0)
  const removed: string[] = []
  for (const entry of entries
    .filter(({ isInUse, usedAt }) => !isInUse && usedAt < since)
    .sort((a, b) => a.usedAt - b.usedAt)) {
    if (size <= limit) break
    await rm(entry.path, { recursive: true, force: true })
    removed.push(entry.path)
    size -= entry.size
  }
  return { removed, size: bytes(size) }
}

const pathsIn = async (directory: string): Promise<readonly string[]> =>
  (await entriesIn(directory)).map(({ name }) => join(directory, name))

const entriesIn = async (directory: string): Promise<readonly Dirent[]> => {
  try {
    return await readdir(directory, { withFileTypes: true })
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR'])
    return []
  }
}

const measure = async (path: string, inUse: readonly string[]): Promise<Entry> => {
  const mtimeMs = (await lstatOrNull(path))?.mtimeMs ?? Infinity
  const isInUse = inUse.some((used) => used === path || used.startsWith(`${path}/`))
  return { path, size: await sizeOf(path), usedAt: mtimeMs, isInUse }
}

/** On disk: what removing it would free. */
const sizeOf = async (path: string): Promise<number> => {
  const stats = await lstatOrNull(path)
  if (stats === null) return 0
  const own = stats.blocks * 512
  if (!stats.isDirectory()) return own
  const sizes = await Promise.all((await entriesIn(path)).map(({ name }) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, own)
}

/** Another run may be fetching: files come and go in its mirror. */
const lstatOrNull = async (path: string): Promise<Stats | null> => {
  try {
    return await lstat(path)
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR'])
    return null
  }
}
