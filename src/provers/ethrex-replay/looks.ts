import { mayBeLogLine, withoutColours } from '../log-line.ts'

/**
 * How lines look that could be the tool's own, whole or damaged: a line that is not understood is pointed at, so
 * that a figure that is missing has a place.
 */

/** Cheap, for every line: whether it may say something of a block, or is such a line with damage in one place. */
export const mayBeOurs = (text: string): boolean =>
  (text.includes('ethrex_') && (text.includes('ethrex_replay') || text.includes('ethrex_prover'))) ||
  text.includes(', Gas: ')

const REPORT = /ethrex_replay::report|\] Block: \d+, Gas: \d+, #Txs: /

/** Whether the text holds a report line, or most of one. */
export const holdsReport = (text: string): boolean => REPORT.test(text)

/** Longer, and its target is told, so that somebody knows whose it is. */
const CUT_LIMIT = 160
/** A log line from its date on that ends before its message; spans are those that zkVMs log under. */
const CUT =
  /^\d{4}-[\d\-T:.]*(?:Z\s*(?:[A-Z]{0,5}|(?:TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?:execute|prove\w*): ?)?[\w:]*))?$/

/** Whether a log line ends before it says anything. */
export const isCut = (text: string): boolean =>
  text.length < CUT_LIMIT && mayBeLogLine(text) && !hasWords(text) && CUT.test(withoutColours(text))

/** Cheap: something with a blank in it follows a colon, so more than a span and a target. */
const hasWords = (text: string): boolean => {
  const colon = text.indexOf(': ')
  return colon >= 0 && text.includes(' ', colon + 2)
}

/** Stands for bytes that were no UTF-8; the tool prints none. */
const REPLACEMENT = '\ufffd'

/** Whether bytes of it were no text. */
export const isGarbled = (text: string): boolean => text.includes(REPLACEMENT)
