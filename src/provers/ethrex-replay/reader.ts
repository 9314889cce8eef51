import type { GuestFigures, GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { mayBeLogLine, parseLogLine, withoutColours } from '../log-line.ts'
import type { KeptFiles, Note, Reader, ReaderContext, Reading } from '../prover.ts'
import { GUEST_FOLD } from '../guest-folds.ts'
import type { Report } from './evidence.ts'
import { createNotebook } from './notebook.ts'
import type { Notebook } from './notebook.ts'
import { outcomeOf } from './outcome.ts'
import type { ReportHeader } from './report-line.ts'
import { endsErrors, parseErrors, parseReportHeader, parseTimes } from './report-line.ts'
import { createStderrFold } from './stderr.ts'

const REPORT_TARGET = 'ethrex_replay::report'
const FETCHER_TARGET = 'ethrex_replay::fetcher'
const MAIN_TARGET = 'ethrex_replay'
/** A new block begins (`src/fetcher.rs`): what was counted before is not its. */
const NEXT_BLOCK = /^(?:Getting block \d+ data from cache|Retrieving execution data for block \d+ )/
/** Characters kept of an error that runs over several lines. */
const ERROR_LIMIT = 8192

const NO_FIGURES: GuestFigures = { metrics: {}, spans: [], costs: [], remarks: [] }

interface State {
  readonly context: ReaderContext
  readonly notebook: Notebook
  /** Reads the block that is running. */
  guest: GuestFold
  /** A failure whose last line has not come yet. */
  openError: { readonly header: ReportHeader; readonly line: Line; text: string } | null
  wanted: { readonly report: Report; readonly guest: GuestFold } | null
  brokenReport: number | null
  toolError: string | null
  /** The lines that come belong to the error of `main`, until the next log line. */
  inToolError: boolean
}

/** Reads the output of `ethrex-replay block N`, and of `blocks` with one block wanted. */
export const createReader = (context: ReaderContext): Reader => {
  const notebook = createNotebook()
  const stderr = createStderrFold(notebook)
  const state: State = {
    context,
    notebook,
    guest: GUEST_FOLD[context.zkvm](),
    openError: null,
    wanted: null,
    brokenReport: null,
    toolError: null,
    inToolError: false
  }
  return {
    line: (stream, line) => (stream === 'stdout' ? readLine(state, line) : stderr.line(line)),
    end(exit, files, wall) {
      if (state.openError !== null) closeError(state)
      return readingOf(state, { ...stderr.findings(), exit, files, wall })
    }
  }
}

const readLine = (state: State, line: Line): void => {
  const { text } = line
  if (state.openError !== null) {
    continueError(state, line)
    return
  }
  if (state.inToolError) continueToolError(state, text)
  const ofGuest = state.guest.concerns(text)
  if (!ofGuest && !text.includes(MAIN_TARGET)) return
  const log = mayBeLogLine(text) ? parseLogLine(text) : null
  if (log === null || (line.end === 'cut' && log.level !== 'ERROR')) stray(state, line, ofGuest)
  else if (log.target === REPORT_TARGET) readReport(state, log, line)
  else if (log.target === MAIN_TARGET && log.level === 'ERROR') beginToolError(state, log, line)
  else if (log.target === FETCHER_TARGET && NEXT_BLOCK.test(log.message)) beginBlock(state, log, line)
  else if (ofGuest) understand(state, line, state.guest.accept(log, line))
}

/** Something of ours in a line that is no whole log line from its first character on: it does not count. */
const stray = (state: State, line: Line, ofGuest: boolean): void => {
  if (line.text.includes(REPORT_TARGET)) {
    note(state, line, { kind: 'ignored', text: 'a report line inside another line does not count' })
  } else if (ofGuest) {
    understand(state, line, state.guest.damaged(line))
  }
}

const understand = (state: State, line: Line, understanding: Understanding | null): void => {
  if (understanding === null) return
  if (understanding.kind === 'unread') state.notebook.unread('stdout', line, understanding.note)
  else note(state, line, { kind: understanding.kind, text: understanding.note })
}

const note = (state: State, line: Line, { kind, text }: Pick<Note, 'kind' | 'text'>): void =>
  state.notebook.add({ stream: 'stdout', line: line.number, kind, text })

const beginBlock = (state: State, log: LogLine, line: Line): void => {
  state.guest = GUEST_FOLD[state.context.zkvm]()
  note(state, line, { kind: 'read', text: log.message.slice(0, 60) })
}

const readReport = (state: State, log: LogLine, line: Line): void => {
  const parsed = parseReportHeader(log.message)
  if (parsed === null) {
    breakReport(state, line, true)
  } else if (log.level === 'ERROR') {
    state.openError = { header: parsed.header, line, text: parsed.rest }
    if (endsErrors(parsed.header, parsed.rest)) closeError(state)
  } else {
    readSuccess(state, line, log.level === 'INFO' ? parsed : null)
  }
}

const readSuccess = (state: State, line: Line, parsed: ReturnType<typeof parseReportHeader>): void => {
  const times = parsed === null ? null : parseTimes(parsed.header, parsed.rest, line.end)
  if (parsed === null || times === null) {
    breakReport(state, line, parsed === null || parsed.header.block === state.context.block)
  } else {
    settle(state, line, { kind: 'success', header: parsed.header, times })
  }
}

const breakReport = (state: State, line: Line, isWanted: boolean): void => {
  if (isWanted) state.brokenReport = line.number
  state.notebook.unread('stdout', line, 'a report line that is not whole, or of an unknown form')
}

/**
 * The log writes an event at once, so every line until the link at the end of the error is the error's, even one
 * that looks like a report.
 */
const continueError = (state: State, line: Line): void => {
  const open = state.openError
  if (open === null) return
  const text = withoutColours(line.text)
  const isLast = endsErrors(open.header, text)
  // The end is kept whatever the length: it is what separates the error from the links.
  if (open.text.length < ERROR_LIMIT || isLast) open.text += `\n${text}`
  if (isLast) closeError(state)
}

const closeError = (state: State): void => {
  const open = state.openError
  if (open === null) return
  state.openError = null
  const errors = parseErrors(open.text)
  if (errors === null) breakReport(state, open.line, open.header.block === state.context.block)
  else settle(state, open.line, { kind: 'error', header: open.header, errors })
}

/** A report ends its block. */
const settle = (state: State, line: Line, report: Report): void => {
  const isWanted = report.header.block === state.context.block
  if (isWanted) state.wanted = { report, guest: state.guest }
  state.guest = GUEST_FOLD[state.context.zkvm]()
  const text = `block ${report.header.block}: ${report.kind}`
  note(
    state,
    line,
    isWanted ? { kind: 'read', text } : { kind: 'ignored', text: `${text}, not the wanted block` }
  )
}

const beginToolError = (state: State, log: LogLine, line: Line): void => {
  state.toolError = log.message
  state.inToolError = true
  note(state, line, { kind: 'read', text: 'ethrex-replay ends with an error' })
}

const continueToolError = (state: State, text: string): void => {
  if (mayBeLogLine(text) && parseLogLine(text) !== null) state.inToolError = false
  else if ((state.toolError ?? '').length < ERROR_LIMIT) state.toolError = `${state.toolError ?? ''} ${text}`
}

type Ending = Pick<Parameters<typeof outcomeOf>[0], 'usage' | 'panic' | 'interrupted' | 'exit' | 'wall'> & {
  readonly files: KeptFiles
}

const readingOf = (state: State, ending: Ending): Reading => {
  const { context, notebook, wanted, brokenReport, toolError } = state
  const figures = wanted?.guest.figures(ending.files) ?? NO_FIGURES
  const report = wanted?.report ?? null
  return {
    outcome: outcomeOf({ context, report, figures, brokenReport, toolError, ...ending }),
    gas: report?.header.gas ?? null,
    transactions: report?.header.transactions ?? null,
    remarks: figures.remarks,
    unread: notebook.unreadLines,
    unreadCount: notebook.unreadCount(),
    notes: notebook.notes
  }
}
