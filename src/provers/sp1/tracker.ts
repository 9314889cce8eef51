import type { Count } from '../../domain/quantity.ts'
import { count } from '../../domain/quantity.ts'
import type { Span } from '../../domain/sample.ts'
import { printable } from '../quote.ts'

/**
 * Rebuilds the guest's spans from SP1's cycle tracker (v5.0.8, `core/executor/src/syscalls/write.rs:213-230`).
 * SP1 keeps a map from name to start; the depth it prints is the size of that map when the span began, and an
 * end line has a depth but no name. The tracker here replays the map, so that an end finds its name:
 * - a name that begins again while it is open replaces itself, and its first start never gets an end;
 * - spans may overlap instead of nesting.
 * Where the lines do not add up, nothing is given: a sum with a hole in it looks like a figure.
 */
export interface Tracker {
  start(depth: number, name: string): void
  end(depth: number, cycles: Count): void
  /** Lines are missing or damaged: no figure of this execution is sound. The first reason is kept. */
  lose(why: string): void
  result(): TrackerResult
}

export interface TrackerResult {
  /** Sum of the spans of depth 0, or null where that is not (nearly) the whole execution. */
  readonly total: Count | null
  /** Spans with an end, in order of first start, repeats of a path summed. */
  readonly spans: readonly Span[]
  readonly remarks: readonly string[]
}

/** The guest names spans as it likes; these bound what a log can make us remember. */
const SPAN_LIMIT = 4096
const DEPTH_LIMIT = 64
const NAME_LIMIT = 200

interface OpenSpan {
  readonly name: string
  readonly depth: number
  readonly path: readonly string[]
}

interface State {
  open: OpenSpan[]
  readonly sums: Map<string, { path: readonly string[]; cycles: bigint; calls: number }>
  readonly unclosed: Map<string, readonly string[]>
  total: bigint | null
  /** Why the spans of depth 0 are not the whole. */
  doubt: string | null
  lost: string | null
  tooMany: boolean
}

/** A tracker that has seen nothing. */
export const createTracker = (): Tracker => {
  const state: State = {
    open: [],
    sums: new Map(),
    unclosed: new Map(),
    total: null,
    doubt: null,
    lost: null,
    tooMany: false
  }
  return {
    start: (depth, name) => begin(state, depth, printable(name, NAME_LIMIT)),
    end: (depth, cycles) => finish(state, depth, cycles),
    lose: (why) => lose(state, why),
    result: () => resultOf(state)
  }
}

const lose = (state: State, why: string): void => {
  state.lost ??= why
  state.open = []
}

const begin = (state: State, depth: number, name: string): void => {
  if (state.lost !== null) return
  if (depth !== state.open.length || depth >= DEPTH_LIMIT) {
    const shown = printable(name, 40)
    lose(state, `span “${shown}” begins at depth ${depth}, but ${state.open.length} spans are open`)
    return
  }
  const path = [...(state.open.at(-1)?.path ?? []), name]
  const replaced = state.open.find((span) => span.name === name)
  if (replaced !== undefined) {
    leaveOpen(state, replaced)
    state.open = state.open.filter((span) => span !== replaced)
  }
  state.open.push({ name, depth, path })
  remember(state, path)
}

const finish = (state: State, depth: number, cycles: Count): void => {
  if (state.lost !== null) return
  const span = state.open.findLast((candidate) => candidate.depth === depth)
  if (span === undefined) {
    lose(state, `a span ends at depth ${depth}, where none is open`)
    return
  }
  state.open = state.open.filter((candidate) => candidate !== span)
  close(state, span, cycles)
  if (depth > 0) return
  state.total = (state.total ?? 0n) + cycles
  if (state.open.length > 0) state.doubt ??= `span “${printable(span.name, 40)}” ends before a span inside it`
}

const remember = (state: State, path: readonly string[]): void => {
  const key = keyOf(path)
  if (state.sums.has(key)) return
  if (state.sums.size < SPAN_LIMIT) state.sums.set(key, { path, cycles: 0n, calls: 0 })
  else state.tooMany = true
}

const close = (state: State, span: OpenSpan, cycles: Count): void => {
  const sum = state.sums.get(keyOf(span.path))
  if (sum === undefined) return
  sum.cycles += cycles
  sum.calls += 1
}

const leaveOpen = (state: State, span: OpenSpan): void => {
  if (state.unclosed.size < SPAN_LIMIT) state.unclosed.set(keyOf(span.path), span.path)
  if (span.depth === 0) state.doubt ??= `span “${printable(span.name, 40)}” has no end`
}

const keyOf = (path: readonly string[]): string => path.join('\n')

const resultOf = (state: State): TrackerResult => {
  if (state.lost !== null) {
    return { total: null, spans: [], remarks: [`Cycle-tracker lines do not add up: ${state.lost}.`] }
  }
  const { open } = state
  for (const span of open) leaveOpen(state, span)
  return {
    total: state.total === null || state.doubt !== null || open.length > 0 ? null : count(state.total),
    spans: state.tooMany ? [] : closedSpans(state),
    remarks: remarksOf(state)
  }
}

const closedSpans = (state: State): readonly Span[] =>
  [...state.sums]
    .filter(([key, { calls }]) => calls > 0 && !state.unclosed.has(key))
    .map(([, { path, cycles, calls }]) => ({ path, cycles: count(cycles), calls }))

const remarksOf = (state: State): readonly string[] => {
  const remarks: string[] = []
  const names = [...state.unclosed.values()].map((path) => printable(path.join(' > '), 80))
  if (names.length > 0) {
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    remarks.push(`Spans without an end: ${names.slice(0, 3).join(', ')}${more}.`)
  }
  if (state.tooMany) remarks.push(`More than ${SPAN_LIMIT} different spans: none is shown.`)
  if (state.doubt !== null) remarks.push(`The outermost spans are not the whole execution: ${state.doubt}.`)
  return remarks
}
