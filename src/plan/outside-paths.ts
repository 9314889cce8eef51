import { posix } from 'node:path'
import { failure, success, type Result } from '../domain/problem.ts'
import type { FoundLine, TreeEntry } from '../domain/source-tree.ts'
import { isTable, tableAt, textAt } from './cargo-manifest.ts'
import type { SourcePackage } from './cargo-closure.ts'
import {
  hasSettings,
  holds,
  manifestIn,
  pathFrom,
  upwards,
  whyTooMuch,
  type SourceTree
} from './source-tree.ts'

/** A place in the tree and what its text leads to elsewhere in the tree. */
export interface Reach {
  readonly from: string
  readonly to: readonly string[]
}

/**
 * Files of which a line leads to a directory that holds their package: where it goes on from there may be in other
 * lines, so that all of the text is wanted. None of a tree that nobody looks through.
 */
export const readWhole = (tree: SourceTree): readonly TreeEntry[] => {
  if (whyTooMuch(tree) !== null) return []
  const wanted = tree.lines.flatMap(({ path, text }) =>
    isScript(path) || literalsOf({ path, text }, tree).above.length === 0 ? [] : (tree.entry(path) ?? [])
  )
  return [...new Set(wanted)]
}

/**
 * What the text of files names with `..`, and what links and settings lead to. Any literal counts, in whichever macro
 * or function: it may be an include, a module's path or a file that a macro reads. What leads out of the repository is
 * the machine's, and the same for both sides. The error is a clause.
 */
export const reachesOf = (tree: SourceTree): Result<readonly Reach[], string> => {
  const paths = new Set(tree.lines.map(({ path }) => path))
  const links = tree.entries.filter(({ kind }) => kind === 'link')
  const read = tree.entries.flatMap((entry) => {
    const isWanted = isScript(entry.path) || paths.has(entry.path) || hasSettings(entry)
    const text = isWanted ? tree.text(entry.path) : null
    return text === null ? [] : [{ path: entry.path, text }]
  })
  const length = [...tree.lines, ...read].reduce((sum, { text }) => sum + text.length, 0)
  if (length > LONGEST_TEXT) return failure('the files that name paths are too long to look through')
  const reaches = [
    ...tree.lines.map((line) => reachOf(line, tree)),
    ...read.map((file) => (hasSettings(file) ? settingsReach(file, tree) : wholeReachOf(file, tree))),
    ...links.map((link) => ({ from: link.path, to: linked(link, tree) }))
  ]
  return success(reaches.filter(({ to }) => to.length > 0))
}

/** In characters, of all of a tree. */
const LONGEST_TEXT = 2_000_000

const isScript = (path: string): boolean => posix.basename(path) === 'build.rs'

/** Settings name files from the directory that they are of, or from their own: linkers, wrappers, targets. */
const settingsReach = ({ path, text }: FoundLine, tree: SourceTree): Reach => {
  const own = posix.dirname(path)
  const bases = [own, posix.dirname(own)]
  const words = text.split(/["']/).flatMap((literal) => literal.split(/[\s=,]+/))
  const places = words.flatMap((word) =>
    bases.flatMap((base) => pathFrom(base, word.replace(/^-[TL]/, '')) ?? [])
  )
  const to = [...new Set(places)].filter((place) => place !== '.' && tree.entry(place) !== null)
  return { from: path, to }
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

/** Literals of a text, and where those among them lead that lead upwards. */
interface Literals {
  readonly pieces: readonly string[]
  /** The package that the text is in. */
  readonly holder: string
  /** Directories that hold the package, or are it. */
  readonly above: readonly string[]
  readonly outside: readonly string[]
}

/** A path's text ends where a literal does; whether a quote opens or closes need not be known. */
const literalsOf = ({ path, text }: FoundLine, tree: SourceTree): Literals => {
  const holder = packageOf(path, tree)
  const pieces = text.split('"').filter((piece) => piece !== '' && !/[\r\n\0]/.test(piece))
  const bases = [...directoriesOf(path, text), holder]
  const found = new Set(pieces.flatMap((piece) => bases.flatMap((base) => upwardPaths(base, piece))))
  const above = [...found].filter((place) => holds(place, holder))
  return { pieces, holder, above, outside: [...found].filter((place) => !holds(place, holder)) }
}

const reachOf = (line: FoundLine, tree: SourceTree): Reach => {
  const literals = literalsOf(line, tree)
  const { holder, above, outside } = literals
  return { from: line.path, to: leadsTo([...outside, ...joined(above, literals, tree)], holder, tree) }
}

/** Names what the compiler is to read. */
const READS = /\b(?:concat|include\w*|embed\w*)!/
/** Leads upwards without a literal. */
const CLIMBS = /\.(?:parent|ancestors|pop)\(/

/** Of all of a text: what leads upwards in one line may go on in another. */
const wholeReachOf = (file: FoundLine, tree: SourceTree): Reach => {
  const literals = literalsOf(file, tree)
  const { holder, above, outside } = literals
  const climbed = isScript(file.path) && CLIMBS.test(file.text) ? upwards(holder).slice(1) : []
  const further = joined([...above, ...climbed], literals, tree)
  // Where nothing says how it goes on, it may go anywhere from there.
  const isOpen = further.length === 0 && (isScript(file.path) || READS.test(file.text))
  const open = isOpen ? above.filter((place) => place !== holder) : []
  const packages = isScript(file.path) ? packagesNamed(literals, tree) : []
  const to = leadsTo([...outside, ...further], holder, tree)
  return { from: file.path, to: [...to, ...open, ...packages] }
}

/** Packages inside of the script's own that it names: it may have cargo build them. */
const packagesNamed = ({ pieces, holder }: Literals, tree: SourceTree): readonly string[] =>
  pieces.flatMap((piece) => {
    const place = pathFrom(holder, piece.replace(/\/?Cargo\.toml$/, ''))
    const isPackage = place !== null && place !== holder && tree.entry(manifestIn(place)) !== null
    return isPackage && holds(holder, place) ? [place] : []
  })

const leadsTo = (places: readonly string[], holder: string, tree: SourceTree): readonly string[] =>
  [...new Set(places)].flatMap((place) => modulesAt(place, holder, tree))

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

/** What a literal names from a directory. Empty where it does not lead upwards or leads out of the tree. */
const upwardPaths = (base: string, piece: string): readonly string[] => {
  const names = piece.split('/')
  const first = names.indexOf('..')
  if (first === -1) return []
  // What comes before may stand for a directory: `{}/../x`, `$CARGO_MANIFEST_DIR/../x`.
  const paths = [piece, names.slice(first).join('/')]
  return paths.flatMap((path) => pathFrom(base, path) ?? [])
}

/** `root.join("..").join("x")`: literals that go on from a directory which holds the package. */
const joined = (
  above: readonly string[],
  { pieces, holder }: Literals,
  tree: SourceTree
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
 * What a path stands for: itself, and with a source file its directory, where its modules are and what it includes.
 * Links on the way are followed, and are themselves part of it. Empty where there is nothing.
 */
const modulesAt = (place: string, holder: string, tree: SourceTree): readonly string[] => {
  const { links, end } = follow(place, tree)
  const entry = end === null ? null : tree.entry(end)
  if (entry === null) return links
  const isSource = entry.kind === 'file' && SOURCE.test(entry.path)
  // In a package, its own sources are all compared.
  if (!isSource || holds(holder, entry.path)) return [...links, entry.path]
  return [...links, posix.dirname(entry.path)]
}

const SOURCE = /\.(?:rs|in|inc)$/

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
