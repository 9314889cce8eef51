import { failure, success, type Result } from '../domain/problem.ts'
import { builtDependencies } from './cargo-features.ts'
import { isTable, packageName, tableAt, textAt, type Table } from './cargo-manifest.ts'
import type { IsEthrex } from './cargo-source.ts'
import { packagesOf } from './cargo-workspace.ts'
import { manifestIn, pathFrom, type SourceTree } from './source-tree.ts'
import {
  manifestsOf,
  replacementsOf,
  workspaceOf,
  type SourceManifests,
  type SourceWorkspace
} from './source-workspace.ts'

/** A package of a tree with what its build takes from the same tree. */
export interface SourcePackage {
  readonly name: string
  /** From the tree's root, `.` for the root. */
  readonly directory: string
  readonly manifest: Table
  /** Directories of packages. */
  readonly dependencies: readonly string[]
  /** Dependencies that the workspace defines. */
  readonly inherited: readonly string[]
  readonly workspace: SourceWorkspace | null
}

/** The package in a directory; the error is a clause that names what cannot be read. */
export type PackageLookup = (directory: string) => Result<SourcePackage, string>

/** Reads manifests when they are asked for: of those that nobody depends on, none need be readable. */
export const packageLookup = (tree: SourceTree, isEthrex: IsEthrex): PackageLookup => {
  const context = { manifests: manifestsOf(tree), isEthrex, places: packagesOf(tree.manifests) }
  const known = new Map<string, Result<SourcePackage, string>>()
  return (directory) => {
    const found = known.get(directory) ?? readPackage(directory, context)
    known.set(directory, found)
    return found
  }
}

/** All packages that these lead to, themselves included. `isBorder`: neither taken nor gone through. */
export const closureOf = (
  begin: readonly string[],
  lookup: PackageLookup,
  isBorder: (directory: string) => boolean = () => false
): Result<ReadonlySet<string>, string> => {
  const found = new Set(begin.filter((directory) => !isBorder(directory)))
  for (const directory of found) {
    const taken = lookup(directory)
    if (!taken.ok) return taken
    for (const next of taken.value.dependencies) if (!isBorder(next)) found.add(next)
  }
  return success(found)
}

interface Context {
  readonly manifests: SourceManifests
  readonly isEthrex: IsEthrex
  readonly places: ReturnType<typeof packagesOf>
}

const readPackage = (directory: string, context: Context): Result<SourcePackage, string> => {
  const table = context.manifests(directory)
  if (!table.ok) return table
  const manifest = table.value
  if (manifest === null) return failure(`${manifestIn(directory)} does not exist`)
  const name = packageName(manifest)
  if (name === null) return failure(`${manifestIn(directory)} has no package`)
  const workspace = workspaceOf(directory, context.manifests)
  if (!workspace.ok) return workspace
  const user = { directory, workspace: workspace.value }
  const dependencies = new Set<string>()
  const inherited = new Set<string>()
  for (const [key, value] of builtDependencies(manifest)) {
    const isInherited = isTable(value) && value['workspace'] === true
    if (isInherited) inherited.add(key)
    const place = isInherited
      ? inheritedPlace(key, user, context)
      : placeOf({ key, value, directory }, context)
    if (!place.ok) return place
    if (place.value !== null) dependencies.add(place.value)
  }
  for (const replacement of replacementsOf(workspace.value)) {
    const place = placeOf(replacement, context)
    if (!place.ok) return place
    if (place.value !== null) dependencies.add(place.value)
  }
  return success({
    name,
    manifest,
    directory,
    dependencies: [...dependencies],
    inherited: [...inherited],
    workspace: workspace.value
  })
}

interface Dependency {
  readonly key: string
  readonly value: unknown
  /** Where its path begins. */
  readonly directory: string
}

const inheritedPlace = (
  key: string,
  { directory, workspace }: Pick<SourcePackage, 'directory' | 'workspace'>,
  context: Context
): Result<string | null, string> => {
  const unknown = `${manifestIn(directory)} takes ${key} from a workspace that does not have it`
  if (workspace === null) return failure(unknown)
  const value = tableAt(tableAt(workspace.manifest, 'workspace'), 'dependencies')[key]
  if (value === undefined) return failure(unknown)
  return placeOf({ key, value, directory: workspace.directory }, context)
}

/** Where in the tree a dependency is, null where it comes from elsewhere. */
const placeOf = ({ key, value, directory }: Dependency, context: Context): Result<string | null, string> => {
  if (typeof value === 'string') return success(null)
  const path = isTable(value) ? value['path'] : null
  // What a path begins at may be named in settings that nobody has read here.
  const isKnown = isTable(value) && value['base'] === undefined
  if (!isKnown || (path !== undefined && typeof path !== 'string'))
    return failure(`${manifestIn(directory)} has ${key} in a form that is not known`)
  if (typeof path === 'string') {
    const place = path.startsWith('/') ? null : pathFrom(directory, path)
    if (place !== null) return success(place)
    return failure(`${manifestIn(directory)} has ${key} outside of the repository, at ${path}`)
  }
  const git = value['git']
  if (typeof git !== 'string' || !context.isEthrex(git)) return success(null)
  const name = textAt(value, 'package') ?? key
  const [found, other] = context.places.get(name) ?? []
  if (found !== undefined && other === undefined) return success(found.directory)
  return failure(`${manifestIn(directory)} takes ${name} from ethrex, where it is not found once`)
}
