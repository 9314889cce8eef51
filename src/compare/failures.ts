import type { Failure, Reason } from '../domain/failure.ts'
import { givenUp } from '../domain/given-up.ts'
import type { Measurements } from '../domain/run.ts'
import type { TrialRecord } from '../domain/trial.ts'
import type { RunState } from '../domain/verdict.ts'

/** Reasons that say nothing about either side's code, whichever side met them. */
const MACHINE: ReadonlySet<Reason> = new Set<Reason>([
  'repository-unreachable',
  'fetch-failed',
  'bad-input',
  'witness-changed',
  'stale-container',
  'port-taken',
  'gpu-busy',
  'gpu-lost',
  'prover-not-ready',
  'not-started',
  'disk-full',
  'tampered',
  'internal'
])

/** Every failure of a run: those outside trials first, then what a side was given up for, by side, block and stage. */
export const failuresOf = ({ failures, records }: Measurements): readonly Failure[] => [
  ...failures,
  ...givenUp(records).flatMap(({ record }) => failureOfTrial(record))
]

const failureOfTrial = ({ trial, outcome }: TrialRecord): readonly Failure[] => {
  if (outcome.kind === 'measured') return []
  const { reason, message, tail } = outcome
  const stage = trial.mode === 'prove' ? 'prove' : 'execute'
  return [{ side: MACHINE.has(reason) ? null : trial.side, stage, block: trial.block, reason, message, tail }]
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

const isMachine = ({ side, reason }: Failure): boolean => side === null || MACHINE.has(reason)

const isSameOnBase = (head: Failure, other: Failure): boolean =>
  other.side === 'base' && other.block === head.block && other.stage === head.stage
