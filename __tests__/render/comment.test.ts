import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMarker } from '../../src/domain/comment-marker.ts'
import type { Failure } from '../../src/domain/failure.ts'
import { seconds } from '../../src/domain/quantity.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderProgressLine } from '../../src/render/progress.ts'
import { renderSummary } from '../../src/render/terminal.ts'
import type { CommentContext } from '../../src/render/view.ts'
import { anyText, HOSTILE, hostileRun } from '../support/hostile.ts'
import { readComment } from '../support/markdown.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { aPlan, sha, trialNamed } from '../support/plans.ts'
import { aRun, failing, planFor, span, withFailed, type BlockFigures } from '../support/runs.ts'
import { runOf } from './run-of.ts'

/** GitHub's, in characters; we count bytes, which are never fewer. */
const COMMENT_LIMIT = 65_536

const terminal: CommentContext = {
  pullRequest: null,
  key: 'default',
  run: { id: 0, attempt: 0 },
  runUrl: null,
  outdatedBy: null
}
const pullRequest: CommentContext = {
  ...terminal,
  pullRequest: 12,
  key: 'gpu-box',
  run: { id: 17, attempt: 2 }
}

test('the marker stands at byte 0', () => {
  const comment = renderComment(runOf(aRun(RECORDED)), pullRequest)
  expect(comment).toMatch(/^<!-- proving-regression v1 pr=12 key=gpu-box run=17\.2 -->\n## /)
  expect(parseMarker(comment)).toEqual({ pullRequest: 12, key: 'gpu-box', run: { id: 17, attempt: 2 } })
})

test('in a terminal it is that of pull request 0, and nothing is hidden beside it', () => {
  const comment = renderComment(runOf(aRun(RECORDED)), terminal)
  expect(comment.match(/<!--.*/g)).toEqual(['<!-- proving-regression v1 pr=0 key=default run=0.0 -->'])
})

test('a head that moved meanwhile is said below the heading', () => {
  const report = runOf(aRun(RECORDED))
  const [, heading, empty, line] = renderComment(report, { ...pullRequest, outdatedBy: sha('e') }).split('\n')
  expect(heading).toMatch(/^## ✅ Improvement/)
  expect(empty).toBe('')
  expect(line).toBe('⚠️ **Outdated:** this is about `bbbbbbb`; the pull request is at `eeeeeee` by now.')
  expect(renderComment(report, pullRequest)).not.toContain('Outdated')
})

test('the same report gives the same comment', () => {
  const comment = (): string => renderComment(runOf(aRun(RECORDED)), terminal)
  expect(comment()).toBe(comment())
})

describe('what came between', () => {
  const said = (ending: 'infrastructure' | 'cancelled', ...reasons: readonly Failure['reason'][]): string => {
    const failures = reasons.map((reason): Failure => ({
      side: null,
      stage: 'publish',
      block: null,
      reason,
      message: 'It is so.',
      tail: ''
    }))
    return renderComment(runOf(aRun(RECORDED, { ending, failures })), pullRequest)
  }

  test.each(['tampered', 'witness-changed'] as const)('%s: nothing of the run holds', (reason) => {
    expect(said('infrastructure', 'disk-full', reason)).toContain(
      `Infrastructure: no verdict, files were changed that must not be (${reason})\n`
    )
    for (const ending of ['infrastructure', 'cancelled'] as const) {
      const comment = said(ending, 'disk-full', reason)
      expect(comment).toContain(
        '\n> The code that was built or run changed files that are not its own. No figure of this run is to be trusted: read the diff.\n'
      )
      expect(comment).not.toMatch(/is to blame|are exact all the same|What finished is below/)
    }
  })

  test.each([
    [
      'internal',
      'proving-regression made a mistake',
      'This is a mistake of proving-regression, of neither side.'
    ],
    [
      'disk-full',
      'the machine or the network got in the way',
      'Neither side is to blame. Fix what is named here and run again.'
    ]
  ] as const)('%s', (reason, words, advice) => {
    const comment = said('infrastructure', reason)
    expect(comment).toContain(`Infrastructure: no verdict, ${words} (${reason})\n`)
    expect(comment).toContain(`\n> ${advice} What finished is below.\n`)
  })
})

describe('text of strangers', () => {
  const skeleton = (text: string) => {
    const { tables, folds, fences } = readComment(renderComment(runOf(hostileRun(text)), terminal))
    return { shape: tables.map((rows) => rows.map((row) => row.length)), folds, fences: fences.length }
  }

  test('never changes the shape of a comment', () => {
    const wanted = skeleton('harmless words')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(skeleton(text)).toEqual(wanted)
      }),
      { numRuns: 100 }
    )
  })

  test('is never markup', () => {
    for (const text of HOSTILE) {
      const { open } = readComment(renderComment(runOf(hostileRun(text)), terminal))
      const ours = open
        .replace(/^<!-- proving-regression v1 pr=0 key=default run=0\.0 -->/, '')
        .replaceAll(/<\/?(?:details|summary|sub|b|code)>/g, '')
      expect(ours).not.toMatch(/<|@|\]\(|!\[/)
      expect(ours).not.toMatch(/https?:\/\//)
    }
  })
})

describe('the limit', () => {
  const blocks = (many: number, spans: number): readonly BlockFigures[] =>
    Array.from({ length: many }, (_, index) => {
      const own = Array.from({ length: spans }, (_span, number) =>
        span(['execution', `${'n'.repeat(100)}${number}`], BigInt(index * number + 1))
      )
      const headSpans = own.map(({ path, cycles }) => span(path, cycles * 2n))
      return {
        block: 20_000_000 + index * 2,
        gas: 30_000_000n,
        cycles: { base: 10n ** 13n + BigInt(index), head: 10n ** 13n + BigInt(index % 3) * 10n ** 11n },
        proving: { base: 5000, head: 5000 + index },
        proverGas: { base: 10n ** 13n, head: 10n ** 13n },
        spans: { base: own, head: headSpans }
      }
    })

  test('holds whatever a run came to', () => {
    const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 400 }))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 40 }),
        text,
        (many, spans, failEvery, said) => {
          const figures = blocks(many, spans)
          const run = withFailed(
            aRun(figures, {
              plan: planFor(figures, { gpuMinutes: null }),
              notes: Array.from({ length: many }, () => said.repeat(20))
            }),
            ({ block }) => block % failEvery === 0,
            failing('proving-failed', said.repeat(20), `${said}\n`.repeat(200))
          )
          const comment = renderComment(runOf(run), terminal)
          expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT)
          expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(COMMENT_LIMIT)
          const { tables, folds } = readComment(comment)
          for (const rows of tables) expect(new Set(rows.map((row) => row.length)).size).toBe(1)
          expect(folds.filter((fold) => fold === '<details>')).toHaveLength(folds.length / 2)
          expect(comment.trimEnd().endsWith('</sub>')).toBe(true)
        }
      ),
      { numRuns: 20 }
    )
  })

  test('says what it left out and where that is', () => {
    const figures = blocks(256, 5)
    const run = aRun(figures, { plan: planFor(figures, { gpuMinutes: null }) })
    const said = (context: CommentContext): string =>
      renderComment(runOf(run), context)
        .split('\n')
        .find((line) => line.startsWith('Left out')) ?? ''
    expect(said(terminal)).toMatch(
      /^Left out, because a comment has to be short: .*\. All of it is in report\.json\.$/
    )
    expect(said({ ...pullRequest, runUrl: 'https://github.com/o/r/actions/runs/17' })).toMatch(
      /\. All of it is in the \[summary of the run\]\(https:\/\/github\.com\/o\/r\/actions\/runs\/17\)\.$/
    )
    expect(said({ ...pullRequest, runUrl: 'https://x/) @all' })).toMatch(
      /\. All of it is in the summary of the run\.$/
    )
  })

  test('leaves nothing out, and says nothing of it, where all fits', () => {
    expect(renderComment(runOf(aRun(RECORDED)), terminal)).not.toContain('Left out')
  })
})

describe('for a terminal', () => {
  test('the summary is one paragraph', () => {
    expect(renderSummary(runOf(aRun(RECORDED)))).toBe(
      'Improvement: cycles -29.90% over 4 blocks (least: block 23426996, -27.60%); ' +
        'proving time -28.7% [-28.9 to -28.6]. ' +
        '8 pairs. 27 of at most 51 trials in 4h 07m 48s, 231.1 of 600 GPU minutes.'
    )
    expect(
      renderSummary(
        runOf(aRun(movedBy([1.0231]), { plan: planFor(RECORDED, { timeScale: 500, gpuMinutes: null }) }))
      )
    ).toMatch(
      /^Regression: cycles \+2\.31% on block 23426993 .* Stand-in host: recorded times, invented cycles\.$/
    )
  })

  test.each([
    ['no-change', 'execute', 'No change: the same cycles on all 4 blocks.'],
    [
      'no-change',
      'prove',
      'No change: the same cycles on all 4 blocks; proving time +0.0% (0.2% or more would have been seen).'
    ]
  ] as const)('where all cycles are the same to the digit: %s', (verdict, mode, words) => {
    const plan = planFor(RECORDED, mode === 'prove' ? {} : { mode })
    const report = runOf(aRun(movedBy([1, 1, 1, 1]), { plan }))
    expect(report.verdict).toBe(verdict)
    expect(renderSummary(report)).toContain(words)
  })

  test('a block that is missing is no block that did not change', () => {
    const plan = planFor(RECORDED, { mode: 'execute' })
    const whole = aRun(movedBy([1, 1, 1, 1]), { plan })
    const run = { ...whole, records: whole.records.filter(({ trial }) => trial.block !== 23426994) }
    expect(renderSummary(runOf(run))).toContain('Inconclusive: not every block could be compared.')
  })

  test('nothing of a stranger is in it', () => {
    for (const text of HOSTILE) {
      const [hostile, harmless] = [text, 'harmless'].map((said) => renderSummary(runOf(hostileRun(said))))
      expect(hostile).toBe(harmless)
    }
  })

  test('progress says what runs, k of n, elapsed and what is left', () => {
    const plan = aPlan()
    const toLook = renderProgressLine({
      trial: { ...trialNamed(plan, 'timed-r2-100-sp1-head'), take: 2, cause: 'outlier' },
      progress: { done: 6, planned: 13, most: 21, look: { index: 1, of: 3 } },
      elapsed: 95.2,
      left: seconds(60)
    })
    expect(toLook).toBe(
      '7/13 proving block 100 on head, round 2, again because it was far slower than its like; 01m 35s so far, about 01m 00s to look 1 of 3'
    )
    const line = (id: string, left: number | null): string =>
      renderProgressLine({
        trial: trialNamed(plan, id),
        progress: { done: 6, planned: 13, most: 21, look: null },
        elapsed: 95.2,
        left: left === null ? null : seconds(left)
      })
    expect(line('timed-r2-100-sp1-head', 1240)).toBe(
      '7/13 proving block 100 on head, round 2; 01m 35s so far, about 20m 40s left'
    )
    expect(line('cycles-101-sp1-base', null)).toBe(
      '7/13 executing block 101 on base; 01m 35s so far, time left unknown'
    )
    expect(line('warm-up-101-sp1-base', 30)).toBe(
      '7/13 proving block 101 on base (warm-up); 01m 35s so far, about 30.0s left'
    )
  })
})
