import { failure, success, type Result } from '../domain/problem.ts'
import type { SourcePackage } from './cargo-closure.ts'
import { builtDependencies } from './cargo-features.ts'
import { lockedNodes, reachable } from './cargo-locked.ts'
import { isTable, tableAt, type Table } from './cargo-manifest.ts'
import { pathFrom, type SourceTree } from './source-tree.ts'
import type { SourceWorkspace } from './source-workspace.ts'

/** 64 hex digits of a text. */
export type Digest = (text: string) => string

/** What a workspace decides for packages of its own, without what it decides for others. */
export interface WorkspaceDigests {
  readonly manifest: string
  /** Null where the workspace has no Cargo.lock, or nothing of it is built. */
  readonly lock: string | null
}

/** The error is a clause that names what cannot be read. */
export const digestsOf = (
  workspace: SourceWorkspace,
  {
    built,
    governed
  }: { readonly built: readonly SourcePackage[]; readonly governed: readonly SourcePackage[] },
  { tree, digest }: { readonly tree: SourceTree; readonly digest: Digest }
): Result<WorkspaceDigests, string> => {
  const manifest = digest(canonical(governing(workspace.manifest, governed)))
  const path = pathFrom(workspace.directory, 'Cargo.lock') ?? ''
  if (built.length === 0 || tree.entry(path) === null) return success({ manifest, lock: null })
  const text = tree.text(path)
  const nodes = text === null ? failure('cannot be read') : lockedNodes(text)
  if (!nodes.ok) return failure(`${path} ${nodes.error}`)
  const names = new Set(built.map(({ name }) => name))
  const locked = reachable(nodes.value, ({ name, source }) => source === null && names.has(name))
  const lines = locked.map(({ name, version, source, checksum }) =>
    JSON.stringify([name, version, source, checksum])
  )
  return success({ manifest, lock: digest(lines.toSorted().join('\n')) })
}

/** What a package that is only resolved wants of others, as one text for equal wishes. */
export const wishesOf = ({ manifest }: SourcePackage): string => {
  const { links, ...about } = tableAt(manifest, 'package')
  return canonical([builtDependencies(manifest), manifest['features'], links, about['rust-version']])
}

/** Which packages are members is left out, and the dependencies that none of these inherits. */
const governing = (manifest: Table, packages: readonly SourcePackage[]): Table => {
  const workspace = tableAt(manifest, 'workspace')
  const defined = tableAt(workspace, 'dependencies')
  const inherited = new Set(packages.flatMap((each) => each.inherited))
  return {
    features: manifest['cargo-features'],
    resolver: workspace['resolver'],
    package: workspace['package'],
    lints: workspace['lints'],
    dependencies: Object.fromEntries(Object.entries(defined).filter(([key]) => inherited.has(key))),
    // Of a workspace whose root is a package, the edition stands for the resolver.
    edition: tableAt(manifest, 'package')['edition'],
    profile: manifest['profile'],
    patch: manifest['patch'],
    replace: manifest['replace']
  }
}

/** One text for equal values, whatever the order of their keys. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isTable(value) && !(value instanceof Date)) {
    const keys = Object.keys(value).toSorted()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
