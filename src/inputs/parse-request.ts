import { failure, success } from '../domain/problem.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { ZKVMS } from '../domain/workload.ts'
import type { BlockNumber, Mode, ZkVm } from '../domain/workload.ts'
import { block } from './blocks.ts'
import { oneOf } from './choices.ts'
import { COMMANDS, HOSTS, MODES } from './commands.ts'
import { gather } from './gather.ts'
import type { Part } from './gather.ts'
import type { PlainKind } from './kind.ts'
import { wholeNumber } from './units.ts'
import { quote } from './wording.ts'

/** What `parse` is to read. Files are as the user named them. */
export interface ParseRequest {
  readonly host: (typeof HOSTS)[number]
  readonly zkvm: ZkVm
  readonly mode: Mode
  readonly block: BlockNumber
  /** Null: not known. */
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string | null
  readonly bench: string | null
  readonly result: string | null
  readonly csv: string | null
  readonly json: boolean
  readonly explain: boolean
}

type Texts = Readonly<Record<string, string>>

/** The request, or every problem in the order of the flags in --help. */
export const readParseRequest = (texts: Texts): Result<ParseRequest, readonly Problem[]> => {
  const { draft, problems } = gather<ParseRequest>({
    host: required(texts, 'host', oneOf(HOSTS)),
    zkvm: required(texts, 'zkvm', oneOf(ZKVMS)),
    mode: required(texts, 'mode', oneOf(MODES)),
    block: required(texts, 'block', block),
    exit: unlessMissing(texts, 'exit', wholeNumber(0, 255)),
    stdout: required(texts, 'stdout', file),
    stderr: unlessMissing(texts, 'stderr', file),
    bench: unlessMissing(texts, 'bench', file),
    result: unlessMissing(texts, 'result', file),
    csv: unlessMissing(texts, 'csv', file),
    json: given(texts, 'json'),
    explain: given(texts, 'explain')
  })
  // Without a problem every part was read, so that the draft is whole.
  return problems.length > 0 ? failure(problems) : success(draft as ParseRequest)
}

const file: PlainKind<string> = {
  placeholder: 'FILE',
  parse: (text) =>
    text === '' || text.includes('\0')
      ? failure([`${quote(text)} is not the path of a file; allowed: a path`])
      : success(text)
}

const required = <T>(texts: Texts, name: string, kind: PlainKind<T>): Part<T> => {
  const text = texts[name]
  const option = COMMANDS.parse.options.find((candidate) => candidate.name === name)
  return {
    input: `--${name}`,
    parsed:
      text === undefined
        ? failure([`is missing; allowed: --${name} ${option?.placeholder ?? kind.placeholder}`])
        : kind.parse(text)
  }
}

const unlessMissing = <T>(texts: Texts, name: string, kind: PlainKind<T>): Part<T | null> => {
  const text = texts[name]
  return { input: `--${name}`, parsed: text === undefined ? success(null) : kind.parse(text) }
}

const given = (texts: Texts, name: string): Part<boolean> => ({
  input: `--${name}`,
  parsed: success(texts[name] !== undefined)
})
