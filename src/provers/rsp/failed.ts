import type { Seconds } from '../../domain/quantity.ts'
import type { Exit } from '../../domain/trial.ts'
import { failed, type Failed } from '../ethrex-replay/failed.ts'
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

/** Exit codes above are a shell's word for a signal: 128 + its number. */
const SHELL_SIGNALS = 128
const USAGE_EXIT = 2
const PANIC_EXIT = 101

/** Why rsp failed by its exit, or null where that says nothing against it: unlike ethrex-replay's it can be trusted. */
export const failureByExit = (evidence: RspEvidence): Failed | null => {
  const { exit } = evidence
  if (exit === null) return null
  if (exit.kind === 'signalled') return failed('killed', `The process was ended by ${exit.signal}.`)
  const { code } = exit
  if (code > SHELL_SIGNALS)
    return failed('killed', `The process was ended by signal ${code - SHELL_SIGNALS}.`)
  return code === 0 ? null : ofExitCode(evidence, code)
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
  if (isNotReady(panic)) return failed('prover-not-ready', `The proving server did not start: ${panic}`)
  if (panic.includes('requires the `cuda` feature')) {
    return failed('usage-error', `rsp was built without the feature that proves on a GPU: ${panic}`)
  }
  return report.isProofBegun
    ? failed('proving-failed', `rsp panicked while it proved block ${context.block}: ${panic}`)
    : failed('data-error', `rsp panicked before block ${context.block} was done: ${panic}`)
}

/** SP1 v5's CUDA client, after 300 s of waiting for its container (`crates/cuda/src/lib.rs`). */
const isNotReady = (text: string): boolean => text.includes('proving server did not become ready')

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
  if (isNotReady(error)) return failed('prover-not-ready', `The proving server did not start: ${error}`)
  return report.isProofBegun
    ? failed('proving-failed', `Proving block ${block} failed: ${error}`)
    : failed('data-error', `rsp stopped before block ${block} was done: ${error}`)
}
