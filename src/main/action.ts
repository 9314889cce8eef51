import { homedir } from 'node:os'
import { join } from 'node:path'
import { EXIT, exitStatus, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import { INPUT_NAMES } from '../inputs/spec.ts'
import { parseInputs, problemLine, type RawInputs } from '../inputs/parse.ts'
import { appendToFile } from '../io/node/file-commands.ts'
import { createLog } from '../io/node/log.ts'
import { createRedactor } from '../io/node/secrets.ts'
import { renderOutputs } from '../render/outputs.ts'
import { renderSummary } from '../render/terminal.ts'
import { runComparison } from '../stages/run.ts'
import { REPORT_FILES } from '../stages/report-directory.ts'
import type { Published } from '../stages/publish.ts'
import { listenForCancellation } from './cancellation.ts'
import { inputNotes } from './run.ts'
import { guarded } from './last-resort.ts'
import { createWorld, type Surroundings } from './world.ts'

/** The one event whose code a maintainer has chosen: pull requests and comments need rights to be checked first. */
const SUPPORTED_EVENT = 'workflow_dispatch'

const main = async (source: NodeJS.Process): Promise<ExitStatus> => {
  const secrets = { GITHUB_TOKEN: input(source, 'github-token'), RPC_URL: input(source, 'rpc-url') }
  const environment: Surroundings['environment'] = { ...source.env, ...secrets }
  const redact = createRedactor(Object.values(secrets).filter((secret) => secret !== ''))
  const log = createLog(source.stdout, { terminal: false, redact })
  const event = environment['GITHUB_EVENT_NAME'] ?? ''
  if (event !== SUPPORTED_EVENT) {
    log.info(`event: ${JSON.stringify(event)} is not supported yet; allowed: ${SUPPORTED_EVENT}`)
    return EXIT.badInput
  }
  const read = parseInputs(rawInputs(source), contextOf(environment, source.cwd()))
  if (!read.ok) {
    for (const problem of read.error) log.info(problemLine(problem, 'action'))
    return EXIT.badInput
  }
  const cancellation = listenForCancellation(source)
  return run(read.value, { environment, workingDirectory: source.cwd(), cancellation, log, redact })
}

/** The runner's form of an input's name. */
const input = ({ env }: NodeJS.Process, name: string): string => env[`INPUT_${name.toUpperCase()}`] ?? ''

const rawInputs = (source: NodeJS.Process): RawInputs => {
  const plain = INPUT_NAMES.filter((name) => name !== 'github-token' && name !== 'rpc-url')
  const raw = Object.fromEntries(plain.map((name) => [name, input(source, name)]))
  // The commit that the dispatch was for: no branch that moves meanwhile is asked.
  return raw['head'] === '' ? { ...raw, head: source.env['GITHUB_SHA'] } : raw
}

const contextOf = (
  environment: Surroundings['environment'],
  workingDirectory: string
): Parameters<typeof parseInputs>[1] => ({
  surface: 'action',
  workingDirectory,
  home: homedir(),
  defaultCacheDir: join(environment['RUNNER_TOOL_CACHE'] ?? join(homedir(), '.cache'), 'proving-regression'),
  serverUrl: environment['GITHUB_SERVER_URL'] ?? 'https://github.com',
  defaultRepository: environment['GITHUB_REPOSITORY'] ?? null,
  rpcUrl: environment['RPC_URL'] === '' ? undefined : environment['RPC_URL']
})

const run = async (settings: Settings, surroundings: Surroundings): Promise<ExitStatus> => {
  const { environment, log } = surroundings
  const id = `${environment['GITHUB_RUN_ID'] ?? '0'}.${environment['GITHUB_RUN_ATTEMPT'] ?? '0'}`
  const comment = { pullRequest: null, key: settings.commentKey, run: id, runUrl: null }
  const options = {
    hasRpcUrl: (environment['RPC_URL'] ?? '') !== '',
    timeScale: 1,
    notes: inputNotes(settings),
    comment
  }
  const end = await runComparison(settings, options, createWorld(settings, surroundings))
  switch (end.kind) {
    case 'refused':
      for (const problem of end.problems) log.info(problemLine(problem, 'action'))
      return EXIT.badInput
    case 'cancelled':
      return EXIT.cancelled
    case 'unreachable':
      log.warn(`${end.failure.reason}: ${end.failure.message}`)
      return EXIT.infrastructure
    case 'published':
      await hand(end.published, settings, surroundings)
      return exitStatus(end.published.report.verdict, settings.failOn)
  }
}

/** Outputs and job summary. */
const hand = async (
  { report, comment }: Published,
  { reportDir }: Settings,
  { environment, log }: Surroundings
): Promise<void> => {
  const files = {
    json: join(reportDir, REPORT_FILES.report),
    markdown: join(reportDir, REPORT_FILES.comment)
  }
  await appendToFile(environment['GITHUB_OUTPUT'], renderOutputs(report, files))
  await appendToFile(environment['GITHUB_STEP_SUMMARY'], comment)
  log.info(renderSummary(report))
}

process.exit(await guarded(process.stdout, () => main(process)))
