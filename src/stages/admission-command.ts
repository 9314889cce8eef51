import type { ForgeComment } from '../domain/forge-comment.ts'
import { unreachable, type Problem } from '../domain/problem.ts'
import { isFork, type PullRequest } from '../domain/pull-request.ts'
import { milliseconds } from '../domain/quantity.ts'
import { parseInputs, problemLine } from '../inputs/parse.ts'
import { printProveCommand, type ProveCommand, type ProveRequest } from '../inputs/prove-command.ts'
import { proveHelp } from '../inputs/prove-help.ts'
import type { Asking, Reaction, Refusal } from '../io/forge.ts'
import {
  approvalReply,
  closedReply,
  helpReply,
  otherHeadReply,
  problemReply,
  secretReply,
  unreadableReply
} from '../render/replies.ts'
import {
  badInput,
  measure,
  refused,
  type Admission,
  type AdmissionPorts,
  type AdmissionRequest
} from './admission-kinds.ts'
import { targetAt } from './admission-pull-request.ts'
import { askShortly } from './ask-shortly.ts'

/** A comment that is a command, by somebody whose rights are not known yet. */
export interface Commanded {
  readonly request: Pick<AdmissionRequest, 'raw' | 'context'>
  readonly comment: ForgeComment
  /** Number of the pull request that it is on. */
  readonly pullRequest: number
  readonly command: Exclude<ProveCommand, { readonly kind: 'none' }>
}

/** A reaction is a courtesy: nothing waits for it long. */
const BRIEFLY: Asking = { patience: 'once', timeout: milliseconds(10_000) }

/** Rights first: whoever may not write gets a face at most, and no word. */
export const admitCommand = async (commanded: Commanded, ports: AdmissionPorts): Promise<Admission> => {
  const { comment, command } = commanded
  const rights = await askShortly((asking) => ports.forge.mayWrite(comment.author.login, asking))
  if (!rights.ok) {
    return refused(
      `whether the author of the command may write here could not be found out: ${rights.error.message}`
    )
  }
  if (!rights.value) {
    await react(comment, 'confused', ports)
    return refused('the command is by somebody who may not write to this repository')
  }
  await react(comment, 'eyes', ports)
  switch (command.kind) {
    case 'help':
      await reply(commanded, helpReply(proveHelp()), ports)
      return { kind: 'answered', why: 'the command was answered with what can be asked for' }
    case 'cancel':
      return { kind: 'answered', why: 'the run that is under way looks for this command itself, and ends' }
    case 'problem':
      return refuseInput(commanded, command.problems, ports)
    case 'prove':
      return decideProve(commanded, command, ports)
    default:
      return unreachable(command)
  }
}

const decideProve = async (
  commanded: Commanded,
  asked: ProveRequest,
  ports: AdmissionPorts
): Promise<Admission> => {
  const answer = await ports.forge.pullRequest(commanded.pullRequest)
  if (!answer.ok) {
    await reply(commanded, unreadableReply(answer.error.message), ports)
    return { kind: 'unreachable', why: `the pull request could not be read: ${answer.error.message}` }
  }
  const pullRequest = answer.value
  const objection = objectionTo(pullRequest, asked)
  if (objection !== null) {
    await reply(commanded, objection.reply, ports)
    return refused(objection.why)
  }
  return decideSettings({ ...commanded, pullRequest, asked }, ports)
}

interface Objection {
  readonly why: string
  readonly reply: string
}

/** Why the head as it is now is not run for this command, or null. */
const objectionTo = (pullRequest: PullRequest, { inputs, headSha }: ProveRequest): Objection | null => {
  if (!pullRequest.isOpen) {
    return { why: 'the pull request is closed, and only open ones are measured', reply: closedReply() }
  }
  const current = pullRequest.head.sha
  const command = printProveCommand({ inputs, headSha: current })
  const isForeign = isFork(pullRequest)
  if (isForeign && headSha?.length !== current.length) {
    return {
      why: 'the head of the pull request is from a fork, and the command does not approve it by its full commit id',
      reply: approvalReply(command)
    }
  }
  if (headSha === null || current.startsWith(headSha)) return null
  return {
    why: `the command is for ${headSha}, and the head of the pull request is ${current}`,
    reply: otherHeadReply({ current, isFork: isForeign }, command)
  }
}

interface Agreed extends Omit<Commanded, 'pullRequest'> {
  /** With the head that will be run. */
  readonly pullRequest: PullRequest
  readonly asked: ProveRequest
}

/** The workflow's inputs with those of the command in their place. */
const decideSettings = async (agreed: Agreed, ports: AdmissionPorts): Promise<Admission> => {
  const { request, comment, pullRequest, asked } = agreed
  const commanded = { ...agreed, pullRequest: pullRequest.number }
  const head = pullRequest.head.sha
  const isForeign = isFork(pullRequest)
  if (isForeign && (request.context.rpcUrl ?? '').trim() !== '') {
    await reply(commanded, secretReply(), ports)
    return badInput([
      { input: 'head-sha', message: 'cannot go together with rpc-url; allowed: one of the two' }
    ])
  }
  const approval = isForeign ? { 'approved-sha': head } : {}
  const read = parseInputs({ ...request.raw, ...asked.inputs, ...approval }, request.context)
  if (!read.ok) return refuseInput(commanded, read.error, ports)
  const settings = read.value
  return measure(settings, {
    ...targetAt(pullRequest, { head, base: settings.base }),
    isApprovedFork: isForeign,
    command: { comment: comment.id, author: comment.author.login, createdAt: comment.createdAt }
  })
}

const refuseInput = async (
  commanded: Commanded,
  problems: readonly Problem[],
  ports: AdmissionPorts
): Promise<Admission> => {
  const lines = problems.map((problem) => problemLine(problem, 'action'))
  await reply(commanded, problemReply(lines), ports)
  return badInput(problems)
}

/** What cannot be said changes nothing of what is decided. */
const reply = async (
  { pullRequest }: Commanded,
  body: string,
  { forge, log }: AdmissionPorts
): Promise<void> => {
  const answer = await forge.createComment(pullRequest, body)
  if (!answer.ok) log.warn(`the command could not be answered: ${withRemedy(answer.error)}`)
}

const react = async (
  { id }: ForgeComment,
  reaction: Reaction,
  { forge, log }: AdmissionPorts
): Promise<void> => {
  const answer = await forge.react(id, reaction, BRIEFLY)
  if (!answer.ok) log.warn(`the command could not be marked as seen: ${withRemedy(answer.error)}`)
}

const withRemedy = ({ kind, message }: Refusal): string =>
  kind === 'forbidden' ? `${message}; grant the job: pull-requests: write` : message
