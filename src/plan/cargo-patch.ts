import { posix } from 'node:path'
import { failure, success, type Result } from '../domain/problem.ts'
import { gitDependencies, parseTable, type GitDependency, type Manifests } from './cargo-manifest.ts'
import { lockedPackages } from './cargo-lock.ts'
import { canonicalUrl, type IsEthrex } from './cargo-source.ts'
import { packagesOf, type TreePackage, type TreePackages } from './cargo-workspace.ts'

/** Two trees: a host that names ethrex as git dependencies, and the ethrex to build it with instead. */
export interface PatchInput {
  readonly hostManifests: Manifests
  /** Text of the host's Cargo.lock, null where it keeps none. */
  readonly hostLock: string | null
  readonly ethrexManifests: Manifests
  /** Absolute path of the ethrex checkout. */
  readonly ethrexDirectory: string
  readonly isEthrex: IsEthrex
}

export interface Patch {
  /** For cargo's `--config`. */
  readonly toml: string
  /** Versions in the tree of the patched packages by name. */
  readonly versions: ReadonlyMap<string, string>
}

/**
 * Redirects every package that the host takes from an ethrex repository to the checkout. Half a patch builds
 * a mix of two commits without a word, so besides the host's own dependencies all that its lock has from
 * there is covered too. Each error is a sentence.
 */
export const planPatch = (input: PatchInput): Result<Patch, readonly string[]> => {
  const direct = ethrexDependencies(input)
  if (!direct.ok) return direct
  if (direct.value.length === 0) return failure(['no Cargo.toml of the host has a git dependency on ethrex'])
  const packages = packagesOf(input.ethrexManifests)
  const locked = input.hostLock === null ? null : lockedFromEthrex(input.hostLock, input.isEthrex)
  const problems = unresolvable(needed(direct.value, locked), packages)
  if (problems.length > 0) return failure(problems)
  const present = [...direct.value, ...(locked ?? [])].filter(({ name }) => packages.get(name)?.length === 1)
  return success(render(present, packages, input.ethrexDirectory))
}

const ethrexDependencies = (input: PatchInput): Result<readonly GitDependency[], readonly string[]> => {
  const found: GitDependency[] = []
  const problems: string[] = []
  for (const [path, text] of input.hostManifests) {
    const manifest = parseTable(text)
    if (manifest.ok) found.push(...gitDependencies(manifest.value).filter(({ url }) => input.isEthrex(url)))
    else problems.push(`${path} of the host is not TOML: ${manifest.error}`)
  }
  return problems.length > 0 ? failure(problems) : success(found)
}

const lockedFromEthrex = (lock: string, isEthrex: IsEthrex): readonly GitDependency[] =>
  lockedPackages(lock).flatMap(({ name, source }) =>
    source !== null && source.startsWith('git+') && isEthrex(source)
      ? [{ name, url: source.replace(/^git\+/, '').replace(/[?#].*$/s, '') }]
      : []
  )

/** Dependencies that a build can meet: a crate outside the host's workspace (a fuzzer's) is not in its lock. */
const needed = (
  direct: readonly GitDependency[],
  locked: readonly GitDependency[] | null
): readonly GitDependency[] =>
  locked === null ? direct : direct.filter(({ name }) => locked.some((entry) => entry.name === name))

const unresolvable = (dependencies: readonly GitDependency[], packages: TreePackages): readonly string[] =>
  [...new Set(dependencies.map(({ name }) => name))].flatMap((name) => {
    const places = packages.get(name) ?? []
    if (places.length === 1) return []
    if (places.length === 0)
      return [`the host depends on the package \`${name}\`, which this ethrex does not have`]
    const directories = places.map(({ directory }) => directory).join(', ')
    return [`the package \`${name}\` is in this ethrex more than once: ${directories}`]
  })

const render = (dependencies: readonly GitDependency[], packages: TreePackages, root: string): Patch => {
  const sources = new Map<string, { readonly url: string; readonly packages: Map<string, TreePackage> }>()
  const versions = new Map<string, string>()
  for (const { name, url } of dependencies) {
    const found = packages.get(name)?.[0]
    if (found === undefined) continue
    const source = sources.get(canonicalUrl(url)) ?? { url, packages: new Map<string, TreePackage>() }
    sources.set(canonicalUrl(url), source)
    source.packages.set(name, found)
    versions.set(name, found.version)
  }
  const tables = [...sources.values()].map(({ url, packages: patched }) =>
    [
      `[patch.${quote(url)}]`,
      ...[...patched.values()].sort(byName).map((entry) => line(entry, root)),
      ''
    ].join('\n')
  )
  return { toml: tables.join('\n'), versions }
}

const byName = (a: TreePackage, b: TreePackage): number => (a.name < b.name ? -1 : 1)

const line = ({ name, directory }: TreePackage, root: string): string =>
  `${quote(name)} = { path = ${quote(posix.join(root, directory))} }`

/** A TOML basic string. It is a JSON string but for DEL, which only TOML wants escaped. */
const quote = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f')
