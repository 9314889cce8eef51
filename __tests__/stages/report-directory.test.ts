import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bytes, seconds } from '../../src/domain/quantity.ts'
import type { Machine } from '../../src/domain/machine.ts'
import type { Build } from '../../src/domain/build.ts'
import type { BySide } from '../../src/domain/revision.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { journalTrial } from '../../src/documents/journal.ts'
import { files } from '../../src/io/node/files.ts'
import { openJournal } from '../../src/io/node/journal-file.ts'
import { openRunJournal, takeReportDirectory } from '../../src/stages/report-directory.ts'
import { aPlan, aRunPlan, block, sha } from '../support/plans.ts'
import { aBuild, aMachine } from '../support/runs.ts'
import { keptLog } from '../support/small-trees.ts'
import { temporaryDirectory } from '../io/node/programs.ts'

const plan = aRunPlan()
const machine: Machine = aMachine()
const record: TrialRecord = {
  trial: {
    id: 'cycles-100-sp1-base',
    phase: 'cycles',
    side: 'base',
    block: block(100),
    zkvm: 'sp1',
    variant: null,
    mode: 'execute',
    round: null,
    take: 1,
    cause: 'planned'
  },
  outcome: { kind: 'failed', reason: 'execution-failed', message: 'the guest panicked', tail: '' },
  wall: seconds(13),
  startedAt: '2026-03-01T00:00:00.000Z',
  remarks: [],
  unread: [],
  gpu: null,
  kept: false
}
const builds = [{ base: aBuild('a'), head: aBuild('b') }]

/** A run that is started, finishes a trial, and is cut off. */
const interrupted = async (passed: string) => {
  const reportDir = join(temporaryDirectory(), 'report')
  const log = keptLog()
  const ports = { files, log, openJournal }
  const open = (now: string, of: readonly BySide<Build | null>[] = builds) =>
    openRunJournal(reportDir, { plan, builds: of, machine, passed: now }, ports)
  await takeReportDirectory(reportDir, plan, ports)
  const { journal } = await open(passed)
  await journal.append(journalTrial(record))
  await journal.close()
  return { reportDir, log, ports, open }
}

test('a run goes on where it was', async () => {
  const { reportDir, log, ports, open } = await interrupted('')
  expect(await takeReportDirectory(reportDir, plan, ports)).toEqual([record])
  const { journal, isContinued } = await open('')
  await journal.close()
  expect(isContinued).toBe(true)
  expect(log.lines).toEqual(['continuing an interrupted run: 1 finished trials are kept'])
})

test('but not with other variables: they may change every figure', async () => {
  const { reportDir, log, ports, open } = await interrupted('')
  expect(await takeReportDirectory(reportDir, plan, ports)).toEqual([record])
  const { journal, isContinued } = await open('f'.repeat(64))
  await journal.close()
  expect(isContinued).toBe(false)
  expect(log.lines.at(-1)).toMatch(/let through to them are not those of the interrupted run/)
})

test('a run that has nothing to go on with moves it away, and says whose it was', async () => {
  const { reportDir, log, ports } = await interrupted('')
  expect(await takeReportDirectory(reportDir, null, ports)).toEqual([])
  expect(log.lines).toEqual([
    `an unfinished run of head ${plan.legs[0]!.revisions.head.sha} is not continued by this one: it is moved to previous/`
  ])
  const moved = await files.readText(join(reportDir, 'previous', 'journal.jsonl'), bytes(1e6))
  expect(moved).toContain(record.trial.id)
})

describe('a run of several legs', () => {
  const variant = aPlan({ variant: 'trie3' })
  const several = { ...plan, legs: [...plan.legs, variant] }

  test('goes on with all its legs, or not at all', async () => {
    const { reportDir, ports } = await interrupted('')
    expect(await takeReportDirectory(reportDir, several, ports)).toEqual([])
    expect(await files.readText(join(reportDir, 'previous', 'journal.jsonl'), bytes(1e6))).toContain('cycles')
  })

  test.each([
    ['another head', { ...several, legs: [...plan.legs, aPlan({ variant: 'trie4' })] }],
    ['another order', { ...several, legs: several.legs.toReversed() }],
    [
      'a reference',
      {
        ...several,
        reference: { prover: 'rsp' as const, revision: { repository: 'r', ref: 'main', sha: sha('e') } }
      }
    ]
  ])('%s is another run', async (_, other) => {
    const reportDir = join(temporaryDirectory(), 'report')
    const ports = { files, log: keptLog(), openJournal }
    const carried = { builds: [...builds, ...builds], machine, passed: '' }
    await takeReportDirectory(reportDir, several, ports)
    const { journal } = await openRunJournal(reportDir, { plan: several, ...carried }, ports)
    await journal.append(journalTrial(record))
    await journal.close()
    expect(await takeReportDirectory(reportDir, several, ports)).toEqual([record])
    expect(await takeReportDirectory(reportDir, other, ports)).toEqual([])
  })

  test('is another where one of its builds is, or is there no more', async () => {
    for (const head of [aBuild('c'), null]) {
      const { reportDir, ports, open } = await interrupted('')
      await takeReportDirectory(reportDir, plan, ports)
      const { journal, isContinued } = await open('', [{ base: aBuild('a'), head }])
      await journal.close()
      expect(isContinued).toBe(false)
    }
  })
})
