import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile, cp, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Bytes } from '../../domain/quantity.ts'
import type { Files } from '../ports.ts'
import { digestOfFile } from './digest.ts'
import { isDirectory, makeDirectory, whyNotWritable } from './directories.ts'
import { errorCode, expectCode, writing } from './errors.ts'
import { readChunks } from './file-chunks.ts'
import { tailOfFile, trimLog } from './log-files.ts'

/** Makes a rename or a new name survive a power cut. */
export const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** A path beside another, to be renamed to it when whole. */
const besides = (path: string): string => join(dirname(path), `.${basename(path)}.${randomUUID()}.part`)

/** Whole or not at all; `mode` is of the new file. */
export const writeWhole = (path: string, text: string, mode = 0o666): Promise<void> =>
  writing(path, async () => {
    const part = besides(path)
    try {
      const file = await open(part, 'wx', mode)
      try {
        await file.writeFile(text)
        await file.datasync()
      } finally {
        await file.close()
      }
      await rename(part, path)
    } finally {
      await rm(part, { force: true })
    }
    await syncDirectory(dirname(path))
  })

const readText = async (path: string, limit: Bytes): Promise<string | null> => {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of readChunks(path)) {
      size += chunk.length
      if (size > limit) throw new Error(`${path} is larger than ${limit} bytes.`)
      chunks.push(Uint8Array.from(chunk))
    }
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Removes a tree, links not followed. Directories that were made read-only are no hindrance. */
const remove = async (path: string): Promise<void> => {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    expectCode(error, ['EACCES', 'EPERM', 'ENOTEMPTY'])
    await unlock(path)
    await rm(path, { recursive: true, force: true })
  }
}

const unlock = async (path: string): Promise<void> => {
  await chmod(path, 0o700)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(join(path, entry.name))
  }
}

const move = (from: string, to: string): Promise<void> =>
  writing(to, async () => {
    try {
      await rename(from, to)
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error
      const part = besides(to)
      try {
        await cp(from, part, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
        await rename(part, to)
      } finally {
        await remove(part)
      }
      await remove(from)
    }
  })

/** Shares the disk's blocks where the file system can; the store's own file may be read-only, the copy is not. */
const copy = (from: string, to: string): Promise<void> =>
  writing(to, async () => {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    await chmod(to, 0o644)
  })

const names = async (directory: string): Promise<readonly string[]> => {
  try {
    return (await readdir(directory)).sort()
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return []
  }
}

/** The machine's files. */
export const files: Files = {
  makeDirectory,
  isDirectory,
  whyNotWritable,
  remove,
  write: (path, text) => writeWhole(path, text),
  readText,
  readChunks,
  trimLog,
  move,
  copy,
  names,
  tail: (path) => tailOfFile(path),
  emptyDirectory: async (path) => {
    await remove(path)
    await makeDirectory(path)
  },
  sha256OfText: (text) => createHash('sha256').update(text).digest('hex'),
  sha256OfFile: digestOfFile
}
