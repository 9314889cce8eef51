import type { GuestFigures, GuestFold, Understanding } from '../../src/provers/guest-fold.ts'
import { mayBeLogLine, parseLogLine } from '../../src/provers/log-line.ts'
import { NO_FILES } from '../../src/provers/prover.ts'
import { linesOf } from './read-log.ts'

/** What a fold makes of a log on its own, as a host's reader asks it. */
export interface FoldReading {
  readonly figures: GuestFigures
  /** Of each line, in order; null where the fold had nothing to say. */
  readonly lines: readonly (Understanding | null)[]
}

/** Lines are given without their ends, or a log as it is. */
export const readFold = (fold: GuestFold, log: readonly string[] | Uint8Array): FoldReading => {
  const bytes = log instanceof Uint8Array ? log : bytesOf(log)
  const lines = linesOf(bytes).map((line) => {
    if (!fold.concerns(line.text)) return null
    const parsed = mayBeLogLine(line.text) ? parseLogLine(line.text) : null
    return parsed === null || line.end === 'cut' ? fold.damaged(line) : fold.accept(parsed, line)
  })
  return { figures: fold.figures(NO_FILES), lines }
}

/** Lines as a log has them. */
export const bytesOf = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
