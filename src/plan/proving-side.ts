import { failure, success, type Result } from '../domain/problem.ts'
import { PARTS, type Part } from '../domain/sameness.ts'
import type { ZkVm } from '../domain/workload.ts'
import { closureOf, packageLookup, type PackageLookup, type SourcePackage } from './cargo-closure.ts'
import { packageName, parseTable } from './cargo-manifest.ts'
import type { IsEthrex } from './cargo-source.ts'
import { reachesOf, type Reach } from './outside-paths.ts'
import { isOfOtherZkVm, partsAt, placesOf, type Places } from './proving-places.ts'
import { packagesTaken, provingPackages, type HostSources, type ProvingPackages } from './proving-roots.ts'
import { manifestIn, pathFrom, upwards, whyTooMuch, type SourceTree } from './source-tree.ts'
import { digestsOf, wishesOf, type Digest } from './workspace-digest.ts'

/** What proving depends on at one side. */
export interface ProvingSide {
  /** Paths whose object counts. Some may not exist. */
  readonly places: Places
  /** Files of which only a part counts, by a digest of that. */
  readonly digests: ReadonlyMap<string, PartOfFile>
}

interface PartOfFile {
  readonly parts: ReadonlySet<Part>
  readonly value: string | null
}

interface SideInput {
  readonly tree: SourceTree
  readonly host: HostSources
  readonly isEthrex: IsEthrex
  readonly zkvm: ZkVm
  readonly digest: Digest
}

interface Looking extends SideInput {
  readonly reaches: readonly Reach[]
  readonly lookup: PackageLookup
}

/** The error is a clause that names what could not be read. */
export const provingSide = (input: SideInput): Result<ProvingSide, string> => {
  const { tree, host, isEthrex } = input
  const tooMuch = whyTooMuch(tree)
  if (tooMuch !== null) return failure(tooMuch)
  const used = packagesTaken(host, tree, isEthrex)
  if (!used.ok) return used
  const reaches = reachesOf(tree)
  if (!reaches.ok) return reaches
  const looking = { ...input, lookup: packageLookup(tree, isEthrex), reaches: reaches.value }
  const sorted = provingPackages(used.value.taken, looking)
  if (!sorted.ok) return sorted
  const built = builtFrom(partsByDirectory(sorted.value), looking)
  if (!built.ok) return built
  const resolved = resolvedWith(used.value.resolved, built.value, looking)
  if (!resolved.ok) return resolved
  const digests = workspaceDigests({ ...built.value, resolved: resolved.value }, looking)
  if (!digests.ok) return digests
  const wishes = resolved.value.map((found): [string, PartOfFile] => [
    manifestIn(found.directory),
    { parts: OF_RESOLVED, value: input.digest(wishesOf(found)) }
  ])
  return success({ places: built.value.places, digests: new Map([...wishes, ...digests.value]) })
}

const partsByDirectory = (packages: ProvingPackages): Places => {
  const directories = new Map<string, Set<Part>>()
  for (const part of PARTS)
    for (const directory of packages[part])
      directories.set(directory, new Set([...(directories.get(directory) ?? []), part]))
  return directories
}

/** Packages that are built, by directory, and all that they are built from. */
interface Built {
  readonly directories: Places
  readonly packages: readonly SourcePackage[]
  readonly places: Places
}

/** A build script may have cargo build a package that nothing depends on: then it is one of them, with what it takes. */
const builtFrom = (directories: Places, looking: Looking): Result<Built, string> => {
  const packages = packagesAt([...directories.keys()], looking.lookup)
  if (!packages.ok) return packages
  const places = placesOf(directories, packages.value, looking)
  if (!places.ok) return places
  const more = packagesReached(places.value, directories, looking)
  if (!more.ok) return more
  if (more.value.size > 0) return builtFrom(new Map([...directories, ...more.value]), looking)
  return success({ directories, packages: packages.value, places: places.value })
}

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

/** Packages in directories that are reached, with all that they lead to, those known already left out. */
const packagesReached = (
  places: Places,
  known: Places,
  { tree, zkvm, lookup }: Looking
): Result<Places, string> => {
  const more = new Map<string, ReadonlySet<Part>>()
  for (const [path, text] of tree.manifests) {
    const directory = upwards(path)[1] ?? '.'
    if (known.has(directory) || isOfOtherZkVm(directory, zkvm) || isVirtual(text)) continue
    const parts = upwards(directory)
      .filter((above) => above !== '.' && !known.has(above) && isApart(above, known, tree))
      .flatMap((above) => [...(places.get(above) ?? [])])
    if (parts.length === 0) continue
    const closure = closureOf([directory], lookup)
    if (!closure.ok) return closure
    for (const each of closure.value) {
      const before = known.get(each) ?? more.get(each) ?? []
      const all = new Set([...before, ...parts])
      if (all.size > (known.get(each)?.size ?? 0)) more.set(each, all)
    }
  }
  return success(more)
}

/** Outside of all packages that are known, or a package itself: not just one of their directories. */
const isApart = (directory: string, known: Places, tree: SourceTree): boolean =>
  partsAt(known, directory).size === 0 || tree.entry(manifestIn(directory)) !== null

/** A workspace without a package of its own. */
const isVirtual = (manifest: string): boolean => {
  const table = parseTable(manifest)
  return table.ok && packageName(table.value) === null
}

/** Nobody can tell what of a host changes when other versions are locked for it. */
const OF_RESOLVED: ReadonlySet<Part> = new Set<Part>(['input', 'prover'])

/**
 * What is not built, and yet resolved together with what is: cargo locks one version of a package for all of them, so
 * that their wishes may move it.
 */
const resolvedWith = (
  directories: readonly string[],
  { places }: Built,
  { lookup }: Looking
): Result<readonly SourcePackage[], string> => {
  const closure = closureOf(directories, lookup)
  if (!closure.ok) return closure
  return packagesAt(
    [...closure.value].filter((directory) => partsAt(places, directory).size === 0),
    lookup
  )
}

const workspaceDigests = (
  { directories, packages, resolved }: Built & { readonly resolved: readonly SourcePackage[] },
  of: Looking
): Result<ProvingSide['digests'], string> => {
  const digests = new Map<string, PartOfFile>()
  const governed = Map.groupBy([...packages, ...resolved], ({ workspace }) => workspace?.directory ?? null)
  for (const [directory, members] of governed) {
    const workspace = members[0]?.workspace ?? null
    // Below a package, all of the workspace is compared with the package.
    if (directory === null || workspace === null || partsAt(directories, directory).size > 0) continue
    const built = members.filter((member) => directories.has(member.directory))
    const found = digestsOf(workspace, { built, governed: members }, of)
    if (!found.ok) return found
    const parts = new Set(
      members.flatMap((member) => [...(directories.get(member.directory) ?? OF_RESOLVED)])
    )
    digests.set(pathFrom(directory, 'Cargo.toml') ?? '', { parts, value: found.value.manifest })
    digests.set(pathFrom(directory, 'Cargo.lock') ?? '', { parts, value: found.value.lock })
  }
  return success(digests)
}
