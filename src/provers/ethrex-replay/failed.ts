import { failed, killed, notReady, PANIC_EXIT, USAGE_EXIT, type Failed } from '../failed.ts'
import type { Evidence } from './evidence.ts'
import type { PrintedErrors } from './report-line.ts'

/**
 * Why a trial failed, or null where nothing says so. Exit 0 says nothing: without `--bench` a failed proof exits
 * with it, and so does a process that was interrupted (docs/notes/ethrex-replay.md).
 */
export const failureOf = (evidence: Evidence): Failed | null => {
  const { exit, report } = evidence
  const byKill = killed(exit)
  if (byKill !== null) return byKill
  const code = exit?.kind === 'exited' ? exit.code : 0
  if (report?.kind === 'error') return ofErrors(evidence, report.errors)
  if (code !== 0) return ofExitCode(evidence, code)
  return report === null ? ofMissingReport(evidence) : ofGuestError(evidence)
}

/** ethrex looks at ziskemu's exit code alone, and that is 0 also where the guest panicked (docs/notes/zisk.md). */
const ofGuestError = ({ context, guestError }: Evidence): Failed | null => {
  if (context.zkvm !== 'zisk' || guestError === null) return null
  const reason = context.mode === 'execute' ? 'execution-failed' : 'proving-failed'
  return failed(reason, `The guest of block ${context.block} ended with an error: ${guestError}`)
}

const ofErrors = ({ context }: Evidence, { execution, proving }: PrintedErrors): Failed => {
  const text = execution ?? proving ?? ''
  const waited = notReady(text)
  if (waited !== null) return waited
  return execution === null
    ? failed('proving-failed', `Proving block ${context.block} failed: ${text}`)
    : failed('execution-failed', `Executing block ${context.block} failed: ${text}`)
}

const ofExitCode = (evidence: Evidence, code: number): Failed => {
  const { usage, toolError, panic, context } = evidence
  if (code === USAGE_EXIT) {
    return failed('usage-error', `ethrex-replay refused its arguments: ${usage ?? 'it does not say why'}`)
  }
  if (code === PANIC_EXIT && panic !== null) {
    const reason = context.mode === 'execute' ? 'execution-failed' : 'proving-failed'
    return notReady(panic) ?? failed(reason, `ethrex-replay panicked on block ${context.block}: ${panic}`)
  }
  if (toolError !== null) return ofToolError(evidence, toolError)
  if (evidence.report !== null) {
    return failed(
      'unreadable-output',
      `Block ${context.block} was reported as a success, but the exit code is ${code}.`
    )
  }
  return failed(
    'report-line-missing',
    `The process ended with exit code ${code} and no report line for block ${context.block}.`
  )
}

/** What `main` returned: a bench file that could not be written, a zkVM that was not built in, or the data. */
const ofToolError = ({ report, context }: Evidence, text: string): Failed => {
  if (/benchmark file/i.test(text)) {
    return report === null
      ? failed('report-line-missing', `There is no report line for block ${context.block}: ${text}`)
      : failed('bench-file-missing', `ethrex-replay wrote no bench file: ${text}`)
  }
  if (/feature not enabled/i.test(text)) return failed('usage-error', `ethrex-replay lacks the zkVM: ${text}`)
  return failed('data-error', `ethrex-replay stopped before block ${context.block} was done: ${text}`)
}

const ofMissingReport = ({ context, brokenReport, interrupted, exit }: Evidence): Failed => {
  const { block } = context
  if (brokenReport !== null) {
    return failed(
      'unreadable-output',
      `The report line of block ${block} could not be read: stdout:${brokenReport}.`
    )
  }
  if (interrupted) return failed('report-line-missing', `Interrupted before block ${block} was reported.`)
  const ending = exit === null ? 'The log' : 'The process ended with exit code 0, but its log'
  return failed('report-line-missing', `${ending} has no report line for block ${block}.`)
}
