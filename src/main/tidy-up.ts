import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import { parseInputs } from '../inputs/parse.ts'
import type { WorkflowRun } from '../io/github/workflow-run.ts'
import { createContainers, type Containers } from '../io/node/containers.ts'
import { clock } from '../io/node/clock.ts'
import { childEnvironment } from '../io/node/environment.ts'
import { files } from '../io/node/files.ts'
import { readMachine } from '../io/node/machine-facts.ts'
import { acquireMachineLock } from '../io/node/machine-lock.ts'
import { endOrphans } from '../io/node/orphans.ts'
import { createProcesses } from '../io/node/processes.ts'
import { createProverServer } from '../io/node/prover-server.ts'
import { makeTag } from '../io/node/tag.ts'
import type { Log } from '../io/ports.ts'
import { renderComment } from '../render/comment.ts'
import { earlierResult } from '../render/earlier.ts'
import { renderEnded } from '../render/ended.ts'
import { renderJobSummary } from '../render/job-summary.ts'
import type { CommentContext } from '../render/view.ts'
import { redactBelowMarker, type Published } from '../stages/publish.ts'
import { salvageRun, type Demise } from '../stages/salvage.ts'
import { openComment, STATE } from './conversation.ts'
import { inputContext, rawInputs, type Scene } from './scene.ts'

/** Milliseconds for the comment: after a cancel the whole job has minutes, and other steps want some of them. */
const PATIENCE = 40_000

/** Milliseconds to wait for the machine: another run that has it has its own container there. */
const BRIEFLY = 2_000

/**
 * The part of the step that the runner starts after the main part, however that ended: ends what it left behind,
 * and says what it could not say any more. It fails nothing.
 */
export const tidyUp = async (scene: Scene): Promise<ExitStatus> => {
  const { run, step, log } = scene
  const settings = parseInputs(rawInputs(scene), inputContext(scene))
  if (step.state(STATE.began) === '' || step.state(STATE.finished) !== '') return EXIT.done
  if (!settings.ok) return EXIT.done
  await attempt('orphans', log, async () => {
    for (const orphan of (await endOrphans()).found) log.warn(`ended what the run left behind: ${orphan}`)
  })
  const processes = createProcesses({ tag: makeTag(), signal: new AbortController().signal })
  const tool = childEnvironment(scene.environment, { purpose: 'tool' })
  await attempt('the container', log, () =>
    removeContainer(
      join(settings.value.cacheDir, 'work', 'container'),
      createContainers(processes, tool),
      log
    )
  )
  if (!run.ok) return EXIT.done
  const readFacts = (): ReturnType<typeof readMachine> => readMachine({ processes, env: tool }, null)
  const left = { settings: settings.value, run: run.value, readFacts }
  await attempt('the last words', log, () => Promise.race([lastWords(left, scene), setTimeout(PATIENCE)]))
  return EXIT.done
}

/** What lies where measured code can write may be anything; what cannot be done keeps nothing else from being done. */
const attempt = async (what: string, log: Log, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    log.warn(`${what} could not be seen to: ${error.message}`)
  }
}

/** Only while nobody else has the machine: the container that is written down may be theirs by now. */
const removeContainer = async (stateFile: string, containers: Containers, log: Log): Promise<void> => {
  const holder = { pid: process.pid, since: clock.now(), what: 'tidying up' }
  const signal = AbortSignal.timeout(BRIEFLY)
  const lock = await acquireMachineLock({ holder, onWait: () => undefined, signal })
  if (lock === null) return
  try {
    for (const removed of await createProverServer({ containers, stateFile }).clear()) log.warn(removed)
  } finally {
    await lock.release()
  }
}

interface Left {
  readonly settings: Settings
  readonly run: WorkflowRun
  readonly readFacts: () => ReturnType<typeof readMachine>
}

/** Files, summary and comment of a run that cannot speak any more. */
const lastWords = async (left: Left, scene: Scene): Promise<void> => {
  const { settings, run } = left
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
  const published = await salvaged({ ...left, demise, context }, scene)
  if (pullRequest === 0) return
  const talk = { settings, run, onCancel: () => undefined, hearsSince: null }
  const draft = (body: string | null): string => {
    const earlier = body === null ? null : earlierResult(body)
    if (published !== null)
      return redactBelowMarker(renderComment(published.report, context, earlier), redact)
    const ended = { kind: demise === 'cancelled' ? demise : 'broken-off' } as const
    return renderEnded(ended, { context, sides: null }, earlier)
  }
  const end = await openComment(pullRequest, talk, scene).finish(draft, {
    pace: 'patient',
    isChange: false
  })
  if (end.kind === 'not-written') log.warn(end.why)
}

/** What lies in report-dir may be anything: a comment without figures is better than none. */
const salvaged = async (
  {
    settings,
    demise,
    context,
    readFacts
  }: Left & { readonly demise: Demise; readonly context: CommentContext },
  { step, log, redact }: Scene
): Promise<Published | null> => {
  if (step.state(STATE.measuring) === '') return null
  const hasFiles = step.state(STATE.handedOver) !== ''
  try {
    const ports = { files, log, redact, readMachine: readFacts }
    const published = await salvageRun(settings.reportDir, { demise, context, hasFiles }, ports)
    if (published !== null && !hasFiles) await step.appendSummary(renderJobSummary(published.report, context))
    return published
  } catch (error) {
    if (!(error instanceof Error)) throw error
    log.warn(`what the run had found out cannot be read: ${error.message}`)
    return null
  }
}
