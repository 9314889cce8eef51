import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { expectCode } from './errors.ts'
import { readChunks } from './file-chunks.ts'

/** SHA-256 of a file as 64 hex digits; null where there is none, or a link or a directory in its place. */
export const digestOfFile = async (path: string): Promise<string | null> => {
  try {
    if (!(await lstat(path)).isFile()) return null
    const hash = createHash('sha256')
    for await (const chunk of readChunks(path)) hash.update(chunk)
    return hash.digest('hex')
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR'])
    return null
  }
}
