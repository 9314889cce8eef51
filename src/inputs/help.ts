import { COMMAND_NAMES, COMMANDS, EXIT_STATUSES } from './commands.ts'
import type { CommandName } from './commands.ts'
import { inputOf } from './spec.ts'
import type { InputName } from './spec.ts'

const WIDTH = 100
const PROGRAM = 'proving-regression'

/** The help of a command, or of the program: at most 100 columns, ends with a newline. */
export const renderHelp = (command: CommandName | null): string =>
  `${(command === null ? programHelp() : commandHelp(command)).join('\n')}\n`

const programHelp = (): readonly string[] => [
  `Usage: ${PROGRAM} COMMAND [--FLAG VALUE]...`,
  '',
  'Tells what a change of ethrex does to proving: measures base and head, compares and comments.',
  '',
  'Commands:',
  ...COMMAND_NAMES.map((name) => {
    const { argument, summary } = COMMANDS[name]
    return `  ${[name, argument ?? ''].join(' ').padEnd(12)}${summary}`
  }),
  '',
  'Flags:',
  '  COMMAND --help  Show what a command takes.',
  '  --version       Show the version.',
  '',
  'Secrets are read from the environment:',
  '  GITHUB_TOKEN  Not used in the terminal; kept from the measured code and masked in our output.',
  '  RPC_URL       Http or https endpoint, asked only for blocks that no witness covers.',
  '',
  'Exit status:',
  ...EXIT_STATUSES.map(({ status, meaning }) => `  ${String(status).padEnd(5)}${meaning}`)
]

const commandHelp = (name: CommandName): readonly string[] => {
  const { argument, inputs, options, summary } = COMMANDS[name]
  const required = options.filter((option) => option.required)
  const usage = [
    PROGRAM,
    name,
    argument,
    ...required.map((option) => `--${option.name} ${option.placeholder ?? ''}`)
  ]
  return [
    ...wrap(`Usage: ${[...usage.filter((part) => part !== null), '[--FLAG VALUE]...'].join(' ')}`, '       '),
    '',
    ...wrap(summary, ''),
    '',
    'Flags:',
    ...options.flatMap((option) => flagHelp(flag(option.name, option.placeholder), option.summary)),
    ...inputs.flatMap(inputHelp)
  ]
}

const flag = (name: string, placeholder: string | null): string =>
  placeholder === null ? `--${name}` : `--${name} ${placeholder}`

const inputHelp = (name: InputName): readonly string[] => {
  const { kind, summary, default: constant, defaultWords } = inputOf(name)
  const shown = constant === '' ? defaultWords : constant
  const text = shown === undefined ? summary : `${summary} Default: ${shown}.`
  return flagHelp(flag(name, kind.placeholder), text)
}

const flagHelp = (head: string, text: string): readonly string[] => [
  `  ${head}`,
  ...wrap(text.replaceAll('`', ''), '      ')
]

/** Lines of at most 100 columns; those after the first begin with the indent, and so does the first of an indented text. */
const wrap = (text: string, indent: string): readonly string[] => {
  const lines: string[] = []
  let line = text.startsWith('Usage:') ? '' : indent
  for (const word of text.split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if (longer.length <= WIDTH) {
      line = longer
    } else {
      lines.push(line)
      line = indent + word
    }
  }
  return [...lines, line]
}
