import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRuns, markerLine, parseMarker, type Marker } from '../../src/domain/comment-marker.ts'

const aMarker: Marker = { pullRequest: 12, key: 'gpu-box', run: { id: 17, attempt: 2 } }
const LINE = '<!-- proving-regression v1 pr=12 key=gpu-box run=17.2 -->'

const anyMarker = fc.record({
  pullRequest: fc.integer({ min: 0, max: 9_999_999_999 }),
  key: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
  run: fc.record({
    id: fc.integer({ min: 0, max: 10 ** 15 - 1 }),
    attempt: fc.integer({ min: 0, max: 999_999 })
  })
})

describe('the marker of a comment', () => {
  test('is one line', () => {
    expect(markerLine(aMarker)).toBe(LINE)
  })

  test('is read back as it was written, whatever follows it', () => {
    fc.assert(
      fc.property(anyMarker, fc.constantFrom('', '\n', '\r\n## heading', '\n## heading'), (marker, rest) => {
        expect(parseMarker(markerLine(marker) + rest)).toEqual(marker)
      })
    )
  })

  test.each([
    { key: 'A' },
    { key: 'x -->' },
    { key: '' },
    { key: 'x'.repeat(41) },
    { run: { id: Number.NaN, attempt: 1 } },
    { run: { id: 1.5, attempt: 1 } },
    { run: { id: 1, attempt: -1 } },
    { run: { id: 10 ** 15, attempt: 1 } },
    { pullRequest: 1e21 }
  ])('is not written of what could not be read back: %j', (changes) => {
    expect(() => markerLine({ ...aMarker, ...changes })).toThrow('Internal error')
  })

  test.each([
    ['not at byte 0', ` ${LINE}`],
    ['quoted', `> ${LINE}`],
    ['in a fence', `\`\`\`\n${LINE}\n\`\`\``],
    ['behind a byte order mark', `\ufeff${LINE}`],
    ['with text behind it', `${LINE} x`],
    ['of another version', LINE.replace('v1', 'v2')],
    ['of another key', LINE.replace('gpu-box', 'GPU')],
    ['cut', LINE.slice(0, -1)],
    ['empty', '']
  ])('is none %s', (_what, body) => {
    expect(parseMarker(body)).toBeNull()
  })
})

test('the newest run is the one that began last, then the latest attempt of it', () => {
  const runs = [
    { id: 9, attempt: 3 },
    { id: 10, attempt: 2 },
    { id: 10, attempt: 1 }
  ]
  expect(runs.toSorted(compareRuns)).toEqual([
    { id: 9, attempt: 3 },
    { id: 10, attempt: 1 },
    { id: 10, attempt: 2 }
  ])
})
