import { shortSha, type Revision } from '../../domain/revision.ts'
import { code, prose } from '../markdown.ts'
import type { View } from '../view.ts'

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
  return `<sub>${parts.join(' · ')}</sub>`
}

const revision = ({ sha, ref }: Revision): string =>
  ref === sha ? code(shortSha(sha)) : `${code(shortSha(sha))} (${code(ref, 80)})`

const repositoryName = ({ repository }: Revision): string => repository.split('/').at(-1) ?? repository

const run = ({ run, runUrl }: View['context']): readonly string[] => {
  if (runUrl !== null && /^https:\/\/[\w.:/-]+$/.test(runUrl)) return [`run [${run}](${runUrl})`]
  return run === '0.0' ? [] : [`run ${code(run)}`]
}
