import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Journal, OpenJournal } from '../ports.ts'
import { writing } from './errors.ts'
import { syncDirectory } from './files.ts'

const NEWLINE = 0x0a
const LOOK_BACK = 64 * 1024

/** Length of a file up to its last line break: what comes after was being written when the writer died. */
const wholeLines = async (file: FileHandle, size: number): Promise<number> => {
  for (let end = size; end > 0; end -= LOOK_BACK) {
    const start = Math.max(0, end - LOOK_BACK)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
    const at = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE)
    if (at >= 0) return start + at + 1
  }
  return 0
}

/**
 * Opens a journal at the end of its last whole line; half a line, left by a writer that was killed, is cut off.
 * A line is on disk when `append` resolves, or not in the file at all when it rejects.
 */
export const openJournal: OpenJournal = (path) =>
  writing(path, async () => {
    const file = await open(path, 'a+')
    try {
      await file.truncate(await wholeLines(file, (await file.stat()).size))
      await file.sync()
      await syncDirectory(dirname(path))
    } catch (error) {
      await file.close()
      throw error
    }
    return journalOn(file, path)
  })

const journalOn = (file: FileHandle, path: string): Journal => {
  let last: Promise<void> = Promise.resolve()
  const append = (line: string): Promise<void> => {
    if (line.includes('\n')) throw new Error('Internal error: a journal line holds a line break')
    const appended = last.then(() => writing(path, () => appendLine(file, line)))
    // The next line is tried whatever became of this one, whose caller is told.
    last = appended.then(nothing, nothing)
    return appended
  }
  return { append, close: () => last.then(() => file.close()) }
}

const nothing = (): void => undefined

const appendLine = async (file: FileHandle, line: string): Promise<void> => {
  const { size } = await file.stat()
  try {
    await file.appendFile(`${line}\n`)
    await file.datasync()
  } catch (error) {
    await file.truncate(size)
    throw error
  }
}
