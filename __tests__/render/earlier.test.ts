import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Measurements } from '../../src/domain/run.ts'
import { renderComment } from '../../src/render/comment.ts'
import { earlierResult, type EarlierResult } from '../../src/render/earlier.ts'
import { renderEnded } from '../../src/render/ended.ts'
import { renderRunning } from '../../src/render/running.ts'
import { anyText, HOSTILE, hostileRun } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { aBuild, aRun, planFor, type BlockFigures } from '../support/runs.ts'
import { aContext, cyclesOf, measuring, newer, regressed, STANDINGS } from '../support/standings.ts'
import { runOf } from './run-of.ts'

const LIMIT = 65_536

const finished = (run: Measurements): string => renderComment(runOf(run), aContext)

const takenFrom = (body: string): EarlierResult => {
  const earlier = earlierResult(body)
  if (earlier === null) throw new Error('no result found')
  return earlier
}

/** As many blocks as a comment holds with everything. */
const many: readonly BlockFigures[] = Array.from({ length: 256 }, (_, index) => ({
  block: 23426993 + index,
  gas: 20_000_000n,
  cycles: { base: 4_000_000_000n, head: 4_000_000_000n + BigInt(index) * 1_000_000n },
  proving: { base: 800, head: 801 }
}))
const manyBlocks = aRun(many, { plan: planFor(many, { gpuMinutes: null }) })

describe('a result is found', () => {
  test('in the comment of the run that had it', () => {
    const { head, headline, figures, folded } = takenFrom(finished(regressed))
    expect(head).toBe('b'.repeat(40))
    expect(headline).toBe(
      '❌ Regression: cycles +2.31% on block 23426993 (+1.04% over 4 blocks); proving time measurably slower, but within ±2%'
    )
    expect(figures).toMatch(/^> \[!CAUTION\]\n/)
    expect(figures).toMatch(/\| \*\*Mean\*\* .*\|$/)
    expect(folded).toMatch(/^<details>\n<summary>Where the cycles changed/)
    expect(folded).toMatch(/<\/details>$/)
  })

  test('in the comment of a newer run that shows it', () => {
    const earlier = takenFrom(finished(regressed))
    for (const standing of Object.values(STANDINGS)) {
      expect(earlierResult(renderRunning(standing, newer, earlier))).toEqual(earlier)
    }
  })

  test('whichever line breaks the forge sends', () => {
    const body = finished(regressed)
    expect(earlierResult(body.replaceAll('\n', '\r\n'))).toEqual(earlierResult(body))
  })

  test('without what was said of a head that moved', () => {
    const report = runOf(regressed)
    const outdated = renderComment(report, { ...aContext, outdatedBy: newer.sides!.head })
    expect(earlierResult(outdated)).toEqual(earlierResult(renderComment(report, aContext)))
  })

  test('whatever strangers wrote into it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const earlier = takenFrom(finished(hostileRun(text)))
        expect(earlier.folded).not.toBe('')
        expect(earlierResult(renderRunning(STANDINGS['building']!, newer, earlier))).toEqual(earlier)
      }),
      { numRuns: 50 }
    )
  })
})

describe('there is none', () => {
  test.each(Object.entries(STANDINGS))('while a first run is %s', (_name, standing) => {
    expect(earlierResult(renderRunning(standing, newer, null))).toBeNull()
  })

  test('where nothing was compared before a run was cancelled; then an older one stays', () => {
    const earlier = takenFrom(finished(regressed))
    const report = runOf(
      aRun(RECORDED, { ending: 'cancelled', records: [], builds: { base: aBuild('a'), head: null } })
    )
    expect(earlierResult(renderComment(report, newer.context))).toBeNull()
    expect(earlierResult(renderComment(report, newer.context, earlier))).toEqual(earlier)
  })

  test('where a run has a result of its own: the older one goes', () => {
    const earlier = takenFrom(finished(regressed))
    const comment = renderComment(runOf(aRun(RECORDED)), newer.context, earlier)
    expect(comment).toBe(renderComment(runOf(aRun(RECORDED)), newer.context))
  })
})

describe('over a hundred takeovers', () => {
  const kinds = Object.keys(STANDINGS)
  const step = fc.oneof(fc.constantFrom(...kinds), fc.constantFrom('cancelled', 'refused'))
  const takenOver = (body: string, kind: string): string => {
    const earlier = takenFrom(body)
    const standing = STANDINGS[kind]
    if (standing !== undefined) return renderRunning(standing, newer, earlier)
    return kind === 'cancelled'
      ? renderEnded({ kind: 'cancelled' }, newer, earlier)
      : renderEnded({ kind: 'refused', problems: [{ input: 'blocks', message: 'no' }] }, newer, earlier)
  }

  test.each([
    ['a short', regressed],
    ['a hostile', hostileRun()]
  ])('%s result neither grows nor changes', (_what, run) => {
    const first = takenFrom(finished(run))
    fc.assert(
      fc.property(fc.array(step, { minLength: 100, maxLength: 100 }), (steps) => {
        const last = steps.reduce(takenOver, finished(run))
        expect(takenFrom(last)).toEqual(first)
      }),
      { numRuns: 3 }
    )
  })

  test('a long one is cut by what stands above it, and stays cut', () => {
    const first = takenFrom(finished(manyBlocks))
    expect(first.folded).not.toBe('')
    const busy = renderRunning(measuring(cyclesOf(manyBlocks)), newer, first)
    expect(Buffer.byteLength(busy)).toBeLessThanOrEqual(LIMIT)
    const cut = takenFrom(busy)
    expect(cut).toEqual({ ...first, folded: '' })
    const steps = Array.from({ length: 100 }, (_, index) => kinds[index % kinds.length]!)
    expect(takenFrom(steps.reduce(takenOver, busy))).toEqual(cut)
  })
})

describe('room', () => {
  test('is made by the folded parts first, then by the figures, then by the headline', () => {
    const earlier = takenFrom(finished(regressed))
    const padded = (length: number): EarlierResult => ({ ...earlier, folded: 'x'.repeat(length) })
    const building = (given: EarlierResult): string => renderRunning(STANDINGS['building']!, newer, given)
    expect(takenFrom(building(padded(60_000))).folded).toHaveLength(60_000)
    expect(takenFrom(building(padded(65_000)))).toEqual({ ...earlier, folded: '' })
    const long = building({ ...earlier, figures: 'x'.repeat(65_000) })
    expect(takenFrom(long).figures).toMatch(/left out/)
    const longest = building({ ...earlier, headline: 'x'.repeat(65_000) })
    expect(earlierResult(longest)).toBeNull()
    for (const comment of [long, longest]) expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LIMIT)
  })
})

describe('a comment of ours that somebody edited', () => {
  const forged = (headline: string, figures: string, folded: string): string =>
    [
      `<!-- proving-regression v1 pr=1 key=default run=1.1 -->\n## ${headline}`,
      `<!-- result head=${'b'.repeat(40)} -->`,
      figures,
      '<!-- folded -->',
      folded,
      '<!-- end of result -->',
      ''
    ].join('\n\n')

  test.each([
    ['a tag in the headline', forged('<img src=x>', 'fine', 'fine')],
    ['the end of a fold in the headline', forged('x</summary></details>', 'fine', 'fine')],
    ['a mention', forged('fine', 'see @everyone', 'fine')],
    ['a mention in disguise', forged('fine', 'see &#64;everyone', 'fine')],
    ['a mention in another', forged('fine', 'see &commat;everyone', 'fine')],
    ['a mention in hex', forged('fine', 'see &#x40;everyone', 'fine')],
    ['a hash', forged('fine', 'see deadbee', 'fine')],
    ['hidden text', forged('fine', 'a\u2066b', 'fine')],
    ['a link', forged('fine', '[x](https://evil.example)', 'fine')],
    ['a bare address', forged('fine', 'see https://evil.example', 'fine')],
    ['an image', forged('fine', '![x][1]', 'fine')],
    ['a definition', forged('fine', '[1]: javascript:alert', 'fine')],
    ['a reference', forged('fine', 'closes #12', 'fine')],
    ['a fence without its end', forged('fine', '```text\nx', 'fine')],
    ['a fold without its end', forged('fine', '<details>\n<summary>x</summary>', 'fine')],
    ['a fold that is closed twice', forged('fine', '<details>\n</details>\n</details>\n<details>', 'fine')],
    ['a fold within a line', forged('fine', 'x </details>', 'fine')],
    ['a result in a result', forged('fine', `<!-- result head=${'c'.repeat(40)} -->`, 'fine')],
    ['no commit', forged('fine', 'fine', 'fine').replace('b'.repeat(40), 'main')],
    ['no end', forged('fine', 'fine', 'fine').replace('<!-- end of result -->', '')]
  ])('with %s has no result', (_what, body) => {
    expect(earlierResult(body)).toBeNull()
  })

  test('loses only its folded part where only that is not ours', () => {
    expect(earlierResult(forged('fine', 'figures', '<script>'))).toEqual({
      head: 'b'.repeat(40),
      headline: 'fine',
      figures: 'figures',
      folded: ''
    })
  })

  test('brings nothing into the next one that we could not have written', () => {
    const harmless = fc.constantFrom(
      'fine',
      '❌ Regression',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '`x`',
      '**b**'
    )
    const part = fc.oneof(
      anyText,
      harmless,
      fc.array(fc.oneof(anyText, harmless), { maxLength: 4 }).map((parts) => parts.join('\n'))
    )
    fc.assert(
      fc.property(part, part, part, (headline, figures, folded) => {
        const earlier = earlierResult(forged(headline, figures, folded))
        const comment = renderRunning(STANDINGS['queued-behind-nobody']!, newer, earlier)
        const { folds } = readComment(comment)
        expect(folds.filter((fold) => fold === '<details>')).toHaveLength(folds.length / 2)
        const { links, tags } = htmlOf(comment)
        expect(links).toEqual([newer.context.runUrl])
        expect(tags).not.toEqual(expect.arrayContaining(['img']))
        expect(tags).not.toEqual(expect.arrayContaining(['script']))
        expect(earlierResult(comment)).toEqual(earlier)
      }),
      { numRuns: 300 }
    )
  })

  test('is refused for every trick of the list but lists and tables', () => {
    const taken = HOSTILE.filter((text) => earlierResult(forged('fine', text, 'fine')) !== null)
    expect(taken).toEqual(['- list\n1. item\n> quote\n---\n| a | b |\n|---|---|'])
  })
})

test('an older result of another head is not taken for that of this one', () => {
  const earlier = takenFrom(finished(aRun(movedBy([1.01]))))
  const comment = renderRunning(STANDINGS['building']!, newer, earlier)
  expect(comment).toContain('Earlier result, for <code>bbbbbbb</code>: ')
  expect(comment).toContain('head `ddddddd`')
})
