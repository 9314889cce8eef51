import { shortSha, type Revision } from '../../domain/revision.ts'
import type { Sides } from '../../domain/standing.ts'
import { code, prose } from '../markdown.ts'
import type { CommentContext, View } from '../view.ts'

/** What was compared, where, and by which run. */
export const footer = ({ report: { plan, machine }, context }: View): string => {
  const runner = machine.gpu ?? machine.cpu ?? 'unknown machine'
  const parts = [
    `base ${revision(plan.revisions.base)}`,
    `head ${revision(plan.revisions.head)}`,
    `host ${code(repositoryName(plan.host), 80)} ${revision(plan.host)}`,
    `runner ${prose(runner, 80)}`,
    ...run(context)
  ]
  return small(parts)
}

/** The same while no more is known than commits; null where there is nothing to say. */
export const earlyFooter = (sides: Sides | null, context: CommentContext): string | null => {
  const { base = null, head = null } = sides ?? {}
  const parts = [
    ...(base === null ? [] : [`base ${code(shortSha(base))}`]),
    ...(head === null ? [] : [`head ${code(shortSha(head))}`]),
    ...run(context)
  ]
  return parts.length === 0 ? null : small(parts)
}

const small = (parts: readonly string[]): string => `<sub>${parts.join(' · ')}</sub>`

const revision = ({ sha, ref }: Revision): string =>
  ref === sha ? code(shortSha(sha)) : `${code(shortSha(sha))} (${code(ref, 80)})`

const repositoryName = ({ repository }: Revision): string => repository.split('/').at(-1) ?? repository

const run = ({ run: { id, attempt }, runUrl }: CommentContext): readonly string[] => {
  const name = `${id}.${attempt}`
  if (runUrl !== null && /^https:\/\/[\w.:/-]+$/.test(runUrl)) return [`run [${name}](${runUrl})`]
  return id === 0 ? [] : [`run ${code(name)}`]
}
