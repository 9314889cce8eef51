import { isTable, parseTable, textAt } from './cargo-manifest.ts'
import type { IsEthrex } from './cargo-source.ts'

/** An entry of a Cargo.lock. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** `registry+…` or `git+…`; null for packages at a path. */
  readonly source: string | null
}

/** The packages of a lock file. A text that is no lock file has none: cargo will say what is wrong with it. */
export const lockedPackages = (lock: string): readonly LockedPackage[] => {
  const parsed = parseTable(lock)
  const entries = parsed.ok ? parsed.value['package'] : null
  if (!Array.isArray(entries)) return []
  return entries.filter(isTable).flatMap((entry) => {
    const name = textAt(entry, 'name')
    const version = textAt(entry, 'version')
    return name === null || version === null ? [] : [{ name, version, source: textAt(entry, 'source') }]
  })
}

const isEthrexCopy = ({ source }: LockedPackage, isEthrex: IsEthrex): boolean =>
  source !== null && source.startsWith('git+') && isEthrex(source)

/** Packages that a build with this lock would take from an ethrex repository and not from the checkout. */
export const gitCopiesOf = (lock: string, isEthrex: IsEthrex): readonly string[] =>
  lockedPackages(lock)
    .filter((entry) => isEthrexCopy(entry, isEthrex))
    .map(({ name, version }) => `${name} ${version}`)

/**
 * What cargo changed to make the host fit this ethrex, as `name 1.0.0 -> 1.1.0`, with `none` where a package
 * came or went, and with its source where that is not crates.io. Packages at a path and ethrex's own are left out: those are what was asked for.
 */
export const lockChanges = (before: string, after: string, isEthrex: IsEthrex): readonly string[] => {
  const own = new Set([...localNames(before, isEthrex), ...localNames(after, isEthrex)])
  const was = versionsByName(before, own)
  const is = versionsByName(after, own)
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const gone = minus(was.get(name), is.get(name))
    const come = minus(is.get(name), was.get(name))
    if (gone.length === 0 && come.length === 0) return []
    return [`${name} ${gone.join(', ') || 'none'} -> ${come.join(', ') || 'none'}`]
  })
}

const localNames = (lock: string, isEthrex: IsEthrex): readonly string[] =>
  lockedPackages(lock)
    .filter((entry) => entry.source === null || isEthrexCopy(entry, isEthrex))
    .map(({ name }) => name)

const versionsByName = (lock: string, own: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> => {
  const versions = new Map<string, string[]>()
  for (const { name, version, source } of lockedPackages(lock)) {
    // Only a package from elsewhere that shares its name with one of ethrex's keeps a source here.
    if (source === null || (own.has(name) && source.startsWith('git+'))) continue
    versions.set(name, [...(versions.get(name) ?? []), placed(version, source)])
  }
  return versions
}

/** Where it is from, where that is not crates.io: the same version of a fork is another package. */
const placed = (version: string, source: string): string =>
  CRATES_IO.test(source) ? version : `${version} (${source})`

const CRATES_IO =
  /^(?:registry|sparse)\+https:\/\/(?:github\.com\/rust-lang\/crates\.io-index|index\.crates\.io)\/?$/

const minus = (some: readonly string[] = [], others: readonly string[] = []): readonly string[] =>
  some.filter((version) => !others.includes(version))

/**
 * The lock as cargo would leave it with the patch applied. Cargo ignores a patch whose version is not the
 * locked one, and then builds the git copy (or asks the network for it), so the ethrex entries of the host's
 * lock take the tree's versions and lose their source; those the tree no longer has go.
 */
export const patchedLock = (
  lock: string,
  isEthrex: IsEthrex,
  versions: ReadonlyMap<string, string>
): string => {
  const copies = lockedPackages(lock).filter((entry) => isEthrexCopy(entry, isEthrex))
  const written = new Set<string>()
  const [preamble = '', ...blocks] = lock.replaceAll('\r\n', '\n').split(/^(?=\[\[package\]\]$)/m)
  const kept = blocks.flatMap((block) => {
    const [entry] = lockedPackages(block)
    if (entry === undefined) return [block]
    const own = isEthrexCopy(entry, isEthrex)
    const version = versions.get(entry.name)
    if (own && (version === undefined || written.has(entry.name))) return []
    if (own) written.add(entry.name)
    const moved = own && version !== undefined ? atPath(block, version) : block
    return [renameDependencies(moved, copies, versions)]
  })
  return preamble + kept.join('')
}

const atPath = (block: string, version: string): string =>
  block
    .replace(/^version = .*$/m, () => `version = ${JSON.stringify(version)}`)
    .replace(/^source = .*\n/m, '')

/** Where two packages share a name, a dependency is written with its version, and perhaps its source. */
const renameDependencies = (
  block: string,
  copies: readonly LockedPackage[],
  versions: ReadonlyMap<string, string>
): string =>
  block.replace(/^ "(\S+) ([^\s"]+)(?: \([^)]*\))?"/gm, (whole, name: string, version: string) => {
    const own = copies.some((copy) => copy.name === name && copy.version === version)
    const next = versions.get(name)
    return own && next !== undefined ? ` "${name} ${next}"` : whole
  })
