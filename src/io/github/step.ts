import * as core from '@actions/core'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Log } from '../ports.ts'
import type { CommandFiles } from './command-files.ts'
import { holdsOnly } from './output-file.ts'
import { printableLines } from '../text/printable.ts'

export interface StepOptions {
  /** Which files the runner gave, and whether they are still ours. */
  readonly files: CommandFiles
  /** Gets what the runner would not show. */
  readonly log: Log
  /** Masks secrets in everything that is written. */
  readonly redact: (text: string) => string
}

export type AnnotationKind = 'error' | 'warning' | 'notice'

/** What a step hears from its runner and tells it. Outside a runner nothing is written to files. */
export interface Step {
  /** An input of the action, trimmed; empty where it is not set. */
  input(name: string): string
  /** What `saveState` of the main part left for the part after it; empty where it left nothing. */
  state(name: string): string
  saveState(name: string, value: string): Told
  /** A line above the run's page. Beyond what the runner shows of a kind, it goes to the log alone. */
  annotate(kind: AnnotationKind, line: string): void
  /** All of them, once; then reads them back. */
  setOutputs(outputs: Readonly<Record<string, string>>): Told
  /** Markdown for the run's page, of 1 MiB at most: the runner refuses a longer one as a whole. */
  appendSummary(markdown: string): Told
  /** Lines under a heading that folds. */
  group(title: string, lines: readonly string[]): void
}

/** The error is a sentence: no verdict hangs on what could not be written. */
type Told = Promise<Result<null, string>>

/** Of each kind in a step, by the runner's source (ExecutionContext.cs). */
const MOST_ANNOTATIONS = 10
/** Characters, by the same. */
const LONGEST_ANNOTATION = 4096
const FURTHER: Readonly<Record<AnnotationKind, string>> = {
  error: ' (further errors are in the log alone)',
  warning: ' (further warnings are in the log alone)',
  notice: ' (further notices are in the log alone)'
}

/** The runner's side of a step. What is told goes through `@actions/core`, which escapes it for the runner. */
export const createStep = ({ files, log, redact }: StepOptions): Step => {
  const told: Record<AnnotationKind, number> = { error: 0, warning: 0, notice: 0 }
  // Masked before, and again after: what was taken out of a line may have parted a secret.
  const clean = (text: string): string => redact(printableLines(redact(text)).join(' '))
  const write = async (...[name, tell, isOurs]: Parameters<CommandFiles['write']>): Told => {
    try {
      await files.write(name, tell, isOurs)
      return success(null)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return failure(`the file of ${name} cannot be written: ${clean(error.message)}`)
    }
  }
  return {
    input: (name) => core.getInput(name),
    state: (name) => core.getState(name),
    saveState: (name, value) => write('GITHUB_STATE', () => core.saveState(name, redact(value))),
    annotate: (kind, line) => {
      told[kind] += 1
      if (told[kind] > MOST_ANNOTATIONS) log.info(`${kind}: ${clean(line)}`)
      else core[kind](cut(clean(line), told[kind] === MOST_ANNOTATIONS ? FURTHER[kind] : ''))
    },
    setOutputs: (outputs) => {
      const safe = Object.entries(outputs).map(([name, value]): [string, string] => [name, redact(value)])
      return write(
        'GITHUB_OUTPUT',
        () => safe.forEach((entry) => core.setOutput(...entry)),
        (text) => holdsOnly(text, Object.fromEntries(safe))
      )
    },
    appendSummary: (markdown) =>
      write('GITHUB_STEP_SUMMARY', () => core.summary.addRaw(redact(markdown), true).write()),
    group: (title, lines) => {
      core.startGroup(clean(title))
      for (const line of lines) log.info(line)
      core.endGroup()
    }
  }
}

const cut = (line: string, end: string): string =>
  line.length + end.length <= LONGEST_ANNOTATION
    ? line + end
    : `${line.slice(0, LONGEST_ANNOTATION - end.length - 1).toWellFormed()}…${end}`
