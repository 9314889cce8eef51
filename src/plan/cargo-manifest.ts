import { parse } from 'smol-toml'
import { failure, success, type Result } from '../domain/problem.ts'

/** A table of a TOML file, its values unknown until looked at. */
export type Table = Readonly<Record<string, unknown>>

/** Texts of a tree's Cargo.toml files by path from its root, `/` between names. */
export type Manifests = ReadonlyMap<string, string>

export interface GitDependency {
  /** Name of the package, which `package =` sets apart from the name it is used by. */
  readonly name: string
  /** As written. */
  readonly url: string
}

/** A TOML text as a table; the error is the parser's first line. */
export const parseTable = (text: string): Result<Table, string> => {
  try {
    return success(parse(text))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return failure(error.message.split('\n', 1)[0] ?? 'not TOML')
  }
}

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A table within a table; empty where there is none. */
export const tableAt = (table: Table, key: string): Table => {
  const value = table[key]
  return isTable(value) ? value : {}
}

export const textAt = (table: Table, key: string): string | null => {
  const value = table[key]
  return typeof value === 'string' ? value : null
}

const DEPENDENCY_TABLES = [
  'dependencies',
  'dev-dependencies',
  'dev_dependencies',
  'build-dependencies',
  'build_dependencies'
] as const

/**
 * Every git dependency a manifest defines: of the package, of each target, and those that members of a
 * workspace inherit (`workspace = true` only repeats a name defined there).
 */
export const gitDependencies = (manifest: Table): readonly GitDependency[] => {
  const targets = Object.values(tableAt(manifest, 'target')).filter(isTable)
  const owners = [manifest, ...targets, tableAt(manifest, 'workspace')]
  const tables = owners.flatMap((owner) => DEPENDENCY_TABLES.map((name) => tableAt(owner, name)))
  return tables.flatMap((table) =>
    Object.entries(table).flatMap(([key, value]) => {
      if (!isTable(value)) return []
      const url = textAt(value, 'git')
      return url === null ? [] : [{ name: textAt(value, 'package') ?? key, url }]
    })
  )
}

/** Name of the manifest's package, null for a workspace without one. */
export const packageName = (manifest: Table): string | null => textAt(tableAt(manifest, 'package'), 'name')

/** Names of all packages of a tree; manifests that cannot be read have none. */
export const packageNames = (manifests: Manifests): readonly string[] =>
  [...manifests.values()].flatMap((text) => {
    const manifest = parseTable(text)
    const name = manifest.ok ? packageName(manifest.value) : null
    return name === null ? [] : [name]
  })
