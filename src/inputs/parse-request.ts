import { failure, success } from '../domain/problem.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { ZKVMS } from '../domain/workload.ts'
import type { BlockNumber, Mode, ZkVm } from '../domain/workload.ts'
import { REGISTRY } from '../provers/registry.ts'
import { block } from './blocks.ts'
import { oneOf } from './choices.ts'
import { COMMANDS, HOSTS, MODES, NATIVE } from './commands.ts'
import { gather } from './gather.ts'
import type { Part } from './gather.ts'
import type { PlainKind } from './kind.ts'
import { wholeNumber } from './units.ts'
import { oneOfThese, quote } from './wording.ts'

type Host = (typeof HOSTS)[number]

/** What `parse` is to read. Files are as the user named them. */
export interface ParseRequest {
  readonly host: Host
  /** Null: native, without a zkVM. */
  readonly zkvm: ZkVm | null
  readonly mode: Mode
  readonly block: BlockNumber
  /** Null: not known. */
  readonly exit: number | null
  /** Null: from our standard input. */
  readonly stdout: string | null
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
    zkvm: required(texts, 'zkvm', zkvmOrNative),
    mode: required(texts, 'mode', oneOf(MODES)),
    block: required(texts, 'block', block),
    exit: unlessMissing(texts, 'exit', wholeNumber(0, 255)),
    stdout: required(texts, 'stdout', fileOrInput),
    stderr: unlessMissing(texts, 'stderr', file),
    bench: unlessMissing(texts, 'bench', file),
    result: unlessMissing(texts, 'result', file),
    csv: unlessMissing(texts, 'csv', file),
    json: given(texts, 'json'),
    explain: given(texts, 'explain')
  })
  const all = [...problems, ...hostProblems(draft), ...fileProblems(draft)]
  // Without a problem every part was read, so that the draft is whole.
  return all.length > 0 ? failure(all) : success(draft as ParseRequest)
}

/** What the host cannot have run. */
const hostProblems = ({ host, zkvm, mode }: Partial<ParseRequest>): readonly Problem[] => {
  if (host === undefined || zkvm === undefined) return []
  const { zkvms } = REGISTRY[host].abilities
  const names = host === NATIVE_HOST ? [...zkvms, NATIVE] : zkvms
  if (zkvm === null ? host !== NATIVE_HOST : !zkvms.includes(zkvm)) {
    const message = `${quote(zkvm ?? NATIVE)} is not what ${host} runs; allowed: ${oneOfThese(names)}`
    return [{ input: '--zkvm', message }]
  }
  return zkvm === null && mode === 'prove'
    ? [{ input: '--mode', message: 'nothing is proved without a zkVM; allowed: --mode execute' }]
    : []
}

/** Files that the host does not leave. */
const fileProblems = (draft: Partial<ParseRequest>): readonly Problem[] => {
  const { host, zkvm } = draft
  if (host === undefined || zkvm === undefined) return []
  return (['bench', 'result', 'csv'] as const)
    .filter((name) => (draft[name] ?? null) !== null)
    .flatMap((name) => {
      const { by, run, zkvms } = LEFT[name]
      const isLeft = host === by && zkvm !== null && zkvms.includes(zkvm)
      return isLeft
        ? []
        : [{ input: `--${name}`, message: `is left by ${by} with ${run} only; allowed: leave it out` }]
    })
}

/** The only host that executes natively. */
const NATIVE_HOST: Host = 'ethrex-replay'

interface LeftBy {
  readonly by: Host
  readonly zkvms: readonly ZkVm[]
  /** The same in words. */
  readonly run: string
}

/** `--bench` of ethrex-replay asks for a zkVM (`src/cli.rs` at 4561304). */
const LEFT: Readonly<Record<'bench' | 'result' | 'csv', LeftBy>> = {
  bench: { by: 'ethrex-replay', zkvms: ZKVMS, run: 'a zkVM' },
  result: { by: 'ethrex-replay', zkvms: ['zisk'], run: 'zisk' },
  csv: { by: 'rsp', zkvms: ['sp1'], run: 'sp1' }
}

const zkvmName = oneOf([...ZKVMS, NATIVE])
const zkvmOrNative: PlainKind<ZkVm | null> = {
  placeholder: zkvmName.placeholder,
  parse: (text) => {
    const parsed = zkvmName.parse(text)
    return parsed.ok ? success(parsed.value === NATIVE ? null : parsed.value) : parsed
  }
}

const file: PlainKind<string> = {
  placeholder: 'FILE',
  parse: (text) =>
    text === '' || text.includes('\0')
      ? failure([`${quote(text)} is not the path of a file; allowed: a path`])
      : success(text)
}

const fileOrInput: PlainKind<string | null> = {
  placeholder: file.placeholder,
  parse: (text) => (text === '-' ? success(null) : file.parse(text))
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
