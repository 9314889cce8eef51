import { failure, success, type Result } from '../domain/problem.ts'
import { isTable, parseTable, tableAt, textAt, type Table } from './cargo-manifest.ts'
import { holds, manifestIn, pathFrom, upwards, type SourceTree } from './source-tree.ts'

/** A directory's manifest, null where it has none; the error is a clause. */
export type SourceManifests = (directory: string) => Result<Table | null, string>

/** A manifest that opens a workspace. */
export interface SourceWorkspace {
  readonly directory: string
  readonly manifest: Table
}

/** The manifests of a tree, each read once. */
export const manifestsOf = (tree: SourceTree): SourceManifests => {
  const known = new Map<string, Result<Table | null, string>>()
  return (directory) => {
    const found = known.get(directory) ?? readManifest(tree, directory)
    known.set(directory, found)
    return found
  }
}

const readManifest = (tree: SourceTree, directory: string): Result<Table | null, string> => {
  const path = manifestIn(directory)
  if (tree.entry(path) === null) return success(null)
  const text = tree.text(path)
  if (text === null) return failure(`${path} cannot be read`)
  const parsed = parseTable(text)
  return parsed.ok ? parsed : failure(`${path} is not TOML: ${parsed.error}`)
}

/**
 * The workspace that cargo finds for a package: the one that it names, or a package above it, or the nearest upwards
 * that does not exclude it. https://doc.rust-lang.org/cargo/reference/workspaces.html
 */
export const workspaceOf = (
  directory: string,
  manifests: SourceManifests
): Result<SourceWorkspace | null, string> => {
  for (const above of upwards(directory)) {
    const table = manifests(above)
    if (!table.ok) return table
    if (table.value === null) continue
    const pointer = textAt(tableAt(table.value, 'package'), 'workspace')
    if (pointer !== null) return namedWorkspace(above, pointer, manifests)
    if (!isTable(table.value['workspace'])) continue
    const candidate = { directory: above, manifest: table.value }
    if (!isExcluded(directory, candidate)) return success(candidate)
  }
  return success(null)
}

const namedWorkspace = (
  directory: string,
  named: string,
  manifests: SourceManifests
): Result<SourceWorkspace, string> => {
  const root = pathFrom(directory, named)
  const table = root === null ? success(null) : manifests(root)
  if (!table.ok) return table
  if (root !== null && table.value !== null) return success({ directory: root, manifest: table.value })
  return failure(`${manifestIn(directory)} names a workspace that is not in the repository`)
}

/** Excluded are paths, not globs, and what is a member by its path is not. */
const isExcluded = (directory: string, { directory: root, manifest }: SourceWorkspace): boolean => {
  const workspace = tableAt(manifest, 'workspace')
  const isBelow = (key: string): boolean =>
    textsAt(workspace, key).some((path) => {
      const place = pathFrom(root, path)
      return place !== null && holds(place, directory)
    })
  return directory !== root && isBelow('exclude') && !isBelow('members')
}

const textsAt = (table: Table, key: string): readonly string[] => {
  const value = table[key]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** What `[patch]` and `[replace]` put in the place of other packages. */
export const replacementsOf = (
  workspace: SourceWorkspace | null
): readonly { readonly key: string; readonly value: unknown; readonly directory: string }[] => {
  if (workspace === null) return []
  const { directory, manifest } = workspace
  const patches = Object.values(tableAt(manifest, 'patch')).filter(isTable)
  return [...patches, tableAt(manifest, 'replace')].flatMap((table) =>
    Object.entries(table).map(([key, value]) => ({ key, value, directory }))
  )
}
