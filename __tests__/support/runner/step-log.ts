import { createCommandReader, createLineReader } from '../../../stand-in/runner-commands.ts'
import type { LineReader, RunnerCommand } from '../../../stand-in/runner-commands.ts'
import type { Masker } from './masker.ts'

export type Level = 'error' | 'warning' | 'notice'

export interface Annotation {
  readonly level: Level
  /** Masked, and cut where the runner cuts it. */
  readonly message: string
  readonly properties: Readonly<Record<string, string>>
}

/** What the lines of one step did. Grows while it runs. */
export interface StepLog {
  readonly stdout: LineReader
  readonly stderr: LineReader
  /** All commands that were obeyed, in order of arrival. */
  readonly commands: readonly RunnerCommand[]
  /** Those that are kept: ten of each level. */
  readonly annotations: readonly Annotation[]
  /** All that were made, kept or not. */
  readonly annotationsMade: Readonly<Record<Level, number>>
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Whether a command went wrong in a way that fails the step. */
  readonly isFailed: boolean
  annotate(annotation: Annotation): void
}

export interface LogSink {
  readonly masker: Masker
  /** One line, masked. */
  readonly print: (line: string) => void
}

/** actions/runner `src/Runner.Worker/ExecutionContext.cs`: `_maxCountPerIssueType`, `_maxIssueMessageLength`. */
const ANNOTATIONS_KEPT = 10
const MESSAGE_KEPT = 4096

interface Grown {
  readonly commands: RunnerCommand[]
  readonly annotations: Annotation[]
  readonly annotationsMade: Record<Level, number>
  readonly outputs: Record<string, string>
  readonly state: Record<string, string>
  isFailed: boolean
}

/**
 * Obeys what a step prints, after actions/runner `src/Runner.Worker/Handlers/OutputManager.cs` and
 * `ActionCommandManager.cs`. Matchers are taken down as commands and match nothing.
 */
export const createStepLog = ({ masker, print: printRaw }: LogSink): StepLog => {
  const [read, grown] = [createCommandReader(), emptyLog()]
  const print = (line: string): void => printRaw(masker.mask(line))
  const annotate = (annotation: Annotation): void => {
    const message = masker.mask(annotation.message).slice(0, MESSAGE_KEPT)
    grown.annotationsMade[annotation.level]++
    const ofLevel = grown.annotations.filter(({ level }) => level === annotation.level)
    if (ofLevel.length < ANNOTATIONS_KEPT) grown.annotations.push({ ...annotation, message })
    if (message !== '') print(`##[${annotation.level}]${message}`)
  }
  const fail = (message: string): void => {
    annotate({ level: 'error', message, properties: {} })
    grown.isFailed = true
  }
  const take = (line: string): void => {
    const reading = read(line)
    if (reading.kind === 'command') {
      grown.commands.push(reading.command)
      obey(reading.command, { line, grown, masker, print, annotate, fail })
    } else if (reading.kind === 'bad-token') {
      fail('Invoked ::stopCommand:: with an invalid token.')
    } else {
      if (reading.kind === 'stopped' && reading.token.length > 6) masker.add(reading.token)
      print(line)
    }
  }
  return Object.assign(grown, { stdout: createLineReader(take), stderr: createLineReader(take), annotate })
}

const emptyLog = (): Grown => ({
  commands: [],
  annotations: [],
  annotationsMade: { error: 0, warning: 0, notice: 0 },
  outputs: {},
  state: {},
  isFailed: false
})

interface Obeying {
  readonly line: string
  readonly grown: Grown
  readonly masker: Masker
  readonly print: (line: string) => void
  readonly annotate: (annotation: Annotation) => void
  readonly fail: (message: string) => void
}

const obey = ({ name, properties, data }: RunnerCommand, obeying: Obeying): void => {
  const { line, grown, masker, print, annotate, fail } = obeying
  const refuse = (why: string): void => {
    fail(`Unable to process command '${line}' successfully.`)
    fail(why)
  }
  const set = (into: Record<string, string>): void => {
    const key = properties['name']
    if (key === undefined) refuse(`Required field 'name' is missing in ##[${name}] command.`)
    else into[key] = data
  }
  const act: Readonly<Record<string, () => void>> = {
    'add-mask': () => {
      if (data.trim() !== '') masker.add(data)
      else annotate({ level: 'warning', message: EMPTY_MASK, properties: {} })
    },
    'set-output': () => set(grown.outputs),
    'save-state': () => set(grown.state),
    'set-env': () => refuse(`The \`${name}\` command is disabled.`),
    'add-path': () => refuse(`The \`${name}\` command is disabled.`),
    group: () => print(`##[group]${data}`),
    endgroup: () => print('##[endgroup]'),
    echo: () => {
      if (!/^(?:on|off)$/i.test(data.trim())) refuse('Invalid echo command value.')
    }
  }
  // add-matcher, remove-matcher, debug: nothing that a reader of the log would see.
  if (isLevel(name)) annotate({ level: name, message: data, properties })
  else act[name]?.()
}

const EMPTY_MASK = "Can't add secret mask for empty string in ##[add-mask] command."

const isLevel = (name: string): name is Level => ['error', 'warning', 'notice'].includes(name)
