import { failure, success, type Result } from '../domain/problem.ts'
import { isTable, parseTable, textAt } from './cargo-manifest.ts'

/** An entry of a Cargo.lock with what it leads to. */
export interface LockedNode {
  readonly name: string
  readonly version: string
  /** Null for packages at a path. */
  readonly source: string | null
  readonly checksum: string | null
  /** `name`, `name version` or `name version (source)`: as much as tells it apart. */
  readonly dependencies: readonly string[]
}

/** The entries of a lock file; the error is a clause about it. */
export const lockedNodes = (lock: string): Result<readonly LockedNode[], string> => {
  const parsed = parseTable(lock)
  if (!parsed.ok) return failure(`is not TOML: ${parsed.error}`)
  const entries: unknown = parsed.value['package'] ?? []
  if (!Array.isArray(entries)) return failure('is not a lock file')
  const nodes: LockedNode[] = []
  for (const entry of entries) {
    const node = nodeOf(entry)
    if (node === null) return failure('has an entry that cannot be read')
    nodes.push(node)
  }
  return success(nodes)
}

const nodeOf = (entry: unknown): LockedNode | null => {
  if (!isTable(entry)) return null
  const name = textAt(entry, 'name')
  const version = textAt(entry, 'version')
  const listed: unknown = entry['dependencies'] ?? []
  if (name === null || version === null || !Array.isArray(listed)) return null
  const dependencies = listed.filter((dependency) => typeof dependency === 'string')
  if (dependencies.length !== listed.length) return null
  return { name, version, source: textAt(entry, 'source'), checksum: textAt(entry, 'checksum'), dependencies }
}

/** Those that are begun with, and all that they lead to, in the order of the lock. */
export const reachable = (
  nodes: readonly LockedNode[],
  isBegin: (node: LockedNode) => boolean
): readonly LockedNode[] => {
  const byName = Map.groupBy(nodes, ({ name }) => name)
  const found = new Set(nodes.filter(isBegin))
  // A set that grows while it is walked: what is added is walked too.
  for (const node of found) {
    for (const dependency of node.dependencies) {
      const [name = '', version, source] = dependency.split(' ')
      for (const candidate of byName.get(name) ?? []) {
        if (version !== undefined && candidate.version !== version) continue
        if (source !== undefined && `(${candidate.source ?? ''})` !== source) continue
        found.add(candidate)
      }
    }
  }
  return nodes.filter((node) => found.has(node))
}
