import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { Measurements } from '../../src/domain/run.ts'
import type { Standing } from '../../src/domain/standing.ts'
import { renderComment } from '../../src/render/comment.ts'
import { earlierResult } from '../../src/render/earlier.ts'
import { renderRunning } from '../../src/render/running.ts'
import { anyText, HOSTILE, hostileRun } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'
import { sha } from '../support/plans.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { aRun, failing, planFor } from '../support/runs.ts'
import { aContext, cyclesOf, measuring, newer, regressed, STANDINGS } from '../support/standings.ts'
import { runOf } from './run-of.ts'

const earlier = earlierResult(renderComment(runOf(regressed), aContext))
const hostileEarlier = earlierResult(renderComment(runOf(hostileRun()), aContext))
const RECORDED_ONE = movedBy([1]).slice(0, 1)
const headingOf = (comment: string): string => comment.split('\n')[1] ?? ''

describe('the comment while a run goes on, as readers see it', () => {
  test.each(Object.entries(STANDINGS))('%s', async (name, standing) => {
    const comment = renderRunning(standing, newer, null)
    await expect(comment).toMatchFileSnapshot(`../golden/running-${name}.md`)
  })

  test('with an older result, which stays visible', async () => {
    const comment = renderRunning(STANDINGS['building']!, newer, earlier)
    await expect(comment).toMatchFileSnapshot('../golden/running-earlier.md')
    expect(comment).toContain(
      '<summary>Earlier result, for <code>bbbbbbb</code>: ❌ Regression: cycles +2.31% on block 23426993 (+1.04% over 4 blocks); proving time measurably slower, but within ±2%</summary>'
    )
  })

  test('with hostile text wherever there is any', async () => {
    const standing: Standing = { kind: 'queued', waitingFor: HOSTILE.join('\n') }
    await expect(renderRunning(standing, newer, null)).toMatchFileSnapshot(
      '../golden/running-hostile-queue.md'
    )
    const comment = renderRunning(measuring(cyclesOf(hostileRun())), newer, hostileEarlier)
    await expect(comment).toMatchFileSnapshot('../golden/running-hostile.md')
  })
})

describe('what is being built', () => {
  const heading = (of: Partial<Extract<Standing, { kind: 'building' }>>): string =>
    headingOf(
      renderRunning({ kind: 'building', side: 'head', variant: null, zkvm: null, ...of }, newer, null)
    )

  test('is named by its variant, and where there are several by its zkVM', () => {
    expect(heading({})).toBe('## ⏳ Building head')
    expect(heading({ variant: 'trie3' })).toBe('## ⏳ Building trie3')
    expect(heading({ side: 'base', variant: 'trie3', zkvm: 'zisk' })).toBe('## ⏳ Building base for ZisK')
    expect(heading({ variant: 'a_b*', zkvm: 'sp1' })).toBe('## ⏳ Building `a_b*` for SP1')
  })
})

describe('the heading once cycles are known', () => {
  const heading = (run: Measurements): string =>
    headingOf(renderRunning(measuring(cyclesOf(run)), newer, null))

  test.each([
    ['regression', regressed, '❌ Cycles: regression, +2.31% on block 23426993 (+1.04% over 4 blocks)'],
    [
      'improvement',
      aRun(RECORDED),
      '✅ Cycles: improvement, -29.90% over 4 blocks (least: block 23426996, -27.60%)'
    ],
    ['no change to the digit', aRun(movedBy([1, 1, 1, 1])), '⚪ Cycles: no change on any of 4 blocks'],
    ['no change to the digit of one block', aRun(RECORDED_ONE), '⚪ Cycles: no change on block 23426993'],
    [
      'no change worth the name',
      aRun(movedBy([1.0002, 0.9999, 1, 1.0004])),
      '⚪ Cycles: no change, +0.01% over 4 blocks (worst: block 23426996, +0.04%)'
    ],
    [
      'no change worth the name, and all of it down',
      aRun(movedBy([0.9998, 0.9999, 1, 0.9999])),
      '⚪ Cycles: no change, -0.01% over 4 blocks (least: block 23426995, +0.00%)'
    ],
    [
      'mixed',
      aRun(movedBy([1.012, 1, 0.97, 1])),
      '❌ Cycles: mixed, +1.20% on block 23426993, but -3.00% on block 23426995'
    ]
  ])('says %s with the worst number', (_what, run, wanted) => {
    expect(heading(run)).toBe(`## ${wanted}; proving time follows, about 3h 04m`)
  })

  test('says first that head cannot be executed, where base can', () => {
    const broken = aRun(RECORDED, {}, (trial, measured) =>
      trial.side === 'head' && trial.block === 23426994 ? failing('execution-failed', 'It fails.') : measured
    )
    expect(heading(broken)).toBe(
      '## ❌ Head failed: it does not execute block 23426994 (execution-failed), base does; proving time follows, about 3h 04m'
    )
  })

  test('promises no proving time where none is measured', () => {
    const plan = planFor(RECORDED, { mode: 'execute' })
    expect(heading(aRun(RECORDED, { plan }))).not.toContain('proving time')
  })
})

describe('what it tells of time', () => {
  const said = (left: number, gpu: number, known: boolean): string =>
    renderRunning(
      measuring(known ? cyclesOf(regressed) : null, { left: seconds(left), gpuMinutes: minutes(gpu) }),
      newer,
      null
    )

  test('is the same within a minute, so that nothing is edited for nothing', () => {
    const inMinute = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.tuple(inMinute, inMinute),
        fc.tuple(inMinute, inMinute),
        fc.boolean(),
        (minute, [a, b], [c, d], known) => {
          expect(said((minute + a) * 60, minute + c, known)).toBe(said((minute + b) * 60, minute + d, known))
        }
      ),
      { numRuns: 50 }
    )
  })

  test('changes with the minute', () => {
    expect(said(600, 3, true)).not.toBe(said(660, 3, true))
    expect(said(600, 3, true)).not.toBe(said(600, 4, true))
  })

  test.each([
    [0, 'about a minute'],
    [60, 'about a minute'],
    [61, 'about 2 minutes'],
    [7140, 'about 119 minutes'],
    [7200, 'about 2h 00m'],
    [11_101, 'about 3h 06m']
  ])('%i s left are %s', (left, words) => {
    expect(headingOf(said(left, 0, false))).toBe(
      `## ⏳ Measuring: 3 of 27 trials to look 1 of 3, ${words} left`
    )
  })
})

describe('who has the machine', () => {
  const HEAD = '42073248334a6f517c22bd7b8faf30787724d9da'
  const said = (waitingFor: string): string =>
    renderRunning({ kind: 'queued', waitingFor }, newer, null).split('\n')[3] ?? ''

  test.each([
    [
      `lambdaclass/ethrex ${HEAD} (pid 4242, since 2026-01-01T10:00:59.999Z)`,
      '`lambdaclass/ethrex` at `4207324` has had the machine since 10:00 UTC'
    ],
    [
      `/srv/a|b ${HEAD} (pid 1, since 2026-01-01T23:59:00.000Z)`,
      '<code>/srv/a&#124;b</code> at `4207324` has had the machine since 23:59 UTC'
    ],
    [
      'fetching witnesses (pid 7, since 2026-01-01T10:00:00.000Z)',
      '`fetching witnesses (pid 7, since 2026-01-01T10:00:00.000Z)` has the machine'
    ],
    [
      `x ${HEAD} (pid 1, since 2026-01-01T10:00:00.000Z) and more`,
      `\`x ${HEAD} (pid 1, since 2026-01-01T10:00:00.000Z) and more\` has the machine`
    ],
    ['an unknown process', '`an unknown process` has the machine']
  ])('%s', (holder, words) => {
    expect(said(holder)).toBe(`- **Waiting:** ${words}; one run at a time.`)
  })
})

test('a head that moved meanwhile is said', () => {
  const context = { ...newer.context, outdatedBy: sha('e') }
  expect(renderRunning(STANDINGS['building']!, { ...newer, context }, null)).toContain(
    '⚠️ **Outdated:** this is about `ddddddd`; the pull request is at `eeeeeee` by now.'
  )
})

test('before anything is known, nothing is said of commits', () => {
  const comment = renderRunning(STANDINGS['fetching']!, { context: newer.context, sides: null }, null)
  expect(comment).toMatch(/<sub>run \[17654400\.1\]\(https:[^)]*\)<\/sub>\n$/)
})

/** A stranger's text where our own runs name a repository. */
const ofOurShape = (text: string): string =>
  `${text.replaceAll(/\s/g, '')} ${'4'.repeat(40)} (pid 1, since 2026-01-01T10:00:00.000Z)`

describe('text of strangers', () => {
  const comments = (text: string): readonly string[] => [
    renderRunning({ kind: 'queued', waitingFor: text }, newer, earlier),
    renderRunning({ kind: 'queued', waitingFor: ofOurShape(text) }, newer, null),
    renderRunning(
      measuring(cyclesOf(hostileRun(text))),
      newer,
      earlierResult(renderComment(runOf(hostileRun(text)), aContext))
    )
  ]
  const skeleton = (text: string) =>
    comments(text).map((comment) => {
      const { tables, folds, fences } = readComment(comment)
      return { shape: tables.map((rows) => rows.map((row) => row.length)), folds, fences: fences.length }
    })

  test('never changes the shape of a comment, nor that of the result it carries on', () => {
    const wanted = skeleton('harmless words')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(skeleton(text)).toEqual(wanted)
      }),
      { numRuns: 50 }
    )
  })

  test('makes no link, image or tag but ours', () => {
    const ours = ['a', 'b', 'blockquote', 'br', 'code', 'details', 'h2', 'li', 'p', 'pre', 'strong', 'sub']
    const tables = ['summary', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul']
    for (const text of HOSTILE) {
      for (const comment of comments(text)) {
        const { tags, links } = htmlOf(comment)
        expect([...ours, ...tables]).toEqual(expect.arrayContaining([...tags]))
        expect(links).toEqual([newer.context.runUrl])
      }
    }
  })
})
