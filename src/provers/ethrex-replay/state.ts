import type { GuestFold } from '../guest-fold.ts'
import { GUEST_FOLD } from '../guest-folds.ts'
import type { Line } from '../line.ts'
import type { Notebook } from '../notebook.ts'
import { createNotebook } from '../notebook.ts'
import type { Note, ReaderContext } from '../prover.ts'
import type { Report } from './evidence.ts'
import { createNativeFold } from './native.ts'
import type { OpenFailure } from './open-failure.ts'
import type { VerboseFold } from './verbose.ts'
import { createVerboseFold } from './verbose.ts'

/** Where in a log a report stood: in a line of its own, or in the many of `--verbose`. */
export type Form = 'line' | 'verbose'

/** The wanted block, as reported last. */
interface Wanted {
  readonly report: Report
  readonly guest: GuestFold
  readonly facts: BlockFacts
}

/** What the log tells of a block besides what its guest does. */
interface BlockFacts {
  /** It runs without a zkVM. */
  readonly isNative: boolean
  /** The endpoint has no `debug_executionWitness`, so the witness is another. */
  readonly isFallback: boolean
}

/** What is known of a log so far. */
export interface State {
  readonly context: ReaderContext
  readonly notebook: Notebook
  /** Null: our trials do not ask for `--verbose`, so nothing that looks like it is ethrex-replay's. */
  readonly verbose: VerboseFold | null
  /** Reads the block that is running. */
  guest: GuestFold
  facts: BlockFacts
  open: OpenFailure | null
  /** In which form the process reports. A line decides: the verbose form is never beside it. */
  form: Form | null
  wanted: Wanted | null
  /** How often the wanted block was reported. */
  reported: number
  /** How often any block was. */
  reports: number
  /** The block that was reported last: what is written once for a process is of that one. */
  lastBlock: number | null
  /** Blocks that were run as one and reported as the first of them. */
  batch: number
  brokenReport: number | null
  toolError: string | null
  /** The lines that come belong to the error of `main`, until the next log line. */
  inToolError: boolean
}

const NO_FACTS: BlockFacts = { isNative: false, isFallback: false }

/** Nothing is known. */
export const createState = (context: ReaderContext): State => ({
  context,
  notebook: createNotebook(),
  verbose: context.benchRequired ? null : createVerboseFold(),
  guest: guestFold(context),
  facts: NO_FACTS,
  open: null,
  form: null,
  wanted: null,
  reported: 0,
  reports: 0,
  lastBlock: null,
  batch: 1,
  brokenReport: null,
  toolError: null,
  inToolError: false
})

const guestFold = ({ zkvm }: ReaderContext): GuestFold =>
  zkvm === null ? createNativeFold() : GUEST_FOLD[zkvm]()

/** Another block begins. A trial of ours is of one: there no such line is the tool's, and nothing is forgotten. */
export const beginBlock = (state: State): void => {
  if (state.context.benchRequired) return
  state.guest = guestFold(state.context)
  state.facts = NO_FACTS
}

/** A report ends its block. */
export const settle = (state: State, line: Line, reported: { report: Report; form: Form }): void => {
  const { report, form } = reported
  if (state.form === 'line' && form === 'verbose') {
    note(state, line, { kind: 'ignored', text: 'a verbose report beside report lines does not count' })
    return
  }
  if (state.form === 'verbose' && form === 'line') forget(state)
  state.form = form
  state.reports += 1
  const { block } = report.header
  state.lastBlock = block
  const isWanted = block === state.context.block
  if (isWanted) {
    state.wanted = { report, guest: state.guest, facts: state.facts }
    state.reported += 1
  }
  beginBlock(state)
  const text = `block ${block}: ${report.kind}`
  note(
    state,
    line,
    isWanted ? { kind: 'read', text } : { kind: 'ignored', text: `${text}, not the wanted block` }
  )
}

/** What looked like verbose reports was none. */
const forget = (state: State): void => {
  state.wanted = null
  state.reported = 0
}

/** Keeps what was made of a line of stdout. */
export const note = (state: State, line: Line, { kind, text }: Pick<Note, 'kind' | 'text'>): void =>
  state.notebook.add({ stream: 'stdout', line: line.number, kind, text })

/** Points at a line of stdout that could not be read. */
export const unread = (state: State, line: Line, why: string): void =>
  state.notebook.unread('stdout', line, why)

/** Points at a report that could not be read. It ends its block all the same: what was counted is not the next one's. */
export const breakReport = (state: State, line: Line, isWanted: boolean): void => {
  if (isWanted) state.brokenReport = line.number
  beginBlock(state)
  unread(state, line, 'a report that is not whole, or of an unknown form')
}
