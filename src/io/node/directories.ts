import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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

/** Null where files can be written in the directory, which is made; else why not, as an error code. */
export const whyNotWritable = async (path: string): Promise<string | null> => {
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
