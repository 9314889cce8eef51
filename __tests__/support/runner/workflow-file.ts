import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A workflow as it is written; values with expressions are texts still. */
export interface WorkflowFile {
  readonly name?: string
  readonly on: unknown
  readonly permissions?: unknown
  readonly concurrency?: Concurrency
  readonly env?: Values
  readonly jobs: Readonly<Record<string, JobFile>>
}

export type Concurrency =
  string | { readonly group: string; readonly 'cancel-in-progress'?: boolean | string }

export type Values = Readonly<Record<string, string | number | boolean | null>>

export interface JobFile {
  readonly name?: string
  readonly needs?: string | readonly string[]
  readonly if?: string | boolean
  readonly permissions?: unknown
  readonly concurrency?: Concurrency
  readonly env?: Values
  readonly outputs?: Values
  readonly 'runs-on'?: unknown
  readonly 'timeout-minutes'?: string | number
  readonly steps: readonly StepFile[]
}

export interface StepFile {
  readonly id?: string
  readonly name?: string
  readonly if?: string | boolean
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly with?: Values
  readonly env?: Values
  readonly 'continue-on-error'?: boolean | string
}

/** What the model plays. `run-name` and `name` are for people. */
const PLAYED = {
  workflow: ['name', 'run-name', 'on', 'permissions', 'concurrency', 'env', 'jobs'],
  job: [
    ...['name', 'needs', 'if', 'permissions', 'concurrency', 'env', 'outputs', 'runs-on'],
    ...['timeout-minutes', 'steps']
  ],
  step: ['id', 'name', 'if', 'uses', 'run', 'shell', 'with', 'env', 'continue-on-error']
}

/** Throws where the workflow says what the model does not play, so that no test passes for what was not looked at. */
export const readWorkflow = (path: string): WorkflowFile => {
  const file = parse(readFileSync(path, 'utf8')) as WorkflowFile
  refuseOthers('the workflow', file, PLAYED.workflow)
  for (const [id, job] of Object.entries(file.jobs)) {
    refuseOthers(`job ${id}`, job, PLAYED.job)
    for (const [index, step] of job.steps.entries()) {
      refuseOthers(`step ${index + 1} of job ${id}`, step, PLAYED.step)
    }
  }
  return file
}

const refuseOthers = (what: string, said: object, played: readonly string[]): void => {
  const strange = Object.keys(said).filter((key) => !played.includes(key))
  if (strange.length > 0) throw new Error(`${what} has what the model does not play: ${strange.join(', ')}`)
}
