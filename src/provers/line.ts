/** A line of a log, without its end. */
export interface Line {
  /** Invalid UTF-8 shows as U+FFFD; escape sequences are still in it. */
  readonly text: string
  /** From 1, counted by newlines, as editors do. */
  readonly number: number
  readonly end: LineEnd
}

/**
 * What came after the text. Only after `newline` is the text known to be whole: a `return` (a carriage return
 * alone) or `none` (the end of the log) may stand in the middle of a number, and at `cut` the limit was met.
 */
export type LineEnd = 'newline' | 'return' | 'none' | 'cut'

/** A fold over the bytes of a log. */
export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** Gives the last line where it has no newline. Nothing may be pushed afterwards. */
  end(): void
}

/** Longest line kept, in UTF-16 units; the rest of it is dropped. Real lines are below 1,000. */
export const LINE_LIMIT = 64 * 1024

/** Bytes that surely hold LINE_LIMIT units: UTF-8 takes at most three bytes a unit. */
const HELD_LIMIT = 3 * LINE_LIMIT + 4
/**
 * Bytes decoded at a time. Small, because a line that is kept for a while keeps its whole window, because one
 * character beyond ASCII makes the decoding of all its window slow, and because V8 gives texts above 128 KiB
 * pages of their own: with 64 KiB reading takes 35 MiB more.
 */
const WINDOW = 8 * 1024
const NEWLINE = 10

/**
 * Splits bytes into lines, the same lines however the bytes are cut into chunks. Memory does not grow with the
 * log. `emit` is called once a line, in order.
 */
export const createLineSplitter = (emit: (line: Line) => void): LineSplitter => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const held = new Uint8Array(HELD_LIMIT)
  let heldLength = 0
  let number = 1

  const hold = (bytes: Uint8Array): void => {
    const room = bytes.subarray(0, HELD_LIMIT - heldLength)
    held.set(room, heldLength)
    heldLength += room.length
  }
  const finishHeld = (end: LineEnd): void => {
    emitPieces({ text: decoder.decode(held.subarray(0, heldLength)), number, end }, emit)
    heldLength = 0
  }
  const wholeLines = (bytes: Uint8Array): void => {
    const text = decoder.decode(bytes)
    // Which of the two is decided once: kept as a boolean, V8 searches the window again for each of its lines.
    const give = text.includes('\r') ? emitPieces : emitPlain
    let from = 0
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      give({ text: text.slice(from, to), number, end: 'newline' }, emit)
      number += 1
      from = to + 1
    }
  }
  const push = (window: Uint8Array): void => {
    let from = 0
    if (heldLength > 0) {
      const first = window.indexOf(NEWLINE)
      hold(first < 0 ? window : window.subarray(0, first))
      if (first < 0) return
      finishHeld('newline')
      number += 1
      from = first + 1
    }
    const last = window.lastIndexOf(NEWLINE)
    if (last >= from) wholeLines(window.subarray(from, last + 1))
    hold(window.subarray(Math.max(from, last + 1)))
  }
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += WINDOW) push(chunk.subarray(at, at + WINDOW))
    },
    end() {
      if (heldLength > 0) finishHeld('none')
    }
  }
}

/** For a line without carriage returns. */
const emitPlain = (line: Line, emit: (line: Line) => void): void => {
  if (line.text.length <= LINE_LIMIT) emit(line)
  else emitPieces(line, emit)
}

/** Cuts at the limit and at carriage returns that stand alone. */
const emitPieces = (line: Line, emit: (line: Line) => void): void => {
  const isCut = line.text.length > LINE_LIMIT
  const text = isCut ? line.text.slice(0, LINE_LIMIT) : withoutReturnsAtEnd(line.text)
  const end = isCut ? 'cut' : line.end
  let from = 0
  for (let to = text.indexOf('\r'); to >= 0; to = text.indexOf('\r', from)) {
    if (to > from) emit({ text: text.slice(from, to), number: line.number, end: 'return' })
    from = to + 1
  }
  emit({ text: text.slice(from), number: line.number, end })
}

const withoutReturnsAtEnd = (text: string): string => {
  let length = text.length
  while (length > 0 && text.charCodeAt(length - 1) === 13) length -= 1
  return text.slice(0, length)
}
