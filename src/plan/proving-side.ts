import { posix } from 'node:path'
import { failure, success, type Result } from '../domain/problem.ts'
import { PARTS, type Part } from '../domain/sameness.ts'
import type { ZkVm } from '../domain/workload.ts'
import { packageLookup, type PackageLookup, type SourcePackage } from './cargo-closure.ts'
import { parseTable } from './cargo-manifest.ts'
import type { IsEthrex } from './cargo-source.ts'
import { namedFiles, reachesOf, type Reach } from './outside-paths.ts'
import { packagesTaken, provingPackages, type HostSources, type ProvingPackages } from './proving-roots.ts'
import { isCargoConfig, pathFrom, upwards, type SourceTree } from './source-tree.ts'
import { digestsOf, type Digest } from './workspace-digest.ts'

/** What proving depends on at one side. */
export interface ProvingSide {
  /** Paths whose object counts. Some may not exist. */
  readonly places: ReadonlyMap<string, ReadonlySet<Part>>
  /** Files of which only a part counts, by a digest of that. */
  readonly digests: ReadonlyMap<string, { readonly parts: ReadonlySet<Part>; readonly value: string | null }>
}

interface SideInput {
  readonly tree: SourceTree
  readonly host: HostSources
  readonly isEthrex: IsEthrex
  readonly zkvm: ZkVm
  readonly digest: Digest
}

type Places = Map<string, ReadonlySet<Part>>

/** The error is a clause that names what could not be read. */
export const provingSide = (input: SideInput): Result<ProvingSide, string> => {
  const { tree, host, isEthrex } = input
  const taken = packagesTaken(host, tree, isEthrex)
  if (!taken.ok) return taken
  const lookup = packageLookup(tree, isEthrex)
  const sorted = provingPackages(taken.value, { ...input, lookup })
  if (!sorted.ok) return sorted
  const directories = partsByDirectory(sorted.value)
  const packages = packagesAt([...directories.keys()], lookup)
  if (!packages.ok) return packages
  const places = grown(directories, packages.value, tree)
  if (!places.ok) return places
  const trouble = troubleIn(places.value, tree)
  if (trouble !== null) return failure(trouble)
  const digests = workspaceDigests(packages.value, { ...input, directories })
  if (!digests.ok) return digests
  return success({ places: places.value, digests: digests.value })
}

const partsByDirectory = (packages: ProvingPackages): ReadonlyMap<string, ReadonlySet<Part>> => {
  const places: Places = new Map()
  for (const part of PARTS) for (const directory of packages[part]) add(places, directory, new Set([part]))
  return places
}

/** Whether there was anything to add. */
const add = (places: Places, path: string, parts: ReadonlySet<Part>): boolean => {
  const known = places.get(path)
  if (known !== undefined && areAllIn(parts, known)) return false
  places.set(path, new Set([...parts, ...(known ?? [])]))
  return true
}

const areAllIn = (some: ReadonlySet<Part>, others: ReadonlySet<Part>): boolean =>
  [...some].every((part) => others.has(part))

const packagesAt = (
  directories: readonly string[],
  lookup: PackageLookup
): Result<readonly SourcePackage[], string> => {
  const packages: SourcePackage[] = []
  for (const directory of directories) {
    const found = lookup(directory)
    if (!found.ok) return found
    packages.push(found.value)
  }
  return success(packages)
}

/** The packages' directories with all that their files lead to, and what those lead to in turn. */
const grown = (
  directories: ReadonlyMap<string, ReadonlySet<Part>>,
  packages: readonly SourcePackage[],
  tree: SourceTree
): Result<Places, string> => {
  const reaches: Reach[] = [...reachesOf(tree)]
  for (const found of packages) {
    const named = namedFiles(found, tree)
    if (!named.ok) return named
    reaches.push(named.value)
  }
  const places: Places = new Map(directories)
  addSettings(places, directories)
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false
    for (const { from, to } of reaches) {
      const parts = partsAt(places, from)
      for (const path of to) {
        if (areAllIn(parts, partsAt(places, path))) continue
        isGrowing = add(places, path, parts) || isGrowing
      }
    }
  }
  return success(places)
}

/** What a path is part of: of all that its directories are. */
const partsAt = (places: ReadonlyMap<string, ReadonlySet<Part>>, path: string): ReadonlySet<Part> =>
  new Set(upwards(path).flatMap((above) => [...(places.get(above) ?? [])]))

/** What keeps the places from being known to the end, as a clause. */
const troubleIn = (places: Places, tree: SourceTree): string | null => {
  for (const entry of tree.entries) {
    if (partsAt(places, entry.path).size === 0) continue
    if (entry.path.includes('\uFFFD')) return `the name of ${entry.path} is not UTF-8`
    if (entry.kind === 'link' && !tree.texts.has(entry.object)) return `the link ${entry.path} cannot be read`
    if (isCargoConfig(entry) && redirects(tree.text(entry.path)))
      return `${entry.path} may take crates from elsewhere`
  }
  return null
}

/** Of cargo's settings those that name sources of crates: https://doc.rust-lang.org/cargo/reference/config.html */
const REDIRECTIONS = ['paths', 'patch', 'source', 'include'] as const

const redirects = (text: string | null): boolean => {
  const config = text === null ? null : parseTable(text)
  if (config?.ok !== true) return true
  return REDIRECTIONS.some((key) => config.value[key] !== undefined)
}

/** What cargo, rustup and git look for in every directory above a package. */
const SETTINGS = ['.cargo', '.gitattributes', 'rust-toolchain', 'rust-toolchain.toml'] as const

const addSettings = (places: Places, directories: ReadonlyMap<string, ReadonlySet<Part>>): void => {
  for (const [directory, parts] of directories) {
    for (const above of upwards(directory).slice(1)) {
      for (const name of SETTINGS) add(places, posix.join(above, name), parts)
    }
  }
}

const workspaceDigests = (
  packages: readonly SourcePackage[],
  {
    directories,
    ...of
  }: {
    readonly directories: ReadonlyMap<string, ReadonlySet<Part>>
    readonly tree: SourceTree
    readonly digest: Digest
  }
): Result<ProvingSide['digests'], string> => {
  const digests = new Map<string, { parts: ReadonlySet<Part>; value: string | null }>()
  const governed = Map.groupBy(packages, ({ workspace }) => workspace?.directory ?? null)
  for (const [directory, members] of governed) {
    const workspace = members[0]?.workspace ?? null
    // Below a package, all of the workspace is compared with the package.
    if (directory === null || workspace === null) continue
    if (partsAt(directories, directory).size > 0) continue
    const found = digestsOf(workspace, members, of)
    if (!found.ok) return found
    const parts = new Set(members.flatMap((member) => [...(directories.get(member.directory) ?? [])]))
    digests.set(pathFrom(directory, 'Cargo.toml') ?? '', { parts, value: found.value.manifest })
    digests.set(pathFrom(directory, 'Cargo.lock') ?? '', { parts, value: found.value.lock })
  }
  return success(digests)
}
