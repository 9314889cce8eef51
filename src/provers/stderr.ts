import type { Line } from './line.ts'
import { withoutColours } from './log-line.ts'
import type { Notebook } from './notebook.ts'

/**
 * What a Rust program with clap says on stderr of its own end: why it refused the arguments, and what it panicked about.
 * A guest writes there what it likes.
 */
export interface StderrFold {
  /** Whether the line was one of these. */
  line(line: Line): boolean
  findings(): StderrFindings
}

export interface StderrFindings {
  /** First line of clap's complaint. */
  readonly usage: string | null
  /** The last panic. */
  readonly panic: string | null
}

/** Characters kept of a line of stderr. */
export const STDERR_LIMIT = 1000

/** A fold that has seen nothing. */
export const createStderrFold = (notebook: Notebook): StderrFold => {
  let usage: string | null = null
  let panic: string | null = null
  /** Since Rust 1.73 the place of a panic and its message are on two lines. */
  let wantsMessage = false
  return {
    line({ text, number }) {
      if (wantsMessage) {
        panic = `${panic ?? ''} ${text.slice(0, STDERR_LIMIT)}`
        wantsMessage = false
        return true
      }
      if (text.startsWith('thread ') && text.includes(' panicked at ')) {
        panic = text.slice(0, STDERR_LIMIT)
        wantsMessage = text.endsWith(':')
        notebook.add({ stream: 'stderr', line: number, kind: 'read', text: 'the host panics' })
        return true
      }
      if (usage !== null || !text.includes('error:')) return false
      const plain = withoutColours(text)
      if (plain.startsWith('error: ')) usage = plain.slice('error: '.length, STDERR_LIMIT)
      return usage !== null
    },
    findings: () => ({ usage, panic })
  }
}
