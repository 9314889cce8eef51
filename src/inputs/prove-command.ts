import { failure, success } from '../domain/problem.ts'
import type { Problem } from '../domain/problem.ts'
import { oneOf } from './choices.ts'
import type { Input } from './input.ts'
import type { InputContext, Kind, PlainKind } from './kind.ts'
import { inputOf, isInputName } from './spec.ts'
import type { InputName } from './spec.ts'
import { nearest, oneOfThese, printable, quote } from './wording.ts'

const COMMAND = '/prove'

/** Far more than all keys with the longest list of blocks that anybody writes by hand. */
const LONGEST = 2000

/** Words that are commands of their own. */
const VERBS = ['help', 'cancel'] as const

/** Keys that stand for the input of the same name. */
export const INPUT_KEYS = [
  'effort',
  'mode',
  'blocks',
  'zkvm',
  'resource',
  'proof-type',
  'base',
  'host-ref',
  'reference',
  'gpu-minutes'
] as const satisfies readonly InputName[]

const HEAD_SHA = 'head-sha'
const KEYS: readonly string[] = [HEAD_SHA, ...INPUT_KEYS]

type InputKey = (typeof INPUT_KEYS)[number]

/** What a key takes, and what it is for. */
type KeyRow = Pick<Input, 'kind' | 'summary'>

const CALIBRATE_ELSEWHERE = '"calibrate" measures the machine, not a change; allowed: prove or execute'

const modes = oneOf(['prove', 'execute'])

/** A command asks about a change. What the machine is like is asked elsewhere. */
const MODE: KeyRow = {
  kind: {
    placeholder: modes.placeholder,
    parse: (text) => (text === 'calibrate' ? failure([CALIBRATE_ELSEWHERE]) : modes.parse(text))
  },
  summary: '`prove` measures cycles and time, `execute` cycles only.'
}

/** As the input of the same name, but for `mode`. */
export const rowOfKey = (key: InputKey): KeyRow => (key === 'mode' ? MODE : inputOf(key))

/** What a comment's first line asks for. */
export type ProveCommand =
  /** Nothing: the comment is not for us. */
  | { readonly kind: 'none' }
  | { readonly kind: 'help' }
  | { readonly kind: 'cancel' }
  | ({ readonly kind: 'prove' } & ProveRequest)
  | { readonly kind: 'problem'; readonly problems: readonly Problem[] }

/** What to prove, where it is not what the workflow says. */
export interface ProveRequest {
  /** Texts by the name of the input, each right by itself, none with a blank. */
  readonly inputs: Readonly<Record<string, string>>
  /** 7 to 40 lower-case hex digits: the head that is meant. What it is worth depends on where head is from. */
  readonly headSha: string | null
}

/** The command, or every problem in the order of the line. Never throws; reads the first line alone. */
export const readProveCommand = (body: string, context: InputContext): ProveCommand => {
  const line = (body.split(/[\r\n]/, 1)[0] ?? '').trimEnd()
  if (!/^\/prove(?:[ \t]|$)/.test(line)) return { kind: 'none' }
  if (line.length > LONGEST) return { kind: 'problem', problems: [tooLong(line)] }
  const [, ...words] = line.split(/[ \t]+/)
  const verb = words.length === 1 ? VERBS.find((candidate) => candidate === words[0]) : undefined
  if (verb !== undefined) return { kind: verb }
  const distinct = [...new Set(words)]
  const problems = [...distinct.flatMap((word) => wordProblems(word, context)), ...repeated(words)]
  return problems.length > 0
    ? { kind: 'problem', problems }
    : { kind: 'prove', ...requestOf(words.map(splitWord)) }
}

/** The line that asks for this, its head first. */
export const printProveCommand = ({ inputs, headSha }: ProveRequest): string => {
  const values: Readonly<Record<string, string>> =
    headSha === null ? inputs : { ...inputs, [HEAD_SHA]: headSha }
  return [
    COMMAND,
    ...KEYS.flatMap((key) => (values[key] === undefined ? [] : [`${key}=${values[key]}`]))
  ].join(' ')
}

/** Digits of the head that is meant. Either case is read, as for any other commit id. */
const headSha: PlainKind<string> = {
  placeholder: 'SHA',
  parse: (text) =>
    /^[0-9a-f]{7,40}$/i.test(text)
      ? success(text)
      : failure([`${quote(text)} is not a commit id; allowed: 7 to 40 digits of 0-9 and a-f`])
}

interface Pair {
  readonly key: string
  /** Null where there is no `=`, or nothing before it. */
  readonly value: string | null
}

const splitWord = (word: string): Pair => {
  const equals = word.indexOf('=')
  return equals < 1 ? { key: '', value: null } : { key: word.slice(0, equals), value: word.slice(equals + 1) }
}

const requestOf = (pairs: readonly Pair[]): ProveRequest => {
  const values = new Map(pairs.map(({ key, value }) => [key, value ?? '']))
  const head = values.get(HEAD_SHA)?.toLowerCase() ?? null
  values.delete(HEAD_SHA)
  return { inputs: Object.fromEntries(values), headSha: head }
}

const tooLong = (line: string): Problem => ({
  input: COMMAND,
  message: `the line has ${line.length.toLocaleString('en-US')} characters; allowed: ${LONGEST.toLocaleString('en-US')}`
})

const wordProblems = (word: string, context: InputContext): readonly Problem[] => {
  if (isVerb(word)) {
    return [{ input: COMMAND, message: `${quote(word)} stands alone; allowed: ${COMMAND} ${word}` }]
  }
  const { key, value } = splitWord(word)
  if (value === null) return [notAPair(word)]
  const kind = kindOf(key)
  if (kind === null) return [unknownKey(key)]
  if (value === '') {
    return [{ input: key, message: `needs a value; allowed: ${key}=${kind.placeholder}` }]
  }
  const parsed = kind.parse(value, context)
  return parsed.ok ? [] : parsed.error.map((message) => ({ input: key, message }))
}

const isVerb = (word: string): boolean => VERBS.some((verb) => verb === word)

const kindOf = (key: string): Kind<unknown> | null => {
  if (key === HEAD_SHA) return headSha
  const name = INPUT_KEYS.find((candidate) => candidate === key)
  return name === undefined ? null : rowOfKey(name).kind
}

const notAPair = (word: string): Problem => {
  const meant = nearest(word, [...VERBS, ...KEYS])
  const hint = meant === null ? '' : ` (${meant}, perhaps)`
  const allowed = `allowed: pairs without blanks, or ${oneOfThese(VERBS)} alone`
  return { input: COMMAND, message: `${quote(word)} is not KEY=VALUE${hint}; ${allowed}` }
}

const unknownKey = (key: string): Problem => {
  const allowed = `allowed: ${oneOfThese(KEYS)}`
  if (isInputName(key))
    return { input: key, message: `is for the workflow to say, not for a command; ${allowed}` }
  const meant = nearest(key, KEYS)
  const hint = meant === null ? '' : ` (${meant}, perhaps)`
  return { input: printable(key), message: `is not a key${hint}; ${allowed}` }
}

const repeated = (words: readonly string[]): readonly Problem[] => {
  const keys = words.map((word) => splitWord(word).key).filter((key) => kindOf(key) !== null)
  const twice = new Set(keys.filter((key, index) => keys.indexOf(key) !== index))
  return [...twice].map((input) => ({ input, message: 'is given more than once; allowed: once' }))
}
