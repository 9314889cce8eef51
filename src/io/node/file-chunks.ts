import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/** Each is a turn of the thread pool: with 32 KiB, reading alone takes three times as long. */
const CHUNK = 128 * 1024

/** Opens what must be a regular file; a pipe planted in its place would otherwise be waited for. */
const openRegular = async (path: string): Promise<FileHandle> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new Error(`${path} is not a regular file.`)
}

/** The bytes of a regular file in order, in chunks of bounded size. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
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
