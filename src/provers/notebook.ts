import type { Line } from './line.ts'
import type { UnreadLine } from '../domain/trial.ts'
import type { Note, Stream } from './prover.ts'
import { printable } from './quote.ts'

/** What is kept of a log of any length: these many notes, and lines that could not be read. */
export const NOTE_LIMIT = 10_000
const UNREAD_LIMIT = 20
const UNREAD_WIDTH = 300

/** Collects what was made of single lines, within bounds. What could not be read is kept beyond the first of them. */
export interface Notebook {
  add(note: Note): void
  /** A line that looks like one of ours and could not be read, and why. */
  unread(stream: Stream, line: Line, why: string): void
  readonly notes: readonly Note[]
  readonly unreadLines: readonly UnreadLine[]
  unreadCount(): number
}

/** An empty notebook. */
export const createNotebook = (): Notebook => {
  const notes: Note[] = []
  const unreadLines: UnreadLine[] = []
  let unreadCount = 0
  let last: Line | null = null
  const add = (note: Note): void => {
    if (notes.length < NOTE_LIMIT) notes.push(note)
  }
  return {
    add,
    unread(stream, line, why) {
      // Several may stumble over the same line: it is told once.
      if (line === last) return
      last = line
      unreadCount += 1
      if (unreadLines.length >= UNREAD_LIMIT) return
      notes.push({ stream, line: line.number, kind: 'unread', text: why })
      unreadLines.push({ stream, line: line.number, text: printable(line.text, UNREAD_WIDTH) })
    },
    notes,
    unreadLines,
    unreadCount: () => unreadCount
  }
}
