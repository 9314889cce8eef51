import { shortSha, type Revision } from '../../domain/revision.ts'
import type { Sides } from '../../domain/standing.ts'
import { code, prose } from '../markdown.ts'
import { runLink } from '../run-link.ts'
import type { CommentContext, View } from '../view.ts'

/** What was compared, where, and by which run. */
export const footer = ({ report: { plan, machine }, context }: View): string => {
  const name = machine.gpu ?? machine.cpu
  const parts = [
    `base ${revision(plan.revisions.base)}`,
    `head ${revision(plan.revisions.head)}`,
    `host ${code(repositoryName(plan.host), 80)} ${revision(plan.host)}`,
    `machine ${name === null ? 'unknown' : prose(name, 80)}`,
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

const run = (context: CommentContext): readonly string[] => {
  const { id, attempt } = context.run
  const name = `${id}.${attempt}`
  const link = runLink(name, context)
  if (link !== null) return [`run ${link}`]
  return id === 0 ? [] : [`run ${code(name)}`]
}
