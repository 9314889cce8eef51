import type { Line } from '../line.ts'
import type { Notebook } from '../notebook.ts'
import { createStderrFold, STDERR_LIMIT, type StderrFindings } from '../stderr.ts'

/** What ethrex-replay says on stderr. All that ends a trial well is on stdout (`src/main.rs:15-39` at 4561304). */
export interface ReplayFindings extends StderrFindings {
  /** ZisK's emulator on its guest (`emulator/src/emu.rs:1454` at v0.15.0). */
  readonly guestError: string | null
  readonly interrupted: boolean
}

const GUEST_ERROR = /^Emu::\w+\(\) finished with error at step=/

/** A fold that has seen nothing. */
export const createReplayStderrFold = (notebook: Notebook) => {
  const fold = createStderrFold(notebook)
  let guestError: string | null = null
  let interrupted = false
  const note = (kind: 'read' | 'ignored', { number }: Line, text: string): void =>
    notebook.add({ stream: 'stderr', line: number, kind, text })
  return {
    line(line: Line): void {
      const { text } = line
      if (fold.line(line)) return
      if (GUEST_ERROR.test(text)) {
        guestError = text.slice(0, STDERR_LIMIT)
        note('read', line, 'the guest ends with an error')
      } else if (text.includes('received Ctrl+C')) {
        interrupted = true
      } else if (text.includes('ethrex_replay::report')) {
        note('ignored', line, 'a report line on stderr does not count')
      }
    },
    findings: (): ReplayFindings => ({ ...fold.findings(), guestError, interrupted })
  }
}
