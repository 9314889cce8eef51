import { unreachable } from '../domain/problem.ts'
import type { Refusal } from '../io/forge.ts'

/** Why the comment was not written, and what to do about it: whole sentences in one line. */
export const whyNotWritten = ({ kind, message }: Refusal): string =>
  `the comment could not be written: ${message}. ${remedyOf(kind)}`

const remedyOf = (kind: Refusal['kind']): string => {
  switch (kind) {
    case 'forbidden':
      return (
        'Grant the job `pull-requests: write` (under `permissions:` in the workflow). The token of a pull request ' +
        'from a fork can only read whatever is granted, and a locked conversation may be closed to it.'
      )
    case 'missing':
      return 'See that the pull request is there, that nothing deletes its comments, and that the job has `pull-requests: write`.'
    case 'invalid':
      return 'The whole result is in the summary of the job and in the report.'
    case 'limited':
      return 'Wait until the rate limit of the token has ended, or give the action a token of its own.'
    case 'unreachable':
      return 'The result is in the summary of the job and in the report; run the job again to have it in a comment.'
    default:
      return unreachable(kind)
  }
}

/** A run that was being cancelled did not get as far as to say so in the comment. */
export const NO_TIME =
  'the comment could not be written: the run was cancelled and there was no time left to be sure of it.'

/** Whether asking again later makes sense. */
export const mayPass = ({ kind }: Refusal): boolean => kind === 'limited' || kind === 'unreachable'
