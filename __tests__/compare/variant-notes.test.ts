import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/domain/report.ts'
import { seconds } from '../../src/domain/quantity.ts'
import type { RunMeasurements } from '../../src/domain/run.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { reportOfRun } from '../../src/stages/report-of.ts'
import { aPlan } from '../support/plans.ts'
import { aBuild, aRun } from '../support/runs.ts'
import { aTrace, followRun, type Answer } from '../support/sessions.ts'

const BEGAN = Date.parse('2026-01-01T00:00:00.000Z')
/** A proof takes ten minutes, so that a pair of the last variant is half an hour apart. */
const PROOF = 600

/** Head and three variants, every trial right after the one before; after one of them so many seconds go by. */
const measured = (
  answer: (trial: Trial) => Answer = () => PROOF,
  pause: { readonly after: string; readonly seconds: number } | null = null
): RunMeasurements => {
  let now = BEGAN
  const plans = [null, 'v1', 'v2', 'v3'].map((variant) => aPlan({ variant, gpuMinutes: null }))
  const { legs } = followRun(plans, (trial) => {
    const startedAt = new Date(now).toISOString()
    const given = answer(trial)
    const own: Partial<TrialRecord> = typeof given === 'object' ? given : {}
    const wall = seconds(trial.mode === 'prove' ? PROOF : 1)
    now += (wall + (pause?.after === trial.id ? pause.seconds : 0)) * 1000
    return given === 'fails' ? failed(startedAt, wall) : { startedAt, wall, ...own }
  })
  const [build] = [aRun([], { records: [] })]
  return {
    legs: legs.map(({ plan, records }) => ({
      ...build,
      plan,
      records,
      builds: { base: aBuild('a'), head: aBuild('b', { toolchain: 'rustc 1.91.0' }) },
      ending: 'complete',
      planned: plannedTrials(plan).length
    })),
    reference: null
  }
}

const failed = (startedAt: string, wall: TrialRecord['wall']): Partial<TrialRecord> => ({
  startedAt,
  wall,
  outcome: { kind: 'failed', reason: 'proving-failed', message: 'It says so.', tail: '' }
})

const notesIn = (run: RunMeasurements): readonly Report['notes'][] =>
  reportOfRun(run).legs.map(({ notes }) => notes)

const splits = (run: RunMeasurements): readonly (readonly string[])[] =>
  notesIn(run).map((notes) => notes.filter((note) => note.startsWith('Not back to back')))

describe('a pair whose halves are far apart', () => {
  test('is no interruption where other legs were proved in between', () => {
    expect(splits(measured())).toEqual([[], [], [], []])
  })

  test('nor where the half was tried again', () => {
    const run = measured((trial) => (trial.id === 'timed-r1-100-sp1-base' ? 'fails' : PROOF))
    expect(splits(run)).toEqual([[], [], [], []])
  })

  test('is told of the legs in whose pair nothing ran for a while', () => {
    const run = measured(undefined, { after: 'timed-r1-100-sp1-head', seconds: 3600 })
    const note = (name: string): string =>
      `Not back to back, more than 5 minutes without a proof in between: base and ${name} in round 1 of block 100.`
    expect(splits(run)).toEqual([[], [note('v1')], [note('v2')], [note('v3')]])
  })

  test('is told of head where it comes last', () => {
    const run = measured(undefined, { after: 'timed-r1-101-sp1-head', seconds: 301 })
    expect(splits(run)[0]).toEqual([
      'Not back to back, more than 5 minutes without a proof in between: base and head in round 1 of block 101.'
    ])
  })
})

test('in the leg of a variant its name stands where head does', () => {
  const foreign = { gpu: aTrace({ foreign: ['7 miner'] }) }
  const run = measured((trial) => {
    if (trial.id === 'timed-r1-100-sp1-head@v1') return 'fails'
    if (trial.id === 'timed-r2-101-sp1-head@v2') return foreign
    return PROOF
  })
  const [head, v1, v2] = notesIn(run)
  expect(head).toEqual(['Toolchains differ: base rustc 1.90.0 (1159e78c4 2025-09-14), head rustc 1.91.0.'])
  expect(v1).toEqual([
    'v1 failed once to prove block 100 in round 1 (proving-failed) and proved it when tried again.',
    'Toolchains differ: base rustc 1.90.0 (1159e78c4 2025-09-14), v1 rustc 1.91.0.'
  ])
  expect(v2).toContain(
    'Disturbed, so measured again: round 2 of block 101 (another process was on the GPU during v2).'
  )
})

test('what is still to be made of base is planned once', () => {
  const { legs } = measured()
  const plan = legs[0]!.plan
  const cut = legs.map((leg) => ({ ...leg, records: leg.records.slice(0, 1), ending: 'cancelled' as const }))
  const trials = plannedTrials(plan)
  const ofBase = trials.filter(({ side }) => side === 'base').length
  const planned = ofBase + 4 * (trials.length - ofBase)
  expect(reportOfRun({ legs: cut, reference: null }).progress).toEqual({ done: 1, planned })
  const unbuilt = cut.map((leg) =>
    leg.plan.variant === 'v3' ? { ...leg, records: [], ending: 'stopped' as const } : leg
  )
  expect(reportOfRun({ legs: unbuilt, reference: null }).progress).toEqual({
    done: 1,
    planned: planned - (trials.length - ofBase)
  })
  const ended = reportOfRun({ legs, reference: null }).progress
  expect(ended.planned).toBe(planned)
  expect(ended.done).toBeLessThan(planned)
})
