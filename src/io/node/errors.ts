/** A write failed because the file system, or the user's share of it, is full. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull'

  constructor(path: string, cause: unknown) {
    super(`No space is left on the file system of ${path}.`, { cause })
  }
}

/** The code of a system error (`ENOENT`), or null for anything else. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

/** Rethrows everything but the named system errors: the only way in which an error is let go of here. */
export const expectCode = (error: unknown, codes: readonly string[]): void => {
  const code = errorCode(error)
  if (code === null || !codes.includes(code)) throw error
}

const FULL = ['ENOSPC', 'EDQUOT']

/** The same error, or a `DiskFull` where that is what it means. */
export const asDiskFull = (error: unknown, path: string): unknown => {
  const code = errorCode(error)
  return code !== null && FULL.includes(code) ? new DiskFull(path, error) : error
}

/** Runs a write; a full disk comes out as `DiskFull`. */
export const writing = async <T>(path: string, write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    throw asDiskFull(error, path)
  }
}
