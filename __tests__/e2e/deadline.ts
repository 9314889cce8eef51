import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes } from '../../src/domain/quantity.ts'
import type { Settings } from '../../src/domain/settings.ts'
import { parseInputs } from '../../src/inputs/parse.ts'
import { createLog } from '../../src/io/node/log.ts'
import { createWorld } from '../../src/main/world.ts'
import { NO_BRANCHES } from '../../src/stages/resolve.ts'
import { runComparison } from '../../src/stages/run.ts'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'

// The shortest deadline a user can set is a minute, so these run the pipeline in this process with a shorter one.
const DEADLINE = minutes(0.8 / 60)

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({
    behaviours: { 101: 'Hangs', 102: 'HangsInExecution', 103: 'IgnoresSignals', 104: 'FloodsForever' }
  })
})

afterAll(() => laboratory.remove())

const settingsFor = (blocks: string): Settings => {
  const { directory, cacheDir, witnesses, ethrex, host, headBranch } = laboratory
  const read = parseInputs(
    {
      blocks,
      witnesses,
      repository: ethrex,
      'host-repository': host,
      head: headBranch,
      resource: 'cpu',
      'cache-dir': cacheDir
    },
    {
      surface: 'terminal',
      workingDirectory: join(directory, `run-${blocks}`),
      home: null,
      defaultCacheDir: cacheDir,
      serverUrl: 'https://github.com',
      defaultRepository: null,
      rpcUrl: undefined
    }
  )
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return { ...read.value, whenIdentical: 'measure', trialTimeout: DEADLINE }
}

const run = async (blocks: string, changes: Partial<Settings> = {}) => {
  const settings = { ...settingsFor(blocks), ...changes }
  const lines: string[] = []
  const log = createLog(
    { write: (text) => lines.push(text), on: () => undefined },
    { terminal: false, redact: (text) => text }
  )
  const signal = new AbortController().signal
  const world = createWorld(settings, {
    environment: process.env,
    workingDirectory: laboratory.directory,
    cancellation: { signal, hardSignal: signal },
    log,
    redact: (text) => text
  })
  const run = { id: 0, attempt: 0 }
  const comment = { pullRequest: null, key: 'default', run, runUrl: null, outdatedBy: null }
  const describeComment = () => Promise.resolve(comment)
  const options = {
    hasRpcUrl: false,
    purpose: 'compare' as const,
    isOwnCode: true,
    timeScale: 1,
    notes: [],
    describeComment,
    branches: NO_BRANCHES
  }
  const end = await runComparison(settings, options, world)
  if (end.kind !== 'published') throw new Error(`${end.kind}: ${lines.join('')}`)
  const [report] = end.published.report.legs
  if (report === undefined) throw new Error('a report without a leg')
  return { report, comment: end.published.comment }
}

test.each([
  [101, 'prove', 'hangs in proving'],
  [102, 'execute', 'hangs in execution'],
  [103, 'execute', 'ignores INT and TERM'],
  [104, 'execute', 'prints without end']
])('block %i, which %s and %s, is ended at the deadline and leaves nothing', async (block, stage) => {
  const { report, comment } = await run(`100,${block}`)
  expect(report.verdict).toBe('head-failed')
  expect(report.failures).toEqual([
    expect.objectContaining({ side: 'head', stage, block, reason: 'timeout' })
  ])
  expect(comment).toContain('timeout')
  expect(report.comparisons.map((comparison) => comparison.block)).toContain(100)
  expect(processesWith(laboratory.directory)).toEqual([])
})

test('a budget that is spent in mid-round: what is at hand is judged, and the comment says so', async () => {
  // Some thirty milliseconds a proof, with all that starting one takes: twelve of them come before the first look.
  const { report, comment } = await run('105,106', { gpuMinutes: minutes(0.12 / 60) })
  expect(report.ending).toBe('budget-spent')
  expect(report.time?.looks).toHaveLength(1)
  expect(report.timeVerdict).toBe('inconclusive')
  expect(report.proofs).toBeLessThan(12)
  expect(report.trials.at(-1)?.phase).toBe('timed')
  expect(comment).toContain('gpu-minutes spent')
  expect(comment).toContain('with the data at hand')
})
