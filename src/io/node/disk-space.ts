import { open, rm, statfs } from 'node:fs/promises'
import { bytes } from '../../domain/quantity.ts'
import type { Bytes } from '../../domain/quantity.ts'
import { writing } from './errors.ts'

/** What we may still write to the file system of a path. */
export const freeSpace = async (path: string): Promise<Bytes> => {
  const { bavail, bsize } = await statfs(path)
  return bytes(bavail * bsize)
}

/** Space kept back, so that a full disk still takes the report. */
export interface Reserve {
  free(): Promise<void>
}

const BLOCK = 1024 * 1024

/** Takes the space for good: written, for a file that is merely long takes none. */
export const reserveSpace = async (path: string, size: Bytes): Promise<Reserve> => {
  const free = (): Promise<void> => rm(path, { force: true })
  try {
    await writing(path, () => fill(path, size))
  } catch (error) {
    await free()
    throw error
  }
  return { free }
}

const fill = async (path: string, size: Bytes): Promise<void> => {
  const file = await open(path, 'w', 0o600)
  try {
    const block = Buffer.alloc(BLOCK)
    for (let written = 0; written < size; written += BLOCK) {
      await file.writeFile(block.subarray(0, Math.min(BLOCK, size - written)))
    }
  } finally {
    await file.close()
  }
}
