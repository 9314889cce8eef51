import { success, type Result } from '../domain/problem.ts'
import type { Sha } from '../domain/revision.ts'
import type { SourceComparison } from '../domain/sameness.ts'
import type { FoundLine, TreeEntry } from '../domain/source-tree.ts'
import type { ZkVm } from '../domain/workload.ts'
import type { Files } from '../io/ports.ts'
import { ethrexOf } from '../plan/cargo-source.ts'
import { readWhole } from '../plan/outside-paths.ts'
import type { HostSources } from '../plan/proving-roots.ts'
import { compareProvingSources } from '../plan/proving-sources.ts'
import { isRead, sourceTree, UPWARD_PATHS, type Sources } from '../plan/source-tree.ts'
import type { Mirror } from './repositories.ts'
import type { Resolved } from './resolve.ts'

/** Commits of mirrored repositories, read without a working tree. Errors are lines for people. */
export interface SourceTrees {
  /** Everything in the commit's tree, with the root itself. */
  entries(mirror: Mirror, sha: Sha): Promise<Result<readonly TreeEntry[], string>>
  /** Texts of files and links by object id: all of them, or an error. */
  texts(mirror: Mirror, wanted: readonly TreeEntry[]): Promise<Result<ReadonlyMap<string, string>, string>>
  /** Lines with any of the texts, in files that any of git's globs matches. */
  lines(
    mirror: Mirror,
    sha: Sha,
    search: { readonly texts: readonly string[]; readonly globs: readonly string[] }
  ): Promise<Result<readonly FoundLine[], string>>
}

export interface SourcePorts {
  readonly trees: SourceTrees
  readonly files: Pick<Files, 'sha256OfText'>
}

/** What would be proven: commits, and what the host is built for. */
export interface SourceQuestion {
  readonly resolved: Pick<Resolved, 'revisions' | 'host' | 'mirrors'>
  readonly zkvm: ZkVm
  /** Of the host's build. */
  readonly features: readonly string[]
}

/**
 * Compares what proving depends on by git's objects alone: nothing is checked out, built or run. Whatever goes
 * wrong makes it `unknown`.
 */
export const compareSources = async (
  { resolved, zkvm, features }: SourceQuestion,
  { trees, files }: SourcePorts
): Promise<SourceComparison> => {
  try {
    const [sides, host] = await Promise.all([readSides(resolved, trees), readHost(resolved, trees)])
    if (!sides.ok) return unknown(sides.error)
    if (!host.ok) return unknown(host.error)
    const isEthrex = ethrexOf(resolved.mirrors.ethrex.repository)
    const digest = files.sha256OfText
    const compared = compareProvingSources({
      ...sides.value,
      host: { ...host.value, features },
      isEthrex,
      zkvm,
      digest
    })
    return compared.kind === 'unknown' ? unknown(compared.why) : compared
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return unknown(error.message)
  }
}

/** Names in a stranger's tree may be of any length, and hold anything. */
const LONGEST_WHY = 300

const unknown = (why: string): SourceComparison => ({
  kind: 'unknown',
  why: why.length > LONGEST_WHY ? `${why.slice(0, LONGEST_WHY).toWellFormed()}…` : why
})

type Where = SourceQuestion['resolved']

/** Both sides at once: what they have in common is read once. */
const readSides = async (
  { revisions: { base, head }, mirrors: { ethrex } }: Where,
  trees: SourceTrees
): Promise<Result<{ readonly base: Sources; readonly head: Sources }, string>> => {
  const linesOf = (sha: Sha): ReturnType<SourceTrees['lines']> => trees.lines(ethrex, sha, UPWARD_PATHS)
  const [baseEntries, headEntries, baseLines, headLines] = await Promise.all([
    trees.entries(ethrex, base.sha),
    trees.entries(ethrex, head.sha),
    linesOf(base.sha),
    linesOf(head.sha)
  ])
  if (!baseEntries.ok) return baseEntries
  if (!headEntries.ok) return headEntries
  if (!baseLines.ok) return baseLines
  if (!headLines.ok) return headLines
  const found = {
    base: { entries: baseEntries.value, lines: baseLines.value },
    head: { entries: headEntries.value, lines: headLines.value }
  }
  const both = [found.base, found.head]
  const wanted = both.flatMap((side) => [...side.entries.filter(isRead), ...unfinished(side)])
  const texts = await trees.texts(ethrex, wanted)
  if (!texts.ok) return texts
  const shared = { texts: texts.value }
  return success({ base: { ...shared, ...found.base }, head: { ...shared, ...found.head } })
}

const unfinished = (side: Pick<Sources, 'entries' | 'lines'>): readonly TreeEntry[] =>
  readWhole(sourceTree({ ...side, texts: new Map() })).filter(({ kind }) => kind === 'file')

const readHost = async (
  { host, mirrors }: Where,
  trees: SourceTrees
): Promise<Result<Omit<HostSources, 'features'>, string>> => {
  const entries = await trees.entries(mirrors.host, host.sha)
  if (!entries.ok) return entries
  const wanted = entries.value.filter((entry) => entry.kind === 'file' && isRead(entry))
  const texts = await trees.texts(mirrors.host, wanted)
  if (!texts.ok) return texts
  const { manifests, text } = sourceTree({ entries: entries.value, texts: texts.value, lines: [] })
  return success({ manifests, lock: text('Cargo.lock') })
}
