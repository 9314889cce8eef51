import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseArgv } from '../../src/inputs/argv.ts'
import { resolvePath } from '../../src/inputs/paths.ts'
import { parseInputs, problemLine } from '../../src/inputs/parse.ts'
import { INPUT_NAMES, PLAIN_NAMES } from '../../src/inputs/spec.ts'
import { nearest, quote } from '../../src/inputs/wording.ts'
import { TERMINAL } from './context.ts'

/** Any text, and texts that come close to being right. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[-0-9a-z,@:./%~ \n]{0,20}$/),
  fc.constantFrom(
    'none',
    'git@a:b',
    'https://a@b/c',
    '1-2',
    '0.1%',
    '1GiB',
    'sp1',
    '__proto__',
    'constructor'
  )
)
const names = fc.oneof(fc.constantFrom<string>(...INPUT_NAMES), text)
const ONE_LINE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u

describe('any texts', () => {
  test('as inputs: settings, or problems of one line each', () => {
    fc.assert(
      fc.property(fc.dictionary(names, text), (raw) => {
        const result = parseInputs(raw, TERMINAL)
        if (result.ok) return
        expect(result.error.length).toBeGreaterThan(0)
        for (const problem of result.error) expect(problemLine(problem, 'terminal')).toMatch(ONE_LINE)
      })
    )
  })

  test.each(PLAIN_NAMES)('as %s alone: no other input is blamed', (name) => {
    const partners = ['blocks', 'report-dir', 'cache-dir']
    fc.assert(
      fc.property(text, (value) => {
        const result = parseInputs({ [name]: value }, TERMINAL)
        const blamed = result.ok ? [] : result.error.map((problem) => problem.input)
        expect(blamed.filter((input) => input !== name && !partners.includes(input))).toEqual([])
      })
    )
  })

  test('as arguments: an invocation, or problems of one line each', () => {
    const argument = fc.oneof(
      text,
      fc.constantFrom('run', 'parse', 'report', 'demo', '--json', '--help', '--'),
      names.map((name) => `--${name}`),
      fc.tuple(names, text).map(([name, value]) => `--${name}=${value}`)
    )
    fc.assert(
      fc.property(fc.array(argument), (argv) => {
        const result = parseArgv(argv)
        if (result.ok) return
        expect(result.error.length).toBeGreaterThan(0)
        for (const problem of result.error) expect(problemLine(problem, 'terminal')).toMatch(ONE_LINE)
      })
    )
  })
})

describe('blocks', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 9_999_999_000 }), fc.integer({ min: 0, max: 30 }))
    .map(([first, more]) => ({ first, last: first + more }))

  test('any order of ranges is the same ascending set', () => {
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ' ', '\n', ' ,\t'),
        (ranges, by) => {
          const expected = [
            ...new Set(
              ranges.flatMap(({ first, last }) =>
                Array.from({ length: last - first + 1 }, (_, i) => first + i)
              )
            )
          ].sort((a, b) => a - b)
          const result = parseInputs(
            { blocks: ranges.map(({ first, last }) => `${first}-${last}`).join(by) },
            TERMINAL
          )
          expect(result.ok && result.value.blocks).toEqual(expected)
        }
      )
    )
  })

  test('what was read, written out, is read the same', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 8 }), (ranges) => {
        const first = parseInputs({ blocks: ranges.map((r) => `${r.first}-${r.last}`).join() }, TERMINAL)
        const again = parseInputs({ blocks: first.ok ? first.value.blocks.join() : '' }, TERMINAL)
        expect(again).toEqual(first)
      })
    )
  })

  test('many huge ranges are counted, not expanded', () => {
    const start = performance.now()
    const result = parseInputs({ blocks: '0-9999999999,'.repeat(50_000) }, TERMINAL)
    expect(result.ok).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('long texts', () => {
  test.each(['-', ':', ':@', ' ', '\n', 'a', '0', '../', '=', 'a://', '"', '\u{1f600}'])(
    'a megabyte of %j in every input is refused in time',
    (unit) => {
      const long = `x${unit.repeat(1_000_000 / unit.length)}x`
      const start = performance.now()
      const result = parseInputs(Object.fromEntries(PLAIN_NAMES.map((name) => [name, long])), TERMINAL)
      expect(result.ok).toBe(false)
      expect(performance.now() - start).toBeLessThan(3000)
      for (const { message } of result.ok ? [] : result.error) expect(message.length).toBeLessThan(1200)
    }
  )
})

describe('wording', () => {
  test('a quoted value without anything invisible or secret reads back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9"\\ .-]{0,80}$/), (value) => {
        expect(JSON.parse(quote(value))).toBe(value)
      })
    )
  })

  test('80 characters are shown whole, 81 are cut', () => {
    expect(quote('a'.repeat(80))).toBe(`"${'a'.repeat(80)}"`)
    expect(quote('a'.repeat(81))).toBe(`"${'a'.repeat(80)}…"`)
  })

  test.each([
    ['https://u:p@h/x', '"https://…@h/…"'],
    ['https://u:p/w@h/x', '"https://…@h/…"'],
    ['see https://h/k and u:p@h', '"see https://h/… and …@h"'],
    ['https://h/', '"https://h/"'],
    ['git@github.com:a/b', '"git@github.com:a/b"'],
    ['github_pat_0123_abc', '"…"'],
    ['a\u{2028}b\u{e000}\u{a0}', '"a\\u{2028}b\\u{e000}\\u{a0}"'],
    ['\u{d800}', '"\\ud800"']
  ])('%j is shown as %s', (value, shown) => {
    expect(quote(value)).toBe(shown)
  })

  test.each([
    ['blokcs', 'blocks'],
    ['block', 'blocks'],
    ['reportdir', 'report-dir'],
    ['hed', 'head'],
    ['xyz', null],
    ['', null],
    ['b'.repeat(1000), null]
  ])('nearest to %j is %j', (given, meant) => {
    expect(nearest(given, INPUT_NAMES)).toBe(meant)
  })
})

test('a resolved path is absolute and stays as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a./]{0,12}$/), (path) => {
      const resolved = resolvePath(path, '/w')
      expect(resolved).toMatch(/^\/([^/]+(\/[^/]+)*)?$/)
      expect(resolved.split('/').some((part) => part === '.' || part === '..')).toBe(false)
      expect(resolvePath(resolved, '/elsewhere')).toBe(resolved)
    })
  )
})
