import type { Finding } from './rule.ts'

/** What sessions of one kind came to, summed: parts of them add up to the whole. */
export interface Tally {
  readonly sessions: number
  readonly regressions: number
  readonly improvements: number
  readonly noChanges: number
  /** Of those that gave an interval. */
  readonly intervals: number
  readonly covered: number
  readonly proofs: Sum
  readonly minutes: Sum
}

interface Sum {
  readonly total: number
  readonly squares: number
}

/** A figure with its standard error. */
export interface Measured {
  readonly value: number
  readonly error: number
}

export interface Session {
  readonly finding: Finding
  /** ln(head/base) as it was put in. */
  readonly effect: number
  readonly proofs: number
  readonly minutes: number
}

export const NOTHING: Tally = {
  sessions: 0,
  regressions: 0,
  improvements: 0,
  noChanges: 0,
  intervals: 0,
  covered: 0,
  proofs: { total: 0, squares: 0 },
  minutes: { total: 0, squares: 0 }
}

export const tallyOf = ({ finding: { call, bounds }, effect, proofs, minutes }: Session): Tally => ({
  sessions: 1,
  regressions: call === 'regression' ? 1 : 0,
  improvements: call === 'improvement' ? 1 : 0,
  noChanges: call === 'no-change' ? 1 : 0,
  intervals: bounds === null ? 0 : 1,
  covered: bounds !== null && bounds.lo <= effect && effect <= bounds.hi ? 1 : 0,
  proofs: { total: proofs, squares: proofs ** 2 },
  minutes: { total: minutes, squares: minutes ** 2 }
})

export const add = (a: Tally, b: Tally): Tally => ({
  sessions: a.sessions + b.sessions,
  regressions: a.regressions + b.regressions,
  improvements: a.improvements + b.improvements,
  noChanges: a.noChanges + b.noChanges,
  intervals: a.intervals + b.intervals,
  covered: a.covered + b.covered,
  proofs: addSums(a.proofs, b.proofs),
  minutes: addSums(a.minutes, b.minutes)
})

const addSums = (a: Sum, b: Sum): Sum => ({ total: a.total + b.total, squares: a.squares + b.squares })

/**
 * A share in percent. Its error is that of one hit and one miss more than were seen, so that no hit at all does not
 * pass for certainty.
 */
export const share = (hits: number, of: number): Measured => {
  const shy = (hits + 1) / (of + 2)
  return { value: (100 * hits) / of, error: 100 * Math.sqrt((shy * (1 - shy)) / (of + 2)) }
}

export const mean = ({ total, squares }: Sum, of: number): Measured => {
  const variance = Math.max(0, squares - total ** 2 / of) / Math.max(1, of - 1)
  return { value: total / of, error: Math.sqrt(variance / of) }
}
