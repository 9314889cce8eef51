import { COMMAND_NAMES, COMMANDS, isCommandName } from './commands.ts'
import { isInputName } from './spec.ts'

/** `--name value`, `--name=value`, or `--name` alone. */
export interface Flag {
  readonly name: string
  /** Null where there is none; an empty text is a value. */
  readonly value: string | null
}

export interface Tokens {
  readonly flags: readonly Flag[]
  /** Everything else, in order. */
  readonly words: readonly string[]
}

const OPTIONS = COMMAND_NAMES.flatMap((name) => COMMANDS[name].options)

/** True for flags that take no value, whatever the command. */
export const isSwitch = (name: string): boolean =>
  name === 'help' ||
  name === 'version' ||
  OPTIONS.some((option) => option.name === name && option.placeholder === null)

/** Splits arguments into flags and words. Understands every array of texts; judges none. */
export const tokenize = (argv: readonly string[]): Tokens => {
  const flags: Flag[] = []
  const words: string[] = []
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (!/^--./su.test(argument)) {
      words.push(argument)
      continue
    }
    const equals = argument.indexOf('=')
    if (equals >= 0) {
      flags.push({ name: argument.slice(2, equals), value: argument.slice(equals + 1) })
      continue
    }
    const name = argument.slice(2)
    const value = valueAfter(name, argv[index + 1])
    if (value !== null) index++
    flags.push({ name, value })
  }
  return { flags, words }
}

/** A misspelt flag takes its value along, so that one slip is one problem; but it never takes the command. */
const valueAfter = (name: string, next: string | undefined): string | null => {
  if (next === undefined || isSwitch(name) || next.startsWith('--')) return null
  const known = isInputName(name) || OPTIONS.some((option) => option.name === name)
  return known || !(isCommandName(next) || next.startsWith('-')) ? next : null
}
