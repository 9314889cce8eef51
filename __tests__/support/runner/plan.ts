import { inputsContext, whyNotStarted, withInputs } from './events.ts'
import { evaluate, holds, interpolate } from './expressions.ts'
import type { Scope } from './expressions.ts'
import { githubContext, isFromFork } from './github-context.ts'
import type { ForgeSide, GithubContext, Happening } from './github-context.ts'
import type { Outcome } from './job.ts'
import { scopesOf } from './permissions.ts'
import type { Scopes } from './permissions.ts'
import { readWorkflow } from './workflow-file.ts'
import type { Concurrency, JobFile, Values, WorkflowFile } from './workflow-file.ts'

export interface PlanOptions {
  /** Path of the workflow. */
  readonly file: string
  readonly happening: Happening
  readonly forge: ForgeSide
  readonly vars?: Readonly<Record<string, string>>
}

export interface Group {
  readonly name: string
  readonly cancelsRunning: boolean
}

/** What GitHub makes of an event for a workflow, before any job runs. */
export interface WorkflowPlan {
  /** Why no run comes of it; null if one does. */
  readonly skipped: string | null
  readonly group: Group | null
  readonly jobs: readonly JobPlan[]
  readonly workflow: WorkflowFile
  readonly github: GithubContext
  readonly inputs: Readonly<Record<string, unknown>>
  readonly isFromFork: boolean
  /** With inputs as GitHub completes them. */
  readonly happening: Happening
}

export interface JobPlan {
  readonly id: string
  readonly job: JobFile
  readonly scopes: Scopes
  readonly needs: readonly string[]
}

export interface JobEnd {
  readonly result: Outcome | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
}

export type Needs = Readonly<Record<string, JobEnd>>

/** Decides whether an event starts a run, in which group it waits, and what its tokens may. */
export const planWorkflow = (options: PlanOptions): WorkflowPlan => {
  const workflow = readWorkflow(options.file)
  const skipped = whyNotStarted(workflow.on, options.happening)
  const happening = skipped === null ? withInputs(workflow.on, options.happening) : options.happening
  const fork = isFromFork(happening, options.forge)
  const name = workflow.name ?? options.file
  const github = { ...githubContext(happening, options.forge), workflow: name }
  const inputs = inputsContext(workflow.on, happening)
  const scope = { contexts: { github, inputs, vars: options.vars ?? {} }, status: null }
  return {
    ...{ skipped, workflow, github, inputs, isFromFork: fork, happening },
    group: skipped === null ? groupOf(workflow.concurrency, scope) : null,
    jobs: inOrder(
      Object.entries(workflow.jobs).map(([id, job]) => ({
        ...{ id, job, needs: [job.needs ?? []].flat() },
        scopes: scopesOf(workflow.permissions, job.permissions, fork)
      }))
    )
  }
}

/** Each after those that it needs. */
const inOrder = (jobs: readonly JobPlan[]): readonly JobPlan[] => {
  const ordered: JobPlan[] = []
  while (ordered.length < jobs.length) {
    const next = jobs.find(
      (job) => !ordered.includes(job) && job.needs.every((id) => ordered.some((one) => one.id === id))
    )
    if (next === undefined) throw new Error('the jobs need one another')
    ordered.push(next)
  }
  return ordered
}

/** Whether the job's `if:` holds. Secrets, env and steps are not to be had there. */
export const isJobWanted = (plan: WorkflowPlan, { job, needs: ids }: JobPlan, known: Known): boolean =>
  holds(textOf(job.if), {
    contexts: jobContexts(plan, known),
    status: statusOf(ids.map((id) => known.needs[id]))
  })

export interface Known {
  readonly needs: Needs
  readonly vars: Readonly<Record<string, string>>
}

const statusOf = (needs: readonly (JobEnd | undefined)[]): Outcome => {
  const results = needs.map((need) => need?.result)
  if (results.includes('cancelled')) return 'cancelled'
  return results.every((result) => result === 'success') ? 'success' : 'failure'
}

/** The group that a job waits in, asked once its `if:` holds. */
export const jobGroup = (plan: WorkflowPlan, { job }: JobPlan, known: Known): Group | null =>
  groupOf(job.concurrency, { contexts: jobContexts(plan, known), status: null })

export const jobContexts = ({ github, inputs }: WorkflowPlan, { needs, vars }: Known) => ({
  ...{ github, inputs, vars, needs: Object.fromEntries(Object.entries(needs)) }
})

const groupOf = (concurrency: Concurrency | undefined, scope: Scope): Group | null => {
  if (concurrency === undefined) return null
  if (typeof concurrency === 'string') return { name: interpolate(concurrency, scope), cancelsRunning: false }
  const cancels = concurrency['cancel-in-progress'] ?? false
  const cancelsRunning = typeof cancels === 'boolean' ? cancels : interpolate(cancels, scope) === 'true'
  return { name: interpolate(concurrency.group, scope), cancelsRunning }
}

/** An `if:` as text; YAML has made some of them booleans. */
export const textOf = (condition: string | boolean | undefined): string | undefined =>
  condition === undefined ? undefined : String(condition)

/** Every value with its expressions evaluated, as text. */
export const evaluateAll = (values: Values | undefined, scope: Scope): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [
      key,
      interpolate(value === null ? '' : String(value), scope)
    ])
  )

/** A number that may be an expression; null where nothing stands. */
export const numberOf = (value: string | number | undefined, scope: Scope): number | null => {
  if (value === undefined) return null
  const whole = /^\$\{\{(.*)\}\}$/s.exec(String(value).trim())?.[1]
  return whole === undefined ? Number(value) : evaluate(whole, scope).number()
}
