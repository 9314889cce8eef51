import type { Failure } from '../domain/failure.ts'
import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import { NO_BRANCHES, resolveRevisions, type Branches, type Resolved } from './resolve.ts'
import { whyNotBuildable } from './build-directory.ts'
import { whyNotTakeable } from './report-directory.ts'
import type { Files } from '../io/ports.ts'
import type { RunPorts } from './run-ports.ts'
import { collectWitnesses, missingProblem, type Collected } from './witnesses.ts'

export type FoundInputs =
  | { readonly kind: 'found'; readonly resolved: Resolved; readonly collected: Collected }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }

interface Known {
  readonly hasRpcUrl: boolean
  readonly branches?: Branches
}

/** Refs and witnesses, as they are now: what is wrong with any of them is told together. */
export const findInputs = async (
  settings: Settings,
  { hasRpcUrl, branches = NO_BRANCHES }: Known,
  ports: RunPorts
): Promise<FoundInputs> => {
  const foreign = await directoryProblems(settings, ports)
  if (foreign.length > 0) return { kind: 'refused', problems: foreign }
  const collected = await collectWitnesses(settings.blocks, settings.witnesses, ports)
  if (ports.isCancelled()) return { kind: 'cancelled' }
  const uncovered = hasRpcUrl ? [] : collected.missing
  const resolved = await resolveRevisions(settings, ports.repositories, branches)
  if (ports.isCancelled()) return { kind: 'cancelled' }
  const unresolved = resolved.ok ? null : resolved.error
  if (unresolved?.kind === 'failure') return { kind: 'unreachable', failure: unresolved.failure }
  const problems = [
    ...(unresolved?.problems ?? []),
    ...collected.problems,
    ...(uncovered.length > 0 ? [missingProblem(uncovered, settings.witnesses)] : [])
  ]
  if (!resolved.ok || problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'found', resolved: resolved.value, collected }
}

/** Directories that cannot be written to, or hold what is not ours: nothing is done in them then. */
const directoryProblems = async (
  { cacheDir, reportDir, witnesses }: Settings,
  { files }: Pick<RunPorts, 'files'>
): Promise<readonly Problem[]> => {
  const foreign = async (path: string): Promise<string | null> => {
    const why = await whyNotTakeable(path, files)
    return why === null ? null : `${why}; allowed: an empty directory, a new one, or one of an earlier run`
  }
  const buildable = await whyNotBuildable(cacheDir, files)
  return [
    ...(witnesses === null || (await files.isDirectory(witnesses))
      ? []
      : about('witnesses', witnesses, 'is not a directory; allowed: one with cache files')),
    ...(buildable === null
      ? about('cache-dir', cacheDir, await unwritable(cacheDir, files))
      : [{ input: 'cache-dir', message: buildable }]),
    ...about('report-dir', reportDir, (await foreign(reportDir)) ?? (await unwritable(reportDir, files)))
  ]
}

const about = (input: string, path: string, why: string | null): readonly Problem[] =>
  why === null ? [] : [{ input, message: `${JSON.stringify(path)} ${why}` }]

const unwritable = async (path: string, files: Files): Promise<string | null> => {
  const code = await files.whyNotWritable(path)
  return code === null ? null : `cannot be written to (${code}); allowed: a directory that can be`
}
