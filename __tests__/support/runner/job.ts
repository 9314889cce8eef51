import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunnerCommand } from '../../../stand-in/runner-commands.ts'
import { createFileCommands } from './file-commands.ts'
import type { FileProblem, FilesRead } from './file-commands.ts'
import { createJobLog } from './job-log.ts'
import type { JobLog } from './job-log.ts'
import { createMasker } from './masker.ts'
import { snapshot, sweep } from './processes.ts'
import type { Swept } from './processes.ts'
import { createStepLog } from './step-log.ts'
import type { Annotation, Level, StepLog } from './step-log.ts'
import { REAL_DELAYS, startProcess } from './step-process.ts'
import type { Delays, ProcessEnd, StepProcess } from './step-process.ts'

export interface JobOptions {
  /** Where the runner lives: `_work` is made in it. */
  readonly directory: string
  /** `owner/name`. */
  readonly repository: string
  readonly payload: unknown
  /** The machine's environment, on top of PATH, HOME and LANG. */
  readonly environment?: Readonly<Record<string, string>>
  readonly delays?: Partial<Delays>
  /** Masked from the start. */
  readonly secrets?: readonly string[]
  /** Where lines go; a log of its own if not given. */
  readonly log?: JobLog
}

export type Outcome = 'success' | 'failure' | 'cancelled'

/** What became of one process of a step. */
export interface StageResult extends ProcessEnd {
  readonly outcome: Outcome
  /** Its masked lines. */
  readonly log: string
  readonly commands: readonly RunnerCommand[]
  readonly annotations: readonly Annotation[]
  readonly annotationsMade: Readonly<Record<Level, number>>
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string | null
  /** What it asked for by GITHUB_ENV and GITHUB_PATH. */
  readonly environment: Readonly<Record<string, string>>
  readonly path: readonly string[]
  /** What the runner found wrong with its files. */
  readonly problems: readonly FileProblem[]
}

export interface StageSpec {
  readonly program: string
  readonly args: readonly string[]
  /** Over the job's, below the runner's own. */
  readonly env: Readonly<Record<string, string>>
  /** Names and values for `GITHUB_*`, `ACTIONS_*` and the like: nothing overrides them. */
  readonly context: Readonly<Record<string, string>>
  /** Working directory; the workspace if not given. */
  readonly cwd?: string
  /** Whether the step goes on when the job is cancelled: its condition, asked again. */
  readonly goesOn?: () => boolean
}

/** A job on a runner: directories, environment, masks and log that its steps share. */
export interface Job {
  readonly directories: Directories
  readonly trackingId: string
  readonly masks: { add(secret: string): void }
  readonly log: string
  readonly waitFor: (wanted: string | RegExp) => Promise<void>
  readonly print: (line: string) => void
  readonly status: Outcome
  readonly isShutDown: boolean
  /** Variables that steps have set for those after them. */
  readonly environment: Readonly<Record<string, string>>
  readonly runStage: (spec: StageSpec) => Promise<StageResult>
  /** Fails the job. */
  readonly fail: () => void
  readonly cancel: () => void
  /** The runner's service is stopped: the step is cancelled, and nothing runs after it. */
  readonly shutdown: () => void
  /** Kills what is left. */
  readonly finish: () => readonly Swept[]
}

export interface Directories {
  readonly work: string
  readonly workspace: string
  readonly temporary: string
  readonly toolCache: string
  readonly event: string
}

interface Growing {
  status: Outcome
  isShutDown: boolean
  environment: Readonly<Record<string, string>>
  path: readonly string[]
  current: Current | null
  swept: readonly Swept[] | null
  readonly processes: StepProcess[]
}

interface Current {
  readonly process: StepProcess
  readonly spec: StageSpec
  wasCancelled: boolean
}

/** Begins a job on a runner. `finish` ends it. */
export const openJob = (options: JobOptions): Job => {
  const directories = makeDirectories(options)
  const [trackingId, before] = [`github_${randomUUID()}`, snapshot()]
  const [log, masker] = [options.log ?? createJobLog(), createMasker()]
  const delays = { ...REAL_DELAYS, ...options.delays }
  for (const secret of options.secrets ?? []) masker.add(secret)
  const grown: Growing = {
    ...{
      status: 'success',
      isShutDown: false,
      environment: {},
      path: [],
      current: null,
      processes: [],
      swept: null
    }
  }
  const machine = { ...machineOf(options), RUNNER_TRACKING_ID: trackingId }
  const own = runnerVariables(directories)
  const stopCurrent = (): void => {
    const { current } = grown
    if (current === null || (!grown.isShutDown && current.spec.goesOn?.() === true)) return
    current.wasCancelled = true
    current.process.cancel()
  }
  return {
    directories,
    trackingId,
    masks: masker,
    get log() {
      return log.text
    },
    waitFor: log.waitFor,
    print: (line) => log.print(masker.mask(line)),
    get status() {
      return grown.status
    },
    get isShutDown() {
      return grown.isShutDown
    },
    get environment() {
      return grown.environment
    },
    runStage: async (spec) => {
      const lines: string[] = []
      const print = (line: string): void => {
        lines.push(line)
        log.print(line)
      }
      const [files, stepLog] = [createFileCommands(directories.temporary), createStepLog({ masker, print })]
      const env = environmentOf(spec, { machine, grown, own: { ...own, ...files.environment } })
      const cwd = spec.cwd ?? directories.workspace
      const process = startProcess({ program: spec.program, args: spec.args, cwd, env }, stepLog, delays)
      grown.processes.push(process)
      const current: Current = { process, spec, wasCancelled: false }
      grown.current = current
      const end = await process.ended.finally(() => (grown.current = null))
      const read = files.read()
      for (const { message } of read.problems) stepLog.annotate({ level: 'error', message, properties: {} })
      grown.environment = { ...grown.environment, ...read.environment }
      grown.path = [...grown.path.filter((one) => !read.path.includes(one)), ...read.path]
      const outcome = current.wasCancelled ? 'cancelled' : outcomeOf(end, stepLog, read)
      return { ...end, ...merged(stepLog, read, masker.mask), outcome, log: lines.join('\n') }
    },
    fail: () => {
      if (grown.status === 'success') grown.status = 'failure'
    },
    cancel: () => {
      if (grown.status === 'cancelled') return
      grown.status = 'cancelled'
      stopCurrent()
    },
    shutdown: () => {
      grown.isShutDown = true
      grown.status = 'failure'
      log.print('##[error]The runner has received a shutdown signal.')
      stopCurrent()
    },
    finish: () => {
      if (grown.swept !== null) return grown.swept
      const swept = (grown.swept = sweep(trackingId, before))
      for (const { pid, name } of swept) log.print(`Terminate orphan process: pid (${pid}) (${name})`)
      for (const process of grown.processes) process.release()
      if (options.log === undefined) log.close()
      return swept
    }
  }
}

const makeDirectories = ({ directory, repository, payload }: JobOptions): Directories => {
  const [work, name] = [join(directory, '_work'), repository.split('/').at(-1) ?? '']
  const temporary = join(work, '_temp')
  const directories = {
    work,
    temporary,
    workspace: join(work, name, name),
    toolCache: join(work, '_tool'),
    event: join(temporary, '_github_workflow', 'event.json')
  }
  // As the runner does before a job.
  rmSync(temporary, { recursive: true, force: true })
  const { workspace, toolCache } = directories
  for (const path of [workspace, toolCache, join(temporary, '_github_workflow')])
    mkdirSync(path, { recursive: true })
  writeFileSync(directories.event, JSON.stringify(payload, null, 2))
  return directories
}

const machineOf = ({ environment }: JobOptions): Readonly<Record<string, string>> => {
  const { PATH = '', HOME = '/' } = process.env
  return { PATH, HOME, LANG: 'C.UTF-8', ...environment }
}

/** actions/runner `src/Runner.Worker/JobRunner.cs`, `SetRunnerContext`. */
const runnerVariables = ({ workspace, temporary, toolCache }: Directories) => ({
  RUNNER_OS: 'Linux',
  RUNNER_ARCH: 'X64',
  RUNNER_NAME: 'model',
  RUNNER_ENVIRONMENT: 'self-hosted',
  RUNNER_TEMP: temporary,
  RUNNER_TOOL_CACHE: toolCache,
  RUNNER_WORKSPACE: join(workspace, '..')
})

interface Surroundings {
  readonly machine: Readonly<Record<string, string>>
  readonly grown: Growing
  /** What the runner says and nobody overrides. */
  readonly own: Readonly<Record<string, string>>
}

const environmentOf = (
  { env, context }: StageSpec,
  { machine, grown, own }: Surroundings
): Readonly<Record<string, string>> => {
  const variables = { ...machine, ...grown.environment, ...env }
  const path = [...grown.path.toReversed(), variables['PATH'] ?? ''].join(':')
  return { CI: 'true', ...variables, PATH: path, ...context, ...own, GITHUB_ACTIONS: 'true' }
}

const outcomeOf = ({ exitCode }: ProcessEnd, log: StepLog, { problems }: FilesRead): Outcome =>
  exitCode !== 0 || log.isFailed || problems.some(({ failsStep }) => failsStep) ? 'failure' : 'success'

const merged = (log: StepLog, read: FilesRead, mask: (text: string) => string) => ({
  commands: log.commands,
  annotations: log.annotations,
  annotationsMade: log.annotationsMade,
  outputs: { ...log.outputs, ...read.outputs },
  state: { ...log.state, ...read.state },
  summary: read.summary === null ? null : mask(read.summary),
  environment: read.environment,
  path: read.path,
  problems: read.problems
})
