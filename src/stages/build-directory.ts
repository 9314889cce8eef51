import { join } from 'node:path'
import { MEBIBYTE } from '../domain/quantity.ts'
import type { Files } from '../io/ports.ts'

/** The one place where both sides are built, one after the other: paths end up in what is built. */
export interface BuildDirectory {
  readonly root: string
  readonly ethrex: string
  readonly host: string
  /** Kept from base to head; a run begins and ends without it. */
  readonly target: string
  /** Outside both trees, so that neither is changed by it. */
  readonly patch: string
}

export const buildDirectoryIn = (cacheDir: string): BuildDirectory => {
  const root = join(cacheDir, 'build')
  return {
    root,
    ethrex: join(root, 'ethrex'),
    host: join(root, 'host'),
    target: join(root, 'target'),
    patch: join(root, 'patch.toml')
  }
}

/** Marks a directory as ours to empty; backup tools know it too. */
const TAG = 'CACHEDIR.TAG'
const TAG_TEXT = 'Signature: 8a477f597d28d172789f06886806bc55\n# Built and emptied by proving-regression.\n'

/** Cargo writes a tag of that name into its own target folders: only the text tells ours. */
const isOurs = async (root: string, files: Files): Promise<boolean> =>
  (await files.names(root)).includes(TAG) && (await files.readText(join(root, TAG), MEBIBYTE)) === TAG_TEXT

/** What cargo and rustup look for in the parents of the directory that they build in. */
const READ_BY_CARGO = ['.cargo', 'Cargo.toml', 'rust-toolchain', 'rust-toolchain.toml']

/** Why nothing can be built in a cache directory, as a sentence; null where it can. Touches nothing. */
export const whyNotBuildable = async (cacheDir: string, files: Files): Promise<string | null> => {
  const { root } = buildDirectoryIn(cacheDir)
  const [planted] = (await files.names(cacheDir)).filter((name) => READ_BY_CARGO.includes(name))
  if (planted !== undefined) {
    return `${join(cacheDir, planted)} would decide how everything below it is built: remove it, or choose another \`cache-dir\``
  }
  if ((await files.names(root)).length > 0 && !(await isOurs(root, files))) {
    return `${root} is not empty and not ours: move it away, or choose another \`cache-dir\``
  }
  return null
}

/**
 * Empties the build directory before a run's first build. Null when done; else why not: a directory that was
 * not made by us is never emptied.
 */
export const beginBuilding = async (cacheDir: string, files: Files): Promise<string | null> => {
  const why = await whyNotBuildable(cacheDir, files)
  if (why !== null) return why
  const { root } = buildDirectoryIn(cacheDir)
  await files.makeDirectory(root)
  await clear(root, files, [TAG])
  await files.write(join(root, TAG), TAG_TEXT)
  return null
}

/**
 * Leaves nothing of the side before but compiled dependencies: its build may have put files here that would
 * decide how the next one goes.
 */
export const clearForSide = (cacheDir: string, files: Files): Promise<void> =>
  clear(buildDirectoryIn(cacheDir).root, files, [TAG, 'target'])

/** Removes trees and target after a run's last build: gigabytes. Where the directory is not ours, nothing. */
export const endBuilding = async (cacheDir: string, files: Files): Promise<void> => {
  const { root } = buildDirectoryIn(cacheDir)
  if (await isOurs(root, files)) await clear(root, files, [TAG])
}

const clear = async (root: string, files: Files, kept: readonly string[]): Promise<void> => {
  for (const name of await files.names(root)) if (!kept.includes(name)) await files.remove(join(root, name))
}
