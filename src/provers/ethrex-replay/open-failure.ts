import type { Line } from '../line.ts'
import { mayBeLogLine, parseLogLine, withoutColours } from '../log-line.ts'
import type { ReportHeader } from './report-line.ts'
import { endsErrors, isLinked } from './report-line.ts'

/** Characters kept of an error that runs over several lines. */
export const ERROR_LIMIT = 8192

/** A failure whose last line has not come yet: the log writes it at once, but an error may have several lines. */
export interface OpenFailure {
  readonly header: ReportHeader
  readonly line: Line
  readonly text: string
  /** The last line before one that looks like an event of its own; else the last there was. */
  readonly lastLine: Line
  /** Such a line has come. */
  readonly looksOver: boolean
  /** It should have an end and has none yet. */
  readonly isUnended: boolean
}

/** A failure from its first line. */
export const openFailure = (header: ReportHeader, rest: string, line: Line): OpenFailure => ({
  header,
  line,
  text: rest,
  lastLine: line,
  looksOver: false,
  isUnended: isLinked(header.network) && !endsErrors(header, rest)
})

/** Whether its last line has come. Without links none is known to be. */
export const hasEnd = ({ header, isUnended }: OpenFailure): boolean => isLinked(header.network) && !isUnended

const isEvent = ({ text }: Line): boolean => mayBeLogLine(text) && parseLogLine(text) !== null

/**
 * The failure with one more line, or null where the line is not its own. Until the link at its end every line is,
 * even one that looks like a report; without links the next event ends it.
 */
export const continued = (open: OpenFailure, line: Line): OpenFailure | null => {
  const isLinkedOne = isLinked(open.header.network)
  const looksOver = open.looksOver || isEvent(line)
  if (looksOver && !isLinkedOne) return null
  const text = withoutColours(line.text)
  const isEnd = isLinkedOne && endsErrors(open.header, text)
  // The end is kept whatever the length: it is what separates the error from the links.
  const isKept = open.text.length < ERROR_LIMIT || isEnd
  return {
    ...open,
    text: isKept ? `${open.text}\n${text}` : open.text,
    lastLine: looksOver ? open.lastLine : line,
    looksOver,
    isUnended: isLinkedOne && !isEnd
  }
}
