import type { Sha } from '../domain/revision.ts'
import { code, fence, prose } from './markdown.ts'

/**
 * Answers to a command, as markdown. None begins with a command, and each command stands in a fence, so that
 * no answer is ever taken for one. Names of people and branches do not occur.
 */

const NOTHING = 'Nothing was started.'
const NEW_COMMENT = 'A command is read once, when its comment is new: editing the comment does nothing.'

/** More would be read by nobody, and are told one by one as the first are fixed. */
const MOST_PROBLEMS = 10
/** A line beyond this is cut by its fence. */
const LONGEST_LINE = 400

/** What can be asked for; `usage` is plain text. */
export const helpReply = (usage: string): string => `What can be asked for here:\n\n${fence(usage)}`

/** What is wrong with a command: one line each, which may quote it. */
export const problemReply = (lines: readonly string[]): string => {
  const more = lines.length - MOST_PROBLEMS
  return [
    `That command cannot be run as it is. ${NOTHING}`,
    '',
    ...lines.slice(0, MOST_PROBLEMS).map((line) => `- ${prose(line, 600)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    `${NEW_COMMENT} To see all keys, comment:`,
    '',
    fence('/prove help')
  ].join('\n')
}

/** On a pull request that was merged or closed. */
export const closedReply = (): string =>
  `This pull request is closed, and only open ones are measured. ${NOTHING}`

/** For a fork's head that nobody approved; `command` is the line that approves it. */
export const approvalReply = (command: string): string =>
  [
    'The head of this pull request is from a fork. Its code runs only at a commit that somebody with write access ' +
      `has approved by its full id. ${NOTHING}`,
    '',
    ...pasteable('To approve the commit that is the head now, write this as a new comment:', command),
    '',
    WHAT_APPROVAL_MEANS
  ].join('\n')

/** For a `head-sha` that is not the head; `command` is the line that names the head as it is now. */
export const otherHeadReply = (
  head: { readonly current: Sha; readonly isFork: boolean },
  command: string
): string =>
  [
    `The commit of \`head-sha\` is not the head of this pull request, which is now ${code(head.current)}. ${NOTHING}`,
    '',
    ...pasteable(
      head.isFork
        ? 'Read what has changed since. To approve the head as it is now, write this as a new comment:'
        : 'To measure the head as it is now, write this as a new comment:',
      command
    ),
    ...(head.isFork ? ['', WHAT_APPROVAL_MEANS] : [])
  ].join('\n')

/** For an approved fork in a workflow that holds the secret. */
export const secretReply = (): string =>
  `The workflow has an \`rpc-url\`, which is a secret, and the code of a fork does not run next to one. ${NOTHING}\n\n` +
  'Whoever keeps the workflow can give `witnesses` in place of `rpc-url` for forks.'

/** Where the forge did not say what the pull request is; `why` is its line. */
export const unreadableReply = (why: string): string =>
  `This pull request could not be read. ${NOTHING}\n\n- ${prose(why)}\n\nThe same command in a new comment tries again.`

const WHAT_APPROVAL_MEANS =
  'Approving lets that code do on the measuring machine whatever the account of the runner may do there. Read the ' +
  'whole diff first, and approve what you would start there yourself. A later push needs an approval of its own.'

const pasteable = (what: string, command: string): readonly string[] => {
  if (command.length <= LONGEST_LINE) return [what, '', fence(command)]
  const [name = '', head = ''] = command.split(' ')
  return [
    what,
    '',
    fence(`${name} ${head}`),
    '',
    'followed by the other keys of your command, on the same line.'
  ]
}
