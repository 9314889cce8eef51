import { failure, success, type Result } from '../domain/problem.ts'
import type { ZkVm } from '../domain/workload.ts'
import { closureOf, type PackageLookup } from './cargo-closure.ts'
import { builtDependencies, packagesLeftOut } from './cargo-features.ts'
import { lockedNodes, reachable } from './cargo-locked.ts'
import { gitDependencies, isTable, parseTable, textAt, type Manifests, type Table } from './cargo-manifest.ts'
import { planPatch } from './cargo-patch.ts'
import type { IsEthrex } from './cargo-source.ts'
import { packagesOf } from './cargo-workspace.ts'
import { upwards, type SourceTree } from './source-tree.ts'

/** The host as it is built: the same one for both sides. */
export interface HostSources {
  readonly manifests: Manifests
  /** Text of its Cargo.lock, null where it keeps none. */
  readonly lock: string | null
  readonly features: readonly string[]
}

/** A package that the host takes from ethrex. */
interface Taken {
  readonly name: string
  readonly directory: string
}

/** The packages of ethrex that the host has to do with. */
export interface PackagesTaken {
  /** What it is built with. */
  readonly taken: readonly Taken[]
  /** Directories of what is not built, and yet has a say in which versions of other packages are locked. */
  readonly resolved: readonly string[]
}

/**
 * The packages that the host takes from this ethrex with these features. All that its lock has from there,
 * without what only an optional dependency leads to that no feature turns on. The error is a clause.
 */
export const packagesTaken = (
  { manifests, lock, features }: HostSources,
  tree: SourceTree,
  isEthrex: IsEthrex
): Result<PackagesTaken, string> => {
  const input = { hostManifests: manifests, hostLock: lock, ethrexManifests: tree.manifests, isEthrex }
  const patch = planPatch({ ...input, ethrexDirectory: '/' })
  if (!patch.ok) return failure(patch.error[0] ?? 'the host does not fit')
  const isUsed = usedBy({ manifests, lock, features }, isEthrex)
  if (!isUsed.ok) return isUsed
  const packages = packagesOf(tree.manifests)
  const found = [...patch.value.versions.keys()].flatMap((name) => packages.get(name)?.slice(0, 1) ?? [])
  const { taken = [], resolved = [] } = Object.groupBy(found, ({ name }) =>
    isUsed.value(name) ? 'taken' : 'resolved'
  )
  return success({ taken, resolved: directoriesOf(resolved) })
}

const usedBy = (
  { manifests, lock, features }: HostSources,
  isEthrex: IsEthrex
): Result<(name: string) => boolean, string> => {
  const direct = new Set<string>()
  const others: Table[] = []
  let root: Table = {}
  for (const [path, text] of manifests) {
    const manifest = parseTable(text)
    if (!manifest.ok) return failure(`${path} of the host is not TOML: ${manifest.error}`)
    if (path === 'Cargo.toml') root = manifest.value
    else others.push(manifest.value)
    for (const { name, url } of gitDependencies(manifest.value)) if (isEthrex(url)) direct.add(name)
  }
  const leftOut = packagesLeftOut(root, features)
  // What the root leaves out, another package of the host may take.
  const named = new Set(others.flatMap(namesIn))
  const isLeftOut = (name: string): boolean =>
    leftOut.get(name)?.every((key) => !named.has(key)) === true && !named.has(name)
  const begin = new Set([...direct].filter((name) => !isLeftOut(name)))
  if (lock === null) return success((name) => begin.has(name))
  const nodes = lockedNodes(lock)
  if (!nodes.ok) return failure(`Cargo.lock of the host ${nodes.error}`)
  const isFromEthrex = (source: string | null): boolean =>
    source?.startsWith('git+') === true && isEthrex(source)
  // Of packages from elsewhere nobody has looked who takes them, or what they take of ethrex.
  const used = reachable(nodes.value, ({ name, source }) =>
    isFromEthrex(source) ? begin.has(name) : source !== null
  )
  const names = new Set(used.filter(({ source }) => isFromEthrex(source)).map(({ name }) => name))
  return success((name) => names.has(name))
}

/** What a manifest calls the packages that it takes: their own names, and those by which it uses them. */
const namesIn = (manifest: Table): readonly string[] =>
  builtDependencies(manifest).flatMap(([key, value]) => [
    key,
    (isTable(value) ? textAt(value, 'package') : null) ?? key
  ])

/** Directories of packages by what they are for. */
export interface ProvingPackages {
  /** The program inside the zkVM and all that it is made of. */
  readonly guest: ReadonlySet<string>
  /** What makes the guest's input, without the guest's own packages. */
  readonly input: ReadonlySet<string>
  /** What runs and proves the guest, without the guest's own packages. */
  readonly prover: ReadonlySet<string>
}

/**
 * Sorts the packages that the host takes, with all that they lead to. The conversion of a witness is ethrex's
 * RPC's, the proving that of a prover; of other packages nobody can tell which of the two they serve, so they
 * are both.
 */
export const provingPackages = (
  taken: readonly Taken[],
  of: { readonly tree: SourceTree; readonly zkvm: ZkVm; readonly lookup: PackageLookup }
): Result<ProvingPackages, string> => {
  const all = closureOf(directoriesOf(taken), of.lookup)
  if (!all.ok) return all
  const own = guestPackages(all.value, of)
  if (!own.ok) return own
  const isOwn = (directory: string): boolean => own.value.has(directory)
  const guest = closureOf([...own.value], of.lookup)
  const input = closureOf(directoriesOf(taken.filter(({ name }) => !isProver(name))), of.lookup, isOwn)
  const prover = closureOf(directoriesOf(taken.filter(({ name }) => !isRpc(name))), of.lookup, isOwn)
  if (!guest.ok) return guest
  if (!input.ok) return input
  return prover.ok ? success({ guest: guest.value, input: input.value, prover: prover.value }) : prover
}

const directoriesOf = (taken: readonly Taken[]): readonly string[] => taken.map(({ directory }) => directory)

const isRpc = (name: string): boolean => /^ethrex[-_]rpc$/.test(name)
const isProver = (name: string): boolean => /(^|[-_])prover([-_]|$)/.test(name)

/**
 * The guest programs of a zkVM and the packages they are in. A guest is a package apart, with a lock of its
 * own, below a directory named after its zkVM inside a package that the host takes: `bin/sp1` or `src/sp1` of
 * ethrex's guest program, which has been at several places.
 */
const guestPackages = (
  taken: ReadonlySet<string>,
  { tree, zkvm }: { readonly tree: SourceTree; readonly zkvm: ZkVm }
): Result<ReadonlySet<string>, string> => {
  const directories = new Set([...tree.manifests.keys()].map((path) => upwards(path)[1] ?? '.'))
  const own = new Set<string>()
  for (const directory of directories) {
    if (taken.has(directory)) continue
    const holder = upwards(directory)
      .slice(1)
      .find((above) => directories.has(above))
    if (holder === undefined || !taken.has(holder)) continue
    const below = holder === '.' ? directory : directory.slice(holder.length + 1)
    if (below.split('/').includes(zkvm)) own.add(directory).add(holder)
  }
  if (own.size > 0) return success(own)
  return failure(`no guest program of ${zkvm} is found in the packages that the host takes`)
}
