import * as v from 'valibot'
import { failure, success, type Result } from '../domain/problem.ts'
import type { Ending } from '../domain/run.ts'
import type { TrialRecord } from '../domain/trial.ts'
import { digestField, endingField } from './fields.ts'
import { printLine } from './json.ts'
import { recordEntries } from './parts.ts'
import { readWith } from './read.ts'

/** The journal of a run: `journal.jsonl` line by line. Each printed line is without its newline. */
const startLine = v.strictObject({
  kind: v.literal('start'),
  schema: v.literal('journal@1'),
  plan: digestField
})
const trialLine = v.strictObject({ kind: v.literal('trial'), ...recordEntries })
const endLine = v.strictObject({ kind: v.literal('end'), ending: endingField })

const laterLine = v.variant('kind', [trialLine, endLine])

/** One line of a journal. */
export const journalLineSchema = v.variant('kind', [startLine, trialLine, endLine])

export interface JournalContent {
  /** Hash of the plan that the run follows, 64 hex digits. */
  readonly plan: string
  readonly records: readonly TrialRecord[]
  /** Null where the run was interrupted: it can be continued. */
  readonly ending: Ending | null
  /** The text up to the last whole line: what to keep before appending. */
  readonly intact: string
}

export const journalStart = (plan: string): string => printLine({ kind: 'start', schema: 'journal@1', plan })

export const journalTrial = (record: TrialRecord): string => printLine({ kind: 'trial', ...record })

export const journalEnd = (ending: Ending): string => printLine({ kind: 'end', ending })

/**
 * A journal read back. What follows the last newline was being written when the run was cut off, and is left out;
 * any other line that cannot be read means that somebody else wrote here, and is a problem with its number.
 */
export const readJournal = (text: string): Result<JournalContent, string> => {
  const intact = text.slice(0, text.lastIndexOf('\n') + 1)
  const [first = '', ...lines] = intact.split('\n').slice(0, -1)
  const start = readWith(startLine, first)
  if (!start.ok) return failure(`line 1 ${start.error}`)
  const content = readLines(lines)
  return content.ok ? success({ plan: start.value.plan, ...content.value, intact }) : content
}

const readLines = (lines: readonly string[]): Result<Pick<JournalContent, 'records' | 'ending'>, string> => {
  const records = new Map<string, TrialRecord>()
  let ending: Ending | null = null
  for (const [index, line] of lines.entries()) {
    const at = `line ${index + 2}`
    if (ending !== null) return failure(`${at} follows the end`)
    const read = readWith(laterLine, line)
    if (!read.ok) return failure(`${at} ${read.error}`)
    if (read.value.kind === 'end') {
      ending = read.value.ending
      continue
    }
    const { kind: _, ...record } = read.value
    if (records.has(record.trial.id)) return failure(`${at} repeats the trial ${record.trial.id}`)
    records.set(record.trial.id, record)
  }
  return success({ records: [...records.values()], ending })
}
