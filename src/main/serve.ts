import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { ForgeEvent } from '../domain/event.ts'
import { unreachable, type Problem } from '../domain/problem.ts'
import { milliseconds } from '../domain/quantity.ts'
import type { Settings } from '../domain/settings.ts'
import type { Target } from '../domain/target.ts'
import { problemLine } from '../inputs/parse.ts'
import { readEvent } from '../io/github/event.ts'
import { readToolVersions } from '../io/github/tool-versions.ts'
import type { WorkflowRun } from '../io/github/workflow-run.ts'
import { childEnvironment } from '../io/node/environment.ts'
import { answer, type Answered, type Hooks } from '../stages/answer.ts'
import { admit } from '../stages/admission.ts'
import { runComparison, type RunEnd } from '../stages/run.ts'
import type { RunPorts } from '../stages/run-ports.ts'
import { calibrateInJob } from './calibrate.ts'
import { listenForCancellation, type Cancellation } from './cancellation.ts'
import { every, keep, openComment, STATE } from './conversation.ts'
import { handOver, statusOf } from './hand-over.ts'
import { inputContext, rawInputs, type Scene } from './scene.ts'
import { createWorld } from './world.ts'

/** The main part of the step: from the event to outputs, summary and comment. */
export const serve = async (scene: Scene, source: NodeJS.Process): Promise<ExitStatus> => {
  const { run, step } = scene
  if (!run.ok) return refuse([{ input: 'runner', message: run.error }], scene)
  const event = readEvent({ ...run.value, name: run.value.eventName })
  const admission = await admit(
    {
      event,
      raw: rawInputs(scene),
      context: inputContext(scene),
      ...run.value,
      attempt: run.value.run.attempt
    },
    scene
  )
  switch (admission.kind) {
    case 'ignored':
    case 'answered':
      scene.log.info(`nothing is measured: ${admission.why}`)
      return EXIT.done
    case 'refused':
      step.annotate('notice', `Nothing is measured: ${admission.why}.`)
      return EXIT.done
    case 'unreachable':
      step.annotate('error', `Nothing is measured: ${admission.why}.`)
      return EXIT.infrastructure
    case 'bad-input':
      return refuse(admission.problems, scene)
    case 'measure':
      return measure({ ...admission, event, run: run.value }, scene, listenForCancellation(source))
    default:
      return unreachable(admission)
  }
}

const refuse = (problems: readonly Problem[], { step }: Scene): ExitStatus => {
  for (const problem of problems) step.annotate('error', problemLine(problem, 'action'))
  return EXIT.badInput
}

interface Job {
  readonly settings: Settings
  readonly target: Target
  readonly event: ForgeEvent
  readonly run: WorkflowRun
}

const measure = async (job: Job, scene: Scene, cancellation: Cancellation): Promise<ExitStatus> => {
  const whenCancelled = noteCancellation(scene, cancellation)
  await scene.step.saveState(STATE.began, 'true')
  await tellTools(scene)
  try {
    const isMachine = job.settings.mode === 'calibrate'
    const status = isMachine
      ? await calibrateHere(job, scene, cancellation)
      : await answerHere({ ...job, whenCancelled }, scene, cancellation)
    return (await wereFilesTouched(scene)) ? EXIT.infrastructure : status
  } finally {
    // Where something was thrown too: the steps to come must not obey what measured code wrote.
    await scene.files.check()
  }
}

const answerHere = async (
  job: Job & { readonly whenCancelled: Promise<void> },
  scene: Scene,
  cancellation: Cancellation
): Promise<ExitStatus> => {
  const { end, lastWord } = await answerIt(job, scene, cancellation)
  // In the seconds that a cancelled run has, the forge may not have answered: the part after this one has longer.
  const isSaid = !(cancellation.signal.aborted && lastWord?.kind === 'not-written')
  if (isSaid) await scene.step.saveState(STATE.finished, 'true')
  return statusOf(end, job.settings)
}

const calibrateHere = async (
  { settings, run }: Job,
  scene: Scene,
  cancellation: Cancellation
): Promise<ExitStatus> => {
  const world = guardingFiles(createWorld(settings, { ...scene, cancellation }), scene)
  const status = await calibrateInJob({ settings, run, world }, scene)
  await scene.step.saveState(STATE.finished, 'true')
  return status
}

/** Resolves when the run is cancelled; the part of the step after this one is told, should we not come to it. */
const noteCancellation = (scene: Scene, { signal }: Cancellation): Promise<void> =>
  new Promise((resolve) => {
    const note = (): void => {
      keep(STATE.cancelled, 'true', scene)
      resolve()
    }
    if (signal.aborted) note()
    else signal.addEventListener('abort', note)
  })

const answerIt = (
  { settings, target, event, run, whenCancelled }: Job & { readonly whenCancelled: Promise<void> },
  scene: Scene,
  cancellation: Cancellation
): Promise<Answered> => {
  const { log, redact, forge, step } = scene
  const onCancel = (by: string): void => {
    step.annotate('notice', `Cancelled by a command of ${by}.`)
    cancellation.cancel()
  }
  // A run that is started again has the event of the first time, and what cancelled it then does not count twice.
  const hearsSince = run.run.attempt > 1 ? null : (target.command?.createdAt ?? null)
  return answer(
    {
      target,
      looksForPullRequest: event.kind === 'dispatch',
      context: { key: settings.commentKey, run: run.run, runUrl: run.runUrl }
    },
    {
      forge,
      log,
      redact,
      every,
      isCancelled: () => cancellation.signal.aborted,
      whenCancelled,
      openComment: async (pullRequest) => {
        await step.saveState(STATE.pullRequest, String(pullRequest))
        return openComment(pullRequest, { settings, run, onCancel, hearsSince }, scene)
      },
      measure: (hooks) => compare({ settings, target }, hooks, { scene, cancellation }),
      handOver: async (ended, about) => {
        await handOver(ended, { settings, ...about }, scene)
        await step.saveState(STATE.handedOver, 'true')
      }
    }
  )
}

/** Whoever writes into the runner's files speaks for us: such a step does not pass, whatever its verdict. */
const wereFilesTouched = async ({ files, step }: Scene): Promise<boolean> => {
  const changed = await files.check()
  if (changed.length === 0) return false
  step.annotate(
    'error',
    `Somebody else than this step wrote to the runner's files, which were put back: ${changed.join(', ')}.`
  )
  return true
}

const tellTools = async ({ step, environment }: Scene): Promise<void> => {
  const tools = { env: childEnvironment(environment, { purpose: 'tool' }), deadline: milliseconds(2_000) }
  step.group('Tools of this machine', await readToolVersions(tools))
}

/** The run itself, in the real world. */
const compare = (
  { settings, target }: Pick<Job, 'settings' | 'target'>,
  { describeComment, tell, whyWithdrawn }: Hooks,
  { scene, cancellation }: { readonly scene: Scene; readonly cancellation: Cancellation }
): Promise<RunEnd> => {
  const surroundings = { ...scene, cancellation, whyWithdrawn, tell: noting(scene, tell) }
  const options = {
    hasRpcUrl: (scene.environment['RPC_URL'] ?? '') !== '',
    purpose: 'compare' as const,
    isOwnCode: !target.isApprovedFork,
    timeScale: 1,
    notes: [],
    describeComment,
    branches: { base: target.baseBranch, host: target.hostBranch }
  }
  return runComparison(settings, options, guardingFiles(createWorld(settings, surroundings), scene))
}

/** Notes when measuring begins: from then on the journal is this run's. */
const noting = (scene: Scene, tell: Hooks['tell']): Hooks['tell'] => {
  let isNoted = false
  return (standing, sides) => {
    if (standing.kind === 'measuring' && !isNoted) keep(STATE.measuring, 'true', scene)
    isNoted ||= standing.kind === 'measuring'
    tell(standing, sides)
  }
}

/** Whoever writes into the runner's files commands the steps to come: no figure of such a run is trusted. */
const guardingFiles = (world: RunPorts, { files }: Scene): RunPorts => ({
  ...world,
  guard: async (work) => {
    const stop = await world.guard(work)
    const changed = await files.check()
    if (changed.length === 0) return stop
    const message = `what was built or run wrote to the runner's files, which were put back: ${changed.join(', ')}`
    const failure = {
      side: null,
      stage: 'publish',
      block: null,
      reason: 'tampered',
      message,
      tail: ''
    } as const
    return {
      ending: stop.ending === 'cancelled' ? 'cancelled' : 'infrastructure',
      failures: [...stop.failures, failure]
    }
  }
})
