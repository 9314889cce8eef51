import { writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { inputVariables, jobContext, NODE, stateVariables } from './action.ts'
import type { Action } from './action.ts'
import { holds, interpolate } from './expressions.ts'
import type { Scope } from './expressions.ts'
import { githubVariables } from './github-context.ts'
import type { Job, Outcome, StageResult, StageSpec } from './job.ts'
import { evaluateAll, jobContexts, textOf } from './plan.ts'
import type { JobPlan, Known, WorkflowPlan } from './plan.ts'
import type { StepFile } from './workflow-file.ts'

export interface StepResult {
  readonly id: string | null
  /** The `name:`, or what it uses or runs. */
  readonly name: string
  /** Before `continue-on-error`. */
  readonly outcome: Outcome | 'skipped'
  readonly conclusion: Outcome | 'skipped'
  /** Whose action it is; `stand-in` is somebody else's action, which does nothing and succeeds. */
  readonly kind: 'ours' | 'stand-in' | 'run'
  /** `with:` as evaluated. */
  readonly inputs: Readonly<Record<string, string>>
  /** `env:` as evaluated. */
  readonly env: Readonly<Record<string, string>>
  /** `run:` as evaluated. */
  readonly script: string | null
  /** Null where nothing was started. */
  readonly main: StageResult | null
  readonly post: StageResult | null
}

/** The action that is run and not stood in for. */
export interface OwnAction {
  /** As in `uses: somebody/NAME@ref`. */
  readonly name: string
  readonly action: Action
}

export interface StepsOptions {
  readonly plan: WorkflowPlan
  readonly own: OwnAction
  /** Whether `run:` steps are run by bash; they are only taken down otherwise. */
  readonly runsScripts: boolean
  readonly jobPlan: JobPlan
  readonly job: Job
  readonly known: Known
  readonly token: string
  readonly secrets: Readonly<Record<string, string>>
  readonly services: Readonly<Record<string, string>>
}

interface Post {
  readonly index: number
  readonly condition: string
  readonly run: () => Promise<StageResult>
}

interface Progress {
  readonly steps: StepResult[]
  /** The `steps` context. */
  readonly contexts: Record<string, unknown>
  /** Last in, first out. */
  readonly posts: Post[]
}

/** Runs the steps of a job one after another, then what they have to do afterwards. */
export const runSteps = async (options: StepsOptions): Promise<Pick<Progress, 'steps' | 'contexts'>> => {
  const progress: Progress = { steps: [], contexts: {}, posts: [] }
  for (const step of options.jobPlan.job.steps) {
    const result = await runStep(options, step, progress)
    progress.steps.push(result)
    const { outcome, conclusion, main } = result
    if (result.id !== null)
      progress.contexts[result.id] = { outputs: main?.outputs ?? {}, outcome, conclusion }
    if (conclusion === 'failure') options.job.fail()
  }
  for (const { index, condition, run } of progress.posts.toReversed()) {
    if (options.job.isShutDown) break
    if (!holds(condition, scopeOf(options, progress, 'condition'))) continue
    options.job.print('Post job cleanup.')
    const [before, post] = [progress.steps[index], await run()]
    if (post.outcome === 'failure') options.job.fail()
    if (before !== undefined) progress.steps[index] = { ...before, post }
  }
  return progress
}

const runStep = async (options: StepsOptions, step: StepFile, progress: Progress): Promise<StepResult> => {
  const { job } = options
  const described = describe(options, step)
  const skipped = { ...described, outcome: 'skipped', conclusion: 'skipped' } as const
  const mayRun = (): boolean =>
    !job.isShutDown && holds(textOf(step.if), scopeOf(options, progress, 'condition'))
  if (!mayRun()) return skipped
  const own = evaluateAll(step.env, scopeOf(options, progress, 'value'))
  const scope = scopeOf(options, progress, 'value', own)
  const evaluated = {
    ...{ ...described, env: own, inputs: evaluateAll(step.with, scope) },
    script: step.run === undefined ? null : interpolate(step.run, scope)
  }
  job.print(`##[group]Run ${described.name}`)
  job.print('##[endgroup]')
  const main = await start(options, { step, evaluated, scope, goesOn: mayRun }, progress)
  const outcome = main?.outcome ?? 'success'
  const isForgiven = outcome === 'failure' && isTrue(step['continue-on-error'], scope)
  return { ...evaluated, outcome, conclusion: isForgiven ? 'success' : outcome, main }
}

const isTrue = (value: boolean | string | undefined, scope: Scope): boolean =>
  typeof value === 'string' ? interpolate(value, scope) === 'true' : value === true

const describe = ({ own }: StepsOptions, step: StepFile): Omit<StepResult, 'outcome' | 'conclusion'> => {
  const { uses, run } = step
  const isOurs = uses !== undefined && isNamed(uses, own.name)
  return {
    id: step.id ?? null,
    name: step.name ?? uses ?? run?.split('\n')[0] ?? '',
    kind: uses === undefined ? 'run' : isOurs ? 'ours' : 'stand-in',
    ...{ inputs: {}, env: {}, script: null, main: null, post: null }
  }
}

/** `./`, `owner/name@ref`: the action at the root of a repository of that name. */
const isNamed = (uses: string, name: string): boolean =>
  uses === './' || uses.split('@')[0]?.split('/').slice(1).join('/') === name

type Place = 'condition' | 'value'

/** What a step may speak of: docs.github.com, "Contexts reference", context availability. */
const scopeOf = (
  { plan, jobPlan, job, known, token, secrets }: StepsOptions,
  progress: Progress,
  ...[place, own = {}]: [Place, Readonly<Record<string, string>>?]
): Scope => {
  const base = jobContexts(plan, known)
  const github = jobContext(plan.github, { job, token, id: jobPlan.id })
  const outer = { contexts: { ...base, github, secrets }, status: null }
  const fromFile = { ...evaluateAll(plan.workflow.env, outer), ...evaluateAll(jobPlan.job.env, outer) }
  const { temporary, toolCache } = job.directories
  const runner = { os: 'Linux', arch: 'X64', name: 'model', environment: 'self-hosted', temp: temporary }
  const contexts = {
    ...{ ...base, github, steps: progress.contexts, job: { status: job.status } },
    runner: { ...runner, tool_cache: toolCache },
    env: { ...fromFile, ...job.environment, ...own }
  }
  return place === 'condition'
    ? { contexts, status: job.status }
    : { contexts: { ...contexts, secrets }, status: null }
}

interface Starting {
  readonly step: StepFile
  readonly evaluated: Omit<StepResult, 'outcome' | 'conclusion'>
  readonly scope: Scope
  readonly goesOn: () => boolean
}

const start = async (
  options: StepsOptions,
  { step, evaluated, scope, goesOn }: Starting,
  progress: Progress
): Promise<StageResult | null> => {
  const { own, job, services } = options
  const env = scope.contexts['env'] as Readonly<Record<string, string>>
  const github = { ...(scope.contexts['github'] as Record<string, unknown>), ...placeOf(step) }
  const context = githubVariables(github)
  if (evaluated.kind === 'run') {
    if (!options.runsScripts) return null
    return job.runStage({ ...shell(job, step, evaluated.script ?? ''), env, context, goesOn })
  }
  if (evaluated.kind === 'stand-in') return null
  const { action } = own
  const inputs = inputVariables(action, evaluated.inputs, scope.contexts)
  const spec = { program: NODE, env: { ...env, ...inputs }, context: { ...context, ...services } }
  // Known from when main starts, so it runs whatever becomes of main.
  let state: Readonly<Record<string, string>> = {}
  const { post } = action
  if (post !== null)
    progress.posts.push({
      index: progress.steps.length,
      condition: action.postIf,
      run: () => afterwards(post)
    })
  const afterwards = (file: string): Promise<StageResult> =>
    job.runStage({
      ...spec,
      args: [file],
      env: { ...spec.env, ...stateVariables(state) },
      goesOn: () => true
    })
  const main = await job.runStage({ ...spec, args: [action.main], goesOn })
  state = main.state
  return main
}

const placeOf = ({ id, uses }: StepFile): Readonly<Record<string, string>> => {
  const [name, ref] = uses?.split('@') ?? []
  return {
    action: id ?? '__self',
    ...(name !== undefined && ref !== undefined && { action_repository: name, action_ref: ref })
  }
}

/** actions/runner `src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs`. */
const shell = (job: Job, step: StepFile, script: string): Pick<StageSpec, 'program' | 'args'> => {
  if (step.shell !== undefined && step.shell !== 'bash')
    throw new Error(`the model has no shell ${step.shell}`)
  const file = join(job.directories.temporary, `${randomUUID()}.sh`)
  writeFileSync(file, script)
  const strict = step.shell === 'bash' ? ['--noprofile', '--norc', '-e', '-o', 'pipefail'] : ['-e']
  return { program: 'bash', args: [...strict, file] }
}
