import { posix } from 'node:path'
import { failure, success, type Result } from '../domain/problem.ts'
import type { TreeEntry } from '../domain/source-tree.ts'
import { isTable, tableAt, textAt } from './cargo-manifest.ts'
import type { SourcePackage } from './cargo-closure.ts'
import { holds, manifestIn, pathFrom, upwards, type SourceTree } from './source-tree.ts'

/** A place in the tree and what its text leads to elsewhere in the tree. */
export interface Reach {
  readonly from: string
  readonly to: readonly string[]
}

/**
 * What the text of files names with `..`, and what links lead to. Any literal counts, in whichever macro or
 * function: it may be an include, a module's path or a file that a macro reads. What leads out of the
 * repository is the machine's, and the same for both sides.
 */
export const reachesOf = (tree: SourceTree): readonly Reach[] => {
  const inLines = tree.lines.map(({ path, text }) => reachOf(path, text, tree))
  const inEntries = tree.entries.flatMap((entry) => {
    if (entry.kind === 'link') return [{ from: entry.path, to: linked(entry, tree) }]
    const script = posix.basename(entry.path) === 'build.rs' ? tree.text(entry.path) : null
    return script === null ? [] : [reachOf(entry.path, script, tree)]
  })
  return [...inLines, ...inEntries].filter(({ to }) => to.length > 0)
}

/** Sources that a package's manifest names outside of its directory; the error is a clause. */
export const namedFiles = (
  { directory, manifest }: SourcePackage,
  tree: SourceTree
): Result<Reach, string> => {
  const from = manifestIn(directory)
  const { build } = tableAt(manifest, 'package')
  const script = typeof build === 'string' ? build : null
  // All of a build script is read for paths, but only under the name that nearly all have.
  const isKnown =
    script === null ? typeof (build ?? false) === 'boolean' : posix.basename(script) === 'build.rs'
  if (!isKnown) return failure(`${from} names a build script that is not looked into`)
  const programs: unknown = manifest['bin'] ?? []
  const targets = [tableAt(manifest, 'lib'), ...(Array.isArray(programs) ? programs.filter(isTable) : [])]
  const paths = targets.flatMap((target) => textAt(target, 'path') ?? [])
  const to = [...paths, ...(script === null ? [] : [script])].flatMap((path) => {
    const place = pathFrom(directory, path)
    return place === null ? [] : modulesAt(place, directory, tree)
  })
  return success({ from, to })
}

/** A path's text ends where a literal does; whether a quote opens or closes need not be known. */
const reachOf = (path: string, text: string, tree: SourceTree): Reach => {
  const holder = packageOf(path, tree)
  const pieces = text.split('"').filter((piece) => piece !== '' && !/[\r\n\0]/.test(piece))
  const bases = [...directoriesOf(path, text), holder]
  const found = pieces.flatMap((piece) => bases.flatMap((base) => upwardPath(base, piece) ?? []))
  const to = new Set<string>()
  const above = new Set<string>()
  for (const place of found) (holds(place, holder) ? above : to).add(place)
  for (const place of joined(above, pieces, { holder, tree })) to.add(place)
  return { from: path, to: [...to].flatMap((place) => modulesAt(place, holder, tree)) }
}

/** A module's path begins below the file's directory where the module is inside of others in that file. */
const directoriesOf = (path: string, text: string): readonly string[] => {
  const directory = posix.dirname(path)
  const isModule = /\bpath\s*=/.test(text)
  return isModule ? [directory, ...DEPTHS.map((names) => posix.join(directory, names))] : [directory]
}

/** Any names do: the path leads out of them again. */
const DEPTHS = ['_', '_/_', '_/_/_'] as const

/** The nearest directory upwards with a manifest. */
const packageOf = (path: string, tree: SourceTree): string =>
  upwards(path).find((directory) => directory !== path && tree.entry(manifestIn(directory)) !== null) ?? '.'

/** What a literal names from a directory, null where it does not lead upwards or leads out of the tree. */
const upwardPath = (base: string, piece: string): string | null => {
  // A format string for a manifest's directory begins with its place: `{}/../x`.
  const path = piece.replace(/^\{[^{}]*\}/, '')
  return path.split('/').includes('..') ? pathFrom(base, path) : null
}

/** `root.join("..").join("x")`: literals that go on from a directory which holds the package. */
const joined = (
  above: ReadonlySet<string>,
  pieces: readonly string[],
  { holder, tree }: { readonly holder: string; readonly tree: SourceTree }
): readonly string[] => {
  const found: string[] = []
  const begun = new Set(above)
  for (const piece of pieces) {
    for (const base of begun) {
      const place = pathFrom(base, piece)
      if (place === null || tree.entry(place) === null) continue
      if (holds(place, holder)) begun.add(place)
      else found.push(place)
    }
  }
  return found
}

/**
 * What a path stands for: itself, and with a Rust file the directory where its modules are. Links on the way
 * are followed, and are themselves part of it. Empty where there is nothing.
 */
const modulesAt = (place: string, holder: string, tree: SourceTree): readonly string[] => {
  const { links, end } = follow(place, tree)
  const entry = end === null ? null : tree.entry(end)
  if (entry === null) return links
  if (entry.kind !== 'file' || !entry.path.endsWith('.rs')) return [...links, entry.path]
  const directory = posix.dirname(entry.path)
  if (!holds(directory, holder)) return [...links, directory]
  const own = entry.path.replace(/\.rs$/, '')
  return [...links, entry.path, ...(tree.entry(own) === null ? [] : [own])]
}

const linked = (link: TreeEntry, tree: SourceTree): readonly string[] => {
  const { links, end } = follow(link.path, tree)
  return end === null || tree.entry(end) === null ? links : [...links, end]
}

/** As many as Linux follows. */
const MOST_LINKS = 40

/** Where a path ends after the links on its way; null where it leaves the tree or goes in a circle. */
const follow = (
  path: string,
  tree: SourceTree
): { readonly links: readonly string[]; readonly end: string | null } => {
  const links: string[] = []
  let at = path
  for (let step = 0; step < MOST_LINKS; step++) {
    const link = upwards(at)
      .map((above) => tree.entry(above))
      .find((entry) => entry?.kind === 'link')
    if (link === undefined || link === null) return { links, end: at }
    links.push(link.path)
    const target = tree.texts.get(link.object) ?? '/'
    const rest = at.slice(link.path.length + 1)
    const next = target.startsWith('/') ? null : pathFrom(posix.dirname(link.path), posix.join(target, rest))
    if (next === null) return { links, end: null }
    at = next
  }
  return { links, end: null }
}
