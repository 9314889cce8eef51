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
  readonly trials: readonly { id: string; block: number; outcome: string }[]
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

/** Blocks that only head fails at, how, and where one of them is not: the run goes on with the others. */
const FAILING: Readonly<Record<'execute' | 'prove', readonly (readonly [number, string])[]>> = {
  execute: [
    [101, 'execution-failed'],
    [105, 'execution-failed']
  ],
  prove: [
    [102, 'proving-failed'],
    [103, 'proving-failed'],
    [104, 'proving-failed'],
    [106, 'proving-failed'],
    [107, 'implausible-time'],
    [108, 'report-line-missing']
  ]
}

describe.each(['execute', 'prove'] as const)('a head that does not %s some blocks', (stage) => {
  const blocks = FAILING[stage].map(([block]) => block)
  let run: Awaited<ReturnType<typeof runBlocks>>

  beforeAll(async () => {
    run = await runBlocks(['100', ...blocks].join(','))
  })

  test('has failed, and leaves nothing', () => {
    expect(run.report.verdict).toBe('head-failed')
    expect(run.code).toBe(1)
    expect(run.report.failures.map(({ block }) => block)).toEqual(blocks)
    expect(processesWith(laboratory.directory)).toEqual([])
  })

  test.each(FAILING[stage])('block %i: %s', (block, reason) => {
    const failure = run.report.failures.find((one) => one.block === block)
    expect(failure).toMatchObject({ side: 'head', stage, reason })
    expect(failure?.tail).not.toBe('')
    expect(run.comment).toContain(reason)
    const tries = run.report.trials.filter((trial) => trial.block === block && trial.outcome === 'failed')
    expect(tries).toHaveLength(2)
  })

  test('the other block is kept; where one cannot be executed, no proof can change that and none is made', () => {
    const metric = stage === 'execute' ? 'cycles' : 'proving-time'
    expect(run.report.comparisons).toContainEqual(expect.objectContaining({ block: 100, metric }))
    expect(run.report.trials.some(({ id }) => id.startsWith('timed'))).toBe(stage === 'prove')
  })
})

/** What blocks of a head do that is no failure. */
const HARMLESS = [
  [109, 'floods the log'],
  [110, 'leaves a child that holds its streams'],
  [111, 'leaves a daemon in a session of its own'],
  [112, 'prints workflow commands'],
  [113, 'forges a faster report on stderr']
] as const

test('what a head does besides is no failure', async () => {
  const { code, report, stdout, stderr } = await runBlocks(HARMLESS.map(([block]) => block).join(','))
  expect(report.failures).toEqual([])
  expect(code).toBe(0)
  expect(report.verdict).toBe('no-change')
  for (const [block, what] of HARMLESS) {
    const time = report.comparisons.find((one) => one.block === block && one.metric === 'proving-time')
    expect([what, Math.abs(time?.percent ?? Infinity) < 1]).toEqual([what, true])
  }
  expect(`${stdout}${stderr}`).not.toMatch(/##\[|(^|[\r\n])\s*::/)
  expect(processesWith(laboratory.directory)).toEqual([])
})
