import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/** Each is a turn of the thread pool: with 32 KiB, reading alone takes six times as long. */
const CHUNK = 256 * 1024

/** Opens what must be a regular file; a pipe planted in its place would otherwise be waited for. */
const openRegular = async (path: string): Promise<FileHandle> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new Error(`${path} is not a regular file.`)
}

/** The bytes of a regular file in order, in chunks of bounded size. A chunk is good until the next one is asked for. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path)
  // One for all of them: another each time would be a gigabyte of garbage a gigabyte.
  const buffer = Buffer.allocUnsafe(CHUNK)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
