import { isFork, type PullRequest } from '../domain/pull-request.ts'
import type { Sha } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { Target } from '../domain/target.ts'
import { printProveCommand } from '../inputs/prove-command.ts'
import { ref } from '../inputs/refs.ts'
import { measure, refused, type Admission, type AdmissionPorts } from './admission-kinds.ts'

export interface ChangedPullRequest {
  readonly settings: Settings
  /** As it was when the event happened: its head is what the event is about. */
  readonly pullRequest: PullRequest
  readonly isRerun: boolean
}

/**
 * A pull request was opened, pushed to, labelled. Its head is run where it is of this repository, or exactly
 * the approved one. What the event says is enough to refuse, and nothing is asked then.
 */
export const admitPullRequest = async (
  { settings, pullRequest: then, isRerun }: ChangedPullRequest,
  { forge, log }: AdmissionPorts
): Promise<Admission> => {
  const head = then.head.sha
  const known = whyNotRun(then, head, settings)
  if (known !== null) return refused(known)
  const answer = await forge.pullRequest(then.number)
  if (!answer.ok) {
    const why = `the pull request could not be read: ${answer.error.message}`
    // The event may be weeks old then, and its head long thrown away.
    if (isRerun)
      return refused(`${why}; a run that is started again needs to know that its head has not moved`)
    log.warn(`${why}; it is taken to be as the event says`)
  }
  const now = answer.ok ? answer.value : then
  const why = whyNotRun(now, head, settings)
  if (why !== null) return refused(why)
  const isForeign = isFork(then) || isFork(now)
  // A newer push of our own has a run of its own, and this one says that it is outdated.
  if ((isRerun || isForeign) && now.head.sha !== head)
    return refused(`the head of the pull request has moved from ${head} to ${now.head.sha}`)
  const target = { ...targetAt(now, { head, base: settings.base }), isApprovedFork: isForeign, command: null }
  return measure(settings, isForeign ? { ...target, hostBranch: null } : target)
}

const whyNotRun = (pullRequest: PullRequest, head: Sha, { approvedSha }: Settings): string | null => {
  if (!pullRequest.isOpen) return 'the pull request is closed, and only open ones are measured'
  if (!isFork(pullRequest) || approvedSha === head) return null
  const command = printProveCommand({ inputs: {}, headSha: head })
  return `the head of the pull request is from a fork; its code runs once somebody with write access comments "${command}"`
}

/** What a pull request says about what to compare. */
export const targetAt = (
  pullRequest: PullRequest,
  { head, base }: Pick<Target, 'head' | 'base'>
): Pick<Target, 'pullRequest' | 'head' | 'base' | 'baseBranch' | 'hostBranch'> => ({
  pullRequest,
  head,
  base,
  baseBranch: pullRequest.base.branch,
  hostBranch: isFork(pullRequest) ? null : hostBranchOf(pullRequest.head.branch)
})

/** The forge may know branches that our own inputs would refuse: such a one has no partner in the host. */
const hostBranchOf = (branch: string): string | null => {
  const parsed = ref.parse(`ethrex/${branch}`)
  return parsed.ok ? parsed.value : null
}
