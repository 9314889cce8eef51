import type { Count } from '../../domain/quantity.ts'
import { count } from '../../domain/quantity.ts'
import type { Span } from '../../domain/sample.ts'
import { printable } from '../quote.ts'

/**
 * Rebuilds the guest's spans from SP1's cycle tracker (v5.0.8, `core/executor/src/syscalls/write.rs:213-230`).
 * SP1 keeps a map from name to start; the depth it prints is the size of that map when the span began, and an
 * end line has a depth but no name. The tracker here replays the map, so that an end finds its name:
 * - a name that begins again while it is open replaces itself, and its first start never gets an end;
 * - spans may overlap instead of nesting;
 * - after either, two open spans may have the same depth, and an end of theirs is nobody's.
 * Where the lines do not add up, nothing is given: a sum with a hole in it looks like a figure.
 */
export interface Tracker {
  start(depth: number, name: string): void
  end(depth: number, cycles: bigint): void
  /** Lines are missing or damaged: no figure of this execution is sound. The first reason is kept. */
  lose(why: string): void
  result(): TrackerResult
}

export interface TrackerResult {
  /** Sum of the spans of depth 0, or null where that is not (nearly) the whole execution. */
  readonly total: Count | null
  /** Spans with an end, in order of first start, repeats of a path summed. */
  readonly spans: readonly Span[]
  /** Empty, like the rest, if nothing was tracked. */
  readonly remarks: readonly string[]
}

/** The guest names spans as it likes; these bound what a log can make us remember. */
const SPAN_LIMIT = 4096
const DEPTH_LIMIT = 64
const NAME_LIMIT = 200

const TWINS = 'No span is shown: two that were open had the same depth, and the end of one has no name.'

/** All spans of one path. */
interface Place {
  readonly name: string
  /** Null: depth 0. */
  readonly parent: Place | null
  readonly children: Map<string, Place>
  cycles: bigint
  calls: number
  /** One of them never got an end. */
  hasOpenEnd: boolean
}

interface OpenSpan {
  readonly depth: number
  readonly place: Place
}

interface State {
  readonly open: OpenSpan[]
  readonly outermost: Map<string, Place>
  /** In order of first start. */
  readonly places: Place[]
  readonly unclosed: Place[]
  total: bigint | null
  /** Why the spans of depth 0 are not the whole. */
  doubt: string | null
  lost: string | null
  tooMany: boolean
  /** An end fitted two spans, so from then on names are guesses. Sums of depth 0 are not. */
  hasTwins: boolean
}

/** A tracker that has seen nothing. */
export const createTracker = (): Tracker => {
  const state: State = {
    open: [],
    outermost: new Map(),
    places: [],
    unclosed: [],
    total: null,
    doubt: null,
    lost: null,
    tooMany: false,
    hasTwins: false
  }
  return {
    start: (depth, name) => begin(state, depth, isPlain(name) ? name : printable(name, NAME_LIMIT)),
    end: (depth, cycles) => finish(state, depth, cycles),
    lose: (why) => lose(state, why),
    result: () => resultOf(state)
  }
}

/** Whether `printable` would leave a name as it is; nearly all are, and this is cheaper. */
const isPlain = (name: string): boolean => {
  let before = 0x20
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at)
    if (code < 0x20 || code > 0x7e || (code === 0x20 && before === 0x20)) return false
    before = code
  }
  return before !== 0x20 && name.length <= NAME_LIMIT
}

const lose = (state: State, why: string): void => {
  state.lost ??= why
  state.open.length = 0
}

const begin = (state: State, depth: number, name: string): void => {
  if (state.lost !== null) return
  const { open } = state
  if (depth !== open.length || depth >= DEPTH_LIMIT) {
    lose(state, `span “${printable(name, 40)}” begins at depth ${depth}, but ${open.length} spans are open`)
    return
  }
  const parent = open.at(-1)?.place ?? null
  const replaced = open.find(({ place }) => place.name === name)
  if (replaced !== undefined) {
    leaveOpen(state, replaced)
    remove(open, replaced)
  }
  open.push({ depth, place: placeOf(state, parent, name) })
}

const finish = (state: State, depth: number, cycles: bigint): void => {
  if (state.lost !== null) return
  const { open } = state
  const span = open.findLast((candidate) => candidate.depth === depth)
  if (span === undefined) {
    lose(state, `a span ends at depth ${depth}, where none is open`)
    return
  }
  if (open.find((candidate) => candidate.depth === depth) !== span) state.hasTwins = true
  remove(open, span)
  const { place } = span
  place.cycles += cycles
  place.calls += 1
  if (depth > 0) return
  state.total = (state.total ?? 0n) + cycles
  if (open.length > 0) state.doubt ??= `span “${printable(place.name, 40)}” ends before a span inside it`
}

/** It is nearly always the last. */
const remove = (open: OpenSpan[], span: OpenSpan): void => {
  if (open.at(-1) === span) open.pop()
  else open.splice(open.indexOf(span), 1)
}

const placeOf = (state: State, parent: Place | null, name: string): Place => {
  const siblings = parent === null ? state.outermost : parent.children
  const known = siblings.get(name)
  if (known !== undefined) return known
  // A copy: the name is part of a line, and kept as such it would keep the log.
  const place: Place = {
    name: printable(name, NAME_LIMIT),
    parent,
    children: new Map(),
    cycles: 0n,
    calls: 0,
    hasOpenEnd: false
  }
  if (state.places.length < SPAN_LIMIT) {
    siblings.set(place.name, place)
    state.places.push(place)
  } else {
    state.tooMany = true
  }
  return place
}

const leaveOpen = (state: State, { place, depth }: OpenSpan): void => {
  if (!place.hasOpenEnd && state.unclosed.length < SPAN_LIMIT) state.unclosed.push(place)
  place.hasOpenEnd = true
  if (depth === 0) state.doubt ??= `span “${printable(place.name, 40)}” has no end`
}

const pathOf = ({ name, parent }: Place): readonly string[] =>
  parent === null ? [name] : [...pathOf(parent), name]

const resultOf = (state: State): TrackerResult => {
  if (state.lost !== null) {
    const why = state.hasTwins ? TWINS : `Cycle-tracker lines do not add up: ${state.lost}.`
    return { total: null, spans: [], remarks: [why] }
  }
  const { open } = state
  for (const span of open) leaveOpen(state, span)
  return {
    total: state.total === null || state.doubt !== null || open.length > 0 ? null : count(state.total),
    spans: state.tooMany || state.hasTwins ? [] : closedSpans(state),
    remarks: remarksOf(state)
  }
}

const closedSpans = ({ places }: State): readonly Span[] =>
  places
    .filter(({ calls, hasOpenEnd }) => calls > 0 && !hasOpenEnd)
    .map((place) => ({ path: pathOf(place), cycles: count(place.cycles), calls: place.calls }))

const remarksOf = (state: State): readonly string[] => {
  const remarks: string[] = []
  const names = state.unclosed.map((place) => printable(pathOf(place).join(' > '), 80))
  if (state.hasTwins) {
    remarks.push(TWINS)
  } else if (names.length > 0) {
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    remarks.push(`Spans without an end: ${names.slice(0, 3).join(', ')}${more}.`)
  }
  if (state.tooMany) remarks.push(`More than ${SPAN_LIMIT} different spans: none is shown.`)
  if (state.doubt !== null) remarks.push(`The outermost spans are not the whole execution: ${state.doubt}.`)
  return remarks
}
