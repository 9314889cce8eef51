import { chmod, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Sha } from '../../domain/revision.ts'
import type { BlockNumber, Network } from '../../domain/workload.ts'
import { createResultStore } from './base-store.ts'
import { makeDirectory } from './directories.ts'
import { digestOfFile } from './digest.ts'
import { files } from './files.ts'

/** What a kept input is of, and where the reference looks for it. */
export interface InputSubject {
  readonly sha: Sha
  readonly network: Network
  readonly block: BlockNumber
  /** Relative to the directory that the reference is given. */
  readonly path: string
}

/** A block's input as one revision of the reference made it. */
export interface KeptInput {
  readonly block: BlockNumber
  /** Absolute; given to the reference. */
  readonly directory: string
  /** Absolute, in the directory. */
  readonly path: string
  readonly sha256: string
}

/**
 * What is kept of a reference: results in `<cacheDir>/reference/results/<key>.json`, inputs in
 * `<cacheDir>/reference/inputs/<network>/<block>-<commit>-<digest>/`. A folder never changes once it is there.
 */
export const createReferenceStore = (cacheDir: string) => {
  const root = join(cacheDir, 'reference', 'inputs')
  return {
    results: createResultStore(join(cacheDir, 'reference', 'results')),
    inputs: {
      kept: (subject: InputSubject) => findInput(join(root, subject.network), subject),
      take: (subject: InputSubject, file: string) => takeInput(join(root, subject.network), subject, file),
      isIntact: async ({ path, sha256 }: KeptInput) => (await digestOfFile(path)) === sha256
    }
  }
}

const DIGEST_DIGITS = 16

/** The folder's name tells a file that was changed since from one that was not. */
const folderOf = ({ block, sha }: InputSubject, sha256: string): string =>
  `${block}-${sha}-${sha256.slice(0, DIGEST_DIGITS)}`

const findInput = async (parent: string, subject: InputSubject): Promise<KeptInput | null> => {
  const { block, sha } = subject
  for (const name of await files.names(parent)) {
    if (!name.startsWith(`${block}-${sha}-`)) continue
    const directory = join(parent, name)
    const path = join(directory, subject.path)
    const sha256 = await digestOfFile(path)
    if (sha256 === null || name !== folderOf(subject, sha256)) continue
    // The cache loses first what was not used for longest.
    const now = new Date()
    await utimes(directory, now, now)
    return { block, directory, path, sha256 }
  }
  return null
}

/** Copies a file into the store, whole or not at all. The error reads on from the file's name. */
const takeInput = async (
  parent: string,
  subject: InputSubject,
  file: string
): Promise<Result<KeptInput, string>> => {
  await makeDirectory(parent)
  const part = join(parent, `.${subject.block}.${process.pid}`)
  try {
    // Asked first: what lies there may be a link to something else.
    const sha256 = await digestOfFile(file)
    if (sha256 === null) return failure('is not there')
    if (sha256 === files.sha256OfText('')) return failure('is empty')
    await files.copy(file, part)
    if ((await digestOfFile(part)) !== sha256) return failure('changed while it was copied')
    await chmod(part, 0o444)
    const directory = join(parent, folderOf(subject, sha256))
    const path = join(directory, subject.path)
    await makeDirectory(dirname(path))
    await rename(part, path)
    return success({ block: subject.block, directory, path, sha256 })
  } finally {
    await rm(part, { force: true })
  }
}
