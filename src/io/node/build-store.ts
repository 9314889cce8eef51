import { createHash } from 'node:crypto'
import { chmod, copyFile, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Build, Guest } from '../../domain/build.ts'
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
  /** Digest of all toolchains that are installed: one of them builds the guest. */
  readonly toolchains: string
  /** File name of the binary. */
  readonly program: string
}

export type StoredBuild =
  | { readonly kind: 'found'; readonly build: Build }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly message: string }

/** What cargo left, and is known of it. */
interface Built extends Pick<Build, 'guest' | 'lockChanges'> {
  /** Absolute path in the target directory. */
  readonly binary: string
}

const SCHEMA = 'build@3'

/** Binaries in `<cacheDir>/builds/<key>/`, each beside a `build.json` that says what it was made of. */
export const createBuildStore = (cacheDir: string) => {
  const root = join(cacheDir, 'builds')
  return {
    find: (identity: BuildIdentity) => find(join(root, keyOf(identity)), identity),
    keep: (identity: BuildIdentity, built: Built) => keep(join(root, keyOf(identity)), identity, built)
  }
}

const sorted = (features: readonly string[]): readonly string[] => [...new Set(features)].sort()

/** The commits for people, the hash for everything. */
const keyOf = (identity: BuildIdentity): string => {
  const { ethrex, host } = identity
  const text = JSON.stringify(Object.values(describe(identity)))
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

/** What a `build.json` adds to its identity. */
type Added = Pick<Build, 'sha256' | 'guest' | 'lockChanges'>

/** Null where the text is not a record of that identity. */
const parseRecord = (text: string, identity: BuildIdentity): Added | null => {
  const { sha256, guest, lockChanges, ...rest } = fieldsOf(parseJson(text))
  if (JSON.stringify(rest) !== JSON.stringify(describe(identity))) return null
  const known = parseGuest(guest)
  if (!isDigest(sha256) || known === undefined || !Array.isArray(lockChanges)) return null
  return { sha256, guest: known, lockChanges: lockChanges.filter((change) => typeof change === 'string') }
}

/** Undefined where it is neither a guest nor none. */
const parseGuest = (value: unknown): Guest | null | undefined => {
  if (value === null) return null
  const { elf, key } = fieldsOf(value)
  return isDigest(elf) && (key === null || isDigest(key)) ? { elf, key } : undefined
}

const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return null
  }
}

const describe = ({ ethrex, host, features, passed, toolchain, toolchains, program }: BuildIdentity) => ({
  schema: SCHEMA,
  ethrex,
  host,
  features: sorted(features),
  passed,
  toolchain,
  toolchains,
  program
})

/**
 * Puts a copy of the binary into the store, whole or not at all. A copy, because the file in `target` shares
 * its bytes with cargo's own, which the next link may write over.
 */
const keep = async (directory: string, identity: BuildIdentity, built: Built): Promise<Build> => {
  const { guest, lockChanges } = built
  const fresh = `${directory}.new`
  const stored = join(fresh, identity.program)
  return writing(directory, async () => {
    await rm(fresh, { recursive: true, force: true })
    await makeDirectory(fresh)
    await copyFile(built.binary, stored)
    await chmod(stored, 0o555)
    const sha256 = await digestOfFile(stored)
    if (sha256 === null) throw new Error(`${stored} vanished while it was kept`)
    const record = { ...describe(identity), sha256, guest, lockChanges }
    await writeFile(join(fresh, 'build.json'), `${JSON.stringify(record, null, 2)}\n`)
    await rm(directory, { recursive: true, force: true })
    await rename(fresh, directory)
    const { ethrex, host, features, toolchain } = record
    const kept = join(directory, identity.program)
    return { guest, binary: kept, sha256, ethrex, host, features, toolchain, reused: false, lockChanges }
  })
}
