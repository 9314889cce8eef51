import type { Failure } from '../domain/failure.ts'
import { givenUp, MACHINE_REASONS, type GivenUp } from '../domain/given-up.ts'
import type { Measurements } from '../domain/run.ts'
import type { RunState } from '../domain/verdict.ts'
import { sideWord } from './side-word.ts'

/** Every failure of a run: those outside trials first, then what a side was given up for, by side, block and stage. */
export const failuresOf = ({ failures, records }: Measurements): readonly Failure[] => [
  ...failures,
  ...givenUp(records).flatMap(failureOf)
]

const failureOf = ({ side, block, mode, record, isMachines }: GivenUp): readonly Failure[] => {
  const { outcome } = record
  if (outcome.kind === 'measured') return []
  const { reason, message, tail } = outcome
  const stage = mode === 'prove' ? 'prove' : 'execute'
  if (!isMachines) return [{ side, stage, block, reason, message, tail }]
  if (MACHINE_REASONS.has(reason)) return [{ side: null, stage, block, reason, message, tail }]
  const why = `${sideWord(record.trial, side)} failed (${reason}) while another process was on the GPU, so nobody can say whose fault it is: ${message}`
  return [{ side: null, stage, block, reason: 'gpu-busy', message: why, tail }]
}

/**
 * The states that withhold a run's verdict. What fails alike on both sides is base's failure: head is only
 * blamed for what base can do.
 */
export const statesOf = (
  ending: Measurements['ending'],
  failures: readonly Failure[]
): ReadonlySet<RunState> => {
  const states = new Set<RunState>()
  if (ending === 'cancelled' || ending === 'identical') states.add(ending)
  if (ending === 'infrastructure' || failures.some(isMachine)) states.add('infrastructure')
  const own = failures.filter((failure) => !isMachine(failure))
  if (own.some(({ side }) => side === 'base')) states.add('base-failed')
  if (own.some((failure) => failure.side === 'head' && !own.some((other) => isSameOnBase(failure, other)))) {
    states.add('head-failed')
  }
  return states
}

const isMachine = ({ side, reason }: Failure): boolean => side === null || MACHINE_REASONS.has(reason)

const isSameOnBase = (head: Failure, other: Failure): boolean =>
  other.side === 'base' && other.block === head.block && other.stage === head.stage
