import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { journalLines, runCli, start, until } from '../support/terminal.ts'

let laboratory: Laboratory
let unbroken: unknown

beforeAll(async () => {
  laboratory = await openLaboratory(
    {
      secondsPerGigagas: 3,
      cyclesPerGas: { read_input: 1, execution: 50, 'execution/execute_block': 35, commit_public_inputs: 1 }
    },
    { secondsPerGigagas: 4 }
  )
  const ended = await runCli(['run', ...flags('unbroken')], { cwd: laboratory.directory })
  expect(ended.code).toBe(0)
  unbroken = lasting(ended.stdout)
})

afterAll(() => laboratory.remove())

const reportDir = (name: string): string => join(laboratory.directory, name)
const flags = (name: string): readonly string[] => laboratory.flags('100-101', reportDir(name), ['--json'])

/** What a report says, without the moments and durations that no two runs share. */
const lasting = (json: string): unknown => {
  const report = JSON.parse(json) as Record<string, unknown> & { trials: Record<string, unknown>[] }
  const {
    verdict,
    cyclesVerdict,
    timeVerdict,
    comparisons,
    overall,
    spans,
    failures,
    notes,
    base,
    head,
    host
  } = report
  const trials = report.trials.map(({ id, side, block, mode, round, outcome, cycles }) => ({
    id,
    side,
    block,
    mode,
    round,
    outcome,
    cycles
  }))
  return {
    verdict,
    cyclesVerdict,
    timeVerdict,
    comparisons,
    overall,
    spans,
    failures,
    notes,
    base,
    head,
    host,
    trials
  }
}

/** Killed while building, then after each number of journal lines (the first is the start line). */
const POINTS = [0, 1, 2, 3, 4, 5, 7, 9, 11, 13]

test('killed ten times, it goes on each time from where it was, and says what an unbroken run says', async () => {
  const name = 'killed'
  for (const lines of POINTS) {
    const before = journalLines(reportDir(name))
    const started = start(['run', ...flags(name)], { cwd: laboratory.directory })
    await until(() => journalLines(reportDir(name)).length >= lines, `${lines} lines`)
    started.child.kill('SIGKILL')
    await started.ended
    expect([lines, journalLines(reportDir(name)).slice(0, before.length)]).toEqual([lines, before])
  }
  const kept = journalLines(reportDir(name))
  expect(kept.length).toBeGreaterThanOrEqual(13)
  const resumed = await runCli(['run', ...flags(name)], { cwd: laboratory.directory })
  expect(resumed.code).toBe(0)
  expect(journalLines(reportDir(name)).slice(0, kept.length)).toEqual(kept)
  expect(lasting(resumed.stdout)).toEqual(unbroken)
  expect(lasting(readFileSync(join(reportDir(name), 'report.json'), 'utf8'))).toEqual(unbroken)
  expect(processesWith(laboratory.directory)).toEqual([])
})

test('a finished run is not continued: it is moved aside and measured anew', async () => {
  const before = journalLines(reportDir('unbroken'))
  const again = await runCli(['run', ...flags('unbroken')], { cwd: laboratory.directory })
  expect(again.code).toBe(0)
  expect(journalLines(reportDir('unbroken'))).not.toEqual(before)
  expect(journalLines(join(reportDir('unbroken'), 'previous'))).toEqual(before)
})
