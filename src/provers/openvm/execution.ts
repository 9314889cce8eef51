import type { Count } from '../../domain/quantity.ts'
import { count } from '../../domain/quantity.ts'
import type { GuestFigures, GuestFold, Understanding } from '../guest-fold.ts'
import type { Line } from '../line.ts'
import type { LogLine } from '../log-line.ts'
import { parseU64 } from '../u64.ts'

/** Sources of the lines: docs/notes/openvm.md. */
const SEGMENT_TARGET = 'openvm_circuit::arch::execution_mode::metered::segment_ctx'
const AGGREGATION_TARGET = 'openvm_sdk::prover::agg'

/**
 * openvm-circuit v1.4.1 `arch/execution_mode/metered/segment_ctx.rs:354`, and 69373ff (1.5.0) `:386`: number, instructions
 * before it, its own. No column of the rest is ours, but two lines that ran into one would not match.
 */
const SEGMENT =
  /^Segment +(\d{1,9}) \| instret +(\d{1,20}) \| +(\d{1,20}) instructions \| +\d+ cells \| +\d+ interactions \| +\d+ max height \([^|]*\)( \[TERMINATED\])?$/
const LEAF_PROOFS = /^num_leaf_proofs=\d+$/

interface Segment {
  readonly number: number
  readonly before: bigint
  readonly instructions: bigint
  readonly isLast: boolean
}

interface Counted {
  readonly segments: number
  readonly instructions: bigint
}

interface State {
  /** The segments of the execution that is being printed; null outside of one. */
  open: Counted | null
  /** The first execution that was whole, and one that came after it and counted otherwise. */
  first: Counted | null
  other: Counted | null
  /** Why no count is sound. */
  lost: string | null
}

/** Reads the segments that OpenVM prints when it proves. */
export const createOpenVmFold = (): GuestFold => {
  const state: State = { open: null, first: null, other: null, lost: null }
  return {
    concerns: (text) => text.includes('openvm_'),
    accept: (log, line) => accept(state, log, line),
    damaged: (line) => damaged(state, line),
    figures: () => figuresOf(state)
  }
}

const read = (note: string): Understanding => ({ kind: 'read', note })
const ignored = (note: string): Understanding => ({ kind: 'ignored', note })
const unread = (note: string): Understanding => ({ kind: 'unread', note })

/**
 * Also after a whole execution: what is whole may be what a guest printed, and what is damaged may be OpenVM's. The
 * first reason is kept.
 */
const lose = (state: State, why: string): void => {
  state.lost ??= why
}

const damaged = (state: State, { text, number }: Line): Understanding | null => {
  if (!text.includes('::segment_ctx') || !text.includes('Segment')) return null
  lose(state, `line ${number} is damaged`)
  return unread('a segment that is damaged, or stands inside another line')
}

const accept = (state: State, { target, level, message }: LogLine, line: Line): Understanding | null => {
  if (target === AGGREGATION_TARGET && LEAF_PROOFS.test(message)) return ignored('proofs, not instructions')
  if (message.startsWith('instructions_executed=')) return ignored('of a pass that may be one of many')
  if (target !== SEGMENT_TARGET) return null
  if (level !== 'INFO' || !message.startsWith('Segment')) return ignored('why a segment ends')
  const segment = parseSegment(message, line)
  if (segment !== null) return acceptSegment(state, segment, line)
  lose(state, `line ${line.number} could not be read`)
  return unread('a segment that is not whole, or of an unknown form')
}

/** Whether it is the last stands at the end of the line, so that line must be whole. */
const parseSegment = (message: string, { end }: Line): Segment | null => {
  const [, number, start = '', own = '', last] = SEGMENT.exec(message) ?? []
  const [before, instructions] = [parseU64(start), parseU64(own)]
  if (before === null || instructions === null || end !== 'newline') return null
  return { number: Number(number), before, instructions, isLast: last !== undefined }
}

const acceptSegment = (state: State, segment: Segment, { number: line }: Line): Understanding => {
  const { number, before, instructions, isLast } = segment
  const sum = state.open ?? { segments: 0, instructions: 0n }
  if (number !== sum.segments || before !== sum.instructions) {
    lose(state, `line ${line} has segment ${number} after ${before} instructions, not ${placeOf(sum)}`)
    state.open = null
    return read(`segment ${number} out of its place`)
  }
  const counted = { segments: sum.segments + 1, instructions: sum.instructions + instructions }
  state.open = isLast ? null : counted
  if (isLast) close(state, counted)
  return read(`segment ${number} of ${instructions} instructions${isLast ? ', the last' : ''}`)
}

const placeOf = ({ segments, instructions }: Counted): string =>
  `segment ${segments} after ${instructions} instructions`

const close = (state: State, counted: Counted): void => {
  if (state.first === null) state.first = counted
  else if (placeOf(state.first) !== placeOf(counted)) state.other ??= counted
}

const figuresOf = ({ first, other, open, lost }: State): GuestFigures => {
  if (first === null || open !== null || lost !== null) return nothing(whyNone(open, lost))
  if (other !== null) return nothing(differs(first, other))
  const instructions: Count = count(first.instructions)
  return {
    metrics: {
      cycles: { value: instructions, unit: 'instructions', exactness: 'exact' },
      instructions: { value: instructions, unit: 'instructions', exactness: 'exact' },
      segments: { value: count(BigInt(first.segments)), unit: 'count', exactness: 'exact' }
    },
    spans: [],
    costs: [],
    remarks: []
  }
}

const nothing = (remark: string): GuestFigures => ({ metrics: {}, spans: [], costs: [], remarks: [remark] })

const whyNone = (open: Counted | null, lost: string | null): string => {
  const why = lost ?? (open === null ? null : `${placeOf(open)} is not there, and none before it is the last`)
  return why === null
    ? 'OpenVM printed no instruction count: it prints one when it proves, not when it executes.'
    : `OpenVM's segments do not add up: ${why}.`
}

/** One guest and one input: one of the two was not printed by OpenVM, and nothing says which. */
const differs = (first: Counted, other: Counted): string =>
  `OpenVM counted ${first.instructions} instructions in ${first.segments} segments, and then ` +
  `${other.instructions} in ${other.segments}: no count is given.`
