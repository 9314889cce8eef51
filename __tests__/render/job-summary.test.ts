import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderComment } from '../../src/render/comment.ts'
import { cutToBytes } from '../../src/render/cut.ts'
import { renderJobSummary } from '../../src/render/job-summary.ts'
import { HOSTILE, hostileRun } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'
import { aRun, failing, planFor, span, withFailed, type BlockFigures } from '../support/runs.ts'
import { aContext, regressed } from '../support/standings.ts'
import { runOf } from './run-of.ts'

const MEBIBYTE = 1_048_576

/** Every block fails on both sides with a long log, in a run with many spans and notes. */
const enormous = (said: string) => {
  const figures = Array.from({ length: 256 }, (_, index): BlockFigures => {
    const spans = (factor: bigint) =>
      Array.from({ length: 20 }, (_span, number) =>
        span(['execution', `${said} ${number}`], factor * BigInt(index + number + 1))
      )
    return {
      block: 23426993 + index,
      gas: 30_000_000n,
      cycles: { base: 10n ** 13n, head: 10n ** 13n + BigInt(index) * 10n ** 11n },
      proving: { base: 5000, head: 5000 },
      spans: { base: spans(1n), head: spans(2n) }
    }
  })
  const changes = {
    plan: planFor(figures, { gpuMinutes: null }),
    notes: Array.from({ length: 256 }, () => said.repeat(3))
  }
  return withFailed(
    aRun(figures, changes),
    ({ phase }) => phase === 'timed',
    failing('proving-failed', said.repeat(3), `${said}\n`.repeat(30))
  )
}

describe('the job summary', () => {
  test('is the comment without what only a comment needs', () => {
    const report = runOf(regressed)
    const comment = renderComment(report, aContext)
    const visible = comment.replaceAll(/<!--.*?-->\n+/g, '')
    const summary = renderJobSummary(report, aContext)
    // The spans in a form to be copied are the summary's alone.
    expect(summary.replace(/\nMillion cycles of each span[^]*?```markdown\n[^]*?\n```\n/, '')).toBe(visible)
    expect(summary).toContain('- execute_block 10060.620 -> 10171.679 (+1.10%)')
  })

  test('leaves nothing out that a comment has no room for', () => {
    const report = runOf(enormous('harmless words, many of them; '.repeat(6)))
    const [comment, summary] = [renderComment(report, aContext), renderJobSummary(report, aContext)]
    expect(comment).toContain('Left out')
    expect(summary).not.toContain('Left out')
    expect(summary.length).toBeGreaterThan(10 * comment.length)
    expect(summary).toContain('| 23427000 |')
    expect(summary).not.toMatch(/more (?:failure|note|span)s? (?:in report|moved)/)
  })

  test('stays below 1 MiB and whole, with every trick everywhere', () => {
    const summary = renderJobSummary(runOf(enormous(HOSTILE.join(' '))), aContext)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(MEBIBYTE)
    expect(summary.length).toBeGreaterThan(MEBIBYTE / 4)
    const { tables, folds } = readComment(summary)
    for (const rows of tables) expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    expect(folds.filter((fold) => fold === '<details>')).toHaveLength(folds.length / 2)
  })

  test('says that it was cut, where everything is closed again', () => {
    const summary = renderJobSummary(runOf(enormous('@'.repeat(60))), aContext)
    expect(Buffer.byteLength(summary)).toBeGreaterThan(MEBIBYTE * 0.97)
    expect(summary).toMatch(
      /\n\n<\/details>\n\nCut here, because a job summary has to stay below 1 MiB\. All of it is in report\.json\.\n$/
    )
  })

  test('takes no markup from strangers', () => {
    for (const text of HOSTILE) {
      const { links, tags } = htmlOf(renderJobSummary(runOf(hostileRun(text)), aContext))
      expect(links).toEqual([aContext.runUrl])
      expect(tags).not.toContain('img')
    }
  })
})

describe('a cut', () => {
  const summary = renderJobSummary(runOf(hostileRun()), aContext)
  const size = Buffer.byteLength(summary)

  test('keeps to its limit and breaks nothing, wherever it falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: size - 1 }), (limit) => {
        const cut = cutToBytes(summary, limit, 'Cut.')
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit)
        expect(cut.endsWith('\n\nCut.\n')).toBe(true)
        const { tables, folds, open } = readComment(cut)
        expect(folds.filter((fold) => fold === '<details>')).toHaveLength(folds.length / 2)
        for (const rows of tables) {
          expect(rows.length).toBeGreaterThanOrEqual(3)
          expect(new Set(rows.map((row) => row.length)).size).toBe(1)
        }
        expect(open).not.toMatch(/<details>\n\n<\/details>/)
      }),
      { numRuns: 300 }
    )
  })

  test('takes no more than it has to', () => {
    const lines = summary.split('\n')
    const longest = Math.max(...lines.map((line) => Buffer.byteLength(line)))
    for (let limit = size - 1; limit > size / 2; limit -= 997) {
      expect(Buffer.byteLength(cutToBytes(summary, limit, 'Cut.'))).toBeGreaterThan(limit - 4 * longest)
    }
  })

  test('is none where all fits', () => {
    expect(cutToBytes(summary, size, 'Cut.')).toBe(summary)
  })
})
