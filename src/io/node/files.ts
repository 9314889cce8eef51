import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { chmod, cp, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Bytes } from '../../domain/quantity.ts'
import type { Files } from '../ports.ts'
import { isDirectory, makeDirectory, whyNotWritable } from './directories.ts'
import { errorCode, expectCode, writing } from './errors.ts'
import { tailOfFile, trimLog } from './log-files.ts'

/** Larger ones make V8 keep a larger young generation: 120 MiB of memory for a log of 1 GB instead of 90. */
const CHUNK = 32 * 1024

/** Opens what must be a regular file; a pipe planted in its place would otherwise be waited for. */
const openRegular = async (path: string): Promise<FileHandle> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new Error(`${path} is not a regular file.`)
}

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

const write = (path: string, text: string): Promise<void> =>
  writing(path, async () => {
    const part = besides(path)
    try {
      const file = await open(part, 'wx')
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
      chunks.push(chunk)
    }
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
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
  write,
  readText,
  readChunks,
  trimLog,
  move,
  names,
  tail: (path) => tailOfFile(path),
  emptyDirectory: async (path) => {
    await remove(path)
    await makeDirectory(path)
  },
  sha256OfText: (text) => createHash('sha256').update(text).digest('hex')
}
