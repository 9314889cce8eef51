import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src/domain/failure.ts'
import { renderComment } from '../../src/render/comment.ts'
import { earlierResult } from '../../src/render/earlier.ts'
import { renderEnded, type Ended } from '../../src/render/ended.ts'
import { anyText, HOSTILE } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'
import { aContext, newer, regressed } from '../support/standings.ts'
import { runOf } from './run-of.ts'

const unreachable: Failure = {
  side: null,
  stage: 'resolve',
  block: null,
  reason: 'repository-unreachable',
  message: 'lambdaclass/ethrex could not be fetched; is the network there?',
  tail: "fatal: unable to access 'https://github.com/lambdaclass/ethrex/': Could not resolve host"
}

const ENDED: Readonly<Record<string, Ended>> = {
  refused: {
    kind: 'refused',
    problems: [
      { input: 'head', message: '"fasterr-trie" is no branch, tag or commit of lambdaclass/ethrex' },
      { input: 'witnesses', message: '23426993, 23426995 have neither a witness nor an RPC URL' }
    ]
  },
  unreachable: { kind: 'unreachable', failure: unreachable },
  cancelled: { kind: 'cancelled' },
  'broken-off': { kind: 'broken-off' },
  withdrawn: { kind: 'withdrawn', why: 'Head was pushed to after it was approved.' }
}

const earlier = earlierResult(renderComment(runOf(regressed), aContext))

describe('the comment of a run without a report, as readers see it', () => {
  test.each(Object.entries(ENDED))('%s', async (name, ended) => {
    await expect(renderEnded(ended, newer, null)).toMatchFileSnapshot(`../golden/ended-${name}.md`)
  })

  test.each(Object.entries(ENDED))('%s keeps an older result visible', (_name, ended) => {
    expect(earlier).not.toBeNull()
    expect(earlierResult(renderEnded(ended, newer, earlier))).toEqual(earlier)
    expect(earlierResult(renderEnded(ended, newer, null))).toBeNull()
  })
})

const TRUSTED_NO_MORE =
  'The code that was built or run changed files that are not its own. No figure of this run is to be trusted: read the diff.'

test.each([
  ['repository-unreachable', 'Neither side is to blame. Fix what is named here and run again.'],
  ['disk-full', 'Neither side is to blame. Fix what is named here and run again.'],
  ['internal', 'This is a mistake of proving-regression, of neither side.'],
  ['tampered', TRUSTED_NO_MORE],
  ['witness-changed', TRUSTED_NO_MORE]
] as const)('what to do about %s', (reason, advice) => {
  const comment = renderEnded({ kind: 'unreachable', failure: { ...unreachable, reason } }, newer, null)
  expect(comment).toContain(`\n> ${advice}\n`)
  expect(comment).toContain(`(${reason})\n`)
})

test('outside a pull request there is no label to put on, and without an address no link', () => {
  const context = { ...newer.context, pullRequest: null, runUrl: null }
  const comment = renderEnded({ kind: 'broken-off' }, { ...newer, context }, null)
  expect(comment).toContain('The log of the run may tell more.')
  expect(comment).not.toMatch(/label|\]\(/)
})

/** Every text that is not ours is this one. */
const hostile = (text: string): readonly Ended[] => [
  { kind: 'refused', problems: Array.from({ length: 3 }, () => ({ input: text, message: text })) },
  { kind: 'unreachable', failure: { ...unreachable, message: text, tail: text } },
  { kind: 'withdrawn', why: text }
]

describe('text of strangers', () => {
  test.each(hostile(HOSTILE.join('\n')).map((ended) => [ended.kind, ended] as const))(
    'in %s, as readers see it',
    async (kind, ended) => {
      await expect(renderEnded(ended, newer, null)).toMatchFileSnapshot(`../golden/ended-hostile-${kind}.md`)
    }
  )

  test('never changes the shape of a comment', () => {
    const shape = (text: string) =>
      hostile(text).map((ended) => {
        const { tables, folds, fences } = readComment(renderEnded(ended, newer, null))
        return { tables, folds, fences: fences.length }
      })
    const wanted = shape('harmless words')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shape(text)).toEqual(wanted)
      })
    )
  })

  test('makes no link, image or tag but ours', () => {
    const ours = ['a', 'blockquote', 'code', 'details', 'h2', 'li', 'p', 'pre', 'sub', 'summary', 'ul']
    for (const text of HOSTILE) {
      for (const ended of hostile(text)) {
        const { tags, links } = htmlOf(renderEnded(ended, newer, null))
        expect(ours).toEqual(expect.arrayContaining([...tags]))
        expect(links).toEqual([newer.context.runUrl])
      }
    }
  })
})

test('is never too long, whatever was wrong', () => {
  const long = '@&<|'.repeat(3_000)
  const problems = Array.from({ length: 300 }, (_, index) => ({ input: `input-${index}`, message: long }))
  const failure = { ...unreachable, message: long, tail: `${long}\n`.repeat(200) }
  for (const ended of [
    { kind: 'refused', problems },
    { kind: 'unreachable', failure }
  ] as const) {
    const comment = renderEnded(ended, newer, earlier)
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_536)
    expect(earlierResult(comment)?.headline).toBe(earlier?.headline)
  }
  expect(renderEnded({ kind: 'refused', problems }, newer, null)).toContain('- And 280 more.')
})
