import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { MEBIBYTE, type Bytes } from '../../domain/quantity.ts'
import { errorCode, writing } from './errors.ts'

/**
 * Copies a file, unpacking one that ends with `.gz`. Null when copied, else what is wrong with the source, as
 * the end of a sentence. A compressed file of kilobytes may hold gigabytes, hence the limit.
 */
export const copyUnpacked = async (from: string, to: string, limit: Bytes): Promise<string | null> => {
  const source = createReadStream(from)
  const target = createWriteStream(to, { flags: 'wx', flush: true })
  const cap = upTo(limit)
  try {
    await writing(to, () =>
      from.endsWith('.gz') ? pipeline(source, createGunzip(), cap, target) : pipeline(source, cap, target)
    )
    return null
  } catch (error) {
    if (error instanceof TooLarge) return `is larger than ${Math.ceil(limit / MEBIBYTE)} MiB`
    const trouble = TROUBLES[errorCode(error) ?? '']
    if (trouble === undefined) throw error
    return trouble
  }
}

const TROUBLES: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a directory',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  Z_BUF_ERROR: 'ends too early: it is not a whole gzip file',
  Z_DATA_ERROR: 'is not a gzip file, or a damaged one'
}

class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

const upTo = (limit: Bytes): Transform => {
  let size = 0
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      size += chunk.length
      if (size > limit) done(new TooLarge())
      else done(null, chunk)
    }
  })
}
