import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({
    floodMebibytes: 4,
    behaviours: {
      101: 'PanicsInExecution',
      102: 'FailsInProving',
      103: 'FailsInProvingExitsZero',
      104: 'PanicsInProving',
      105: 'PanicsOutsideCatch',
      106: 'ForgesReport',
      107: 'ReportsImplausibleTime',
      108: 'MissingReportLine',
      109: 'FloodsTheLog',
      110: 'LeavesChild',
      111: 'LeavesDaemon',
      112: 'PrintsWorkflowCommands',
      113: 'ForgesFasterReport'
    }
  })
})

afterAll(() => laboratory.remove())

interface Report {
  readonly verdict: string
  readonly comparisons: readonly { block: number; metric: string; percent: number }[]
  readonly failures: readonly { side: string; stage: string; block: number; reason: string; tail: string }[]
  readonly trials: readonly { id: string; outcome: string; remarks?: readonly string[] }[]
}

const runBlocks = async (
  blocks: string
): Promise<Ended & { readonly report: Report; readonly comment: string }> => {
  const reportDir = join(laboratory.directory, `report-${blocks}`)
  const ended = await runCli(['run', ...laboratory.flags(blocks, reportDir)], { cwd: laboratory.directory })
  const comment = readFileSync(join(reportDir, 'comment.md'), 'utf8')
  const report = JSON.parse(readFileSync(join(reportDir, 'report.json'), 'utf8')) as Report
  return { ...ended, report, comment }
}

describe('a failure of head on one block', () => {
  test.each([
    [101, 'execute', 'execution-failed'],
    [102, 'prove', 'proving-failed'],
    [103, 'prove', 'proving-failed'],
    [104, 'prove', 'proving-failed'],
    [105, 'execute', 'execution-failed'],
    [106, 'prove', 'proving-failed'],
    [107, 'prove', 'implausible-time'],
    [108, 'prove', 'report-line-missing']
  ])('block %i: %s fails, %s', async (block, stage, reason) => {
    const { code, report, comment } = await runBlocks(`100,${block}`)
    expect(report.verdict).toBe('head-failed')
    expect(code).toBe(1)
    expect(report.failures).toHaveLength(1)
    expect(report.failures[0]).toMatchObject({ side: 'head', stage, block, reason })
    expect(report.failures[0]?.tail).not.toBe('')
    expect(comment).toContain(reason)
    // The other block is kept; where one cannot be executed, no proof can change the verdict and none is made.
    const metric = stage === 'execute' ? 'cycles' : 'proving-time'
    expect(report.comparisons).toContainEqual(expect.objectContaining({ block: 100, metric }))
    expect(report.trials.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2)
    expect(processesWith(laboratory.directory)).toEqual([])
  })
})

describe('what is no failure', () => {
  test.each([
    [109, 'floods the log'],
    [110, 'leaves a child that holds its streams'],
    [111, 'leaves a daemon in a session of its own'],
    [112, 'prints workflow commands'],
    [113, 'forges a faster report on stderr']
  ])('block %i %s', async (block) => {
    const { code, report, stdout, stderr } = await runBlocks(String(block))
    expect(report.failures).toEqual([])
    expect(code).toBe(0)
    expect(report.verdict).toBe('no-change')
    const times = report.comparisons.filter(({ metric }) => metric === 'proving-time')
    expect(Math.abs(times[0]?.percent ?? Infinity)).toBeLessThan(1)
    expect(`${stdout}${stderr}`).not.toMatch(/##\[|(^|[\r\n])\s*::/)
    expect(processesWith(laboratory.directory)).toEqual([])
  })
})
