import { givenUp } from '../domain/given-up.ts'
import type { Outcome, TrialRecord } from '../domain/trial.ts'
import { sideWord } from './side-word.ts'

/**
 * Trials that failed and count as no failure of their side: it did the same when it was tried again, or in another
 * round. A line each.
 */
export const failedTrialNotes = (records: readonly TrialRecord[]): readonly string[] => {
  const counted = new Set(givenUp(records).map(({ side, block, mode }) => `${mode} ${side} ${block}`))
  const places = Map.groupBy(
    records.filter(({ trial: { mode, side, block } }) => !counted.has(`${mode} ${side} ${block}`)),
    ({ trial: { phase, side, block, round } }) => `${phase} ${side} ${block} ${round}`
  )
  return [...places.values()].flatMap((takes) =>
    noteOn(takes.toSorted((a, b) => a.trial.take - b.trial.take))
  )
}

type Failed = Extract<Outcome, { readonly kind: 'failed' }>

const noteOn = (takes: readonly TrialRecord[]): readonly string[] => {
  const failed = takes.filter(({ outcome }) => outcome.kind === 'failed')
  const [first] = failed
  const last = takes.at(-1)
  if (first === undefined || last === undefined) return []
  const { trial } = first
  const verb =
    trial.mode === 'prove' ? { does: 'prove', did: 'proved' } : { does: 'execute', did: 'executed' }
  const round = trial.round === null ? '' : ` in round ${trial.round}`
  const times = TIMES[failed.length - 1] ?? `${failed.length} times`
  const what = `failed ${times} to ${verb.does} block ${trial.block}${round} (${reasonsOf(failed)})`
  if (last.outcome.kind === 'measured')
    return [`${named(trial)} ${what} and ${verb.did} it when tried again.`]
  if (!isTriedAgain(takes)) return [`${named(trial)} ${what} and was not tried again.`]
  return trial.mode === 'prove'
    ? [`${named(trial)} ${what}, though not in another: that pair is dropped.`]
    : [`${named(trial)} ${what}, though not the first time: whether it counts the same again is not known.`]
}

const TIMES = ['once', 'twice']

const isTriedAgain = (takes: readonly TrialRecord[]): boolean =>
  takes.slice(-2).every(({ outcome }) => outcome.kind === 'failed') && takes.length > 1

/** As a sentence begins: a variant's name is what it is. */
const named = (trial: TrialRecord['trial']): string => {
  const word = sideWord(trial, trial.side)
  return word === trial.side ? CAPITAL[trial.side] : word
}

const CAPITAL = { base: 'Base', head: 'Head' } as const

const reasonsOf = (failed: readonly TrialRecord[]): string => {
  const reasons = failed.flatMap(({ outcome }) => (isFailed(outcome) ? [outcome.reason] : []))
  return [...new Set(reasons)].join(', ')
}

const isFailed = (outcome: Outcome): outcome is Failed => outcome.kind === 'failed'
