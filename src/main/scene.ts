import { homedir } from 'node:os'
import { join } from 'node:path'
import type { RawInputs } from '../inputs/parse.ts'
import type { InputContext } from '../inputs/kind.ts'
import { PLAIN_NAMES } from '../inputs/spec.ts'
import { createClient } from '../io/github/client.ts'
import { guardCommandFiles, type CommandFiles } from '../io/github/command-files.ts'
import { createForge } from '../io/github/forge.ts'
import { createStep, type Step } from '../io/github/step.ts'
import { readWorkflowRun, type WorkflowRun } from '../io/github/workflow-run.ts'
import type { Forge } from '../io/forge.ts'
import { createLog } from '../io/node/log.ts'
import { createRedactor } from '../io/node/secrets.ts'
import type { Log } from '../io/ports.ts'
import type { Result } from '../domain/problem.ts'
import { VERSION } from './version.ts'

/** What a step of a workflow was started with, and those it talks to. */
export interface Scene {
  /** With the secrets under the names that they have in a terminal. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly log: Log
  readonly redact: (text: string) => string
  readonly step: Step
  readonly files: CommandFiles
  /** The error names what the runner did not set. */
  readonly run: Result<WorkflowRun, string>
  /** Of the repository whose workflow runs. */
  readonly forge: Forge
}

export const openScene = async (source: NodeJS.Process): Promise<Scene> => {
  const secrets = {
    GITHUB_TOKEN: secretInput(source, 'github-token'),
    RPC_URL: secretInput(source, 'rpc-url')
  }
  const environment = { ...source.env, ...secrets }
  const redact = createRedactor(Object.values(secrets).filter((secret) => secret !== ''))
  const log = createLog(source.stdout, { terminal: false, redact })
  const files = await guardCommandFiles(source.env)
  const run = await readWorkflowRun(source.env)
  const client = createClient({ token: secrets.GITHUB_TOKEN, version: VERSION })
  const repository = run.ok ? run.value.repository : ''
  return {
    environment,
    workingDirectory: source.cwd(),
    log,
    redact,
    files,
    step: createStep({ files, log, redact }),
    run,
    forge: createForge({ client, repository, redact })
  }
}

/** By the runner's form of an input's name. */
const secretInput = ({ env }: NodeJS.Process, name: string): string =>
  env[`INPUT_${name.toUpperCase()}`] ?? ''

/** Without the secrets. */
export const rawInputs = ({ step }: Scene): RawInputs =>
  Object.fromEntries(PLAIN_NAMES.map((name) => [name, step.input(name)]))

export const inputContext = ({ environment, workingDirectory }: Scene): InputContext => ({
  surface: 'action',
  workingDirectory,
  home: homedir(),
  defaultCacheDir: join(environment['RUNNER_TOOL_CACHE'] ?? join(homedir(), '.cache'), 'proving-regression'),
  serverUrl: environment['GITHUB_SERVER_URL'] ?? 'https://github.com',
  defaultRepository: environment['GITHUB_REPOSITORY'] ?? null,
  rpcUrl: environment['RPC_URL'] === '' ? undefined : environment['RPC_URL']
})
