import type { GuestFigures, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { mayBeLogLine, parseLogLine } from '../log-line.ts'
import type { KeptFiles, Reader, ReaderContext, Reading } from '../prover.ts'
import { NO_FILES } from '../prover.ts'
import { printable } from '../quote.ts'
import { holdsReport, isCut, isGarbled, mayBeOurs } from './looks.ts'
import { isNative } from './native.ts'
import { continued, ERROR_LIMIT, hasEnd, openFailure } from './open-failure.ts'
import { outcomeOf } from './outcome.ts'
import { remarksOf } from './remarks.ts'
import { parseErrors, parseReportHeader, parseTimes } from './report-line.ts'
import type { State } from './state.ts'
import { beginBlock, breakReport, createState, note, settle, unread } from './state.ts'
import { createReplayStderrFold, type ReplayFindings } from './stderr.ts'
import type { VerboseStep } from './verbose-block.ts'

const REPORT_TARGET = 'ethrex_replay::report'
const FETCHER_TARGET = 'ethrex_replay::fetcher'
const CLI_TARGET = 'ethrex_replay::cli'
const MAIN_TARGET = 'ethrex_replay'
/** A new block begins (`src/fetcher.rs`, `src/cli.rs:595`): what was counted before is not its. */
const NEXT_BLOCK: ReadonlyMap<string, RegExp> = new Map([
  [FETCHER_TARGET, /^(?:Getting block \d+ data from cache|Retrieving execution data for block \d+ )/],
  [CLI_TARGET, /^(?:Executing|Proving) block: \d+$/]
])
/** Of a batch of made-up blocks (`custom batch`, `src/cli.rs` at d5999b8) the report tells the first alone. */
const BATCH = /^Custom workload '.*' \(seed \d+\): (\d{1,9}) block\(s\), /

/** `src/fetcher.rs:148` at 4561304. */
const FALLBACK = 'debug_executionWitness endpoint not implemented'
/** ethrex's backends, `{:.2?}`: executions until 0c0759e9 (2025-12-02), proofs from 10f5a3de (2025-11-05) until then. */
const BACKEND_CLOCK = /^Successfully (?:executed|proved) (?:\w+ )?program in /

const NO_FIGURES: GuestFigures = { metrics: {}, spans: [], costs: [], remarks: [] }
const NO_TIMES = { execution: null, proving: null }

/** Reads the output of `ethrex-replay block N`, and of `blocks` with one block wanted. */
export const createReader = (context: ReaderContext): Reader => {
  const state = createState(context)
  const stderr = createReplayStderrFold(state.notebook)
  return {
    line: (stream, line) => (stream === 'stdout' ? readLine(state, line) : stderr.line(line)),
    end(exit, files, wall) {
      if (state.open !== null) closeFailure(state)
      if (state.verbose !== null) readVerbose(state, state.verbose.end())
      return readingOf(state, { ...stderr.findings(), exit, files, wall })
    }
  }
}

const readLine = (state: State, line: Line): void => {
  const { text } = line
  if (state.open !== null && continueFailure(state, line)) return
  if (state.verbose !== null && readVerbose(state, state.verbose.line(line))) return
  if (state.inToolError) continueToolError(state, text)
  const ofGuest = state.guest.concerns(text)
  if (!ofGuest && !mayBeOurs(text)) {
    if (isCut(text)) unread(state, line, NOT_WHOLE)
    return
  }
  const log = mayBeLogLine(text) ? parseLogLine(text) : null
  if (log === null || (line.end === 'cut' && log.level !== 'ERROR')) stray(state, line, ofGuest)
  else readLog(state, log, { line, ofGuest })
}

const NOT_WHOLE = 'a log line that is not whole'

/** Something of ours in a line that is no whole log line from its first character on: it does not count. */
const stray = (state: State, line: Line, ofGuest: boolean): void => {
  if (holdsReport(line.text)) {
    unread(state, line, 'a report line that is damaged, or stands inside another line')
    return
  }
  const understanding = ofGuest ? state.guest.damaged(line) : null
  if (understanding === null && isCut(line.text)) unread(state, line, NOT_WHOLE)
  understand(state, line, understanding)
}

const readLog = (state: State, log: LogLine, { line, ofGuest }: { line: Line; ofGuest: boolean }): void => {
  if (log.target === REPORT_TARGET) readReport(state, log, line)
  else if (log.target === MAIN_TARGET && log.level === 'ERROR') beginToolError(state, log, line)
  else if (NEXT_BLOCK.get(log.target)?.test(log.message) === true) readNextBlock(state, log, line)
  else readOther(state, log, { line, ofGuest })
}

const readNextBlock = (state: State, log: LogLine, line: Line): void => {
  beginBlock(state)
  note(state, line, { kind: 'read', text: printable(log.message.slice(0, 60), 60) })
}

const readOther = (state: State, log: LogLine, { line, ofGuest }: { line: Line; ofGuest: boolean }): void => {
  const understanding = (ofGuest ? state.guest.accept(log, line) : null) ?? hostLine(state, log)
  if (understanding !== null) understand(state, line, understanding)
  else if (isDamaged(log)) unread(state, line, 'a line of ethrex-replay that is damaged')
  else if (isCut(line.text)) unread(state, line, NOT_WHOLE)
}

/** What ethrex and ethrex-replay say besides, and is known. */
const hostLine = (state: State, log: LogLine): Understanding | null => {
  const { target, message } = log
  if (isNative(log)) state.facts = { ...state.facts, isNative: true }
  if (target === CLI_TARGET) state.batch = Number(BATCH.exec(message)?.[1] ?? state.batch)
  if (target === FETCHER_TARGET && message.startsWith(FALLBACK)) {
    state.facts = { ...state.facts, isFallback: true }
    return { kind: 'read', note: 'the witness is made with eth_getProof' }
  }
  return target.startsWith('ethrex_prover') && BACKEND_CLOCK.test(message)
    ? { kind: 'ignored', note: 'a clock of ethrex, rounded' }
    : null
}

/** A report without its target, or a line of ours with bytes that are none of it. */
const isDamaged = ({ target, message }: LogLine): boolean =>
  holdsReport(message) || (target.startsWith(MAIN_TARGET) && isGarbled(message))

const understand = (state: State, line: Line, understanding: Understanding | null): void => {
  if (understanding === null) return
  if (understanding.kind === 'unread') unread(state, line, understanding.note)
  else note(state, line, { kind: understanding.kind, text: understanding.note })
}

const readReport = (state: State, log: LogLine, line: Line): void => {
  const parsed = parseReportHeader(log.message)
  if (parsed === null || (log.level !== 'ERROR' && log.level !== 'INFO')) {
    breakReport(state, line, true)
  } else if (log.level === 'ERROR') {
    state.open = openFailure(parsed.header, parsed.rest, line)
    if (hasEnd(state.open)) closeFailure(state)
  } else {
    const times = parseTimes(parsed.header, parsed.rest, line.end)
    if (times === null) breakReport(state, line, parsed.header.block === state.context.block)
    else
      settle(state, line, {
        report: { kind: 'success', header: parsed.header, times, told: null },
        form: 'line'
      })
  }
}

/** Whether the line was the failure's. */
const continueFailure = (state: State, line: Line): boolean => {
  if (state.open === null) return false
  const next = continued(state.open, line)
  state.open = next ?? state.open
  if (next === null || hasEnd(next)) closeFailure(state)
  return next !== null
}

const closeFailure = (state: State): void => {
  const { open } = state
  if (open === null) return
  state.open = null
  const { header, text, line } = open
  const errors = parseErrors(text)
  if (errors === null) {
    breakReport(state, line, header.block === state.context.block)
    return
  }
  if (open.isUnended)
    unread(state, open.lastLine, `the end of the failure that line ${line.number} begins is missing`)
  settle(state, line, {
    report: { kind: 'error', header, errors, times: NO_TIMES, told: null },
    form: 'line'
  })
}

/** Whether the line was a verbose report's. */
const readVerbose = (state: State, step: VerboseStep): boolean => {
  if (step.kind === 'outside') return false
  if (step.kind === 'inside') return true
  if (step.kind === 'report') {
    settle(state, step.first, { report: step.report, form: 'verbose' })
    return true
  }
  const isWanted = (step.block ?? state.context.block) === state.context.block
  for (const line of step.lines) breakReport(state, line, isWanted)
  return false
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

type Ending = ReplayFindings &
  Pick<Parameters<typeof outcomeOf>[0], 'exit' | 'wall'> & { readonly files: KeptFiles }

const readingOf = (state: State, ending: Ending): Reading => {
  const { context, notebook, wanted, reports, brokenReport, toolError } = state
  const report = wanted?.report ?? null
  // Files are written anew for each block.
  const files = wanted === null || state.lastBlock === context.block ? ending.files : NO_FILES
  const proved = report?.kind === 'success' ? report.times.proving : null
  const figures = wanted?.guest.figures(files, proved) ?? NO_FIGURES
  const said = { reports, brokenReport, toolError, isNative: wanted?.facts.isNative ?? false }
  return {
    outcome: outcomeOf({ context, report, figures, ...said, ...ending, files }),
    gas: report?.header.gas ?? null,
    transactions: report?.header.transactions ?? null,
    remarks: [...figures.remarks, ...remarksOf(state, ending.files)],
    unread: notebook.unreadLines,
    unreadCount: notebook.unreadCount(),
    notes: notebook.notes
  }
}
