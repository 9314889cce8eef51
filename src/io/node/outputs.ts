import { randomUUID } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bytes } from '../../domain/quantity.ts'
import { asDiskFull } from './errors.ts'

/** Where a child writes, as open descriptors of files: we are not in the way of its bytes. */
export interface Outputs {
  readonly stdout: number
  readonly stderr: number
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } = constants
// Appending, so that a log that is cut while a stray writer still has it open gets no hole of zeros, and so
// that both streams may share one file. Not through a link, which measured code could plant.
const LOG_FLAGS = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW
const SCRATCH_FLAGS = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW

const openForWriting = (path: string, flags: number): number => {
  try {
    return openSync(path, flags, 0o600)
  } catch (error) {
    throw asDiskFull(error, path)
  }
}

const openBoth = (openStdout: () => number, openStderr: () => number): Outputs => {
  const stdout = openStdout()
  try {
    return { stdout, stderr: openStderr() }
  } catch (error) {
    closeSync(stdout)
    throw error
  }
}

/** Opens the two logs of a run, emptied. They may be one file. */
export const openLogs = (stdout: string, stderr: string): Outputs =>
  openBoth(
    () => openForWriting(stdout, LOG_FLAGS),
    () => openForWriting(stderr, LOG_FLAGS)
  )

/** Two files without names: they are gone with their last descriptors, however we end. */
export const openScratch = (): Outputs => openBoth(openNameless, openNameless)

const openNameless = (): number => {
  const path = join(tmpdir(), `proving-regression-${randomUUID()}`)
  const file = openForWriting(path, SCRATCH_FLAGS)
  unlinkSync(path)
  return file
}

/** Closes our descriptors after use; a child keeps its own. */
export const withOutputs = async <T>(
  open: () => Outputs,
  use: (outputs: Outputs) => Promise<T>
): Promise<T> => {
  const outputs = open()
  try {
    return await use(outputs)
  } finally {
    closeSync(outputs.stdout)
    closeSync(outputs.stderr)
  }
}

/** Bytes of the larger one. */
export const largest = (outputs: Outputs): number =>
  Math.max(fstatSync(outputs.stdout).size, fstatSync(outputs.stderr).size)

/** What was written to scratch files, each cut at the limit. */
export const readTexts = ({ stdout, stderr }: Outputs, limit: Bytes): { stdout: string; stderr: string } => ({
  stdout: textOf(stdout, limit),
  stderr: textOf(stderr, limit)
})

const textOf = (file: number, limit: Bytes): string => {
  const text = Buffer.allocUnsafe(Math.min(fstatSync(file).size, limit))
  return text.toString('utf8', 0, readSync(file, text, 0, text.length, 0))
}
