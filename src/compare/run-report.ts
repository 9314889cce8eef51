import { minutes, seconds } from '../domain/quantity.ts'
import type { ReferenceReport, Report, RunReport } from '../domain/report.ts'
import { joinAll, RUN_STATES, runVerdict, type MetricVerdict, type RunState } from '../domain/verdict.ts'

/**
 * What the legs of a run say together. Head decides, over all zkVMs; a variant's leg informs, and only what ended the whole
 * run counts. The reference decides nothing. There is at least one leg.
 */
export const runReportOf = (legs: readonly Report[], reference: ReferenceReport | null): RunReport => {
  const heads = legs.filter(({ plan }) => plan.variant === null)
  const cycles = heads.map(({ cyclesVerdict }) => cyclesVerdict)
  const times = heads.flatMap(({ timeVerdict }) => timeVerdict ?? [])
  return {
    verdict: verdictOf(legs, [...cycles, ...times]),
    cyclesVerdict: joinAll(cycles),
    timeVerdict: times.length === 0 ? null : joinAll(times),
    legs,
    reference,
    proofs: sumOf(legs, ({ proofs }) => proofs),
    gpuMinutes: minutes(sumOf(legs, (leg) => leg.gpuMinutes) + (reference?.gpuMinutes ?? 0)),
    progress: {
      done: sumOf(legs, (leg) => leg.progress.done - sharedOf(leg)),
      planned: sumOf(legs, (leg) => leg.progress.planned - sharedOf(leg))
    },
    wall: seconds(sumOf(legs, ({ wall }) => wall))
  }
}

/**
 * What ended the whole run is true of it, whichever leg met it. A variant whose own sources could not be fetched, or with whom
 * alone the machine failed, takes nothing from what is known of head.
 */
const ENDED_RUN: ReadonlySet<Report['ending']> = new Set(['cancelled', 'infrastructure'])
const decides = ({ plan, ending }: Report): boolean => plan.variant === null || ENDED_RUN.has(ending)
const OF_ANY_LEG: ReadonlySet<RunState> = new Set(['cancelled', 'infrastructure'])

/** One zkVM whose sides are identical says nothing of another: beside others it is one without a change. */
const verdictOf = (legs: readonly Report[], verdicts: readonly MetricVerdict[]): RunReport['verdict'] => {
  const heads = legs.filter(({ plan }) => plan.variant === null)
  const states = new Set(
    RUN_STATES.filter((state) => {
      if (state === 'identical') return heads.length > 0 && heads.every(({ verdict }) => verdict === state)
      const asked = OF_ANY_LEG.has(state) ? legs.filter(decides) : heads
      return asked.some(({ verdict }) => verdict === state)
    })
  )
  return runVerdict(states, verdicts)
}

/** Trials of base that another leg made, and counts: nothing of an earlier run took any time. */
const sharedOf = ({ trials }: Report): number => trials.filter(({ kept, wall }) => kept && wall > 0).length

const sumOf = (legs: readonly Report[], of: (leg: Report) => number): number =>
  legs.reduce((sum, leg) => sum + of(leg), 0)
