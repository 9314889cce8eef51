import { shortSha, type Revision } from '../../domain/revision.ts'
import type { Sides } from '../../domain/standing.ts'
import { code, prose } from '../markdown.ts'
import { runLink } from '../run-link.ts'
import type { RunView } from '../run-view.ts'
import type { CommentContext } from '../view.ts'

/** What was compared, where, and by which run. */
export const footer = ({ run: { reference }, heads: [first], context }: RunView): string => {
  if (first === undefined) return ''
  const { plan, machine } = first.report
  const name = machine.gpu ?? machine.cpu
  const parts = [
    `base ${revision(plan.revisions.base)}`,
    `head ${revision(plan.revisions.head)}`,
    `host ${code(repositoryName(plan.host), 80)} ${revision(plan.host)}`,
    ...(reference === null ? [] : [`${reference.prover} ${revision(reference.revision)}`]),
    `machine ${name === null ? 'unknown' : prose(name, 80)}`,
    ...runName(context)
  ]
  return small(parts)
}

/** The same while no more is known than commits; null where there is nothing to say. */
export const earlyFooter = (sides: Sides | null, context: CommentContext): string | null => {
  const { base = null, head = null } = sides ?? {}
  const parts = [
    ...(base === null ? [] : [`base ${code(shortSha(base))}`]),
    ...(head === null ? [] : [`head ${code(shortSha(head))}`]),
    ...runName(context)
  ]
  return parts.length === 0 ? null : small(parts)
}

const small = (parts: readonly string[]): string => `<sub>${parts.join(' · ')}</sub>`

const revision = ({ sha, ref }: Revision): string =>
  ref === sha ? code(shortSha(sha)) : `${code(shortSha(sha))} (${code(ref, 80)})`

const repositoryName = ({ repository }: Revision): string => repository.split('/').at(-1) ?? repository

const runName = (context: CommentContext): readonly string[] => {
  const { id, attempt } = context.run
  const name = `${id}.${attempt}`
  const link = runLink(name, context)
  if (link !== null) return [`run ${link}`]
  return id === 0 ? [] : [`run ${code(name)}`]
}
