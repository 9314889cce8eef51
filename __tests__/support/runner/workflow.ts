import { ROOT } from '../terminal.ts'
import { readAction } from './action.ts'
import { serviceVariables } from './github-context.ts'
import type { ForgeSide, Happening, Payload } from './github-context.ts'
import { openJob } from './job.ts'
import type { Job, Outcome } from './job.ts'
import { createJobLog } from './job-log.ts'
import type { JobLog } from './job-log.ts'
import { isJobWanted, jobGroup, numberOf, evaluateAll, jobContexts, planWorkflow } from './plan.ts'
import type { Group, JobEnd, JobPlan, Known, WorkflowPlan } from './plan.ts'
import { createQueue } from './queue.ts'
import type { Member, Queue } from './queue.ts'
import type { Swept } from './processes.ts'
import type { Scopes } from './permissions.ts'
import { runSteps } from './steps.ts'
import type { OwnAction, StepResult } from './steps.ts'
import type { Delays } from './step-process.ts'

export interface RunOptions {
  /** Path of the workflow. */
  readonly file: string
  readonly event: Omit<Happening, 'payload'> & { readonly payload: Payload }
  readonly github: ForgeSide & {
    /** Makes the job's token, of what it may. */
    readonly token: (scopes: Scopes) => string
  }
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Of a dispatch, if not in its payload. */
  readonly inputs?: Readonly<Record<string, string | boolean | number>>
  /** Where the runner lives. Give runs one after another the same to see what one leaves for the next. */
  readonly directory: string
  /** The machine's environment, beside PATH, HOME and LANG. */
  readonly env?: Readonly<Record<string, string>>
  /** Steps that use this action run it: by the name before the `@`. Ours if not given. */
  readonly action?: { readonly name: string; readonly root: string }
  /** What becomes of `run:` steps; they are only taken down if not given. */
  readonly run?: 'bash' | 'record'
  readonly delays?: Partial<Delays>
  /** Shared by runs that wait for one another by their `concurrency:`. */
  readonly queue?: Queue
}

export interface JobResult {
  readonly id: string
  readonly result: Outcome | 'skipped'
  /** Why it was skipped. */
  readonly why: string | null
  readonly scopes: Scopes
  readonly group: Group | null
  /** As written; the model keeps no time. */
  readonly timeoutMinutes: number | null
  readonly steps: readonly StepResult[]
  readonly outputs: Readonly<Record<string, string>>
  readonly swept: readonly Swept[]
}

export interface RunResult {
  readonly skipped: null
  readonly result: Outcome
  readonly group: Group | null
  readonly jobs: readonly JobResult[]
  /** Of all jobs, masked. */
  readonly log: string
}

/** No run, or no job of it. */
export interface Skipped {
  readonly skipped: string
}

export interface StartedRun {
  /** Masked, so far. */
  readonly log: string
  readonly waitFor: (wanted: string | RegExp) => Promise<void>
  /** As a person or a newer run of the group cancels it. */
  readonly cancel: () => void
  /** As if the runner's service were stopped. */
  readonly shutdown: () => void
  readonly ended: Promise<RunResult | Skipped>
}

const OURS = { name: 'proving-regression', root: ROOT }

/** What jobs of one run share. */
interface Running {
  readonly options: RunOptions
  readonly plan: WorkflowPlan
  readonly own: OwnAction
  readonly log: JobLog
  readonly queue: Queue
  job: Job | null
  readonly member: Member
}

/** Lets an event happen to a workflow, and runs what comes of it. Throws for a workflow that GitHub would refuse. */
export const runWorkflow = (options: RunOptions): StartedRun => {
  const plan = planWorkflow({ ...options, happening: happeningOf(options), forge: options.github })
  const [own, cancellation] = [options.action ?? OURS, new AbortController()]
  const running: Running = {
    ...{ options, plan, log: createJobLog(), queue: options.queue ?? createQueue() },
    own: { name: own.name, action: readAction(own.root) },
    job: null,
    member: {
      cancelled: cancellation.signal,
      cancel: () => {
        cancellation.abort()
        running.job?.cancel()
      }
    }
  }
  return {
    get log() {
      return running.log.text
    },
    waitFor: running.log.waitFor,
    cancel: running.member.cancel,
    shutdown: () => running.job?.shutdown(),
    ended: runPlan(running).finally(running.log.close)
  }
}

const happeningOf = ({ event, inputs }: RunOptions): Happening =>
  inputs === undefined ? event : { ...event, payload: { ...event.payload, inputs } }

const runPlan = async (running: Running): Promise<RunResult | Skipped> => {
  const { plan, queue, member } = running
  if (plan.skipped !== null) return { skipped: plan.skipped }
  if (!(await queue.enter(plan.group, member))) member.cancel()
  try {
    return await runJobs(running)
  } finally {
    queue.leave(plan.group, member)
  }
}

const runJobs = async (running: Running): Promise<RunResult | Skipped> => {
  const { plan, options } = running
  const [jobs, needs]: [JobResult[], Record<string, JobEnd>] = [[], {}]
  for (const jobPlan of plan.jobs) {
    const job = await runJob(running, jobPlan, { needs, vars: options.vars ?? {} })
    jobs.push(job)
    needs[job.id] = job
  }
  if (jobs.every(({ result }) => result === 'skipped'))
    return { skipped: jobs.map(({ why }) => why).join('; ') }
  const results = jobs.map(({ result }) => result)
  const bad = (['cancelled', 'failure'] as const).find((result) => results.includes(result))
  return { skipped: null, result: bad ?? 'success', group: plan.group, jobs, log: running.log.text }
}

const runJob = async (running: Running, jobPlan: JobPlan, known: Known): Promise<JobResult> => {
  const { plan, queue, member } = running
  const result = (ended: Partial<JobResult>): JobResult => ({
    ...{ id: jobPlan.id, result: 'skipped', why: null, scopes: jobPlan.scopes, group: null },
    ...{ timeoutMinutes: null, steps: [], outputs: {}, swept: [] },
    ...ended
  })
  if (isCancelled(member)) return result({ result: 'cancelled' })
  if (!isJobWanted(plan, jobPlan, known)) {
    return result({ why: `the if: of job ${jobPlan.id} does not hold: ${String(jobPlan.job.if)}` })
  }
  const group = jobGroup(plan, jobPlan, known)
  const isOurTurn = await queue.enter(group, member)
  try {
    if (!isOurTurn || isCancelled(member)) return result({ result: 'cancelled', group })
    return result({ ...(await runOnMachine(running, jobPlan, known)), group })
  } finally {
    queue.leave(group, member)
  }
}

const isCancelled = ({ cancelled }: Member): boolean => cancelled.aborted

const runOnMachine = async (
  running: Running,
  jobPlan: JobPlan,
  known: Known
): Promise<Partial<JobResult>> => {
  const { options, plan } = running
  const token = options.github.token(jobPlan.scopes)
  const services = serviceVariables(jobPlan.scopes['id-token'] === 'write')
  // A fork's run gets none but its own token.
  const secrets = { ...(plan.isFromFork ? {} : options.secrets), GITHUB_TOKEN: token }
  const job = openJob({
    ...{
      directory: options.directory,
      repository: options.github.repository,
      payload: plan.happening.payload
    },
    ...{ environment: options.env ?? {}, delays: options.delays ?? {}, log: running.log },
    secrets: [...Object.values(secrets), ...tokensOf(services)]
  })
  running.job = job
  try {
    const ran = await runSteps({
      ...{ plan, jobPlan, job, known, token, secrets, services, own: running.own },
      runsScripts: options.run === 'bash'
    })
    const scope = { contexts: jobContexts(plan, known), status: null }
    const outputs = evaluateAll(jobPlan.job.outputs, {
      ...scope,
      contexts: { ...scope.contexts, steps: ran.contexts }
    })
    const timeoutMinutes = numberOf(jobPlan.job['timeout-minutes'], scope)
    return { result: job.status, steps: ran.steps, outputs, timeoutMinutes, swept: job.finish() }
  } finally {
    job.finish()
    running.job = null
  }
}

const tokensOf = (services: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(services).flatMap(([name, value]) => (name.endsWith('_TOKEN') ? [value] : []))
