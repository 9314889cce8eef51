import { chmod, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bytes, MEBIBYTE, type Bytes } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Witness } from '../../domain/witness.ts'
import type { BlockNumber, Network } from '../../domain/workload.ts'
import { makeDirectory } from './directories.ts'
import { digestOfFile } from './digest.ts'
import { expectCode } from './errors.ts'
import { files } from './files.ts'
import { copyUnpacked } from './unpacked-copy.ts'
import { readWitness, witnessFileName, type WitnessSubject } from './witness-file.ts'

export interface WitnessStoreOptions {
  readonly cacheDir: string
  readonly network: Network
  /** Of a file as JSON text. Default 512 MiB, the most that one text may have. */
  readonly sizeLimit?: Bytes
}

const SIZE_LIMIT = bytes(512 * MEBIBYTE - 64)

/**
 * Witnesses in `<cacheDir>/witnesses/<network>/<block>-<digest>/`, each under the name that ethrex-replay looks
 * for. A folder never changes once it is there, so that a run that prepares cannot disturb one that measures;
 * and both sides read the same one, so they read the same bytes.
 */
export const createWitnessStore = ({ cacheDir, network, sizeLimit = SIZE_LIMIT }: WitnessStoreOptions) => {
  const directory = join(cacheDir, 'witnesses', network)
  const place = (block: BlockNumber): Place => ({ subject: { network, block }, directory, sizeLimit })
  return {
    directory,
    kept: (block: BlockNumber) => findKept(place(block)),
    take: (block: BlockNumber, from: string) => takeFrom(from, place(block)),
    takeFile: (block: BlockNumber, file: string) => take(file, place(block)),
    isIntact: async (witness: Witness) => (await digestOfFile(witness.path)) === witness.sha256
  }
}

interface Place {
  readonly subject: WitnessSubject
  readonly directory: string
  readonly sizeLimit: Bytes
}

const DIGEST_DIGITS = 16

/** The folder's name tells a file that was changed since from one that was not. */
const folderOf = ({ subject, directory }: Place, sha256: string): string =>
  join(directory, `${subject.block}-${sha256.slice(0, DIGEST_DIGITS)}`)

/** The witness that an earlier run used last; null where there is none that is still what it was. */
const findKept = async (place: Place): Promise<Witness | null> => {
  const { subject, directory } = place
  const folders = (await files.names(directory)).filter((name) => name.startsWith(`${subject.block}-`))
  const dated = await Promise.all(
    folders.map(async (name) => ({ name, usedAt: (await stat(join(directory, name))).mtimeMs }))
  )
  for (const { name } of dated.toSorted((a, b) => b.usedAt - a.usedAt)) {
    const witness = await readKept(join(directory, name, witnessFileName(subject)), place)
    if (witness !== null) return witness
  }
  return null
}

const readKept = async (path: string, place: Place): Promise<Witness | null> => {
  const sha256 = await digestOfFile(path)
  if (sha256 === null || dirname(path) !== folderOf(place, sha256)) return null
  const read = readWitness(await readFile(path, 'utf8'), place.subject)
  if (!read.ok) return null
  const now = new Date()
  await utimes(dirname(path), now, now)
  const size = bytes((await stat(path)).size)
  return { block: place.subject.block, path, sha256, size, gas: read.value.gas }
}

/** From a directory of cache files, plain or gzipped. Null where it has none of that block. */
const takeFrom = async (directory: string, place: Place): Promise<Result<Witness, string> | null> => {
  const file = join(directory, witnessFileName(place.subject))
  for (const candidate of [file, `${file}.gz`]) {
    const kind = await kindOf(candidate)
    if (kind === 'file') return take(candidate, place)
    if (kind === 'other') return failure(`${candidate} is not a file`)
  }
  return null
}

const kindOf = async (path: string): Promise<'file' | 'other' | 'absent'> => {
  try {
    return (await stat(path)).isFile() ? 'file' : 'other'
  } catch (error) {
    expectCode(error, ['ENOENT', 'ENOTDIR', 'ELOOP'])
    return 'absent'
  }
}

/** Copies a file into the store if it is that block's witness, whole or not at all. The error is a sentence. */
const take = async (file: string, place: Place): Promise<Result<Witness, string>> => {
  const { subject, directory, sizeLimit } = place
  await makeDirectory(directory)
  const part = join(directory, `.${witnessFileName(subject)}.${process.pid}`)
  try {
    const trouble = await copyUnpacked(file, part, sizeLimit)
    if (trouble !== null) return failure(`${file} ${trouble}`)
    const read = readWitness(await readFile(part, 'utf8'), subject)
    if (!read.ok) return failure(`${file} ${read.error}`)
    await chmod(part, 0o444)
    const sha256 = await digestOfFile(part)
    if (sha256 === null) return failure(`${file} vanished while it was copied`)
    const path = join(folderOf(place, sha256), witnessFileName(subject))
    await makeDirectory(dirname(path))
    await rename(part, path)
    const size = bytes((await stat(path)).size)
    return success({ block: subject.block, path, sha256, size, gas: read.value.gas })
  } finally {
    await rm(part, { force: true })
  }
}
