import type { Log, ProgressOf } from '../ports.ts'
import { printableLine, printableLines } from '../text/printable.ts'

/** What is written to: `process.stdout`, `process.stderr`. */
export interface LogStream {
  write(text: string): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  readonly columns?: number | undefined
}

export interface LogOptions {
  /** Whether a line can be written over. */
  readonly terminal: boolean
  /** Masks secrets. */
  readonly redact: (text: string) => string
}

/** ms between two lines of progress where they stay. */
const PROGRESS_EVERY = 10_000
const CLEAR_LINE = '\r\u001b[2K'
const DEFAULT_COLUMNS = 80

/**
 * Takes the meaning from what the Actions runner would obey in a text, of one line or of many: it reads both streams
 * of a step, `::command` at the start of a line and `##[command]` anywhere in it. A lone CR ends a line too, and what
 * may stand before the colons is any blank of .NET's, which U+0085 is and `\s` does not have.
 */
export const disarm = (text: string): string =>
  text.replace(/##\[/g, '# #[').replace(/(^|[\r\n])([\s\u0085]*):(?=:)/gu, '$1$2: ')

/** Writes our lines. Whatever is in them, the stream carries plain lines without a secret or a command. */
export const createLog = (stream: LogStream, options: LogOptions): Log => {
  // Masked before, and again after: what was taken out of a line may have parted a secret.
  const clean = (line: string): string => disarm(options.redact(printableLine(line)))
  const lines = (text: string): readonly string[] => printableLines(options.redact(text)).map(clean)
  let [isOpen, isProgressShown] = [true, false]
  stream.on('error', () => {
    // The reader has gone, or its disk is full: hours of proving are worth more than their log.
    isOpen = false
  })
  const write = (text: string): void => {
    if (isOpen) stream.write(text)
  }
  const print = (text: string): void => {
    const clear = isProgressShown ? CLEAR_LINE : ''
    isProgressShown = false
    write(clear + lines(text).join('\n') + '\n')
  }
  const rewrite = (text: string, { share }: ProgressOf = {}): void => {
    const columns = Math.max(1, columnsOf(stream) - 1)
    const shown = `${share === undefined ? '' : bar(share)}${lines(text).join(' ')}`
    write(CLEAR_LINE + Array.from(shown).slice(0, columns).join(''))
    isProgressShown = true
  }
  const progress = options.terminal ? rewrite : sparingly(print)
  return { info: print, warn: (line) => print(`Warning: ${line}`), progress }
}

/** A terminal that does not know its width says 0. */
const columnsOf = ({ columns }: LogStream): number =>
  columns === undefined || columns === 0 ? DEFAULT_COLUMNS : columns

const BAR_CELLS = 16

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_CELLS)
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] `
}

/** Lets a line through if it is of a new step or the last one was long ago. */
const sparingly = (print: (line: string) => void): Log['progress'] => {
  let [shownAt, shownStep] = [-Infinity, ''] as [number, string]
  return (line, { step = shownStep } = {}) => {
    const now = performance.now()
    if (step === shownStep && now - shownAt < PROGRESS_EVERY) return
    shownAt = now
    shownStep = step
    print(line)
  }
}
