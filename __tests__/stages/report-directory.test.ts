import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bytes, seconds } from '../../src/domain/quantity.ts'
import type { Machine } from '../../src/domain/machine.ts'
import type { TrialRecord } from '../../src/domain/trial.ts'
import { journalTrial } from '../../src/documents/journal.ts'
import { files } from '../../src/io/node/files.ts'
import { openJournal } from '../../src/io/node/journal-file.ts'
import { openRunJournal, takeReportDirectory } from '../../src/stages/report-directory.ts'
import { aPlan, block } from '../support/plans.ts'
import { aBuild, aMachine } from '../support/runs.ts'
import { keptLog } from '../support/small-trees.ts'
import { temporaryDirectory } from '../io/node/programs.ts'

const plan = aPlan()
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
const builds = { base: aBuild('a'), head: aBuild('b') }

/** A run that is started, finishes a trial, and is cut off. */
const interrupted = async (passed: string) => {
  const reportDir = join(temporaryDirectory(), 'report')
  const log = keptLog()
  const ports = { files, log, openJournal }
  const open = (records: TrialRecord[], now: string) =>
    openRunJournal(reportDir, { plan, builds, machine, passed: now, records }, ports)
  await takeReportDirectory(reportDir, plan, ports)
  const journal = await open([], passed)
  await journal.append(journalTrial(record))
  await journal.close()
  return { reportDir, log, ports, open }
}

test('a run goes on where it was', async () => {
  const { reportDir, log, ports, open } = await interrupted('')
  const records = [...(await takeReportDirectory(reportDir, plan, ports))]
  await (await open(records, '')).close()
  expect(records).toEqual([record])
  expect(log.lines).toEqual(['continuing an interrupted run: 1 finished trials are kept'])
})

test('but not with other variables: they may change every figure', async () => {
  const { reportDir, log, ports, open } = await interrupted('')
  const records = [...(await takeReportDirectory(reportDir, plan, ports))]
  await (await open(records, 'f'.repeat(64))).close()
  expect(records).toEqual([])
  expect(log.lines.at(-1)).toMatch(/let through to them are not those of the interrupted run/)
})

test('a run that has nothing to go on with moves it away, and says whose it was', async () => {
  const { reportDir, log, ports } = await interrupted('')
  expect(await takeReportDirectory(reportDir, null, ports)).toEqual([])
  expect(log.lines).toEqual([
    `an unfinished run of head ${plan.revisions.head.sha} is not continued by this one: it is moved to previous/`
  ])
  const moved = await files.readText(join(reportDir, 'previous', 'journal.jsonl'), bytes(1e6))
  expect(moved).toContain(record.trial.id)
})
