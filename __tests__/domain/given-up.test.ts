import { seconds } from '../../src/domain/quantity.ts'
import { describe, expect, test } from 'vitest'
import type { Reason } from '../../src/domain/failure.ts'
import { givenUp } from '../../src/domain/given-up.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { cyclesPlace, trialAt } from '../../src/plan/trials.ts'
import { aPlan, block } from '../support/plans.ts'
import { aTrace, recordOf, type Answer } from '../support/sessions.ts'

const head = (round: number, take: number): Trial =>
  trialAt(aPlan(), { phase: 'timed', side: 'head', block: block(100), round }, { take, cause: 'planned' })

const failed = (reason: Reason): Partial<TrialRecord> => ({
  outcome: { kind: 'failed', reason, message: 'It says so.', tail: '' }
})
const own = failed('proving-failed')
const disturbed = { ...own, gpu: aTrace({ foreign: ['4711 python3'] }) }

/** Head's takes in the rounds of a block. */
const rounds = (...takes: readonly (readonly Answer[])[]): readonly TrialRecord[] =>
  takes.flatMap((of, round) => of.map((answer, take) => recordOf(head(round + 1, take + 1), answer)))

describe('who is given up', () => {
  test.each<[what: string, records: readonly TrialRecord[], whose: 'head' | 'machine' | null]>([
    ['one failure', rounds([own]), null],
    ['one failure, and then it did', rounds([own, 100]), null],
    ['two, of a block that it never did', rounds([own, own]), 'head'],
    ['two, of a block that it did before', rounds([100], [own, own]), null],
    ['twice two, of a block that it did before', rounds([100], [own, own], [own, own]), 'head'],
    ['two that say nothing about head', rounds([failed('not-started'), failed('not-started')]), 'machine'],
    ['one that lasts', rounds([failed('disk-full')]), 'machine'],
    ['one that lasts, of a block that it did before', rounds([100], [failed('disk-full')]), 'machine'],
    ['two, the second beside a process of somebody else', rounds([own, disturbed]), 'machine'],
    ['two, the first beside a process of somebody else', rounds([disturbed, own]), 'machine'],
    ['a machine that is not ready, and one of its own', rounds([failed('not-started'), own]), 'machine'],
    ['one place lost by the machine and one by head', rounds([100], [disturbed, own], [own, own]), 'machine'],
    ['two lost by head, one by the machine', rounds([disturbed, disturbed], [own, own], [own, own]), 'head']
  ])('%s', (_, records, whose) => {
    const found = givenUp(records).map(({ isMachines }) => (isMachines ? 'machine' : 'head'))
    expect(found).toEqual(whose === null ? [] : [whose])
  })

  test('the failure shown is the one that says whose it is', () => {
    const [found] = givenUp(rounds([failed('not-started'), own]))
    expect(found?.record.outcome).toMatchObject({ reason: 'not-started' })
  })

  test('what an earlier run did shows nothing of today', () => {
    const place = cyclesPlace('base', block(100))
    const take = (number: number, answer: Answer) =>
      recordOf(trialAt(aPlan(), place, { take: number, cause: 'determinism' }), answer)
    const failures = [take(2, failed('execution-failed')), take(3, failed('execution-failed'))]
    const earlier = { ...take(1, 1), wall: seconds(0), kept: true }
    expect(givenUp([earlier, ...failures])).toMatchObject([{ side: 'base' }])
    // Another leg of this run did it.
    expect(givenUp([{ ...take(1, 1), kept: true }, ...failures])).toEqual([])
    expect(givenUp([take(1, 1), ...failures])).toEqual([])
  })
})
