import type { Failure } from '../domain/failure.ts'
import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import { resolveRevisions, type Resolved } from './resolve.ts'
import type { RunPorts } from './run-ports.ts'
import { collectWitnesses, missingProblem, type Collected } from './witnesses.ts'

export type FoundInputs =
  | { readonly kind: 'found'; readonly resolved: Resolved; readonly collected: Collected }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }

/** Refs and witnesses, as they are now: what is wrong with any of them is told together. */
export const findInputs = async (
  settings: Settings,
  hasRpcUrl: boolean,
  ports: RunPorts
): Promise<FoundInputs> => {
  const cacheProblem = await directoryProblem('cache-dir', settings.cacheDir, ports)
  if (cacheProblem !== null) return { kind: 'refused', problems: [cacheProblem] }
  const collected = await collectWitnesses(settings.blocks, settings.witnesses, ports.witnessStore)
  const uncovered = hasRpcUrl ? [] : collected.missing
  const resolved = await resolveRevisions(settings, ports.repositories)
  if (ports.isCancelled()) return { kind: 'cancelled' }
  const unresolved = resolved.ok ? null : resolved.error
  if (unresolved?.kind === 'failure') return { kind: 'unreachable', failure: unresolved.failure }
  const problems = [
    ...(unresolved?.problems ?? []),
    ...collected.problems,
    ...(uncovered.length > 0 ? [missingProblem(uncovered, settings.witnesses)] : [])
  ]
  if (!resolved.ok || problems.length > 0) return { kind: 'refused', problems }
  const reportProblem = await directoryProblem('report-dir', settings.reportDir, ports)
  if (reportProblem !== null) return { kind: 'refused', problems: [reportProblem] }
  return { kind: 'found', resolved: resolved.value, collected }
}

const directoryProblem = async (
  input: string,
  path: string,
  { files }: Pick<RunPorts, 'files'>
): Promise<Problem | null> => {
  const code = await files.whyNotWritable(path)
  if (code === null) return null
  const message = `${JSON.stringify(path)} cannot be written to (${code}); allowed: a directory that can be`
  return { input, message }
}
