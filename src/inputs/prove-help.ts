import { INPUT_KEYS, rowOfKey } from './prove-command.ts'

/** What can be written in a comment, as plain text of several lines; it begins with a command. */
export const proveHelp = (): string =>
  [
    '/prove                  Measure the head of this pull request.',
    '/prove KEY=VALUE ...    The same, with other inputs than the workflow has, this once.',
    '/prove head-sha=SHA     Only if that is the head; all 40 digits approve the head of a fork.',
    '/prove cancel           End the run that is under way.',
    '/prove help             Show this.',
    '',
    'Keys:',
    ...INPUT_KEYS.flatMap((key) => [
      `  ${key}=${rowOfKey(key).kind.placeholder}`,
      `      ${rowOfKey(key).summary.replaceAll('`', '')}`
    ]),
    '',
    'The command is the first line of a new comment by somebody who may write to this repository.'
  ].join('\n')
