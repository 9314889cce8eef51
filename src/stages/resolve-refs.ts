import { failure, success, type Problem, type Result } from '../domain/problem.ts'
import { parseSha, type Repository, type Revision, type Sha } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import { commitPrefix, resolveRef } from '../plan/refs.ts'
import type { Listing, Mirror, Repositories, Unresolved } from './repositories.ts'

/** The part of the settings that names commits. */
export type Wanted = Pick<
  Settings,
  | 'repository'
  | 'hostRepository'
  | 'referenceRepository'
  | 'base'
  | 'head'
  | 'baseFrom'
  | 'hostRef'
  | 'variants'
  | 'reference'
>

/**
 * Names that a repository does not have, found without fetching it. What may be a commit id cannot be told
 * from a listing, and is looked up in the mirror.
 */
export const findUnknown = async (
  settings: Wanted,
  repositories: Repositories
): Promise<Unresolved | null> => {
  const ethrex = await reach('repository', settings.repository, repositories.list)
  const host = await reach('host-repository', settings.hostRepository, repositories.list)
  const reference =
    settings.reference === null
      ? success(null)
      : await reach('reference-repository', settings.referenceRepository, repositories.list)
  if (!ethrex.ok || !host.ok || !reference.ok) return firstFailure([ethrex, host, reference])
  const problemOf = (
    input: string,
    ref: string,
    { refs, head, name }: Listing & { readonly name: string }
  ): readonly Problem[] => {
    const found = commitPrefix(ref) === null ? resolveRef(ref, { refs, head, commits: [] }) : null
    return found?.ok === false ? [unknownRef(input, ref, { name, error: found.error })] : []
  }
  const inEthrex = { ...ethrex.value, name: settings.repository.name }
  const problems = [
    ...(settings.base === null ? [] : problemOf('base', settings.base, inEthrex)),
    ...problemOf('head', settings.head ?? 'HEAD', inEthrex),
    ...settings.variants.flatMap(({ ref }) => problemOf('variants', ref, inEthrex)),
    ...problemOf('host-ref', settings.hostRef ?? 'main', {
      ...host.value,
      name: settings.hostRepository.name
    }),
    ...(settings.reference === null || reference.value === null
      ? []
      : problemOf('reference', settings.reference.ref, {
          ...reference.value,
          name: settings.referenceRepository.name
        }))
  ]
  return problems.length > 0 ? { kind: 'problems', problems } : null
}

const unknownRef = (
  input: string,
  ref: string,
  { name, error }: { readonly name: string; readonly error: string }
): Problem => ({ input, message: `${JSON.stringify(ref)} of ${name} ${error}` })

/** Asks a repository; one that does not answer is bad input where it is a path, else trouble on the way. */
const reach = async <T>(
  input: string,
  repository: Repository,
  ask: (repository: Repository) => Promise<Result<T, string>>
): Promise<Result<T, Unresolved>> => {
  const answer = await ask(repository)
  if (answer.ok) return answer
  if (repository.kind === 'path') {
    const message = `"${repository.name}" cannot be read as a git repository: ${answer.error}`
    return failure({ kind: 'problems', problems: [{ input, message }] })
  }
  return failure(unreachable(repository, answer.error))
}

export const unreachable = ({ name }: Repository, tail: string): Unresolved => {
  const reason = /no space left on device/i.test(tail) ? 'disk-full' : 'repository-unreachable'
  const told = { side: null, stage: 'fetch', block: null, reason } as const
  return { kind: 'failure', failure: { ...told, message: `${name} could not be fetched`, tail } }
}

const firstFailure = (opened: readonly Result<unknown, Unresolved>[]): Unresolved => {
  const errors = opened.flatMap((mirror) => (mirror.ok ? [] : [mirror.error]))
  const problems = errors.flatMap((error) => (error.kind === 'problems' ? error.problems : []))
  return problems.length === 0 && errors[0] !== undefined ? errors[0] : { kind: 'problems', problems }
}

export const lookUpIn =
  (repositories: Repositories) =>
  async (input: string, ref: string, mirror: Mirror): Promise<Result<Revision, Problem>> => {
    const commits = await commitsOf(ref, mirror, repositories)
    const found = resolveRef(ref, { refs: mirror.refs, head: mirror.head, commits })
    const { name } = mirror.repository
    if (!found.ok) return failure(unknownRef(input, ref, { name, error: found.error }))
    if (await repositories.hasCommit(mirror, found.value))
      return success({ repository: name, ref, sha: found.value })
    return failure({ input, message: `${JSON.stringify(ref)} of ${name} cannot be fetched` })
  }

const commitsOf = async (
  ref: string,
  mirror: Mirror,
  repositories: Repositories
): Promise<readonly Sha[]> => {
  const prefix = commitPrefix(ref)
  if (prefix === null) return []
  const full = await repositories.commitsBeginningWith(mirror, prefix)
  if (full.length > 0 || prefix.length < 40) return full
  // Not in the mirror: a commit of a pull request is on no branch, but is given out when asked for by its id.
  const sha = parseSha(prefix)
  return sha !== null && (await repositories.hasCommit(mirror, sha)) ? [sha] : []
}
