import { posix } from 'node:path'
import { failure, success, type Result } from '../domain/problem.ts'
import type { Part } from '../domain/sameness.ts'
import { ZKVMS, type ZkVm } from '../domain/workload.ts'
import type { SourcePackage } from './cargo-closure.ts'
import { parseTable } from './cargo-manifest.ts'
import { namedFiles, type Reach } from './outside-paths.ts'
import {
  hasSettings,
  isCargoConfig,
  manifestIn,
  TOOLCHAIN_FILES,
  upwards,
  type SourceTree
} from './source-tree.ts'

/** Paths by what they are for. Some may not exist. */
export type Places = ReadonlyMap<string, ReadonlySet<Part>>
type Growing = Map<string, ReadonlySet<Part>>

/** What a path is part of: of all that its directories are. */
export const partsAt = (places: Places, path: string): ReadonlySet<Part> =>
  new Set(upwards(path).flatMap((above) => [...(places.get(above) ?? [])]))

/** Whether there was anything to add. */
const add = (places: Growing, path: string, parts: ReadonlySet<Part>): boolean => {
  const known = places.get(path)
  if (known !== undefined && areAllIn(parts, known)) return false
  places.set(path, new Set([...parts, ...(known ?? [])]))
  return true
}

const areAllIn = (some: ReadonlySet<Part>, others: ReadonlySet<Part>): boolean =>
  [...some].every((part) => others.has(part))

/** Of sources that people write there are a few. */
const MOST_STEPS = 100

interface Surroundings {
  readonly tree: SourceTree
  /** Of all of the tree. */
  readonly reaches: readonly Reach[]
  readonly zkvm: ZkVm
}

/** The packages' directories with all that their files lead to, and what those lead to in turn. The error is a clause. */
export const placesOf = (
  directories: Places,
  packages: readonly SourcePackage[],
  { tree, zkvm, reaches }: Surroundings
): Result<Places, string> => {
  const all = [...reaches]
  for (const found of packages) {
    const named = namedFiles(found, tree)
    if (!named.ok) return named
    all.push(named.value)
  }
  const places: Growing = new Map(directories)
  for (const [directory, parts] of directories) addSettings(places, directory, parts)
  const isPackage = (path: string): boolean =>
    tree.entry(manifestIn(path)) !== null && !isOfOtherZkVm(path, zkvm)
  for (let step = 1; grow(places, all, isPackage); step++)
    if (step === MOST_STEPS) return failure('files lead from one to the next without an end')
  const trouble = troubleIn(places, tree)
  return trouble === null ? success(places) : failure(trouble)
}

/** Of a directory: whether it is another zkVM's, as `bin/risc0` is where another one is measured. */
export const isOfOtherZkVm = (directory: string, zkvm: ZkVm): boolean =>
  directory.split('/').some((name) => ZKVMS.some((other) => other === name && other !== zkvm))

/** One step: what is reached from the places as they are. Whether there was anything to add. */
const grow = (places: Growing, reaches: readonly Reach[], isPackage: (path: string) => boolean): boolean => {
  let hasGrown = false
  for (const { from, to } of reaches) {
    const parts = partsAt(places, from)
    if (parts.size === 0) continue
    for (const path of to) {
      // A package is told from its surroundings: it may lead to others.
      if (!isPackage(path) && areAllIn(parts, partsAt(places, path))) continue
      hasGrown = add(places, path, parts) || hasGrown
      // What git makes of a file when it checks it out.
      for (const above of upwards(path).slice(1)) add(places, posix.join(above, '.gitattributes'), parts)
    }
  }
  return hasGrown
}

/** What cargo, rustup and git look for in every directory above a package. */
const SETTINGS = ['.cargo', '.gitattributes', ...TOOLCHAIN_FILES] as const

const addSettings = (places: Growing, directory: string, parts: ReadonlySet<Part>): void => {
  for (const above of upwards(directory).slice(1))
    for (const name of SETTINGS) add(places, posix.join(above, name), parts)
}

/** What keeps the places from being known to the end, as a clause. */
const troubleIn = (places: Places, tree: SourceTree): string | null => {
  for (const entry of tree.entries) {
    if (partsAt(places, entry.path).size === 0) continue
    if (entry.path.includes('\uFFFD')) return `the name of ${entry.path} is not UTF-8`
    if (entry.kind === 'link' && !tree.texts.has(entry.object)) return `the link ${entry.path} cannot be read`
    if (entry.kind === 'file' && hasSettings(entry) && tree.text(entry.path) === null)
      return `${entry.path} cannot be read`
    if (entry.kind === 'file' && isCargoConfig(entry) && redirects(tree.text(entry.path)))
      return `${entry.path} may take crates from elsewhere`
  }
  return null
}

/** Of cargo's settings those that name sources of crates: https://doc.rust-lang.org/cargo/reference/config.html */
const REDIRECTIONS = ['paths', 'patch', 'source', 'include'] as const

const redirects = (text: string | null): boolean => {
  const config = text === null ? null : parseTable(text)
  if (config?.ok !== true) return true
  return REDIRECTIONS.some((key) => config.value[key] !== undefined)
}
