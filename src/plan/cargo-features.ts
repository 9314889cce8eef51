import { isTable, tableAt, textAt, type Table } from './cargo-manifest.ts'

const TABLES = ['dependencies', 'build-dependencies', 'build_dependencies'] as const

/** Tables of dependencies that a build takes; those of tests are not among them. */
export const builtDependencies = (manifest: Table): readonly (readonly [string, unknown])[] => {
  const targets = Object.values(tableAt(manifest, 'target')).filter(isTable)
  return [manifest, ...targets].flatMap((owner) =>
    TABLES.flatMap((name) => Object.entries(tableAt(owner, name)))
  )
}

/**
 * Packages that a manifest has only as optional dependencies, none of which a build with these features takes, with
 * the names by which it has them. Empty where the features cannot be followed: then all of them may be taken.
 */
export const packagesLeftOut = (
  manifest: Table,
  features: readonly string[]
): ReadonlyMap<string, readonly string[]> => {
  const defined = tableAt(manifest, 'features')
  const taken = dependenciesTaken(defined, features)
  if (taken === null) return new Map()
  const used = new Set<string>()
  const unused = new Map<string, readonly string[]>()
  for (const [key, value] of builtDependencies(manifest)) {
    const isLeftOut = isTable(value) && value['optional'] === true && !taken.has(key)
    const name = packageOf(manifest, key, value)
    if (isLeftOut) unused.set(name, [...(unused.get(name) ?? []), key])
    else used.add(name)
  }
  return new Map([...unused].filter(([name]) => !used.has(name)))
}

/** Dependencies may be used by another name than their package's, also where a workspace defines them. */
const packageOf = (manifest: Table, key: string, value: unknown): string => {
  const inherited = tableAt(tableAt(tableAt(manifest, 'workspace'), 'dependencies'), key)
  return (isTable(value) ? textAt(value, 'package') : null) ?? textAt(inherited, 'package') ?? key
}

/**
 * Names of dependencies that features turn on: https://doc.rust-lang.org/cargo/reference/features.html. Null
 * where a feature is not a list of names.
 */
const dependenciesTaken = (defined: Table, features: readonly string[]): ReadonlySet<string> | null => {
  const taken = new Set<string>()
  const followed = new Set(['default', ...features])
  for (const feature of followed) {
    const [name = '', detail] = feature.split('/')
    // `name?/detail` turns nothing on; `dep:name`, `name/detail` and a feature without a definition do.
    if (!name.endsWith('?')) taken.add(name.replace(/^dep:/, ''))
    if (detail !== undefined || name.startsWith('dep:')) continue
    const entries: unknown = defined[name] ?? []
    if (!Array.isArray(entries)) return null
    for (const entry of entries) {
      if (typeof entry !== 'string') return null
      followed.add(entry)
    }
  }
  return taken
}
