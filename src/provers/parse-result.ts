import type { MetricName, Unit, Exactness } from '../domain/metric.ts'
import { METRICS } from '../domain/metric.ts'
import type { Reason } from '../domain/failure.ts'
import type { Figure, Sample } from '../domain/sample.ts'
import { NOTE_LIMIT } from './notebook.ts'
import type { Note, Reading, ReadOutcome } from './prover.ts'

/** Integers above 2^53 are strings of digits: a JSON number would lose them. */
export type JsonNumber = number | string

/** What `parse` prints. */
export interface ParseResult {
  readonly outcome: 'measured' | 'failed' | 'unreadable'
  /** Null where measured. */
  readonly reason: Reason | null
  readonly gas: JsonNumber | null
  readonly transactions: number | null
  readonly metrics: Readonly<Partial<Record<MetricName, ParsedFigure>>>
  readonly spans: readonly ParsedSpan[]
  /** Of ZisK alone: parts of what proving is estimated to cost. */
  readonly costs: readonly ParsedCost[]
}

export interface ParsedCost {
  readonly name: string
  readonly cost: JsonNumber
}

export interface ParsedFigure {
  readonly value: JsonNumber
  readonly unit: Unit
  readonly exactness: Exactness
}

export interface ParsedSpan {
  readonly path: readonly string[]
  readonly cycles: JsonNumber
  readonly calls: number
}

/** A reading as `parse` prints it. Figures are there only where it was measured. */
export const parseResult = ({ outcome, gas, transactions }: Reading): ParseResult => {
  const known = { gas: gas === null ? null : jsonNumber(gas), transactions }
  if (outcome.kind === 'measured') {
    const { sample } = outcome
    return {
      outcome: 'measured',
      reason: null,
      ...known,
      metrics: metricsOf(sample),
      spans: spansOf(sample),
      costs: costsOf(sample)
    }
  }
  const { reason } = outcome
  const isUnreadable = reason === 'unreadable-output'
  return {
    outcome: isUnreadable ? 'unreadable' : 'failed',
    reason,
    ...known,
    metrics: {},
    spans: [],
    costs: []
  }
}

/** `--explain`: a line for each line of the log that was looked at, then what it came to. */
export const explainLines = (reading: Reading): readonly string[] => {
  const { outcome, notes, remarks, unread, unreadCount } = reading
  // They came together, and carriage returns make several of one number.
  const quotes = unread.values()
  const explained = notes
    .map((note) => ({ ...note, quote: note.kind === 'unread' ? quotes.next().value?.text : undefined }))
    .sort(byPlace)
    .map(({ stream, line, kind, text, quote }) =>
      [`${stream}:${line}`, `${WORD[kind]}${text}`, ...(quote === undefined ? [] : [quote])].join(': ')
    )
  const more = unreadCount - unread.length
  return [
    ...explained,
    ...(notes.length < NOTE_LIMIT
      ? []
      : [`no more than ${NOTE_LIMIT} lines are told of here; all were read`]),
    ...(more > 0 ? [`${more} more lines could not be read`] : []),
    ...remarks,
    outcome.kind === 'measured' ? 'measured' : whyNot(outcome)
  ]
}

/** What a reader should know beside the figures, without `--explain`: why there are none, and what is doubtful. */
export const shortLines = ({ outcome, remarks, unreadCount }: Reading): readonly string[] => [
  ...(unreadCount === 0
    ? []
    : [`${unreadCount} ${unreadCount === 1 ? 'line' : 'lines'} could not be read: --explain says which`]),
  ...remarks,
  ...(outcome.kind === 'measured' ? [] : [whyNot(outcome)])
]

const whyNot = ({ reason, message }: Extract<ReadOutcome, { kind: 'failed' }>): string =>
  `${reason}: ${message}`

const WORD: Readonly<Record<Note['kind'], string>> = {
  read: '',
  ignored: 'ignored, ',
  unread: 'not understood, '
}

const byPlace = (a: Note, b: Note): number =>
  a.stream === b.stream ? a.line - b.line : b.stream < a.stream ? -1 : 1

const metricsOf = ({ metrics }: Sample): Partial<Record<MetricName, ParsedFigure>> => {
  const parsed: Partial<Record<MetricName, ParsedFigure>> = {}
  for (const name of METRICS) {
    const figure = metrics[name]
    if (figure !== undefined) parsed[name] = parsedFigure(figure)
  }
  return parsed
}

const parsedFigure = ({ value, unit, exactness }: Figure): ParsedFigure => ({
  value: jsonNumber(value),
  unit,
  exactness
})

const spansOf = ({ spans }: Sample): readonly ParsedSpan[] =>
  spans.map(({ path, cycles, calls }) => ({ path, cycles: jsonNumber(cycles), calls }))

const costsOf = ({ costs }: Sample): readonly ParsedCost[] =>
  costs.map(({ name, cost }) => ({ name, cost: jsonNumber(cost) }))

const LARGEST_NUMBER = 2n ** 53n

const jsonNumber = (value: number | bigint): JsonNumber => {
  if (typeof value === 'number') return value
  return value > LARGEST_NUMBER ? value.toString() : Number(value)
}
