import type { Line } from '../line.ts'
import { withoutColours } from '../log-line.ts'
import type { Notebook } from './notebook.ts'

/**
 * What stderr can tell: why clap refused the arguments, and what the host panicked about. Everything that ends a
 * trial well is on stdout (ethrex-replay `src/main.rs:15-39`); a guest writes here what it likes.
 */
export interface StderrFold {
  line(line: Line): void
  findings(): StderrFindings
}

export interface StderrFindings {
  readonly usage: string | null
  readonly panic: string | null
  /** ZisK's emulator on its guest (`emulator/src/emu.rs:1454` at v0.15.0). */
  readonly guestError: string | null
  readonly interrupted: boolean
}

const TEXT_LIMIT = 1000
const GUEST_ERROR = /^Emu::\w+\(\) finished with error at step=/

/** A fold that has seen nothing. */
export const createStderrFold = (notebook: Notebook): StderrFold => {
  let usage: string | null = null
  let panic: string | null = null
  let guestError: string | null = null
  let interrupted = false
  /** Since Rust 1.73 the place of a panic and its message are on two lines. */
  let wantsMessage = false
  return {
    line(line) {
      const { text } = line
      if (wantsMessage) {
        panic = `${panic ?? ''} ${text.slice(0, TEXT_LIMIT)}`
        wantsMessage = false
      } else if (text.startsWith('thread ') && text.includes(' panicked at ')) {
        panic = text.slice(0, TEXT_LIMIT)
        wantsMessage = text.endsWith(':')
        notebook.add({ stream: 'stderr', line: line.number, kind: 'read', text: 'the host panics' })
      } else if (usage === null && text.includes('error:')) {
        const plain = withoutColours(text)
        if (plain.startsWith('error: ')) usage = plain.slice('error: '.length, TEXT_LIMIT)
      } else if (GUEST_ERROR.test(text)) {
        guestError = text.slice(0, TEXT_LIMIT)
        notebook.add({
          stream: 'stderr',
          line: line.number,
          kind: 'read',
          text: 'the guest ends with an error'
        })
      } else if (text.includes('received Ctrl+C')) {
        interrupted = true
      } else if (text.includes('ethrex_replay::report')) {
        const why = 'a report line on stderr does not count'
        notebook.add({ stream: 'stderr', line: line.number, kind: 'ignored', text: why })
      }
    },
    findings: () => ({ usage, panic, guestError, interrupted })
  }
}
