import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { bytes, MEBIBYTE } from '../../domain/quantity.ts'
import type { Bytes } from '../../domain/quantity.ts'
import { expectCode } from './errors.ts'
import { printableLines } from '../text/printable.ts'

const KEEP = bytes(32 * MEBIBYTE)
const COPY = 1024 * 1024
const TAIL_LINES = 40
const TAIL_BYTES = 64 * 1024
const LONGEST_LINE = 1000

/**
 * Cuts a log, in place, to its first and last `keep` bytes with a line between them that says so. A writer that
 * still has it open goes on at its end.
 */
export const trimLog = async (path: string, keep: Bytes = KEEP): Promise<void> => {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const cut = size - 2 * keep
    const marker = Buffer.from(`\n[... ${cut} bytes cut here ...]\n`)
    if (cut <= marker.length) return
    await file.write(marker, 0, marker.length, keep)
    await copyDown(file, size - keep, keep + marker.length)
    await file.truncate(2 * keep + marker.length)
  } finally {
    await file.close()
  }
}

/** Copies the end of a file to a place before it, block by block from the front, so that none is lost. */
const copyDown = async (file: FileHandle, from: number, to: number): Promise<void> => {
  const block = Buffer.allocUnsafe(COPY)
  for (let copied = 0; ;) {
    const { bytesRead } = await file.read(block, 0, COPY, from + copied)
    if (bytesRead === 0) return
    await file.write(block, 0, bytesRead, to + copied)
    copied += bytesRead
  }
}

/** The last lines of a log as printable text. Empty where there is no log. */
export const tailOfFile = async (path: string, lines = TAIL_LINES, limit = TAIL_BYTES): Promise<string> => {
  const end = await endOfFile(path, limit)
  if (end === null) return ''
  const all = printableLines(end.text)
  const whole = end.isWhole ? all : all.slice(1)
  return whole.slice(-lines).map(shorten).join('\n')
}

const shorten = (line: string): string =>
  line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE).toWellFormed()}…`

const endOfFile = async (path: string, limit: number): Promise<{ text: string; isWhole: boolean } | null> => {
  let file: FileHandle
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return null
  }
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return null
    const start = Math.max(0, stat.size - limit)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit), 0, limit, start)
    return { text: buffer.toString('utf8', 0, bytesRead), isWhole: start === 0 }
  } finally {
    await file.close()
  }
}
