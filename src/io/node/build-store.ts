import { createHash } from 'node:crypto'
import { chmod, copyFile, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Build } from '../../domain/build.ts'
import { shortSha, type Sha } from '../../domain/revision.ts'
import { makeDirectory } from './directories.ts'
import { digestOfFile } from './digest.ts'
import { expectCode, writing } from './errors.ts'

/** What decides a binary. */
export interface BuildIdentity {
  readonly ethrex: Sha
  readonly host: Sha
  readonly features: readonly string[]
  readonly passed: string
  readonly toolchain: string
  /** File name of the binary. */
  readonly program: string
}

export type StoredBuild =
  | { readonly kind: 'found'; readonly build: Build }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly message: string }

const SCHEMA = 'build@1'

/** Binaries in `<cacheDir>/builds/<key>/`, each beside a `build.json` that says what it was made of. */
export const createBuildStore = (cacheDir: string) => {
  const root = join(cacheDir, 'builds')
  return {
    find: (identity: BuildIdentity) => find(join(root, keyOf(identity)), identity),
    keep: (identity: BuildIdentity, binary: string, lockChanges: readonly string[]) =>
      keep(join(root, keyOf(identity)), { identity, binary, lockChanges })
  }
}

const sorted = (features: readonly string[]): readonly string[] => [...new Set(features)].sort()

/** The commits for people, the hash for everything. */
const keyOf = ({ ethrex, host, features, passed, toolchain, program }: BuildIdentity): string => {
  const text = JSON.stringify([SCHEMA, ethrex, host, sorted(features), passed, toolchain, program])
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${shortSha(ethrex)}-${shortSha(host)}-${hash}`
}

const find = async (directory: string, identity: BuildIdentity): Promise<StoredBuild> => {
  const text = await readIfThere(join(directory, 'build.json'))
  const binary = join(directory, identity.program)
  const digest = await digestOfFile(binary)
  if (text === null && digest === null) return { kind: 'absent' }
  const record = parseRecord(text ?? '', identity)
  if (record === null) return damaged(binary, 'what is kept beside it does not describe it')
  if (digest === null) return damaged(binary, 'it is gone')
  if (digest !== record.sha256) return damaged(binary, 'it is not what it was when it was built')
  const now = new Date()
  await utimes(directory, now, now)
  const { ethrex, host, toolchain } = identity
  const features = sorted(identity.features)
  return { kind: 'found', build: { ...record, ethrex, host, features, toolchain, binary, reused: true } }
}

const damaged = (binary: string, why: string): StoredBuild => ({
  kind: 'damaged',
  message: `the kept binary ${binary} cannot be used: ${why}`
})

const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return null
  }
}

/** What a `build.json` adds to its identity, or null where it is not one of that identity. */
const parseRecord = (text: string, identity: BuildIdentity): Pick<Build, 'sha256' | 'lockChanges'> | null => {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return null
  const record: Readonly<Record<string, unknown>> = { ...value }
  const { sha256, lockChanges, ...rest } = record
  if (JSON.stringify(rest) !== JSON.stringify(describe(identity))) return null
  if (typeof sha256 !== 'string' || !Array.isArray(lockChanges)) return null
  return { sha256, lockChanges: lockChanges.filter((change) => typeof change === 'string') }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return null
  }
}

const describe = ({ ethrex, host, features, passed, toolchain, program }: BuildIdentity) => ({
  schema: SCHEMA,
  ethrex,
  host,
  features: sorted(features),
  passed,
  toolchain,
  program
})

interface NewBuild {
  readonly identity: BuildIdentity
  readonly binary: string
  readonly lockChanges: readonly string[]
}

/**
 * Puts a copy of the binary into the store, whole or not at all. A copy, because the file in `target` shares
 * its bytes with cargo's own, which the next link may write over.
 */
const keep = async (directory: string, { identity, binary, lockChanges }: NewBuild): Promise<Build> => {
  const fresh = `${directory}.new`
  const stored = join(fresh, identity.program)
  return writing(directory, async () => {
    await rm(fresh, { recursive: true, force: true })
    await makeDirectory(fresh)
    await copyFile(binary, stored)
    await chmod(stored, 0o555)
    const sha256 = await digestOfFile(stored)
    if (sha256 === null) throw new Error(`${stored} vanished while it was kept`)
    const record = { ...describe(identity), sha256, lockChanges }
    await writeFile(join(fresh, 'build.json'), `${JSON.stringify(record, null, 2)}\n`)
    await rm(directory, { recursive: true, force: true })
    await rename(fresh, directory)
    const { ethrex, host, features, toolchain } = record
    const kept = join(directory, identity.program)
    return { binary: kept, sha256, ethrex, host, features, toolchain, reused: false, lockChanges }
  })
}
