import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src/domain/failure.ts'
import type { Ending, RunMeasurements } from '../../src/domain/run.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { finish } from '../../src/stages/run-job.ts'
import { beginState, continueFrom, endLeg, openLegs, planOf } from '../../src/stages/run-state.ts'
import { aPlan, sha } from '../support/plans.ts'
import { aBuild, aMachine } from '../support/runs.ts'
import { recordOf } from '../support/sessions.ts'

const failureOf = (reason: Failure['reason'], side: Failure['side'] = null): Failure => ({
  side,
  stage: 'prove',
  block: null,
  reason,
  message: 'It says so.',
  tail: ''
})

const plan = {
  legs: [aPlan(), aPlan({ variant: 'v1' }), aPlan({ zkvm: 'zisk' })],
  reference: {
    prover: 'rsp' as const,
    revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: sha('e') }
  }
}

const begin = (endings: readonly (Ending | null)[]) => {
  const state = beginState(plan, aMachine(), ['known before'])
  for (const [index, leg] of state.legs.entries()) leg.ending = endings[index] ?? null
  return state
}

const endings = ({ legs }: RunMeasurements): readonly Ending[] => legs.map(({ ending }) => ending)
const reasons = ({ legs }: RunMeasurements): readonly (readonly string[])[] =>
  legs.map(({ failures }) => failures.map(({ reason }) => reason))

describe('what a run found out when it ended', () => {
  test('legs that are over keep how they ended; what stopped the run is told with the first that is open', () => {
    const stop = { ending: 'infrastructure' as const, failures: [failureOf('gpu-lost')] }
    const made = finish(begin(['complete', null, null]), stop)
    expect(endings(made)).toEqual(['complete', 'infrastructure', 'infrastructure'])
    expect(reasons(made)).toEqual([[], ['gpu-lost'], []])
  })

  test('a leg that could not be built says why, and the others go on', () => {
    const state = begin([null, null, null])
    endLeg(state.legs[1]!, { ending: 'stopped', failures: [failureOf('build-failed', 'head')] })
    expect(openLegs(state)).toEqual([state.legs[0], state.legs[2]])
    const made = finish(state, { ending: 'complete', failures: [] })
    expect(endings(made)).toEqual(['complete', 'stopped', 'complete'])
    expect(reasons(made)).toEqual([[], ['build-failed'], []])
  })

  test('where somebody tampered with the run no leg came to its end', () => {
    const stop = { ending: 'infrastructure' as const, failures: [failureOf('tampered')] }
    const made = finish(begin(['complete', 'identical', 'budget-spent']), stop)
    expect(endings(made)).toEqual(['infrastructure', 'infrastructure', 'infrastructure'])
    expect(reasons(made)).toEqual([['tampered'], [], []])
  })

  test('notes of the run stand once, and the reference is there before it is measured', () => {
    const made = finish(begin([]), { ending: 'cancelled', failures: [] })
    expect(made.legs.map(({ notes }) => notes)).toEqual([['known before'], [], []])
    expect(made.reference).toEqual({ plan: plan.reference, records: [], failures: [], notes: [] })
    expect(planOf(made)).toEqual(plan)
  })

  test('a leg of which nothing was built is on the machine of the others', () => {
    const state = begin(['identical', null, null])
    state.legs[1]!.builds.base = aBuild('a')
    const { legs } = finish(state, { ending: 'complete', failures: [] })
    expect(legs.map(({ machine }) => machine.rustc)).toEqual(
      Array.from({ length: 3 }, () => aBuild('a').toolchain)
    )
  })

  test('records of an interrupted run go to their legs', () => {
    const state = begin([])
    const records = plan.legs.map((leg) => recordOf(plannedTrials(leg)[0]!, 1))
    continueFrom(state, records)
    expect(state.legs.map((leg) => leg.records)).toEqual(records.map((record) => [record]))
  })
})
