import { EXIT } from '../domain/exit-status.ts'
import { ZKVMS } from '../domain/workload.ts'
import { PLAIN_NAMES } from './spec.ts'
import type { InputName } from './spec.ts'

export const COMMAND_NAMES = ['run', 'check', 'witnesses', 'report', 'parse', 'demo'] as const
export type CommandName = (typeof COMMAND_NAMES)[number]

/** Known, and not built yet. */
export const LATER_COMMANDS: readonly string[] = ['plan', 'measure']

/** A flag that is no input. Without a placeholder it is a switch and takes no value. */
interface Option {
  readonly name: string
  readonly placeholder: string | null
  readonly required: boolean
  readonly summary: string
}

interface CommandRow {
  readonly summary: string
  /** Its one positional argument, or null. */
  readonly argument: string | null
  readonly options: readonly Option[]
  /** The inputs that it takes as flags. */
  readonly inputs: readonly InputName[]
}

const JSON_SWITCH: Option = {
  name: 'json',
  placeholder: null,
  required: false,
  summary: 'Print report.json instead of the comment.'
}

/** Hosts whose output can be read. */
export const HOSTS = ['ethrex-replay', 'rsp'] as const
export const MODES = ['execute', 'prove'] as const

const required = (name: string, placeholder: string, summary: string): Option => ({
  name,
  placeholder,
  required: true,
  summary
})

const file = (name: string, summary: string): Option => ({
  name,
  placeholder: 'FILE',
  required: false,
  summary
})

/** In place of a zkVM: the host executed natively, as ethrex-replay does without `--zkvm`. */
export const NATIVE = 'none'

const PARSE_OPTIONS: readonly Option[] = [
  required('host', HOSTS.join('|'), 'Host that wrote the output.'),
  required(
    'zkvm',
    [...ZKVMS, NATIVE].join('|'),
    `Name of the zkVM that it ran; \`${NATIVE}\`: it executed natively.`
  ),
  required('mode', MODES.join('|'), 'What it did.'),
  required('block', 'N', 'Block that it replayed.'),
  { name: 'exit', placeholder: 'CODE', required: false, summary: 'Its exit status; unset: not known.' },
  required('stdout', 'FILE', 'What it wrote on stdout; `-`: read from our standard input.'),
  file('stderr', 'What it wrote on stderr.'),
  file('bench', 'The bench file of ethrex-replay, `bench_latest.json`.'),
  file(
    'result',
    'Of ZisK alone: `result.json` of cargo-zisk, or what ziskemu printed with -X or -m. Which of the two it is ' +
      'shows in the file: the first is a JSON object.'
  ),
  file('csv', 'The report of rsp as CSV, `report.csv`.'),
  { name: 'json', placeholder: null, required: false, summary: 'Print the figures as JSON.' },
  {
    name: 'explain',
    placeholder: null,
    required: false,
    summary: 'Say on stderr which line gave which figure, which could not be read, and why.'
  }
]

/** What the terminal can be asked for. */
export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = {
  run: {
    summary: 'Measure base and head, compare them and print the comment.',
    argument: null,
    options: [JSON_SWITCH],
    inputs: PLAIN_NAMES
  },
  check: {
    summary: 'Look at toolchains, docker, GPU, port 3000, disk and witnesses, and estimate the cost.',
    argument: null,
    options: [],
    inputs: PLAIN_NAMES
  },
  witnesses: {
    summary: 'Fetch the witnesses that are missing and verify them by executing.',
    argument: null,
    options: [],
    inputs: PLAIN_NAMES
  },
  report: {
    summary: 'Print the comment of an earlier run from the files in DIR.',
    argument: 'DIR',
    options: [JSON_SWITCH],
    inputs: []
  },
  parse: {
    summary: 'Read the output of one start of a host and print its figures.',
    argument: null,
    options: PARSE_OPTIONS,
    inputs: []
  },
  demo: {
    summary: 'Show a whole run on an imagined zkVM; needs Node, git and cargo only.',
    argument: null,
    options: [JSON_SWITCH],
    inputs: ['cache-dir', 'report-dir']
  }
}

/** What the exit status says, in the action and in the terminal. */
export const EXIT_STATUSES: readonly { readonly status: number; readonly meaning: string }[] = [
  { status: EXIT.done, meaning: 'done, also where the verdict is inconclusive, incomparable or identical' },
  { status: EXIT.tripped, meaning: 'fail-on tripped; parse: no figures' },
  { status: EXIT.badInput, meaning: 'bad input or usage' },
  { status: EXIT.infrastructure, meaning: 'infrastructure or base-failed' },
  { status: EXIT.cancelled, meaning: 'cancelled' }
]

export const isCommandName = (text: string): text is CommandName =>
  COMMAND_NAMES.some((name) => name === text)
