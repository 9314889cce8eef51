import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commit } from '../../stand-in/repositories.ts'
import { openLaboratory, type Laboratory } from '../support/laboratory.ts'
import { journalLines, runCli, start, until, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory

/** Seconds of a proof by block; blocks of an outlier are used once, since proofs are counted for ever. */
const AS_BASE = { 100: 0.02, 101: 0.02, 102: 0.02, 103: 0.02, 104: 0.02, 105: 0.02, 106: 0.02, 107: 0.02 }

beforeAll(async () => {
  laboratory = await openLaboratory(
    {
      seconds: { ...AS_BASE, 101: 0.021, 102: 0.019, 104: 0.022 },
      outliers: [{ block: 106, proof: 3, percent: 40 }],
      failsOnce: [{ block: 105, proof: 2 }]
    },
    { seconds: AS_BASE, outliers: [{ block: 107, proof: 2, percent: 40 }] }
  )
})

afterAll(() => laboratory.remove())

interface Leg {
  readonly sameness: {
    readonly sources: { kind: string; paths?: readonly { path: string; parts: readonly string[] }[] }
    readonly inputs: readonly { block: number; base: string; head: string }[]
  }
  readonly time: {
    readonly looks: readonly { index: number; verdict: string | null; pairs: number }[]
    readonly retaken: readonly { block: number; side: string; cause: string }[]
  } | null
}

interface Report {
  readonly verdict: string
  readonly cyclesVerdict: string
  readonly timeVerdict: string | null
  readonly proofs: number
  readonly gpuMinutes: number
  readonly trials: readonly { id: string; phase: string; side: string; outcome: string; cause: string }[]
  readonly comparisons: readonly { block: number; metric: string; verdict: string }[]
  readonly legs: readonly [Leg]
  readonly notes: readonly string[]
}

interface Made extends Ended {
  readonly report: Report
  readonly comment: string
  readonly reportDir: string
}

let made = 0

const run = async (blocks: string, more: readonly string[] = []): Promise<Made> => {
  made += 1
  const reportDir = join(laboratory.directory, `verdict-${made}`)
  const flags = laboratory.flags(blocks, reportDir, ['--when-identical', 'skip', ...more])
  const ended = await runCli(['run', ...flags], { cwd: laboratory.directory })
  const read = (name: string): string => readFileSync(join(reportDir, name), 'utf8')
  const report = JSON.parse(read('report.json')) as Report
  return { ...ended, report, comment: read('comment.md'), reportDir }
}

describe('a head whose prover changed, and nothing else', () => {
  test('is no change where it is as fast, and nothing is executed', async () => {
    const { code, report, comment } = await run('100')
    expect(code).toBe(0)
    expect(report).toMatchObject({
      verdict: 'no-change',
      cyclesVerdict: 'no-change',
      timeVerdict: 'no-change'
    })
    expect(report.trials.filter(({ phase }) => phase === 'cycles')).toEqual([])
    expect(report.legs[0].sameness.sources).toMatchObject({
      kind: 'different',
      paths: [{ parts: ['prover'] }]
    })
    const [input] = report.legs[0].sameness.inputs
    expect(input?.base).toMatch(/^[0-9a-f]{64}$/)
    expect(input?.head).toBe(input?.base)
    expect(report.legs[0].time?.looks).toMatchObject([{ index: 1, pairs: 5, verdict: 'no-change' }])
    expect(comment).toContain('would have been seen')
  })

  test.each([
    ['101', 'regression', 1],
    ['102', 'improvement', 0]
  ])(
    'block %s, 5 %% off: %s, and the step exits %i where regressions fail it',
    async (block, verdict, code) => {
      const made = await run(block, ['--fail-on', 'regression'])
      expect(made.report).toMatchObject({ verdict, timeVerdict: verdict, cyclesVerdict: 'no-change' })
      expect(made.code).toBe(code)
    }
  )

  test('slower on one block of four: that block is named', async () => {
    const { report, comment } = await run('100,103-105')
    const rows = report.comparisons.filter(({ metric }) => metric === 'proving-time')
    expect(rows.filter(({ verdict }) => verdict === 'regression').map(({ block }) => block)).toEqual([104])
    expect(comment.split('\n')[1]).toContain('104')
    // Head failed once on block 105, and proved it when it was tried again.
    expect(report.verdict).toBe('regression')
    expect(report.legs[0].time?.retaken).toMatchObject([{ block: 105, side: 'head', cause: 'retry' }])
    expect(comment).toMatch(/failed once/)
  })

  test('outliers of either side are repeated and change no verdict', async () => {
    const { report } = await run('106-107')
    expect(report.legs[0].time?.retaken).toMatchObject([
      { block: 107, side: 'base', cause: 'outlier' },
      { block: 106, side: 'head', cause: 'outlier' }
    ])
    expect(report.verdict).toBe('no-change')
  })
})

describe('what cannot differ', () => {
  test('a head with other documents is identical: nothing is built, nothing is run, in seconds', async () => {
    const { ethrex } = laboratory
    const files = { 'docs/proving.md': '# Other words\n', 'cmd/ethrex/README.md': 'The node.\n' }
    await commit({ repository: ethrex, branch: 'documents', message: 'docs: other words', files })
    const began = performance.now()
    const { code, report, comment, reportDir } = await run('100', ['--head', 'documents'])
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(code).toBe(0)
    expect(report).toMatchObject({ verdict: 'identical', proofs: 0, gpuMinutes: 0, trials: [] })
    expect(report.legs[0].sameness.sources.kind).toBe('identical')
    expect(report.legs[0].sameness.sources.paths?.map(({ path }) => path)).toContain('crates/guest-program')
    expect(existsSync(join(reportDir, 'logs', 'build-head.log'))).toBe(false)
    expect(comment).toContain('Identical')
    expect(comment).toContain('when-identical: measure')
  })

  test('another input for the same guest is executed', async () => {
    const { ethrex } = laboratory
    const sources = { inputFormat: 2 }
    await commit({ repository: ethrex, branch: 'other-input', message: 'rpc: another input', sources })
    const { report } = await run('100', ['--head', 'other-input', '--mode', 'execute'])
    const [input] = report.legs[0].sameness.inputs
    expect(input?.base).not.toBe(input?.head)
    const executed = report.trials.filter(({ phase }) => phase === 'cycles').map(({ side }) => side)
    expect(new Set(executed)).toEqual(new Set(['base', 'head']))
    expect(report.cyclesVerdict).toBe('no-change')
  })

  test('cycles of base are executed for once, and kept for the runs to come', async () => {
    const { ethrex } = laboratory
    const sources = {
      cyclesPerGas: { read_input: 1, execution: 44, 'execution/execute_block': 33, commit_public_inputs: 1 }
    }
    await commit({ repository: ethrex, branch: 'other-guest', message: 'guest: more cycles', sources })
    const flags = ['--head', 'other-guest', '--mode', 'execute']
    const first = await run('110-111', flags)
    const second = await run('110-111', flags)
    const executedOfBase = ({ report }: Made): number =>
      report.trials.filter((trial) => trial.side === 'base' && !('kept' in trial && trial.kept === true))
        .length
    expect(first.report.cyclesVerdict).toBe('regression')
    expect(second.report.cyclesVerdict).toBe('regression')
    // The cheapest block is executed again all the same: a count that is not the same twice is none.
    expect([executedOfBase(first), executedOfBase(second)]).toEqual([3, 1])
  })
})

test('killed while it measures and started again, it comes to the verdict of a run that was left alone', async () => {
  const reportDir = join(laboratory.directory, 'killed')
  const flags = laboratory.flags('101-102', reportDir, ['--when-identical', 'skip'])
  for (const lines of [2, 5]) {
    const started = start(['run', ...flags], { cwd: laboratory.directory })
    await until(() => journalLines(reportDir).length >= lines, `${lines} lines`)
    started.child.kill('SIGKILL')
    await started.ended
  }
  const kept = journalLines(reportDir)
  const resumed = await runCli(['run', ...flags], { cwd: laboratory.directory })
  const report = JSON.parse(readFileSync(join(reportDir, 'report.json'), 'utf8')) as Report
  const whole = await run('101-102')
  expect(resumed.code).toBe(0)
  expect(journalLines(reportDir).slice(0, kept.length)).toEqual(kept)
  const ids = report.trials.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(whole.report.trials.map(({ id }) => id))
  expect(report.legs[0].time).toEqual(whole.report.legs[0].time)
  expect(report.verdict).toBe(whole.report.verdict)
})
