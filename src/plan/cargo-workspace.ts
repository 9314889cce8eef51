import { posix } from 'node:path'
import {
  isTable,
  packageName,
  parseTable,
  tableAt,
  textAt,
  type Manifests,
  type Table
} from './cargo-manifest.ts'

/** A package of the ethrex tree. */
export interface TreePackage {
  readonly name: string
  readonly version: string
  /** From the tree's root, `.` for the root. */
  readonly directory: string
}

/** Where each name of a package is found. More than one only where the root workspace does not decide. */
export type TreePackages = ReadonlyMap<string, readonly TreePackage[]>

/** All packages of a tree by name, from its Cargo.toml files. Unreadable manifests hold no package. */
export const packagesOf = (manifests: Manifests): TreePackages => {
  const tables = new Map<string, Table>()
  for (const [path, text] of manifests) {
    const parsed = parseTable(text)
    if (parsed.ok) tables.set(posix.dirname(path), parsed.value)
  }
  const isMember = membershipOf(tableAt(tables.get('.') ?? {}, 'workspace'))
  const found = new Map<string, TreePackage[]>()
  for (const [directory, table] of tables) {
    const name = packageName(table)
    if (name === null) continue
    const version = versionOf(table, workspaceOf(directory, tables))
    found.set(name, [...(found.get(name) ?? []), { name, version, directory }])
  }
  for (const [name, packages] of found) {
    const members = packages.filter((candidate) => isMember(candidate.directory))
    if (members.length > 0) found.set(name, members)
  }
  return found
}

/** Cargo takes the nearest manifest upwards that opens a workspace. */
const workspaceOf = (directory: string, tables: ReadonlyMap<string, Table>): Table => {
  for (let at = directory; ; at = posix.dirname(at)) {
    const workspace = tables.get(at)?.['workspace']
    if (isTable(workspace)) return workspace
    if (at === '.') return {}
  }
}

const versionOf = (manifest: Table, workspace: Table): string => {
  const own = tableAt(manifest, 'package')['version']
  if (typeof own === 'string') return own
  if (isTable(own)) return textAt(tableAt(workspace, 'package'), 'version') ?? '0.0.0'
  return '0.0.0'
}

const membershipOf = (workspace: Table): ((directory: string) => boolean) => {
  const members = patternsAt(workspace, 'members')
  const excluded = patternsAt(workspace, 'exclude')
  return (directory) =>
    directory === '.' ||
    (members.some((pattern) => pattern.test(directory)) &&
      !excluded.some((pattern) => pattern.test(directory)))
}

const patternsAt = (workspace: Table, key: string): readonly RegExp[] => {
  const globs = workspace[key]
  return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string').map(patternOf) : []
}

/** Cargo's globs: `*` and `?` within a name, `**` over names. */
const patternOf = (glob: string): RegExp => {
  const source = posix
    .normalize(glob)
    .replace(/\/$/, '')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*\*|\*|\?/g, (wildcard) => (wildcard === '**' ? '.*' : wildcard === '*' ? '[^/]*' : '[^/]'))
  return new RegExp(`^${source}$`)
}
