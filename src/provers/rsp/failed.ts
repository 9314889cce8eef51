import type { Seconds } from '../../domain/quantity.ts'
import type { Exit } from '../../domain/trial.ts'
import { failed, killed, notReady, PANIC_EXIT, USAGE_EXIT, type Failed } from '../failed.ts'
import type { KeptFiles, ReaderContext } from '../prover.ts'
import type { RspReport } from './report.ts'
import type { RspFindings } from './stderr.ts'

/** Everything that one start of rsp left to judge it by. */
export interface RspEvidence extends RspFindings {
  readonly context: ReaderContext
  readonly report: RspReport
  /** Null: not known. */
  readonly exit: Exit | null
  readonly files: KeptFiles
  readonly wall: Seconds | null
}

/** Why rsp failed by its exit, or null where that says nothing against it: unlike ethrex-replay's it can be trusted. */
export const failureByExit = (evidence: RspEvidence): Failed | null => {
  const { exit } = evidence
  const byKill = killed(exit)
  if (byKill !== null) return byKill
  return exit?.kind === 'exited' && exit.code !== 0 ? ofExitCode(evidence, exit.code) : null
}

const ofExitCode = (evidence: RspEvidence, code: number): Failed => {
  const { usage, panic, error, context } = evidence
  if (code === USAGE_EXIT) {
    return failed('usage-error', `rsp refused its arguments: ${usage ?? 'it does not say why'}`)
  }
  if (code === PANIC_EXIT && panic !== null) return ofPanic(evidence, panic)
  if (error !== null) return ofError(evidence, error)
  return failed(
    'report-line-missing',
    `rsp ended with exit code ${code} on block ${context.block} and does not say why.`
  )
}

const ofPanic = ({ context, report }: RspEvidence, panic: string): Failed => {
  const waited = notReady(panic)
  if (waited !== null) return waited
  if (panic.includes('requires the `cuda` feature')) {
    return failed('usage-error', `rsp was built without the feature that proves on a GPU: ${panic}`)
  }
  return report.isProofBegun
    ? failed('proving-failed', `rsp panicked while it proved block ${context.block}: ${panic}`)
    : failed('data-error', `rsp panicked before block ${context.block} was done: ${panic}`)
}

/** What reth found wrong with the block once it was executed: the same whenever it is executed again. */
const INVALID = 'Failed to validate post execution state'
/** The guest ended badly (sp1 5.1.0, `crates/core/executor/src/executor.rs`). */
const BAD_END = /execution failed with exit code \d+/

/** What `main` returned. Errors of the endpoint look like errors of the execution, so only what is sure is called one. */
export const ofError = ({ context, report, gasMismatch }: RspEvidence, error: string): Failed => {
  const { block } = context
  if (gasMismatch !== null) {
    const { got, expected } = gasMismatch
    return failed(
      'execution-failed',
      `Executing block ${block} failed: block gas used mismatch: got ${got}, expected ${expected}`
    )
  }
  if (error.startsWith(INVALID) || BAD_END.test(error)) {
    return failed('execution-failed', `Executing block ${block} failed: ${error}`)
  }
  const stopped = report.isProofBegun
    ? failed('proving-failed', `Proving block ${block} failed: ${error}`)
    : failed('data-error', `rsp stopped before block ${block} was done: ${error}`)
  return notReady(error) ?? stopped
}
