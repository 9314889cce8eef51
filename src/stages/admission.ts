import type { ForgeEvent } from '../domain/event.ts'
import { unreachable, type Problem } from '../domain/problem.ts'
import { parseSha } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import { parseInputs } from '../inputs/parse.ts'
import { readProveCommand } from '../inputs/prove-command.ts'
import { quote } from '../inputs/wording.ts'
import { admitCommand } from './admission-command.ts'
import {
  badInput,
  ignored,
  measure,
  refused,
  type Admission,
  type AdmissionPorts,
  type AdmissionRequest
} from './admission-kinds.ts'
import { askShortly } from './ask-shortly.ts'
import { admitPullRequest } from './admission-pull-request.ts'

/**
 * From an event to what is to be measured for it, if anything. Base's workflow and its inputs decide, nothing
 * of head's tree is looked at. Who may not write to the repository starts nothing here and is told nothing.
 */
export const admit = async (request: AdmissionRequest, ports: AdmissionPorts): Promise<Admission> => {
  const { event, context } = request
  switch (event.kind) {
    case 'unsupported':
      return badInput([{ input: 'event', message: `${quote(event.name)} cannot be used: ${event.why}` }])
    case 'pull-request': {
      const { pullRequest } = event
      const isRerun = isStartedAgain(request)
      return withSettings(request, ports, (settings) =>
        admitPullRequest({ settings, pullRequest, isRerun }, ports)
      )
    }
    case 'comment': {
      const { comment, pullRequest } = event
      if (event.action !== 'created') return ignored('the comment is not new: only new ones can be commands')
      if (pullRequest === null) return ignored('the comment is on an issue, not on a pull request')
      if (comment.author.isBot) return ignored('the comment is by a bot')
      const command = readProveCommand(comment.body, context)
      if (command.kind === 'none') return ignored('the first line of the comment is not a command')
      return withSettings(request, ports, () =>
        admitCommand({ request, comment, pullRequest, command }, ports)
      )
    }
    case 'dispatch':
      return withSettings(request, ports, (settings) => admitDispatch(settings, event))
    case 'push':
      if (/^0+$/.test(event.after)) return ignored('the branch was deleted')
      return withSettings(request, ports, (settings) => admitPush(settings, event))
    default:
      return unreachable(event)
  }
}

/** Bad inputs of the workflow come first: nothing is asked or said then. Next, whoever started the run again. */
const withSettings = async (
  request: AdmissionRequest,
  ports: AdmissionPorts,
  next: (settings: Settings) => Admission | Promise<Admission>
): Promise<Admission> => {
  const read = parseInputs(request.raw, request.context)
  const problems = [...(read.ok ? [] : read.error), ...modeProblems(request), ...headProblems(request)]
  if (!read.ok || problems.length > 0) return badInput(problems)
  const why = await whyNotAgain(request, ports)
  return why === null ? next(read.value) : refused(why)
}

/** These events are about a change, and get an answer about it. */
const modeProblems = ({ event, raw }: AdmissionRequest): readonly Problem[] =>
  event.kind === 'dispatch' || event.kind === 'unsupported' || raw['mode']?.trim() !== 'calibrate'
    ? []
    : [
        {
          input: 'mode',
          message: `"calibrate" measures the machine, not a change; allowed: prove or execute, and calibrate with the event workflow_dispatch`
        }
      ]

/** Who decides about head in place of the input. */
const DECIDER = { 'pull-request': 'the pull request', comment: 'the pull request', push: 'the push' } as const

const headProblems = ({ event, raw }: AdmissionRequest): readonly Problem[] => {
  if (event.kind === 'dispatch' || event.kind === 'unsupported' || (raw['head'] ?? '').trim() === '')
    return []
  const message = `is decided by ${DECIDER[event.kind]} here; allowed: nothing, leave it unset`
  return [{ input: 'head', message }]
}

/** So put that an attempt which is no number counts as one that needs rights. */
const isStartedAgain = ({ attempt }: AdmissionRequest): boolean => !(attempt <= 1)

/** A run that is started again keeps the rights of its event, but has another person behind it. */
const whyNotAgain = async (request: AdmissionRequest, { forge }: AdmissionPorts): Promise<string | null> => {
  if (!isStartedAgain(request)) return null
  const stranger = 'the run was started again by somebody who may not write to this repository'
  if (request.triggeringActor === '') return stranger
  const rights = await askShortly((asking) => forge.mayWrite(request.triggeringActor, asking))
  if (!rights.ok)
    return `whether whoever started the run again may write here could not be found out: ${rights.error.message}`
  return rights.value ? null : stranger
}

const WITHOUT_PULL_REQUEST = {
  pullRequest: null,
  baseBranch: null,
  hostBranch: null,
  isApprovedFork: false,
  command: null
} as const

/** Whoever may dispatch may write, and so may name any ref. What measures the machine has no head. */
const admitDispatch = (
  settings: Settings,
  { sha }: Extract<ForgeEvent, { readonly kind: 'dispatch' }>
): Admission => {
  const named = settings.head === null ? sha : parseSha(settings.head.toLowerCase())
  const head = settings.mode === 'calibrate' ? null : named
  return measure(settings, { ...WITHOUT_PULL_REQUEST, head, base: settings.base })
}

const admitPush = (
  settings: Settings,
  { before, after }: Extract<ForgeEvent, { readonly kind: 'push' }>
): Admission => measure(settings, { ...WITHOUT_PULL_REQUEST, head: after, base: settings.base ?? before })
