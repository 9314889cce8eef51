import type { context } from '@actions/github'
import * as v from 'valibot'
import type { RunId } from '../../domain/comment-marker.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Sha } from '../../domain/revision.ts'
import { idField, isLogin, shaField } from './answers.ts'

/** What the runner says of the workflow run that we are a step of. */
export interface WorkflowRun {
  readonly eventName: string
  /** Not checked: see `readEvent`. */
  readonly payload: unknown
  /** GITHUB_SHA. */
  readonly sha: Sha
  /** `owner/name`. */
  readonly repository: string
  readonly run: RunId
  /** The run's page. */
  readonly runUrl: string
  /** Whose doing the event was. */
  readonly actor: string
  /** Who started this attempt, another where the run was repeated. */
  readonly triggeringActor: string
}

/** The part of `@actions/github`'s context that we read. */
export type RunnerContext = Pick<
  typeof context,
  'eventName' | 'payload' | 'sha' | 'runId' | 'runAttempt' | 'actor' | 'serverUrl'
>

const matching = (form: RegExp) => v.pipe(v.string(), v.regex(form))
const loginField = v.pipe(v.string(), v.check(isLogin))

const variables = v.object({
  GITHUB_EVENT_NAME: matching(/^[a-z_]{1,100}$/),
  GITHUB_SHA: shaField,
  GITHUB_REPOSITORY: matching(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  GITHUB_RUN_ID: idField,
  GITHUB_RUN_ATTEMPT: idField,
  GITHUB_ACTOR: loginField,
  GITHUB_TRIGGERING_ACTOR: loginField,
  GITHUB_SERVER_URL: matching(/^https?:\/\/[\w.:-]+$/)
})

/**
 * Reads what the runner set. The error names the variable that is missing or odd: then this is no runner, or somebody
 * has been at its files. `@actions/github` reads its part from our environment, the rest comes from `environment`.
 */
export const readWorkflowRun = async (
  environment: Readonly<Record<string, string | undefined>>,
  given?: RunnerContext
): Promise<Result<WorkflowRun, string>> => {
  const from = given ?? (await readContext())
  if (from === null) return failure('the file of GITHUB_EVENT_PATH does not hold the event as JSON')
  const read = v.safeParse(variables, {
    GITHUB_EVENT_NAME: from.eventName,
    GITHUB_SHA: from.sha,
    GITHUB_REPOSITORY: environment['GITHUB_REPOSITORY'],
    GITHUB_RUN_ID: from.runId,
    GITHUB_RUN_ATTEMPT: from.runAttempt,
    GITHUB_ACTOR: from.actor,
    GITHUB_TRIGGERING_ACTOR: environment['GITHUB_TRIGGERING_ACTOR'] ?? from.actor,
    GITHUB_SERVER_URL: from.serverUrl
  })
  if (!read.success) {
    return failure(
      `${v.getDotPath(read.issues[0]) ?? 'GITHUB_ACTIONS'} is not set as GitHub's runner sets it`
    )
  }
  const found = read.output
  return success(
    Object.freeze({
      eventName: found.GITHUB_EVENT_NAME,
      payload: from.payload,
      sha: found.GITHUB_SHA,
      repository: found.GITHUB_REPOSITORY,
      run: { id: found.GITHUB_RUN_ID, attempt: found.GITHUB_RUN_ATTEMPT },
      runUrl: `${found.GITHUB_SERVER_URL}/${found.GITHUB_REPOSITORY}/actions/runs/${found.GITHUB_RUN_ID}`,
      actor: found.GITHUB_ACTOR,
      triggeringActor: found.GITHUB_TRIGGERING_ACTOR
    })
  )
}

/** Null where the event's file cannot be read as JSON. The package reads it when it is loaded. */
const readContext = async (): Promise<RunnerContext | null> => {
  try {
    return (await import('@actions/github')).context
  } catch (error) {
    if (!(error instanceof SyntaxError || (error instanceof Error && 'code' in error))) throw error
    return null
  }
}
