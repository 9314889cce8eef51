import type { Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import { mayBeLogLine, parseLogLine } from '../log-line.ts'
import type { Notebook } from '../notebook.ts'
import { createNotebook } from '../notebook.ts'
import type { Reader, ReaderContext } from '../prover.ts'
import { outcomeOf } from './outcome.ts'
import type { ReportFold } from './report.ts'
import { createReportFold } from './report.ts'
import { createRspStderrFold } from './stderr.ts'

/** Reads the output of one start of rsp, for one block. */
export const createReader = (context: ReaderContext): Reader => {
  const notebook = createNotebook()
  const report = createReportFold()
  const stderr = createRspStderrFold(notebook)
  return {
    line(stream, line) {
      if (stream === 'stdout') readLine(line, report, notebook)
      else stderr.line(line)
    },
    end(exit, files, wall) {
      const evidence = { context, report: report.report(), ...stderr.findings(), exit, files, wall }
      const { outcome, row } = outcomeOf(evidence)
      return {
        outcome,
        gas: row?.gas ?? null,
        transactions: row?.transactions ?? null,
        remarks: files.csv === null && outcome.kind === 'measured' ? [BLOCK_NOT_CHECKED] : [],
        unread: notebook.unreadLines,
        unreadCount: notebook.unreadCount(),
        notes: notebook.notes
      }
    }
  }
}

/** What rsp prints on stdout names no block in all of its versions; its CSV does. */
const BLOCK_NOT_CHECKED = 'Without its CSV nobody can tell which block this log of rsp is of.'

const readLine = (line: Line, report: ReportFold, notebook: Notebook): void => {
  const { text } = line
  if (mayBeLogLine(text)) {
    if (!isOurs(text)) return
    const log = parseLogLine(text)
    const isDamaged = log === null || line.end === 'cut'
    note(line, isDamaged ? report.stray(line) : report.logged(log, line), notebook)
  } else {
    note(line, report.plain(line) ?? (isOurs(text) ? report.stray(line) : null), notebook)
  }
}

/** What no line but those of rsp that are wanted holds. */
const isOurs = (text: string): boolean =>
  text.includes('Execution successful') ||
  text.includes('Proof successfully') ||
  text.includes('Starting proof generation') ||
  text.includes(' instructions):') ||
  text.includes('proving time: ')

const note = (line: Line, understanding: Understanding | null, notebook: Notebook): void => {
  if (understanding === null) return
  const { kind, note: text } = understanding
  if (kind === 'unread') notebook.unread('stdout', line, text)
  else notebook.add({ stream: 'stdout', line: line.number, kind, text })
}
