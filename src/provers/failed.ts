import type { Reason } from '../domain/failure.ts'
import type { Exit } from '../domain/trial.ts'
import type { ReadOutcome } from './prover.ts'
import { printable } from './quote.ts'

export type Failed = Extract<ReadOutcome, { kind: 'failed' }>

const MESSAGE_LIMIT = 300

/** A failure with its sentence made printable and short. */
export const failed = (reason: Reason, message: string): Failed => ({
  kind: 'failed',
  reason,
  message: printable(message, MESSAGE_LIMIT)
})

/** What both hosts' argument parser, clap, exits with. */
export const USAGE_EXIT = 2
/** What Rust exits with after a panic that nobody caught. */
export const PANIC_EXIT = 101
/** Exit codes above are a shell's word for a signal: 128 + its number. */
const SHELL_SIGNALS = 128

/** Null where the process ended by itself, or its end is not known. */
export const killed = (exit: Exit | null): Failed | null => {
  if (exit === null) return null
  if (exit.kind === 'signalled') return failed('killed', `The process was ended by ${exit.signal}.`)
  return exit.code > SHELL_SIGNALS
    ? failed('killed', `The process was ended by signal ${exit.code - SHELL_SIGNALS}.`)
    : null
}

/** Where the text is that of SP1 v5's CUDA client after 300 s of waiting for its container (`crates/cuda/src/lib.rs`). */
export const notReady = (text: string): Failed | null =>
  text.includes('proving server did not become ready')
    ? failed('prover-not-ready', `The proving server did not start: ${text}`)
    : null
