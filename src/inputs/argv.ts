import { failure, success } from '../domain/problem.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { COMMAND_NAMES, COMMANDS, isCommandName, LATER_COMMANDS } from './commands.ts'
import type { CommandName } from './commands.ts'
import { readParseRequest } from './parse-request.ts'
import type { ParseRequest } from './parse-request.ts'
import { inputOf, isInputName } from './spec.ts'
import { isSwitch, tokenize } from './tokens.ts'
import type { Flag } from './tokens.ts'
import { nearest, oneOfThese, printable, quote } from './wording.ts'

/** What the user of the terminal asks for. */
export type Invocation =
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'run' | 'demo'; readonly inputs: FlagInputs; readonly json: boolean }
  | { readonly kind: 'check' | 'witnesses'; readonly inputs: FlagInputs }
  | { readonly kind: 'report'; readonly directory: string; readonly json: boolean }
  | { readonly kind: 'parse'; readonly request: ParseRequest }

/** Inputs by name, as texts: what `parseInputs` takes. */
type FlagInputs = Readonly<Record<string, string>>

/** The invocation, or every problem in the order of the arguments. `argv` begins after the script's name. */
export const parseArgv = (argv: readonly string[]): Result<Invocation, readonly Problem[]> => {
  const { flags, words } = tokenize(argv)
  const [name, ...rest] = words
  const command = name !== undefined && isCommandName(name) ? name : null
  if (flags.some((flag) => flag.name === 'help')) return success({ kind: 'help', command })
  if (flags.some((flag) => flag.name === 'version')) return success({ kind: 'version' })
  const problems = [
    ...(command === null ? [unknownCommand(name)] : wordProblems(command, rest)),
    ...flags.flatMap((flag) => flagProblems(flag, command)),
    ...repeated(flags)
  ]
  // What parse misses may be what a misspelt flag was meant to be: asked for only where all flags are right.
  if (command === null || problems.length > 0) return failure(problems)
  const texts = Object.fromEntries(flags.map((flag) => [flag.name, flag.value ?? '']))
  return invocationOf(command, { texts, word: rest[0] ?? '' })
}

const invocationOf = (
  command: CommandName,
  given: { readonly texts: FlagInputs; readonly word: string }
): Result<Invocation, readonly Problem[]> => {
  const inputs = Object.fromEntries(Object.entries(given.texts).filter(([name]) => isInputName(name)))
  const json = 'json' in given.texts
  switch (command) {
    case 'run':
    case 'demo':
      return success({ kind: command, inputs, json })
    case 'check':
    case 'witnesses':
      return success({ kind: command, inputs })
    case 'report':
      return success({ kind: command, directory: given.word, json })
    case 'parse': {
      const request = readParseRequest(given.texts)
      return request.ok ? success({ kind: command, request: request.value }) : request
    }
  }
}

const unknownCommand = (word: string | undefined): Problem => {
  const names = `${oneOfThese(COMMAND_NAMES)}; see --help`
  if (word === undefined) return { input: 'command', message: `is missing; allowed: ${names}` }
  if (LATER_COMMANDS.includes(word)) {
    return { input: 'command', message: `${quote(word)} is not supported yet; allowed for now: ${names}` }
  }
  const meant = nearest(word, COMMAND_NAMES)
  const hint = meant === null ? '' : ` (${meant}, perhaps)`
  return { input: 'command', message: `${quote(word)} is not known${hint}; allowed: ${names}` }
}

const wordProblems = (command: CommandName, words: readonly string[]): readonly Problem[] => {
  const { argument } = COMMANDS[command]
  const wanted = argument === null ? 0 : 1
  if (argument !== null && (words[0] ?? '') === '') {
    return [{ input: command, message: `misses its argument; allowed: ${command} ${argument}` }]
  }
  return words.slice(wanted).map((word) => ({
    input: command,
    message: word.startsWith('-')
      ? `${quote(word)} is not a flag; allowed: two dashes and a name, see ${command} --help`
      : `${quote(word)} is one argument too many; allowed: ${[command, argument ?? 'and flags'].join(' ')}`
  }))
}

const flagProblems = (flag: Flag, command: CommandName | null): readonly Problem[] => {
  const fault = foreign(flag.name, command) ?? faultOfValue(flag, command)
  return fault === null ? [] : [{ input: shown(flag.name), message: fault }]
}

const faultOfValue = ({ name, value }: Flag, command: CommandName | null): string | null => {
  if (!isSwitch(name)) {
    // An unset variable of a script looks like this, and would start hours of work on a default.
    const isMissing = value === null || (isInputName(name) && value.trim() === '')
    return isMissing ? `needs a value; allowed: --${name} ${placeholderOf(name, command)}` : null
  }
  return value === null ? null : `${quote(value)} is a value, and it takes none; allowed: --${name} alone`
}

/** Why the command does not have this flag. Its value is not shown: nobody knows what it is. */
const foreign = (name: string, command: CommandName | null): string | null => {
  const known = command === null ? COMMAND_NAMES.flatMap(flagNames) : flagNames(command)
  if (known.includes(name)) return null
  const variable = isInputName(name) ? inputOf(name).variable : undefined
  if (variable !== undefined) {
    return `is a secret, and others can read a command line; allowed: set ${variable} in the environment`
  }
  const listed = `what ${command === null ? '' : `${command} `}--help lists`
  const owners = COMMAND_NAMES.filter((owner) => flagNames(owner).includes(name))
  if (owners.length > 0) return `is a flag of ${oneOfThese(owners)}; allowed: ${listed}`
  const meant = nearest(name, known)
  return `is not a flag${meant === null ? '' : ` (--${meant}, perhaps)`}; allowed: ${listed}`
}

const repeated = (flags: readonly Flag[]): readonly Problem[] => {
  const names = flags.map((flag) => flag.name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((name) => ({
    input: shown(name),
    message: 'is given more than once; allowed: once'
  }))
}

const flagNames = (command: CommandName): readonly string[] => [
  ...COMMANDS[command].inputs,
  ...COMMANDS[command].options.map((option) => option.name)
]

/** Commands may have a flag of an input's name that takes something else. */
const placeholderOf = (name: string, command: CommandName | null): string => {
  const own = command === null ? [] : COMMANDS[command].options
  const all = [...own, ...(isInputName(name) ? [] : COMMAND_NAMES.flatMap((one) => COMMANDS[one].options))]
  const { placeholder = null } = all.find((option) => option.name === name) ?? {}
  return placeholder ?? (isInputName(name) ? inputOf(name).kind.placeholder : 'VALUE')
}

const shown = (name: string): string => `--${printable(name)}`
