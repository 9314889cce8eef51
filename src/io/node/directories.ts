import { mkdir, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DiskFull, errorCode, expectCode, writing } from './errors.ts'

/**
 * Makes a directory and those above it. Node's own recursive `mkdir` never ends where a parent exists and yet
 * takes no children, as `/proc` (node 24.19, lib/internal/fs).
 */
export const makeDirectory = (path: string): Promise<void> => writing(path, () => makeWithParents(path))

const makeWithParents = async (path: string): Promise<void> => {
  if ((await makeOne(path)) === 'made') return
  await makeWithParents(dirname(path))
  if ((await makeOne(path)) === 'no-parent') await mkdir(path)
}

const makeOne = async (path: string): Promise<'made' | 'no-parent'> => {
  try {
    await mkdir(path)
    return 'made'
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return 'made'
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    return 'no-parent'
  }
}

/**
 * Null where files could be written in the directory, made if need be; else why not, as an error code. It is
 * tried and undone: what was not there before is not there afterwards.
 */
export const whyNotWritable = async (path: string): Promise<string | null> => {
  const firstNew = await firstMissing(path)
  const probe = join(path, `.probe-${process.pid}`)
  try {
    await makeDirectory(path)
    await writeFile(probe, '')
    await rm(probe)
    return null
  } catch (error) {
    const code = error instanceof DiskFull ? 'ENOSPC' : errorCode(error)
    if (code === null) throw error
    return code
  } finally {
    if (firstNew !== null) await removeEmpty(path, firstNew)
  }
}

/** From the innermost up; one that somebody has put something into meanwhile stays. */
const removeEmpty = async (path: string, last: string): Promise<void> => {
  try {
    await rmdir(path)
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTEMPTY', 'ENOTDIR', 'EEXIST'])
    if (errorCode(error) !== 'ENOENT') return
  }
  if (path !== last) await removeEmpty(dirname(path), last)
}

/** A path without links, whether or not there is anything at its end: one name for one place. */
export const realPath = async (path: string): Promise<string> => {
  try {
    return await realpath(path)
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'])
    return dirname(path) === path ? path : join(await realPath(dirname(path)), basename(path))
  }
}

/** The topmost directory of a path that is not there; null where all are. */
const firstMissing = async (path: string): Promise<string | null> => {
  try {
    await stat(path)
    return null
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'])
    if (errorCode(error) !== 'ENOENT') return null
    return (await firstMissing(dirname(path))) ?? path
  }
}

export const isDirectory = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'])
    return false
  }
}
