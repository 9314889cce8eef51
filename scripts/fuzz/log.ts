/** One event of `tracing-subscriber`, before it is written. */
export interface Event {
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  /** Outermost first, with their fields. */
  readonly spans?: readonly string[]
  readonly target: string
  readonly message: string
}

/** An event, or a line that is printed as it is. */
export type Piece = Event | string

/** Colours into a pipe unless NO_COLOR is set, which a user who saves a log may not have. */
export type Style = 'plain' | 'coloured'

const TIME = '2026-03-07T10:00:41.123456Z'
const COLOUR = { DEBUG: 34, INFO: 32, WARN: 33, ERROR: 31 } as const
const dim = (text: string): string => `\u001b[2m${text}\u001b[0m`
const bold = (text: string): string => `\u001b[1m${text}\u001b[0m`

/** As tracing-subscriber 0.3.22 writes an event (`fmt/format/mod.rs`), without the newline. */
const eventLine = ({ level = 'INFO', spans = [], target, message }: Event, style: Style): string => {
  const padded = level.padStart(5)
  if (style === 'plain') {
    const context = spans.length === 0 ? '' : `${spans.join(':')}: `
    return `${TIME} ${padded} ${context}${target}: ${message}`
  }
  const context = spans.map((span) => bold(span) + dim(':')).join('') + (spans.length === 0 ? '' : ' ')
  return `${dim(TIME)} \u001b[${COLOUR[level]}m${padded}\u001b[0m ${context}${dim(target)}${dim(':')} ${message}`
}

/** Lines without their newlines; a message may hold more than one. */
export const linesOf = (pieces: readonly Piece[], style: Style): readonly string[] =>
  pieces.flatMap((piece) => (typeof piece === 'string' ? piece : eventLine(piece, style)).split('\n'))
