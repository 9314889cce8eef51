import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import { parseInputs } from '../inputs/parse.ts'
import type { WorkflowRun } from '../io/github/workflow-run.ts'
import { createContainers } from '../io/node/containers.ts'
import { childEnvironment } from '../io/node/environment.ts'
import { files } from '../io/node/files.ts'
import { readMachine } from '../io/node/machine-facts.ts'
import { endOrphans } from '../io/node/orphans.ts'
import { createProcesses } from '../io/node/processes.ts'
import { createProverServer } from '../io/node/prover-server.ts'
import { makeTag } from '../io/node/tag.ts'
import { renderComment } from '../render/comment.ts'
import { earlierResult } from '../render/earlier.ts'
import { renderEnded } from '../render/ended.ts'
import { renderJobSummary } from '../render/job-summary.ts'
import type { CommentContext } from '../render/view.ts'
import { salvageRun, type Demise } from '../stages/salvage.ts'
import { openComment, STATE } from './conversation.ts'
import { inputContext, rawInputs, type Scene } from './scene.ts'

/** Milliseconds for the comment: the runner gives this part of a step no more than a minute where it was cancelled. */
const PATIENCE = 40_000

/**
 * The part of the step that the runner starts after the main part, however that ended: ends what it left behind,
 * and says what it could not say any more. It fails nothing.
 */
export const tidyUp = async (scene: Scene): Promise<ExitStatus> => {
  const { run, step, log } = scene
  const settings = parseInputs(rawInputs(scene), inputContext(scene))
  if (step.state(STATE.finished) !== '' || !run.ok || !settings.ok) return EXIT.done
  for (const orphan of (await endOrphans()).found) log.warn(`ended what the run left behind: ${orphan}`)
  const processes = createProcesses({ tag: makeTag(), signal: new AbortController().signal })
  const tool = childEnvironment(scene.environment, { purpose: 'tool' })
  const stateFile = join(settings.value.cacheDir, 'work', 'container')
  for (const removed of await createProverServer({
    containers: createContainers(processes, tool),
    stateFile
  }).clear())
    log.warn(removed)
  const readFacts = (): ReturnType<typeof readMachine> => readMachine({ processes, env: tool }, null)
  await Promise.race([
    lastWords({ settings: settings.value, run: run.value, readFacts }, scene),
    setTimeout(PATIENCE)
  ])
  return EXIT.done
}

interface Left {
  readonly settings: Settings
  readonly run: WorkflowRun
  readonly readFacts: () => ReturnType<typeof readMachine>
}

/** Files, summary and comment of a run that cannot speak any more. */
const lastWords = async ({ settings, run, readFacts }: Left, scene: Scene): Promise<void> => {
  const { step, log, redact } = scene
  const pullRequest = Number(/^\d{1,10}$/.exec(step.state(STATE.pullRequest))?.[0] ?? 0)
  const demise: Demise = step.state(STATE.cancelled) === '' ? 'killed' : 'cancelled'
  const context: CommentContext = {
    pullRequest: pullRequest === 0 ? null : pullRequest,
    key: settings.commentKey,
    run: run.run,
    runUrl: run.runUrl,
    outdatedBy: null
  }
  const ports = { files, log, redact, readMachine: readFacts }
  const published =
    step.state(STATE.measuring) === ''
      ? null
      : await salvageRun(settings.reportDir, { demise, context }, ports)
  if (published !== null) await step.appendSummary(renderJobSummary(published.report, context))
  if (pullRequest === 0) return
  const keeper = openComment(pullRequest, { settings, run, onCancel: () => undefined }, scene)
  const draft = (body: string | null): string => {
    const earlier = body === null ? null : earlierResult(body)
    if (published !== null) return redact(renderComment(published.report, context, earlier))
    const ended = { kind: demise === 'cancelled' ? demise : 'broken-off' } as const
    return redact(renderEnded(ended, { context, sides: null }, earlier))
  }
  const end = await keeper.finish(draft, { pace: 'patient', isChange: true })
  if (end.kind === 'not-written') log.warn(end.why)
}
